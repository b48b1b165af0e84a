using Iop.Agreements.Domain;
using Iop.Agreements.Export;

namespace Iop.Agreements.Tests;

public sealed class GrantTests
{
    private static readonly Party Committee = new("arbete", PartySide.Public, "Arbete") { Lead = true };
    private static readonly Party Region = new("region", PartySide.Public, "Regionen");
    private static readonly Party Lead = new("forening", PartySide.CivilSociety, "Föreningen") { Lead = true };
    private static readonly Party Other = new("annan", PartySide.CivilSociety, "Den andra");

    private static readonly AgreementTerms Terms = new() { Parties = [Committee, Region, Lead, Other] };

    [Fact]
    public void By_the_payment_plan_each_payer_and_payee_is_one_grant_of_their_sum()
    {
        var grants = Grant.Of(Terms with
        {
            PaymentPlan = [Payment(100, Committee, Lead), Payment(200, Committee, Lead), Payment(50, Region, Other), Payment(7, Lead, Other)],
            Contributions = [new Contribution(Committee.PartyId, ContributionType.Money, 999)],
        });

        Assert.Equal([new Grant(Committee, Lead, 300), new Grant(Region, Other, 50)], grants);
    }

    [Fact]
    public void Without_a_plan_what_public_parties_contribute_in_money_goes_to_the_organisation_that_leads() =>
        Assert.Equal(
            [new Grant(Committee, Lead, 300)],
            Grant.Of(Terms with
            {
                Contributions =
                [
                    new Contribution(Committee.PartyId, ContributionType.Money, 100), new Contribution(Committee.PartyId, ContributionType.Money, 200),
                    new Contribution(Region.PartyId, ContributionType.Premises, 900), new Contribution(Lead.PartyId, ContributionType.Money, 40),
                ],
            }));

    [Fact]
    public void Without_money_a_partnership_is_one_grant_of_nothing() => Assert.Equal([new Grant(Committee, Lead, 0)], Grant.Of(Terms));

    private static PaymentPlanItem Payment(decimal amount, Party from, Party to) => new(amount, new DateOnly(2027, 1, 1), from.PartyId, to.PartyId);
}
