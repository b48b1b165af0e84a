using Iop.FollowUp.Domain;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>What a person is told when something is refused has no codes in it.</summary>
public sealed class RefusalWordsTests
{
    private static readonly RefusalWords Words = new("followup.iop", typeof(Program).Assembly);

    public static TheoryData<string, string, IEnumerable<string>> Told => new()
    {
        { "PLAN_STATE_NOT_ALLOWED", "state", Codes<PlanState>() },
        { "CHECK_IN_STATE_NOT_ALLOWED", "state", Codes<CheckInState>() },
        { "CHECK_IN_NOT_HELD", "state", Codes<CheckInState>() },
        { "REPORT_STATE_NOT_ALLOWED", "state", Codes<ReportState>() },
        { "EVALUATION_STATE_NOT_ALLOWED", "state", Codes<EvaluationState>() },
        { "EVALUATION_NOT_COMPLETED", "state", Codes<EvaluationState>() },
        { "CHECK_STATE_NOT_ALLOWED", "state", Codes<OvercompensationCheckState>() },
        { "CONTRIBUTION_STATE_NOT_ALLOWED", "state", Codes<ContributionState>() },
        { "DEVIATION_STATE_NOT_ALLOWED", "state", Codes<DeviationState>() },
        { "LEARNING_NOTE_STATE_NOT_ALLOWED", "state", Codes<LearningNoteState>() },
        { "SCOPE_MISSING", "allowed", Roles.All },
    };

    [Theory, MemberData(nameof(Told))]
    public void Every_code_in_a_refusal_has_its_word(string reason, string key, IEnumerable<string> codes) => Words.MustHave(reason, key, codes);

    [Fact]
    public void No_other_refusal_has_a_place_for_codes() =>
        Words.MustBeTriedBut(Told.Select(row => ((string)row[0], (string)row[1])), "start", "end", "date", "minimum");

    [Fact]
    public void Several_states_are_told_one_by_one()
    {
        var text = Words.Of("REPORT_STATE_NOT_ALLOWED", ("state", "REVIEWED"), ("allowed", "DUE, RETURNED"));
        Assert.Equal("Rapporten är i läget granskat och kan inte tas emot, granskas eller återlämnas nu. Det som behövs är redo att lämnas in, återlämnat.", text.Sv);
        Assert.Contains("DUE, RETURNED", text.En, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Codes<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(state => state.Code());
}
