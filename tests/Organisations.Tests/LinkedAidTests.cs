using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Organisations.Tests.AgreementNews;
using Result = Iop.Organisations.V1.SumDeMinimisAidResponse.Types.Result;

namespace Iop.Organisations.Tests;

/// <summary>Aid of an agreement that is disclosed by hand too, and still counted once. Source: law.md 2.2.</summary>
[Collection(Register.Name)]
public sealed class LinkedAidTests(RegisterFixture register)
{
    private FundingService.FundingServiceClient Officer => register.FundingBy(Roles.CaseOfficer);

    [Fact]
    public async Task What_is_disclosed_of_an_agreement_is_not_counted_beside_the_aid_that_it_is_planned_to_give()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var agreement = NewAgreement();
        var disclosed = await DiscloseAsync(organisation, Officer, told => (told.Amount, told.Agreement) = (2_000_000m.ToProto(), agreement));
        var ask = new SumDeMinimisAidRequest { Name = organisation, Date = Day.AddDays(40).ToProto(), ExtraAmount = 2_000_000m.ToProto() };

        Assert.Equal(Result.Exceeded, (await Officer.SumDeMinimisAidAsync(ask)).Result);
        ask.Agreement = agreement;
        var sum = await Officer.SumDeMinimisAidAsync(ask);
        Assert.Equal((Result.Within, 1), (sum.Result, sum.Counted.Count));
        Assert.Equal(new LinkedAid { FundingDisclosure = disclosed.Name }, Assert.Single(sum.Linked));

        // Without planned aid it is all that is known of it.
        ask.ExtraAmount = null;
        Assert.Equal(disclosed.Name, Assert.Single((await Officer.SumDeMinimisAidAsync(ask)).Counted).FundingDisclosure);

        ask.Agreement = "municipalities/0580/agreements/1";
        await Refused.ForFieldAsync("agreement", "RESOURCE_NAME_INVALID", () => Officer.SumDeMinimisAidAsync(ask).ResponseAsync);
    }

    [Fact]
    public async Task The_same_aid_disclosed_by_hand_is_pointed_out_and_once_linked_counted_once()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var (agreement, representative) = (NewAgreement(), register.FundingBy(Roles.OrganisationRepresentative, organisation));
        var disclosed = await DiscloseAsync(organisation, representative, _ => { });
        var fromTheRegion = await DiscloseAsync(organisation, representative, told => told.GiverKind = GiverKind.Region);
        await register.TellAsync(Activated(agreement, 100_000m, organisation));

        var before = await Officer.SumAsync(organisation);
        Assert.Equal(3, before.Counted.Count);
        Assert.Equal(disclosed.Name, Assert.Single(before.PossibleDuplicates).FundingDisclosure);

        disclosed.Agreement = agreement;
        var linked = await representative.UpdateFundingDisclosureAsync(new() { FundingDisclosure = disclosed, UpdateMask = new() { Paths = { "agreement" } } });
        var after = await Officer.SumAsync(organisation);

        Assert.Equal(agreement, linked.Agreement);
        Assert.Equal(new LinkedAid { FundingDisclosure = disclosed.Name, GrantedAid = $"{organisation}/grantedAids/{agreement[^36..]}" }, Assert.Single(after.Linked));
        Assert.Empty(after.PossibleDuplicates);
        Assert.Equal([fromTheRegion.Name, ""], after.Counted.Select(counted => counted.FundingDisclosure).Order(StringComparer.Ordinal).Reverse());
        fromTheRegion.Agreement = agreement;
        await Refused.ForFieldAsync("funding_disclosure.agreement", "FIELD_NOT_ALLOWED", () =>
            representative.UpdateFundingDisclosureAsync(new() { FundingDisclosure = fromTheRegion, UpdateMask = new() { Paths = { "agreement" } } }).ResponseAsync);
        await Refused.ForFieldAsync("funding_disclosure.agreement", "RESOURCE_NAME_INVALID", () =>
            DiscloseAsync(organisation, representative, told => told.Agreement = $"{RegisterFixture.Elsewhere}/agreements/{Guid.CreateVersion7()}"));
    }

    [Fact]
    public async Task A_disclosure_linked_to_an_agreement_that_has_told_of_no_aid_still_counts()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var disclosed = await DiscloseAsync(organisation, Officer, told => told.Agreement = NewAgreement());

        var sum = await Officer.SumAsync(organisation);

        Assert.Equal((disclosed.Name, 0), (Assert.Single(sum.Counted).FundingDisclosure, sum.Linked.Count));
    }

    private static Task<FundingDisclosure> DiscloseAsync(string organisation, FundingService.FundingServiceClient by, Action<FundingDisclosure> change)
    {
        var told = new FundingDisclosure
        {
            Giver = "Kommunen",
            GiverKind = GiverKind.OwnMunicipality,
            Form = FundingForm.Iop,
            Amount = 100_000m.ToProto(),
            PeriodStartDate = Day.ToProto(),
            PeriodEndDate = Day.AddYears(1).ToProto(),
            Cost = "Mötesplatsen",
            AidKind = AidKind.DeMinimis,
            GrantedDate = Day.AddDays(30).ToProto(),
        };
        change(told);
        return by.CreateFundingDisclosureAsync(new CreateFundingDisclosureRequest { Parent = organisation, FundingDisclosure = told }).ResponseAsync;
    }
}
