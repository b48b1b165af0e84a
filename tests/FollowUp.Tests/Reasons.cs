using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

/// <summary>The reasons that people give when they change something, each of which may name somebody who is helped.</summary>
internal sealed class Reasons(Partnership partnership, string reason, bool hasLooked)
{
    /// <summary>Gives the reason where it is asked for.</summary>
    public Task GiveAsync(string what) => what switch
    {
        "reopening" => ReopenAsync(),
        "voiding" => VoidAsync(),
        "schedule" => ChangeScheduleAsync(),
        "changed indicator" => ChangeIndicatorAsync(),
        _ => WithdrawAsync(),
    };

    private async Task ReopenAsync()
    {
        var due = (await partnership.ReportsAsync()).First(r => r.State is Report.Types.State.Due or Report.Types.State.Planned or Report.Types.State.Reviewed);
        var reviewed = due.State == Report.Types.State.Reviewed
            ? due
            : await partnership.Officer.ReviewReportAsync(Partnership.Review(await partnership.Representative.SubmitReportAsync(Partnership.Submission(due))));
        await partnership.Officer.ReopenReportAsync(
            new ReopenReportRequest { Name = reviewed.Name, Reason = reason, Etag = reviewed.Etag, NamesNobodyHelped = hasLooked, RequestId = Partnership.NewRequest() });
    }

    private async Task VoidAsync()
    {
        var entry = await partnership.Officer.RecordContributionAsync(new RecordContributionRequest
        {
            Parent = partnership.Plan.Name,
            ContributionEntry = new ContributionEntry
            {
                PartyId = "kommunen",
                Type = ContributionType.Money,
                PeriodStartDate = Partnership.Today.ToProto(),
                PeriodEndDate = Partnership.Today.ToProto(),
                Value = 1m.ToProto(),
            },
            RequestId = Partnership.NewRequest(),
        });
        await partnership.Officer.VoidContributionAsync(
            new VoidContributionRequest { Name = entry.Name, Reason = reason, Etag = entry.Etag, NamesNobodyHelped = hasLooked, RequestId = Partnership.NewRequest() });
    }

    private async Task ChangeScheduleAsync() => await partnership.Officer.ChangeScheduleAsync(new ChangeScheduleRequest
    {
        Name = partnership.Plan.Name,
        CheckInEveryMonths = 2,
        ReportEveryMonths = 6,
        Reason = reason,
        Etag = (await partnership.NowAsync()).Etag,
        NamesNobodyHelped = hasLooked,
        RequestId = Partnership.NewRequest(),
    });

    private async Task ChangeIndicatorAsync()
    {
        var indicator = await partnership.Officer.CreateIndicatorAsync(
            new CreateIndicatorRequest { Parent = partnership.Plan.Name, Indicator = new Indicator { DisplayName = "Öppna kvällar" }, RequestId = Partnership.NewRequest() });
        await partnership.Officer.UpdateIndicatorAsync(
            new UpdateIndicatorRequest { Indicator = new Indicator(indicator) { Target = 10 }, Reason = reason, NamesNobodyHelped = hasLooked, RequestId = Partnership.NewRequest() });
    }

    private async Task WithdrawAsync()
    {
        var draft = await partnership.Officer.CreateLearningNoteAsync(new CreateLearningNoteRequest
        {
            Parent = $"municipalities/{partnership.Activated.Municipality}",
            LearningNote = new LearningNote { Plan = partnership.Plan.Name, Title = "Kvällar", Text = "Kvällar lockar." },
            RequestId = Partnership.NewRequest(),
        });
        await partnership.Officer.WithdrawLearningNoteAsync(
            new WithdrawLearningNoteRequest { Name = draft.Name, Reason = reason, Etag = draft.Etag, NamesNobodyHelped = hasLooked, RequestId = Partnership.NewRequest() });
    }
}
