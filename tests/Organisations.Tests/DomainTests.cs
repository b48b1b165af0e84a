using Iop.Organisations.Domain;
using Iop.Platform.Errors;

namespace Iop.Organisations.Tests;

/// <summary>The rules that need nothing but themselves.</summary>
public sealed class DomainTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Theory]
    [InlineData(8, null, null, OrganisationState.Active, PartyEligibility.Eligible)]
    [InlineData(8, false, null, OrganisationState.Active, PartyEligibility.Eligible)]
    [InlineData(8, true, null, OrganisationState.Active, PartyEligibility.NotEligible)]
    [InlineData(8, null, null, OrganisationState.Suspended, PartyEligibility.Suspended)]
    [InlineData(8, true, null, OrganisationState.Suspended, PartyEligibility.NotEligible)]
    [InlineData(5, null, null, OrganisationState.Active, PartyEligibility.NeedsStatutesCheck)]
    [InlineData(7, null, null, OrganisationState.Active, PartyEligibility.NeedsStatutesCheck)]
    [InlineData(5, null, StatutesCheckResult.Passed, OrganisationState.Active, PartyEligibility.Eligible)]
    [InlineData(7, null, StatutesCheckResult.Failed, OrganisationState.Active, PartyEligibility.NotEligible)]
    [InlineData(5, true, StatutesCheckResult.Passed, OrganisationState.Active, PartyEligibility.NotEligible)]
    [InlineData(5, null, null, OrganisationState.Suspended, PartyEligibility.Suspended)]
    [InlineData(5, null, StatutesCheckResult.Failed, OrganisationState.Suspended, PartyEligibility.NotEligible)]
    public void Eligibility_follows_from_number_control_statutes_and_state(
        int group, bool? controlled, StatutesCheckResult? statutes, OrganisationState state, PartyEligibility expected) =>
        Assert.Equal(expected, PartyEligibilityRule.For(OrganisationNumber.FromDigits($"{group}999990000"), controlled, statutes, state));

    [Fact]
    public void A_statutes_check_is_refused_for_a_number_that_needs_none_and_changes_nothing()
    {
        var organisation = Association("8999990057");

        var refused = Assert.Throws<Refusal>(() => organisation.Record(new StatutesCheck(Today, StatutesCheckResult.Failed, "")));

        Assert.Equal(("STATUTES_CHECK_NOT_APPLICABLE", "8"), (refused.Reason, refused.Metadata["group"]));
        Assert.Null(organisation.StatutesCheck);
        Assert.Equal(PartyEligibility.Eligible, organisation.PartyEligibility);
    }

    [Fact]
    public void The_latest_statutes_check_counts()
    {
        var organisation = Association("5999990012");

        organisation.Record(new StatutesCheck(Today, StatutesCheckResult.Failed, ""));
        organisation.Record(new StatutesCheck(Today, StatutesCheckResult.Passed, ""));

        Assert.Equal(PartyEligibility.Eligible, organisation.PartyEligibility);
    }

    [Theory]
    [InlineData(-1, SigningAuthorityState.NotYetValid)]
    [InlineData(0, SigningAuthorityState.Current)]
    [InlineData(30, SigningAuthorityState.Current)]
    [InlineData(31, SigningAuthorityState.Lapsed)]
    public void A_signing_authority_holds_from_its_first_day_to_its_last(int day, SigningAuthorityState expected) =>
        Assert.Equal(expected, Authority().StateOn(Today.AddDays(day)));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(31, false)]
    public void A_signing_authority_can_be_ended_until_it_has_lapsed(int day, bool allowed)
    {
        var authority = Authority();
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        var refused = Record.Exception(() => authority.End(now, Today.AddDays(day))) as Refusal;

        Assert.Equal(allowed ? null : "SIGNING_AUTHORITY_STATE_NOT_ALLOWED", refused?.Reason);
        Assert.Equal(allowed ? now : null, authority.EndTime);
    }

    [Fact]
    public void A_signing_authority_is_ended_once()
    {
        var authority = Authority();
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        authority.End(now, Today);

        var refused = Assert.Throws<Refusal>(() => authority.End(now.AddHours(1), Today));

        Assert.Equal(("ENDED", "CURRENT, NOT_YET_VALID"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        Assert.Equal(now, authority.EndTime);
    }

    [Theory]
    [InlineData(typeof(LegalForm), typeof(V1.LegalForm))]
    [InlineData(typeof(OrganisationPurpose), typeof(V1.OrganisationPurpose))]
    [InlineData(typeof(OrganisationState), typeof(V1.Organisation.Types.State))]
    [InlineData(typeof(PartyEligibility), typeof(V1.PartyEligibility))]
    [InlineData(typeof(StatutesCheckResult), typeof(V1.StatutesCheck.Types.Result))]
    [InlineData(typeof(StatutesClauseKind), typeof(V1.StatutesClause.Types.Kind))]
    [InlineData(typeof(StatutesClauseFinding), typeof(V1.StatutesClause.Types.Finding))]
    [InlineData(typeof(SigningRule), typeof(V1.SigningRule))]
    [InlineData(typeof(SigningAuthorityState), typeof(V1.SigningAuthority.Types.State))]
    [InlineData(typeof(DocumentKind), typeof(V1.DocumentKind))]
    [InlineData(typeof(DocumentState), typeof(V1.Document.Types.State))]
    [InlineData(typeof(RelationKind), typeof(V1.RelationEntry.Types.Kind))]
    [InlineData(typeof(ActRegistrationStatus), typeof(V1.ActRegistration.Types.Status))]
    [InlineData(typeof(SigningStanding), typeof(V1.SigningStanding))]
    [InlineData(typeof(EvidenceStatus), typeof(V1.EvidenceLink.Types.Status))]
    [InlineData(typeof(RepresentativeState), typeof(V1.Representative.Types.State))]
    [InlineData(typeof(ConfirmedBy), typeof(V1.Representative.Types.ConfirmedBy))]
    [InlineData(typeof(RequirementStatus), typeof(V1.DocumentRequirementStatus.Types.Status))]
    [InlineData(typeof(ExtractPurpose), typeof(V1.ExtractAttestation.Types.Purpose))]
    [InlineData(typeof(ConditionStatus), typeof(V1.ConditionStatus))]
    [InlineData(typeof(VettingOutcome), typeof(V1.VettingOutcome))]
    [InlineData(typeof(AidKind), typeof(V1.AidKind))]
    [InlineData(typeof(GiverKind), typeof(V1.GiverKind))]
    [InlineData(typeof(FundingForm), typeof(V1.FundingForm))]
    [InlineData(typeof(DisclosureState), typeof(V1.FundingDisclosure.Types.State))]
    [InlineData(typeof(OverlapCause), typeof(V1.FundingOverlap.Types.Cause))]
    [InlineData(typeof(AidResult), typeof(V1.SumDeMinimisAidResponse.Types.Result))]
    public void Values_are_those_of_the_contract(Type ours, Type contract)
    {
        static IEnumerable<(string, int)> Of(Type type) => Enum.GetNames(type).Select(name => (name, Convert.ToInt32(Enum.Parse(type, name))));

        Assert.Equal(Of(contract).Where(value => value.Item2 != 0), Of(ours));
    }

    [Theory]
    [InlineData("municipalities/1283/organisations/dalasamtal", "dalasamtal")]
    [InlineData("municipalities/1283/organisations/01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("municipalities/0580/organisations/dalasamtal", null)]
    [InlineData("municipalities/1283/organisations/", null)]
    [InlineData("municipalities/1283/organisations/abc", null)]
    [InlineData("municipalities/1283/organisations/Dalasamtal", null)]
    [InlineData("municipalities/1283/organisations/dalasamtal/documents", null)]
    [InlineData("municipalities/1283/cases/dalasamtal", null)]
    [InlineData("municipalities/1283/organisations/dalasamtal\n", null)]
    [InlineData("", null)]
    public void The_name_of_an_organisation_has_one_spelling(string name, string? key) => Assert.Equal(key, OrganisationName.KeyIn(name, "1283"));

    private static Organisation Association(string digits) => new("1283", "", OrganisationNumber.FromDigits(digits), new OrganisationFacts());

    private static SigningAuthority Authority() =>
        new(Association("8999990057"), new SigningTerms(SigningRule.Alone, 1, [new("p", "n", "")], [], Today, Today.AddDays(30)));
}
