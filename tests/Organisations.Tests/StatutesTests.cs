using Iop.Organisations.V1;
using Iop.Testing;
using static Iop.Organisations.V1.StatutesClause.Types;

namespace Iop.Organisations.Tests;

/// <summary>The statutes read clause by clause, by what the Act (2022:900) asks of them. Source: law.md 2.5.</summary>
[Collection(Register.Name)]
public sealed class StatutesTests(RegisterFixture register)
{
    [Fact]
    public async Task The_statutes_of_an_association_can_be_read_clause_by_clause_and_decide_nothing()
    {
        var association = await register.RegisterAsync();
        StatutesClause[] clauses =
        [
            Of(Kind.Purpose, Finding.Stated, "§ 2"), Of(Kind.Dissolution, Finding.NotStated), Of(Kind.Control, Finding.Stated, "§ 7"), Of(Kind.ValueTransfers, Finding.NotStated),
        ];

        var after = await CheckAsync(association, StatutesCheck.Types.Result.Failed, clauses);

        Assert.Equal(clauses, after.StatutesCheck.Clauses);
        Assert.Equal(PartyEligibility.Eligible, after.PartyEligibility);
        Assert.Equal(after, await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = association.Name }));
    }

    [Theory]
    [InlineData(LegalForm.Foundation, Kind.Dissolution, true)]
    [InlineData(LegalForm.Foundation, Kind.Purpose, false)]
    [InlineData(LegalForm.NonProfitAssociation, Kind.Dissolution, false)]
    public async Task Only_a_foundation_needs_no_clause_and_only_on_its_dissolution(LegalForm form, Kind kind, bool free)
    {
        var sample = RegisterFixture.Sample();
        sample.LegalForm = form;
        var organisation = await register.RegisterAsync(sample);

        if (free)
        {
            Assert.Equal(Finding.NotRequired, Assert.Single((await CheckAsync(organisation, StatutesCheck.Types.Result.Passed, Of(kind, Finding.NotRequired))).StatutesCheck.Clauses).Finding);
        }
        else
        {
            await Refused.ForFieldAsync("statutes_check.clauses[0].finding", "STATUTES_CLAUSE_REQUIRED", () => CheckAsync(organisation, StatutesCheck.Types.Result.Passed, Of(kind, Finding.NotRequired)));
        }
    }

    [Fact]
    public async Task A_clause_has_a_kind_once_a_finding_and_a_place_where_it_stands_and_does_not_speak_against_the_result()
    {
        var association = await register.RegisterAsync();

        var refused = await Refused.ForFieldAsync(
            "statutes_check.clauses[0].provision",
            "FIELD_REQUIRED",
            () => CheckAsync(association, StatutesCheck.Types.Result.Passed, Of(Kind.Purpose, Finding.Stated), Of(Kind.Purpose, Finding.NotStated), new StatutesClause(), Of(Kind.ValueTransfers, Finding.NotStated)));

        Assert.Contains(("statutes_check.clauses[1].kind", "DUPLICATE_VALUE"), refused.Fields);
        Assert.Contains(("statutes_check.clauses[2].kind", "ENUM_VALUE_REQUIRED"), refused.Fields);
        Assert.Contains(("statutes_check.clauses[2].finding", "ENUM_VALUE_REQUIRED"), refused.Fields);
        Assert.Contains(("statutes_check.result", "STATUTES_RESULT_CONTRADICTED"), refused.Fields);
        Assert.Null((await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = association.Name })).StatutesCheck);
    }

    private static StatutesClause Of(Kind kind, Finding finding, string provision = "") => new() { Kind = kind, Finding = finding, Provision = provision };

    private Task<Organisation> CheckAsync(Organisation organisation, StatutesCheck.Types.Result result, params StatutesClause[] clauses) =>
        register.Officer.RecordStatutesCheckAsync(new RecordStatutesCheckRequest
        {
            Name = organisation.Name,
            StatutesCheck = new StatutesCheck { CheckDate = RegisterFixture.Today(), Result = result, Clauses = { clauses } },
            Etag = organisation.Etag,
        }).ResponseAsync;
}
