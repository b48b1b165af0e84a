using Grpc.Core;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.FollowUp.Tests.Entrusted;
using Results = Iop.FollowUp.V1.OvercompensationFinding.Types.Result;
using States = Iop.FollowUp.V1.OvercompensationCheck.Types.State;

namespace Iop.FollowUp.Tests;

/// <summary>Compensation under an entrustment is checked every year and at the end, and too much of it is handled and not recovered. Source: law.md 2.2.</summary>
[Collection(FollowUpTests.Name)]
public sealed class OvercompensationTests(FollowUpFixture service)
{
    [Fact]
    public async Task An_entrusted_service_is_checked_every_year_and_at_the_end_and_nothing_else_is()
    {
        var start = Partnership.Today.AddYears(-1).AddMonths(-1);
        var entrusted = await FollowAsync(start, start.AddMonths(30).AddDays(-1));
        var other = await service.FollowAsync(Partnership.Agreement());

        Assert.Equal((12, 0), (entrusted.Plan.OvercompensationCheckEveryMonths, other.Plan.OvercompensationCheckEveryMonths));
        Assert.Empty(await ChecksAsync(other));
        Assert.Equal(
            [
                (start, start.AddYears(1).AddDays(-1)), (start.AddYears(1), start.AddYears(2).AddDays(-1)), (start.AddYears(2), start.AddMonths(30).AddDays(-1)),
            ],
            (await ChecksAsync(entrusted)).Select(c => (c.PeriodStartDate.ToDateOnly(), c.PeriodEndDate.ToDateOnly())));
        Assert.All(await ChecksAsync(entrusted), c => Assert.Equal((c.PeriodEndDate.ToDateOnly().AddMonths(3), States.Planned), (c.DueDate.ToDateOnly(), c.State)));
    }

    // An agreement that was signed before the platform may have begun before the decision did.
    [Fact]
    public async Task An_entrustment_older_than_the_rule_has_a_plan_that_says_that_its_checks_are_not_known()
    {
        var old = await FollowAsync(new DateOnly(2012, 1, 30), Partnership.Today.AddYears(1));
        var known = await FollowAsync(new DateOnly(2012, 1, 31), Partnership.Today.AddYears(1));

        Assert.Equal((0, true), (old.Plan.OvercompensationCheckEveryMonths, old.Plan.OvercompensationRuleMissing));
        Assert.Empty(await ChecksAsync(old));
        Assert.NotEmpty((await old.Officer.ListCheckInsAsync(new ListCheckInsRequest { Parent = old.Plan.Name })).CheckIns);
        Assert.Equal((12, false), (known.Plan.OvercompensationCheckEveryMonths, known.Plan.OvercompensationRuleMissing));
    }

    [Fact]
    public async Task What_the_service_cost_and_a_reasonable_profit_is_not_too_much()
    {
        var partnership = await FollowAsync();
        var check = (await ChecksAsync(partnership))[0];

        var recorded = await partnership.Officer.RecordOvercompensationCheckAsync(Finding(check, 500_000m, 450_000m, 50_000m));

        Assert.Equal((States.Recorded, Results.NoOvercompensation, 0m, ""), (recorded.State, recorded.Finding.Result, recorded.Finding.Overcompensation.ToDecimal(), recorded.Deviation));
        Assert.Empty((await partnership.Officer.ListDeviationsAsync(new ListDeviationsRequest { Parent = partnership.Plan.Name })).Deviations);
        Assert.DoesNotContain(await partnership.DueAsync(), item => item.Item == check.Name);
        Assert.Equal(2, await service.RevisionsOfAsync(check.Name));
    }

    [Fact]
    public async Task Too_much_becomes_a_deviation_that_the_parties_handle_once_however_often_the_check_is_corrected()
    {
        var partnership = await FollowAsync();
        var check = (await ChecksAsync(partnership))[0];

        var found = await partnership.Officer.RecordOvercompensationCheckAsync(Finding(check, 500_000m, 450_000m, 12_500.50m));

        Assert.Equal((Results.Overcompensation, 37_499.50m), (found.Finding.Result, found.Finding.Overcompensation.ToDecimal()));
        var deviation = await partnership.Representative.GetDeviationAsync(new GetDeviationRequest { Name = found.Deviation });
        Assert.Equal((Deviation.Types.Type.Overcompensation, Deviation.Types.State.Open, PartySide.Public), (deviation.Type, deviation.State, deviation.RecordedBy));
        Assert.Contains("37\u00a0499,50 kronor", deviation.Description, StringComparison.Ordinal);
        Assert.Contains($"{check.PeriodStartDate.ToDateOnly():yyyy-MM-dd}–{check.PeriodEndDate.ToDateOnly():yyyy-MM-dd}", deviation.Description, StringComparison.Ordinal);
        Assert.Equal("OVERCOMPENSATION", (await service.Heard.HeardAsync<DeviationRecorded>(deviation.Name)).Type);
        Assert.Contains(await partnership.DueAsync(), item => item.Item == deviation.Name);

        var again = Finding(found, 500_000m, 440_000m, 12_500m);
        await Refused.ForFieldAsync("correction_reason", "FIELD_REQUIRED", () => partnership.Officer.RecordOvercompensationCheckAsync(again).ResponseAsync);
        again.CorrectionReason = "En faktura hörde till året före.";
        var corrected = await partnership.Officer.RecordOvercompensationCheckAsync(again);
        Assert.Equal((47_500m, found.Deviation), (corrected.Finding.Overcompensation.ToDecimal(), corrected.Deviation));
        var earlier = Assert.Single(corrected.EarlierFindings);
        Assert.Equal((found.Finding, "En faktura hörde till året före."), (earlier.Finding, earlier.CorrectionReason));
        Assert.Single((await partnership.Officer.ListDeviationsAsync(new ListDeviationsRequest { Parent = partnership.Plan.Name })).Deviations);

        var commented = await partnership.Representative.CommentOvercompensationCheckAsync(
            new CommentOvercompensationCheckRequest { Name = check.Name, Comment = "Vi saknar hyran.", Etag = corrected.Etag, RequestId = Partnership.NewRequest() });
        Assert.Equal("Vi saknar hyran.", commented.OrganisationComment);
    }

    [Fact]
    public async Task The_municipality_has_it_to_do_and_is_reminded_and_who_decides_is_told_once()
    {
        var partnership = await FollowAsync();
        var check = (await ChecksAsync(partnership))[0];
        var due = check.DueDate.ToDateOnly().DayNumber - Partnership.Today.DayNumber;

        var item = Assert.Single(await partnership.DueAsync(), i => i.Item == check.Name);
        Assert.Equal((DueItem.Types.Kind.OvercompensationCheck, Roles.CaseOfficer, false, false), (item.Kind, item.ResponsibleRole, item.Shared, item.Overdue));
        foreach (var days in new[] { due - 7, due + 7, due + 21, due + 40 })
        {
            await service.RemindAsync(days);
        }

        var log = (await partnership.Officer.ListRemindersAsync(new ListRemindersRequest { Parent = partnership.Plan.Name, PageSize = 200 })).Reminders.Where(r => r.Item == check.Name);
        Assert.Equal(
            [(Reminder.Types.Occasion.Before, Roles.CaseOfficer), (Reminder.Types.Occasion.After, Roles.CaseOfficer), (Reminder.Types.Occasion.Escalation, Roles.DecisionMaker)],
            log.Where(r => r.State == Reminder.Types.State.Sent).Select(r => (r.Occasion, r.Role)));
    }

    [Fact]
    public async Task Figures_are_asked_for_when_the_period_is_over_and_in_the_form_that_the_contract_says()
    {
        var partnership = await FollowAsync();
        var checks = await ChecksAsync(partnership);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CHECK_PERIOD_NOT_ENDED", () => partnership.Officer.RecordOvercompensationCheckAsync(Finding(checks[1], 1, 1, 0)).ResponseAsync);
        var request = new RecordOvercompensationCheckRequest { Name = checks[0].Name, CorrectionReason = "Fel.", Etag = checks[0].Etag, RequestId = Partnership.NewRequest() };
        foreach (var (field, reason) in new[]
                 {
                     ("finding.compensation", "FIELD_REQUIRED"), ("finding.net_cost", "FIELD_REQUIRED"), ("finding.reasonable_profit", "FIELD_REQUIRED"),
                     ("finding.reasons", "FIELD_REQUIRED"), ("correction_reason", "FIELD_NOT_ALLOWED"),
                 })
        {
            await Refused.ForFieldAsync(field, reason, () => partnership.Officer.RecordOvercompensationCheckAsync(request).ResponseAsync);
        }

        var named = Finding(checks[0], 1, 1, 0);
        named.Finding.Reasons = "Underlaget kommer från Fatima Ahmed.";
        await Refused.ForFieldAsync("finding.reasons", "PERSONAL_NAME_SUSPECTED", () => partnership.Officer.RecordOvercompensationCheckAsync(named).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => partnership.Representative.RecordOvercompensationCheckAsync(Finding(checks[0], 1, 1, 0)).ResponseAsync);
    }

    [Fact]
    public async Task An_agreement_that_ends_early_is_checked_until_its_last_day_and_its_plan_waits_for_that()
    {
        var partnership = await FollowAsync();
        await service.TellAsync(partnership.Ended(2, Partnership.Today.AddDays(-1)));

        var checks = await ChecksAsync(partnership);
        Assert.Equal([States.Planned, States.Planned], checks.Select(c => c.State));
        Assert.Equal((checks[0].PeriodEndDate.ToDateOnly().AddDays(1), Partnership.Today.AddDays(-1)), (checks[1].PeriodStartDate.ToDateOnly(), checks[1].PeriodEndDate.ToDateOnly()));
        await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));
        foreach (var report in (await partnership.ReportsAsync()).Where(r => r.State is Report.Types.State.Due or Report.Types.State.Planned))
        {
            await partnership.Officer.ReviewReportAsync(Partnership.Review(await partnership.Representative.SubmitReportAsync(Partnership.Submission(report))));
        }

        await partnership.Officer.RecordOvercompensationCheckAsync(Finding(checks[0], 1, 1, 0));
        Assert.Equal(Plan.Types.State.Ending, (await partnership.NowAsync()).State);
        await partnership.Officer.RecordOvercompensationCheckAsync(Finding(checks[1], 1, 1, 0));
        Assert.Equal(Plan.Types.State.Closed, (await partnership.NowAsync()).State);
        var closed = Finding((await ChecksAsync(partnership))[0], 2, 1, 0);
        closed.CorrectionReason = "Fel.";
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PLAN_STATE_NOT_ALLOWED", () => partnership.Officer.RecordOvercompensationCheckAsync(closed).ResponseAsync);
    }

    [Fact]
    public async Task A_new_version_entrusts_from_then_on_or_no_longer()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());

        await service.TellAsync(partnership.Amended(2, 2, f => f with { Entrusted = true }));
        var begun = await ChecksAsync(partnership);
        Assert.Equal(
            [(Partnership.Today, partnership.Activated.StartDate.AddYears(1).AddDays(-1)), (partnership.Activated.StartDate.AddYears(1), partnership.Activated.EndDate)],
            begun.Select(c => (c.PeriodStartDate.ToDateOnly(), c.PeriodEndDate.ToDateOnly())));

        await service.TellAsync(partnership.Suspended(true, 3), partnership.Suspended(false, 4));
        Assert.Equal(begun, await ChecksAsync(partnership));

        // What was paid until the end of the entrustment is checked.
        await service.TellAsync(partnership.Amended(3, 5, f => f with { Entrusted = false }));
        var ended = await ChecksAsync(partnership);
        Assert.Equal([(States.Planned, Partnership.Today), (States.Cancelled, partnership.Activated.EndDate)], ended.Select(c => (c.State, c.PeriodEndDate.ToDateOnly())));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CHECK_STATE_NOT_ALLOWED", () => partnership.Representative.CommentOvercompensationCheckAsync(
            new CommentOvercompensationCheckRequest { Name = ended[1].Name, Comment = "Hej.", Etag = ended[1].Etag, RequestId = Partnership.NewRequest() }).ResponseAsync);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CHECK_STATE_NOT_ALLOWED", () => partnership.Officer.RecordOvercompensationCheckAsync(Finding(ended[1], 1, 1, 0)).ResponseAsync);
    }

    [Fact]
    public async Task A_longer_term_is_checked_to_its_end_and_what_was_checked_stays()
    {
        var start = Partnership.Today.AddMonths(-20);
        var partnership = await FollowAsync(start, start.AddMonths(24).AddDays(-1));
        var done = await partnership.Officer.RecordOvercompensationCheckAsync(Finding((await ChecksAsync(partnership))[0], 1, 1, 0));

        await service.TellAsync(partnership.Extended(1, 2));

        var checks = await ChecksAsync(partnership);
        Assert.Equal(done, checks[0]);
        Assert.Equal([start.AddYears(1), start.AddYears(2)], checks.Skip(1).Select(c => c.PeriodStartDate.ToDateOnly()));
        Assert.Equal(partnership.Activated.EndDate.AddYears(1), checks[^1].PeriodEndDate.ToDateOnly());
    }

    private Task<Partnership> FollowAsync()
    {
        var start = Partnership.Today.AddMonths(-14);
        return FollowAsync(start, start.AddYears(2).AddDays(-1));
    }

    private Task<Partnership> FollowAsync(DateOnly start, DateOnly end) => service.FollowEntrustedAsync(start, end);
}
