using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Negotiation;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;

namespace Iop.Agreements.Tests;

/// <summary>What a person is told when something is refused has no codes in it.</summary>
public sealed class RefusalWordsTests
{
    // Numbers, dates, names and texts. Parties and rules go by the ids that the agreement and the guideline give them.
    private static readonly string[] Plain =
    [
        "date", "days", "since", "months", "count", "party", "parties", "municipality", "provider", "body", "steps", "amendment", "heading", "rule", "rules", "value",
    ];

    private static readonly RefusalWords Words = new("agreements.iop", typeof(Program).Assembly);

    public static TheoryData<string, string, IEnumerable<string>> Told => new()
    {
        { "AGREEMENT_STATE_NOT_ALLOWED", "state", Codes<AgreementState>() },
        { "AMENDED_AGREEMENT_ENDED", "state", Codes<AgreementState>() },
        { "DISPUTE_STATE_NOT_ALLOWED", "state", Codes<DisputeState>() },
        { "COMMENT_STATE_NOT_ALLOWED", "state", Codes<CommentState>() },
        { "PROPOSAL_STATE_NOT_ALLOWED", "state", Codes<ProposalState>() },
        { "STATE_AID_REPORT_STATE_NOT_ALLOWED", "state", Codes<StateAidReportState>() },
        { "SHARE_STATE_NOT_ALLOWED", "state", Codes<MemberState>() },
        { "PROPOSAL_OPEN", "kind", Codes<ProposalKind>() },
        { "WIND_DOWN_INCOMPLETE", "missing", Codes<WindDownKind>() },
        { "ASSURANCE_LEVEL_TOO_LOW", "required", Enumerable.Range(1, 4).Select(rank => $"{new AssuranceLevel(rank)}") },
        { "SIGNATURE_CLASS_TOO_LOW", "required", Codes<SignatureClass>() },
        { "SIGNATURE_CLASS_TOO_LOW", "given", [.. Codes<SignatureClass>(), "UNSPECIFIED"] },
        { "SCOPE_MISSING", "allowed", Roles.All },
    };

    [Theory, MemberData(nameof(Told))]
    public void Every_code_in_a_refusal_has_its_word(string reason, string key, IEnumerable<string> codes) => Words.MustHave(reason, key, codes);

    [Fact]
    public void No_other_refusal_has_a_place_for_codes() =>
        Words.MustBeTriedBut(Told.Select(row => ((string)row[0], (string)row[1])), Plain);

    [Fact]
    public void What_remains_of_a_wind_down_is_told_as_people_call_it()
    {
        var text = Words.Of("WIND_DOWN_INCOMPLETE", ("missing", "LAST_PAYMENT, EQUIPMENT"));
        Assert.Equal("Avvecklingen är inte klar. Det som återstår är den sista betalningen, utrustningen.", text.Sv);
        Assert.Contains("LAST_PAYMENT, EQUIPMENT", text.En, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Codes<T>()
        where T : struct, Enum => Enum.GetValues<T>().Where(value => !value.Equals(default(T))).Select(value => value.ToUpperSnake());
}
