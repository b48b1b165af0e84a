using FsCheck;
using FsCheck.Fluent;
using Iop.FollowUp.Domain;
using Iop.Platform.Errors;

namespace Iop.FollowUp.Tests;

/// <summary>Whatever is asked of a report, by either side and in any order, it is found where the table says.</summary>
public sealed class ReportWalkTests
{
    private static readonly DateOnly Start = new(2028, 1, 31);
    private static readonly ReportPeriod Period = new(Start, new DateOnly(2028, 2, 28), new DateOnly(2028, 2, 29));

    private static readonly string[] Acts = ["wait", "draft", "submit", "review", "return", "reopen", "close"];

    private static readonly Arbitrary<(ReportingResponsibility Responsible, (string Act, Side By)[] Steps)> AnyWalk = (
        from responsible in Gen.Elements(Enum.GetValues<ReportingResponsibility>())
        from steps in Gen.ArrayOf(
            from act in Gen.Elements(Acts)
            from side in Gen.Elements(Enum.GetValues<Side>())
            select (act, side))
        select (responsible, steps)).ToArbitrary();

    [Fact]
    public void A_walk_of_commands_finds_no_state_outside_the_table_and_a_refusal_changes_nothing() => Prop.ForAll(AnyWalk, walk =>
    {
        var (report, today) = (New(walk.Responsible), Start);
        var submitter = (Side?)null;
        foreach (var (act, by) in walk.Steps)
        {
            today = act == "wait" ? today.AddDays(11) : today;
            var (state, before) = (report.StateOn(today), Told(report));
            var expected = Expected(state, act, writes: report.IsWrittenBy(by), reads: by != submitter);
            try
            {
                Do(report, act, by, today);
                Assert.True(expected is not null, $"{state}: {act} was allowed");
                Assert.Equal(expected, report.StateOn(today));
                submitter = act == "submit" ? by : submitter;
            }
            catch (Refusal)
            {
                Assert.True(expected is null, $"{state}: {act} was refused");
                Assert.Equal(before, Told(report));
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    // The table in small: the state that follows, or null where it is refused.
    private static ReportState? Expected(ReportState state, string act, bool writes, bool reads)
    {
        var isWaitedFor = state is ReportState.Planned or ReportState.Due or ReportState.Returned;
        return act switch
        {
            "wait" => state,
            "draft" => isWaitedFor && writes ? state : null,
            "submit" => isWaitedFor && writes ? ReportState.Submitted : null,
            "review" => state == ReportState.Submitted && reads ? ReportState.Reviewed : null,
            "return" => state == ReportState.Submitted && reads ? ReportState.Returned : null,
            "reopen" => state == ReportState.Reviewed ? ReportState.Returned : null,
            _ => isWaitedFor ? ReportState.Closed : state,
        };
    }

    private static void Do(Report report, string act, Side by, DateOnly today)
    {
        var now = new DateTimeOffset(today, new TimeOnly(12, 0), TimeSpan.Zero);
        switch (act)
        {
            case "draft": report.SaveDraft("Utkast", "", by, now, today); break;
            case "submit": report.Submit($"Text {report.SubmissionCount}", "", by, now, today); break;
            case "review": report.Review("Tack", by, now, today); break;
            case "return": report.Return("Hur många?", by, today); break;
            case "reopen": report.Reopen("En siffra var fel.", today); break;
            case "close": report.Close(); break;
        }
    }

    private static object Told(Report report) =>
        (report.State, report.Text, report.DraftText, report.SubmissionCount, report.Earlier.Count, report.ReviewComment, report.ReturnReason, report.ReopenReason);

    private static Report New(ReportingResponsibility responsible) => new(
        new Plan("1283", Agreed.Facts(Start, Start.AddYears(2)) with { Reporting = responsible }), Period);
}
