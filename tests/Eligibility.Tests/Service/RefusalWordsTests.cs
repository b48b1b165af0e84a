using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Eligibility.Domain.Precedents;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Eligibility.Tests.Service;

/// <summary>What a person is told when something is refused has no codes in it.</summary>
public sealed class RefusalWordsTests
{
    private static readonly RefusalWords Words = new("eligibility.iop", typeof(Program).Assembly);

    // Numbers, dates, names and texts, and the codes of the common procurement vocabulary, which are what such services go by.
    private static readonly string[] Plain =
    [
        "date", "days", "year", "weeks", "earliest", "sum", "value", "open", "other", "disclosures", "example", "codes", "text", "body", "sentence",
    ];

    public static TheoryData<string, string, IEnumerable<string>> Told => new()
    {
        { "CASE_STATE_NOT_ALLOWED", "state", Enum.GetValues<CaseState>().Select(Codes.Of) },
        { "GUIDELINE_PACK_STATE_NOT_ALLOWED", "state", Enum.GetValues<GuidelineState>().Select(Codes.Of) },
        { "THRESHOLD_STATE_NOT_ALLOWED", "state", Enum.GetValues<ThresholdState>().Select(Codes.Of).Append("SHIPPED") },
        { "MUNICIPAL_GOAL_STATE_NOT_ALLOWED", "state", Enum.GetValues<GoalState>().Select(Codes.Of) },
        { "PRECEDENT_STATE_NOT_ALLOWED", "state", Enum.GetValues<PrecedentState>().Select(Codes.Of) },
        { "CASE_NOT_ELIGIBLE", "instrument", Enum.GetValues<Instrument>().Select(Codes.Of) },
        { "LEGAL_ASSESSMENT_REQUIRED", "kind", Enum.GetValues<LegalAssessmentKind>().Select(Codes.Of) },
        { "THRESHOLD_MISSING", "kind", Enum.GetValues<ThresholdKind>().Select(Codes.Of) },
        { "THRESHOLD_MISSING", "law", Enum.GetValues<ProcurementLaw>().Select(Codes.Of) },
        { "DE_MINIMIS_NOT_SHOWN", "cause", Enum.GetValues<DeMinimisDoubt>().Select(Codes.Of) },
        { "ORGANISATION_NOT_ELIGIBLE", "eligibility", Enum.GetValues<PartyEligibility>().Where(value => value is not (PartyEligibility.Unspecified or PartyEligibility.Eligible)).Select(Codes.Of) },
        { "SCOPE_MISSING", "allowed", Roles.All },
    };

    [Theory, MemberData(nameof(Told))]
    public void Every_code_in_a_refusal_has_its_word(string reason, string key, IEnumerable<string> codes) => Words.MustHave(reason, key, codes);

    [Fact]
    public void No_other_refusal_has_a_place_for_codes() =>
        Words.MustBeTriedBut(Told.Select(row => ((string)row[0], (string)row[1])), Plain);

    [Fact]
    public void Several_codes_are_told_one_by_one_and_a_developer_reads_them_as_they_are()
    {
        var text = Words.Of("CASE_STATE_NOT_ALLOWED", ("state", "APPROVED"), ("allowed", "DRAFT, DIALOGUE"));
        Assert.Equal("Ärendet är just nu i läget beviljat. Det här går bara i läget utkast, dialog.", text.Sv);
        Assert.Contains("DRAFT, DIALOGUE", text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_of_law_is_told_in_its_own_words()
    {
        var text = Words.Of("LEGAL_REASONING_REQUIRED", ("question", "procurement-acquisition"), ("text", "Anskaffar kommunen något?"));
        Assert.EndsWith("Anskaffar kommunen något?", text.Sv, StringComparison.Ordinal);
    }
}
