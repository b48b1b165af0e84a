using FsCheck;
using FsCheck.Fluent;
using Iop.FollowUp.Domain;

namespace Iop.FollowUp.Tests;

/// <summary>Whatever happens to an agreement, and whatever the parties do meanwhile, its plan keeps what is behind it.</summary>
public sealed class WholePlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private enum Act
    {
        Wait, Hold, Draft, Submit, Review, Return, Complete, Check, Amend, Extend, Pause, Resume, End, Choose, Wish,
    }

    private static readonly Arbitrary<(int Start, int Months, (Act Act, int Number)[] Steps)> AnyWalk = (
        from start in Gen.Choose(new DateOnly(2023, 12, 1).DayNumber, new DateOnly(2028, 3, 5).DayNumber)
        from months in Gen.Choose(2, 48)
        from steps in Gen.ArrayOf(
            from act in Gen.Elements(Enum.GetValues<Act>())
            from number in Gen.Choose(0, 60)
            select (act, number))
        select (start, months, steps)).ToArbitrary();

    [Fact]
    public void A_walk_of_commands_and_news_loses_nothing_that_is_done_and_moves_nothing_into_the_past() => Prop.ForAll(AnyWalk, walk =>
    {
        var start = DateOnly.FromDayNumber(walk.Start);
        var facts = Facts(start, start.AddMonths(walk.Months).AddDays(-1));
        var whole = WholePlan.From("1283", facts, (_, _) => []);
        var today = start;
        foreach (var (act, number) in walk.Steps)
        {
            var before = whole.CheckIns.Concat<PlanItem>(whole.Reports).Concat(whole.Checks).Append(whole.Evaluation).ToDictionary(item => item, item => (item.DueDate, item.IsWaitedFor, Frozen(item)));
            var wasPaused = facts.SuspendedDate is not null;
            whole = act == Act.Wish ? Wish(whole, today, number) : whole;
            (facts, today) = Take(whole, facts, today, act, number);
            foreach (var (item, (due, waited, frozen)) in before)
            {
                var stays = !waited && item is not Domain.Evaluation;
                Holds(!stays || (due == item.DueDate && Equals(frozen, Frozen(item))) || act is Act.Review or Act.Return, $"{act}: what was done has changed");
                Holds(item.DueDate == due || item.DueDate >= today, $"{act}: a day was moved into the past");
                Holds(due >= today || item.DueDate == due || (wasPaused && (act is Act.Resume or Act.End)) || item is Domain.Evaluation, $"{act}: what was overdue was moved");
            }

            Consistent(whole, today, act);
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_told_twice_changes_nothing() => Prop.ForAll(AnyWalk, walk =>
    {
        var start = DateOnly.FromDayNumber(walk.Start);
        var facts = Facts(start, start.AddMonths(walk.Months).AddDays(-1));
        var (made, today) = (WholePlan.From("1283", facts, (_, _) => []), start.AddDays(walk.Steps.Length * 17));
        made.Follow(facts, today);
        var opened = new WholePlan(made.Plan, made.CheckIns, made.Reports, made.Evaluation, (_, _) => []) { Checks = made.Checks };
        opened.Follow(facts, today);
        return opened.Changed.Count == 0;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2027-12-31", "2028-01-31", "2028-02-29")]
    [InlineData("2026-03-01", "2026-05-31", "2026-06-30")]
    [InlineData("2026-10-01", "2026-12-31", "2027-01-31")]
    public void What_is_to_be_written_answered_read_handled_or_decided_is_given_a_month_when_an_agreement_is_taken_up_again(string paused, string resumed, string expected)
    {
        var (since, today, due) = (DateOnly.Parse(paused), DateOnly.Parse(resumed), DateOnly.Parse(expected));
        var facts = Facts(since.AddMonths(-12), since.AddMonths(24)) with { EvaluationDate = since.AddDays(3) };
        var made = WholePlan.From("1283", facts, (_, _) => []);
        var (returned, unread) = (made.Reports[0], made.Reports[1]);
        Submit(returned, since.AddDays(-20));
        returned.Return("Hur många?", Side.Public, since.AddDays(-20));
        Submit(unread, since.AddDays(-20));
        var late = new Deviation(made.Plan, new Observation(DeviationType.Delay, "Sent.", since.AddDays(-30), since.AddDays(-1)), Side.Public);
        var open = new Deviation(made.Plan, new Observation(DeviationType.Delay, "Sent.", since, since), Side.Public);
        var (before, reportDue) = (made.CheckIns.Single(c => c.DueDate == since), returned.DueDate);
        var whole = new WholePlan(made.Plan, made.CheckIns, made.Reports, made.Evaluation, (_, _) => []) { Deviations = [late, open] };

        whole.Follow(facts with { SuspendedDate = since }, since);
        whole.Follow(facts, today);

        Assert.Equal((due, due, due, due), (returned.AnswerDueDate, unread.ReviewDueDate, open.DueDate, whole.Evaluation.DueDate));
        Assert.Equal((since.AddDays(-1), reportDue, CheckInState.Cancelled), (late.DueDate, returned.DueDate, before.State));
        Assert.Superset(new HashSet<PlanItem> { returned, unread, open, whole.Evaluation }, whole.Changed.ToHashSet());
        Assert.DoesNotContain(late, whole.Changed);

        static void Submit(Report report, DateOnly day) => report.Submit("Text", "", Side.CivilSociety, Now, day);
    }

    // The news of an agreement comes for many reasons: what the parties have set stands until its own day is another.
    [Fact]
    public void The_day_that_the_parties_set_for_another_evaluation_stands_until_the_agreement_names_another()
    {
        var (today, day) = (new DateOnly(2026, 2, 28), new DateOnly(2026, 5, 31));
        var facts = Facts(today.AddMonths(-6), today.AddMonths(30));
        var whole = WholePlan.From("1283", facts, (_, _) => []);
        whole.Evaluation.Complete(Verdict.TooEarly, "Skäl", [], "", Side.Public, Now);
        whole.Evaluation.Repeat(whole.Plan, day, "Det var för tidigt.", today);

        whole.Follow(facts with { Disputes = ["x"] }, today);
        Assert.Equal(day, whole.Evaluation.DueDate);
        whole.Evaluation.Complete(Verdict.Solved, "Skäl", [], "", Side.Public, Now);
        whole.Follow(facts with { Disputes = ["x", "y"] }, today);
        Assert.Equal((EvaluationState.Completed, 2), (whole.Evaluation.State, whole.Evaluation.Number));

        var later = facts.EvaluationDate.AddYears(1);
        whole.Follow(facts with { Extensions = 1, EvaluationDate = later }, today);
        Assert.Equal((EvaluationState.Planned, later, 3), (whole.Evaluation.State, whole.Evaluation.DueDate, whole.Evaluation.Number));
    }

    // Leap day, month end, year end, and the nights on which the clock is moved in Sweden.
    [Theory]
    [InlineData("2028-02-29")]
    [InlineData("2026-01-31")]
    [InlineData("2026-12-31")]
    [InlineData("2026-03-29")]
    [InlineData("2026-10-25")]
    public void A_plan_that_is_moved_on_a_difficult_day_has_its_days_where_the_schedule_has_them(string day)
    {
        var today = DateOnly.Parse(day);
        var facts = Facts(today.AddMonths(-5), today.AddMonths(30));
        var whole = WholePlan.From("1283", facts, (_, _) => []);
        var next = facts with { Version = 2, Terms = facts.Terms with { CheckInEveryMonths = 1, ReportEveryMonths = 2 } };

        whole.Follow(next, today);

        Assert.Equal(
            Schedule.CheckIns(next.Terms).Where(d => d >= today),
            whole.CheckIns.Where(c => c.State == CheckInState.Planned && c.Kind == CheckInKind.Regular && c.DueDate >= today).Select(c => c.DueDate).Order());
        Assert.Equal(next.Terms.EndDate, whole.Reports.Where(r => r.State == ReportState.Planned).Max(r => r.PeriodEndDate));
    }

    private static (AgreementFacts Facts, DateOnly Today) Take(WholePlan whole, AgreementFacts facts, DateOnly today, Act act, int number)
    {
        var (checkIn, report) = (whole.CheckIns.Where(c => c.IsWaitedFor).ElementAtOrDefault(number % 5), whole.Reports.ElementAtOrDefault(number % 4));
        var ended = facts.EndReason.Length > 0;
        switch (act)
        {
            case Act.Wait:
                return (facts, today.AddDays(number));
            case Act.Hold:
                checkIn?.Hold(new CheckInRecord { HeldDate = today, Participants = [] }, Side.Public);
                break;
            case Act.Draft when report is { IsWaitedFor: true }:
                report.SaveDraft("Utkast", "", Side.CivilSociety, Now, today);
                break;
            case Act.Submit when report is { IsWaitedFor: true }:
                report.Submit($"Text {number}", "", Side.CivilSociety, Now, today);
                break;
            case Act.Review when report is { State: ReportState.Submitted }:
                report.Review("", Side.Public, Now, today);
                break;
            case Act.Return when report is { State: ReportState.Submitted }:
                report.Return("Hur många?", Side.Public, today);
                break;
            case Act.Complete when whole.Evaluation.IsWaitedFor:
                whole.Evaluation.Complete(Verdict.Partly, "Skäl", [], "", Side.Public, Now);
                break;
            case Act.Check when whole.Plan.State != PlanState.Closed && whole.Checks.FirstOrDefault(c => c.IsWaitedFor && c.PeriodEndDate < today) is { } check:
                check.Record(whole.Plan, new Domain.OvercompensationFinding(number, 30, 0, "Skäl"), "", Now, today);
                break;
            case Act.Choose when whole.Plan.State == PlanState.Active:
                whole.Choose(new ChosenSchedule(number % 7, 1 + (number % 9), [], []), today);
                break;
            case Act.Amend or Act.Extend or Act.Pause or Act.Resume or Act.End when !ended:
                facts = After(facts, today, act, number);
                whole.Follow(facts, today);
                break;
        }

        return (facts, today);
    }

    // A meeting and a report that somebody wishes for, when it is a time to wish.
    private static WholePlan Wish(WholePlan whole, DateOnly today, int number)
    {
        var (due, begin) = (today.AddDays(number), today.AddDays(-number) < whole.Plan.StartDate ? whole.Plan.StartDate : today.AddDays(-number));
        return whole.Plan.State is not (PlanState.Active or PlanState.Suspended) || due > whole.Plan.EndDate || begin > due ? whole : new WholePlan(
            whole.Plan,
            [.. whole.CheckIns, whole.Plan.ScheduleAdHoc(due, [])],
            [.. whole.Reports, whole.Plan.ScheduleAdHoc(new ReportPeriod(begin, due, due), "Lokalen")],
            whole.Evaluation,
            (_, _) => [])
        { Checks = whole.Checks };
    }

    private static AgreementFacts After(AgreementFacts facts, DateOnly today, Act act, int number) => act switch
    {
        Act.Amend => facts with
        {
            Version = facts.Version + 1,
            Terms = facts.Terms with { CheckInEveryMonths = number % 8, ReportEveryMonths = 1 + (number % 12) },
            Rules = facts.Rules with { Overcompensation = number % 4 == 0 ? null : Yearly },
        },
        Act.Extend => facts with
        {
            Extensions = facts.Extensions + 1,
            Terms = facts.Terms with { EndDate = facts.Terms.EndDate.AddMonths(1 + number) },
            EvaluationDate = facts.EvaluationDate.AddMonths(1 + number),
            RenewalTalksDate = facts.RenewalTalksDate?.AddMonths(1 + number),
        },
        Act.Pause => facts with { SuspendedDate = facts.SuspendedDate ?? today },
        Act.Resume => facts with { SuspendedDate = null },
        _ => facts with { EndReason = "TERMINATED", SuspendedDate = null, Terms = facts.Terms with { EndDate = today < facts.Terms.StartDate ? facts.Terms.StartDate : today } },
    };

    private static object? Frozen(PlanItem item) => item switch
    {
        CheckIn checkIn => (checkIn.State, checkIn.HeldDate),
        Report report => (report.State, report.Text, report.PeriodStartDate, report.PeriodEndDate),
        Domain.OvercompensationCheck check => (check.State, check.PeriodStartDate, check.PeriodEndDate),
        _ => null,
    };

    private static void Consistent(WholePlan whole, DateOnly today, Act act)
    {
        var counted = whole.Reports.Where(r => r is { Kind: ReportKind.Regular, State: not ReportState.Closed }).OrderBy(r => r.PeriodStartDate).ToList();
        Holds(counted.Zip(counted.Skip(1)).All(pair => pair.First.PeriodEndDate < pair.Second.PeriodStartDate), $"{act}: two reports are on the same days");
        var ahead = whole.CheckIns.Where(c => c is { IsWaitedFor: true, Kind: CheckInKind.Regular } && c.DueDate >= today).Select(c => c.DueDate).ToList();
        Holds(ahead.Distinct().Count() == ahead.Count, $"{act}: two meetings are on the same day");
        Holds(ahead.TrueForAll(day => day <= whole.Plan.EndDate), $"{act}: a meeting lies after the end");
        var checks = whole.Checks.Where(c => c.State != OvercompensationCheckState.Cancelled).OrderBy(c => c.PeriodStartDate).ToList();
        Holds(checks.Zip(checks.Skip(1)).All(pair => pair.First.PeriodEndDate < pair.Second.PeriodStartDate), $"{act}: two checks are of the same days");
        var isEntrusted = whole.Plan.Rules.Overcompensation is not null && whole.Plan.EndDate >= today && act is (Act.Amend or Act.Extend or Act.End);
        Holds(!isEntrusted || checks[^1].PeriodEndDate == whole.Plan.EndDate, $"{act}: the last days of an entrustment are not checked");
    }

    private static void Holds(bool condition, string otherwise) => Assert.True(condition, otherwise);

    private static OvercompensationTerms Yearly => new(12, 3);

    private static AgreementFacts Facts(DateOnly start, DateOnly end) => Agreed.Facts(start, end, checkInEveryMonths: 3, reportEveryMonths: 6) with
    {
        Reporting = ReportingResponsibility.Shared,
        RenewalTalksDate = end.AddMonths(-1) < start ? start : end.AddMonths(-1),
        Rules = new FollowUpRules { Overcompensation = Yearly },
    };
}
