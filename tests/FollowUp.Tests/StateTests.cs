using Iop.FollowUp.Domain;
using Iop.Platform.Errors;

namespace Iop.FollowUp.Tests;

/// <summary>Every state of check-in, evaluation, deviation, contribution and lesson, and everything that can be done in it.</summary>
public sealed class StateTests
{
    internal static readonly DateOnly Today = new(2026, 7, 1);
    internal static readonly DateTimeOffset Now = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CheckInState.Planned, "hold", "HELD")]
    [InlineData(CheckInState.Planned, "mark", "needs HELD")]
    [InlineData(CheckInState.Planned, "call off", "CANCELLED")]
    [InlineData(CheckInState.Held, "call off", "needs PLANNED")]
    [InlineData(CheckInState.Cancelled, "call off", "needs PLANNED")]
    [InlineData(CheckInState.Held, "hold", "needs PLANNED")]
    [InlineData(CheckInState.Held, "mark", "HELD")]
    [InlineData(CheckInState.Cancelled, "hold", "needs PLANNED")]
    [InlineData(CheckInState.Cancelled, "mark", "needs HELD")]
    [InlineData(CheckInState.Planned, "correct", "needs HELD")]
    [InlineData(CheckInState.Held, "correct", "HELD")]
    [InlineData(CheckInState.Cancelled, "correct", "needs HELD")]
    public void A_check_in(CheckInState state, string act, string expected)
    {
        var checkIn = state == CheckInState.Cancelled ? Cancelled() : new CheckIn(NewPlan(), CheckInKind.AdHoc, Today, []);
        if (state == CheckInState.Held)
        {
            Hold(checkIn);
        }

        Try(expected, () => checkIn.State.Code(), () =>
        {
            switch (act)
            {
                case "hold":
                    Hold(checkIn);
                    break;
                case "correct":
                    checkIn.Correct(new CheckInRecord { HeldDate = Today, Participants = [] }, Side.Public, "Fel dag.");
                    break;
                case "call off":
                    checkIn.CallOff("Alla var sjuka.", Today);
                    break;
                default:
                    Assert.True(checkIn.Mark(1, Today));
                    break;
            }
        });
        Assert.Equal(state == CheckInState.Planned && act is "mark" or "correct" && checkIn.State == CheckInState.Planned, checkIn.IsWaitedFor);
    }

    [Theory]
    [InlineData(EvaluationState.Planned, "COMPLETED")]
    [InlineData(EvaluationState.Completed, "needs PLANNED")]
    public void An_evaluation(EvaluationState state, string expected)
    {
        var evaluation = new Evaluation(NewPlan());
        if (state == EvaluationState.Completed)
        {
            Complete(evaluation, Verdict.Solved);
        }

        Try(expected, () => evaluation.State.Code(), () => Complete(evaluation, Verdict.NotSolved));
        Assert.Equal(state == EvaluationState.Completed ? Verdict.Solved : Verdict.NotSolved, evaluation.Outcome!.Verdict);
    }

    [Theory]
    [InlineData(EvaluationState.Planned, "needs COMPLETED")]
    [InlineData(EvaluationState.Completed, "PLANNED")]
    public void An_evaluation_is_wanted_once_more(EvaluationState state, string expected)
    {
        var (plan, day) = (NewPlan(), Today.AddMonths(3));
        var evaluation = new Evaluation(plan);
        if (state == EvaluationState.Completed)
        {
            Complete(evaluation, Verdict.TooEarly);
        }

        Try(expected, () => evaluation.State.Code(), () => evaluation.Repeat(plan, day, "Det var för tidigt.", Today));
        Assert.Equal(state == EvaluationState.Completed ? (day, 2) : (plan.EvaluationDate, 1), (evaluation.DueDate, evaluation.Number));
    }

    [Fact]
    public void A_dispute_whose_end_is_known_before_its_beginning_is_not_open()
    {
        var deviation = new Deviation(NewPlan(), new Observation(DeviationType.Delay, "Sent", Today, Today), Side.Public);
        Assert.True(deviation.Settle("första"));
        Assert.False(deviation.Settle("första"));
        Assert.True(deviation.Link("första"));

        Assert.Equal((DeviationState.Open, "första"), (deviation.State, Assert.Single(deviation.Disputes)));
    }

    [Theory]
    [InlineData(DeviationState.Open, "step", "OPEN")]
    [InlineData(DeviationState.Open, "resolve", "RESOLVED")]
    [InlineData(DeviationState.Open, "link", "DISPUTED")]
    [InlineData(DeviationState.Open, "settle", "OPEN")]
    [InlineData(DeviationState.Disputed, "settle", "DISPUTED")]
    [InlineData(DeviationState.Disputed, "settle the first", "OPEN")]
    [InlineData(DeviationState.Resolved, "settle", "RESOLVED")]
    [InlineData(DeviationState.Disputed, "step", "DISPUTED")]
    [InlineData(DeviationState.Disputed, "resolve", "RESOLVED")]
    [InlineData(DeviationState.Disputed, "link", "DISPUTED")]
    [InlineData(DeviationState.Resolved, "step", "needs OPEN, DISPUTED")]
    [InlineData(DeviationState.Resolved, "resolve", "needs OPEN, DISPUTED")]
    [InlineData(DeviationState.Resolved, "link", "RESOLVED")]
    public void A_deviation(DeviationState state, string act, string expected)
    {
        var deviation = new Deviation(NewPlan(), new Observation(DeviationType.Delay, "Sent", Today, Today), Side.Public);
        if (state != DeviationState.Open)
        {
            Do(deviation, state == DeviationState.Disputed ? "link" : "resolve", "första");
        }

        Try(expected, () => deviation.State.Code(), () => Do(deviation, act, "andra"));
    }

    [Theory]
    [InlineData(ContributionState.Recorded, Side.Public, "VOIDED")]
    [InlineData(ContributionState.Recorded, Side.CivilSociety, "PARTY_NOT_ALLOWED")]
    [InlineData(ContributionState.Voided, Side.Public, "needs RECORDED")]
    public void A_contribution_is_voided(ContributionState state, Side by, string expected)
    {
        var entry = new ContributionEntry(NewPlan(), new Receipt("kommunen", "MONEY", "", Today, Today, 1, 0), Side.Public);
        if (state == ContributionState.Voided)
        {
            entry.Void("Fel", Side.Public);
        }

        Try(expected, () => entry.State.Code(), () => entry.Void("Fel", by));
    }

    [Theory]
    [InlineData(LearningNoteState.Draft, "publish", "PUBLISHED")]
    [InlineData(LearningNoteState.Draft, "withdraw", "WITHDRAWN")]
    [InlineData(LearningNoteState.Published, "publish", "needs DRAFT")]
    [InlineData(LearningNoteState.Published, "withdraw", "WITHDRAWN")]
    [InlineData(LearningNoteState.Withdrawn, "publish", "needs DRAFT")]
    [InlineData(LearningNoteState.Withdrawn, "withdraw", "needs DRAFT, PUBLISHED")]
    public void A_lesson(LearningNoteState state, string act, string expected)
    {
        var note = new LearningNote(NewPlan(), "Rubrik", "Text");
        if (state != LearningNoteState.Draft)
        {
            Do(note, state == LearningNoteState.Published ? "publish" : "withdraw");
        }

        Try(expected, () => note.State.Code(), () => Do(note, act));
    }

    internal static void Try(string expected, Func<string> state, Action act)
    {
        var before = state();
        if (!expected.StartsWith("needs ", StringComparison.Ordinal) && expected != "PARTY_NOT_ALLOWED")
        {
            act();
            Assert.Equal(expected, state());
            return;
        }

        var refusal = Assert.Throws<Refusal>(act);
        Assert.Equal(expected, refusal.Metadata.TryGetValue("allowed", out var allowed) ? $"needs {allowed}" : refusal.Reason);
        Assert.Equal(before, state());
    }

    private static void Hold(CheckIn checkIn) =>
        checkIn.Hold(new CheckInRecord { HeldDate = Today, Participants = [], Actions = [new AgreedAction("Ring", null, null)] }, Side.Public);

    // The schedule has no room for it any more.
    private static CheckIn Cancelled()
    {
        var whole = WholePlan.From("1283", Facts(), (_, _) => []);
        var checkIn = whole.CheckIns[^1];
        whole.Follow(Facts() with { Version = 2, Terms = Facts().Terms with { CheckInEveryMonths = 0 }, RenewalTalksDate = null }, Today);
        Assert.Equal(CheckInState.Cancelled, checkIn.State);
        return checkIn;
    }

    private static void Complete(Evaluation evaluation, Verdict verdict) => evaluation.Complete(verdict, "Skäl", [], "", Side.Public, Now);

    private static void Do(Deviation deviation, string act, string what)
    {
        switch (act)
        {
            case "step": deviation.Add(what, Side.Public, Now); break;
            case "resolve": deviation.Resolve(what, Side.Public, Now); break;
            case "settle": deviation.Settle(what); break;
            case "settle the first": deviation.Settle("första"); break;
            default: deviation.Link(what); break;
        }
    }

    private static void Do(LearningNote note, string act)
    {
        if (act == "publish")
        {
            note.Publish(Now);
        }
        else
        {
            note.Withdraw();
        }
    }

    private static Plan NewPlan() => new("1283", Facts());

    internal static AgreementFacts Facts() => Agreed.Facts(new DateOnly(2026, 1, 1), new DateOnly(2027, 12, 31), checkInEveryMonths: 3, reportEveryMonths: 6) with
    {
        Reporting = ReportingResponsibility.Shared,
        RenewalTalksDate = new DateOnly(2027, 6, 30),
    };
}
