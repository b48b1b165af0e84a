using Iop.FollowUp.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.FollowUp.Tests;

public sealed class ReportStateTests
{
    private static readonly DateOnly PeriodEnd = new(2026, 6, 30);
    private static readonly DateOnly Due = new(2026, 7, 1);
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<ReportState, string, string> Transitions => new()
    {
        { ReportState.Planned, "submit", "SUBMITTED" },
        { ReportState.Planned, "review", "needs SUBMITTED" },
        { ReportState.Planned, "return", "needs SUBMITTED" },
        { ReportState.Due, "submit", "SUBMITTED" },
        { ReportState.Due, "review", "needs SUBMITTED" },
        { ReportState.Due, "return", "needs SUBMITTED" },
        { ReportState.Submitted, "submit", "needs PLANNED, DUE, RETURNED" },
        { ReportState.Submitted, "review", "REVIEWED" },
        { ReportState.Submitted, "return", "RETURNED" },
        { ReportState.Returned, "submit", "SUBMITTED" },
        { ReportState.Returned, "review", "needs SUBMITTED" },
        { ReportState.Returned, "return", "needs SUBMITTED" },
        { ReportState.Reviewed, "submit", "needs PLANNED, DUE, RETURNED" },
        { ReportState.Reviewed, "review", "needs SUBMITTED" },
        { ReportState.Reviewed, "return", "needs SUBMITTED" },
        { ReportState.Closed, "submit", "needs PLANNED, DUE, RETURNED" },
        { ReportState.Closed, "review", "needs SUBMITTED" },
        { ReportState.Closed, "return", "needs SUBMITTED" },
        { ReportState.Planned, "draft", "PLANNED" },
        { ReportState.Due, "draft", "DUE" },
        { ReportState.Submitted, "draft", "needs PLANNED, DUE, RETURNED" },
        { ReportState.Returned, "draft", "RETURNED" },
        { ReportState.Reviewed, "draft", "needs PLANNED, DUE, RETURNED" },
        { ReportState.Closed, "draft", "needs PLANNED, DUE, RETURNED" },
        { ReportState.Planned, "reopen", "needs REVIEWED" },
        { ReportState.Due, "reopen", "needs REVIEWED" },
        { ReportState.Submitted, "reopen", "needs REVIEWED" },
        { ReportState.Returned, "reopen", "needs REVIEWED" },
        { ReportState.Reviewed, "reopen", "RETURNED" },
        { ReportState.Closed, "reopen", "needs REVIEWED" },
        { ReportState.Planned, "close", "CLOSED" },
        { ReportState.Due, "close", "CLOSED" },
        { ReportState.Submitted, "close", "SUBMITTED" },
        { ReportState.Returned, "close", "CLOSED" },
        { ReportState.Reviewed, "close", "REVIEWED" },
        { ReportState.Closed, "close", "CLOSED" },
    };

    [Theory]
    [MemberData(nameof(Transitions))]
    public void A_report_goes_from_state_to_state_as_the_table_says(ReportState state, string act, string expected)
    {
        var today = state == ReportState.Planned ? PeriodEnd : Due;
        var report = In(state);
        var text = report.Text;

        if (expected.StartsWith("needs ", StringComparison.Ordinal))
        {
            var refusal = Assert.Throws<Refusal>(() => Do(report, act, today));
            Assert.Equal(("REPORT_STATE_NOT_ALLOWED", state.Code(), expected[6..]), (refusal.Reason, refusal.Metadata["state"], refusal.Metadata["allowed"]));
            Assert.Equal((state, text), (report.StateOn(today), report.Text));
        }
        else
        {
            Do(report, act, today);
            Assert.Equal(expected, report.StateOn(today).Code());
        }
    }

    [Theory]
    [InlineData(ReportingResponsibility.Organisation, Side.CivilSociety, true)]
    [InlineData(ReportingResponsibility.Organisation, Side.Public, false)]
    [InlineData(ReportingResponsibility.Municipality, Side.CivilSociety, false)]
    [InlineData(ReportingResponsibility.Municipality, Side.Public, true)]
    [InlineData(ReportingResponsibility.Shared, Side.CivilSociety, true)]
    [InlineData(ReportingResponsibility.Shared, Side.Public, true)]
    public void The_side_that_the_agreement_names_submits_and_only_the_other_reviews(ReportingResponsibility responsible, Side side, bool allowed)
    {
        var report = New(responsible);
        if (!allowed)
        {
            Assert.Equal("PARTY_NOT_ALLOWED", Assert.Throws<Refusal>(() => report.Submit("Text", "", side, Now, Due)).Reason);
            Assert.Equal(ReportState.Planned, report.State);
            return;
        }

        report.Submit("Text", "", side, Now, Due);
        Assert.Equal("PARTY_NOT_ALLOWED", Assert.Throws<Refusal>(() => report.Review("", side, Now, Due)).Reason);
        Assert.Equal("PARTY_NOT_ALLOWED", Assert.Throws<Refusal>(() => report.Return("Varför?", side, Due)).Reason);
        report.Review("", side == Side.Public ? Side.CivilSociety : Side.Public, Now, Due);
        Assert.Equal(ReportState.Reviewed, report.State);
    }

    [Theory]
    [InlineData("2026-06-30", ReportState.Planned, false)]
    [InlineData("2026-07-01", ReportState.Due, false)]
    [InlineData("2026-07-02", ReportState.Due, true)]
    public void What_is_due_and_overdue_follows_from_the_day_and_moves_no_date(string today, ReportState state, bool overdue)
    {
        var report = New(ReportingResponsibility.Shared);
        var day = DateOnly.Parse(today);

        Assert.Equal((state, overdue, Due), (report.StateOn(day), report.IsOverdueOn(day), report.DueDate));
    }

    [Theory]
    [InlineData("2026-06-30T21:59:59Z", ReportState.Planned)]
    [InlineData("2026-06-30T22:00:00Z", ReportState.Due)]
    public void The_day_changes_at_midnight_in_Sweden(string instant, ReportState state) =>
        Assert.Equal(state, New(ReportingResponsibility.Shared).StateOn(new StoppedClock(DateTimeOffset.Parse(instant)).Today()));

    [Theory]
    [InlineData("2026-12-31T22:59:59Z", "2026-12-31")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01")]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29")]
    [InlineData("2026-03-29T21:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T22:00:00Z", "2026-03-30")]
    [InlineData("2026-10-25T22:59:59Z", "2026-10-25")]
    [InlineData("2026-10-25T23:00:00Z", "2026-10-26")]
    public void A_day_has_its_length_also_when_the_clock_is_moved(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day), new StoppedClock(DateTimeOffset.Parse(instant)).Today());

    [Theory]
    [InlineData(ReportState.Submitted, false)]
    [InlineData(ReportState.Returned, true)]
    [InlineData(ReportState.Reviewed, false)]
    [InlineData(ReportState.Closed, false)]
    public void Only_what_is_waited_for_is_overdue(ReportState state, bool overdue) =>
        Assert.Equal(overdue, In(state).IsOverdueOn(Due.AddYears(1)));

    [Fact]
    public void The_organisations_own_words_stay_when_a_later_submission_has_none()
    {
        var report = New(ReportingResponsibility.Shared);
        report.Submit("Första", "Våra egna ord", Side.CivilSociety, Now, Due);
        report.Return("Hur många?", Side.Public, Due);
        report.Submit("Andra", "", Side.Public, Now, Due);

        Assert.Equal(("Andra", "Våra egna ord", Side.Public), (report.Text, report.OrganisationWords, report.SubmittedBy));
    }

    [Fact]
    public void The_receiving_side_has_a_month_to_read_counted_from_the_day_of_submission()
    {
        var report = New(ReportingResponsibility.Shared);
        report.Submit("Text", "", Side.CivilSociety, Now, new DateOnly(2027, 1, 31));

        Assert.Equal(new DateOnly(2027, 2, 28), report.ReviewDueDate);
    }

    [Theory]
    [InlineData(Verdict.NotSolved, "NOT_SOLVED")]
    [InlineData(Verdict.TooEarly, "TOO_EARLY")]
    [InlineData(Verdict.Partly, "PARTLY")]
    public void A_code_is_spelt_as_in_the_contract(Verdict verdict, string code) => Assert.Equal(code, verdict.Code());

    private static void Do(Report report, string act, DateOnly today)
    {
        switch (act)
        {
            case "submit":
                report.Submit("Ny text", "", Side.CivilSociety, Now, today);
                break;
            case "review":
                report.Review("Bra", Side.Public, Now, today);
                break;
            case "draft":
                report.SaveDraft("Utkast", "", Side.CivilSociety, Now, today);
                break;
            case "reopen":
                report.Reopen("En siffra var fel.", today);
                break;
            case "close":
                report.Close();
                break;
            default:
                report.Return("Hur många?", Side.Public, today);
                break;
        }
    }

    private static Report In(ReportState state)
    {
        var report = New(ReportingResponsibility.Organisation);
        if (state is ReportState.Submitted or ReportState.Returned or ReportState.Reviewed)
        {
            Do(report, "submit", Due);
        }

        if (state is ReportState.Returned or ReportState.Reviewed)
        {
            Do(report, state == ReportState.Returned ? "return" : "review", Due);
        }

        if (state == ReportState.Closed)
        {
            report.Close();
        }

        return report;
    }

    private static Report New(ReportingResponsibility responsible) => new(
        new Plan("1283", Agreed.Facts(new DateOnly(2026, 1, 1), new DateOnly(2027, 12, 31)) with { Reporting = responsible }),
        new ReportPeriod(new DateOnly(2026, 1, 1), PeriodEnd, Due));

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
