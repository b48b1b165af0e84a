using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

/// <summary>A partnership that is followed up, seen from both sides.</summary>
public sealed class Partnership(FollowUpFixture service, AgreementActivated activated, Plan plan)
{
    /// <summary>The news that it came from.</summary>
    public AgreementActivated Activated => activated;

    /// <summary>The plan as it was made.</summary>
    public Plan Plan => plan;

    /// <summary>A case officer of the municipality.</summary>
    public FollowUpService.FollowUpServiceClient Officer { get; } = service.Officer(activated.Municipality);

    /// <summary>A representative of the first organisation.</summary>
    public FollowUpService.FollowUpServiceClient Representative { get; } =
        service.Client(Roles.OrganisationRepresentative, activated.Municipality, activated.Organisations[0]);

    /// <summary>Today in Sweden.</summary>
    public static DateOnly Today => TimeProvider.System.Today();

    /// <summary>An agreement that began six months and some days ago, for two years.</summary>
    public static AgreementActivated Agreement(string municipality = FollowUpFixture.Municipality, Func<AgreedFollowUp, AgreedFollowUp>? followUp = null)
    {
        var start = Today.AddMonths(-6).AddDays(-10);
        var end = start.AddYears(2).AddDays(-1);
        var agreed = new AgreedFollowUp
        {
            CheckInEveryMonths = 3,
            ReportEveryMonths = 6,
            ReportingResponsibility = "ORGANISATION",
            EvaluationDate = end.AddMonths(-3),
            RenewalTalksDate = end.AddMonths(-6),
        };
        return new AgreementActivated
        {
            EventId = Guid.CreateVersion7(),
            Municipality = municipality,
            Subject = $"municipalities/{municipality}/agreements/{Guid.CreateVersion7()}",
            OccurredAt = DateTimeOffset.UtcNow,
            Sequence = 1,
            Case = $"municipalities/{municipality}/cases/{Guid.CreateVersion7()}",
            GuidelinePack = $"municipalities/{municipality}/guidelinePacks/2020-1",
            Organisations = [$"municipalities/{municipality}/organisations/{Guid.CreateVersion7()}"],
            Version = 1,
            TextHash = new string('a', 64),
            StartDate = start,
            EndDate = end,
            FollowUp = followUp?.Invoke(agreed) ?? agreed,
            Partnership = new AgreedPartnership(),
        };
    }

    /// <summary>What the parties promised in <see cref="Agreement"/> where it says so.</summary>
    public static AgreedPartnership Promises => new()
    {
        Domain = "social-inclusion",
        ChallengeCodes = ["loneliness", "unemployment"],
        TargetGroupCodes = ["young-adults"],
        Contributions =
        [
            new AgreedContribution { PartyId = "kommunen", Side = "PUBLIC", Type = "MONEY", Value = 800_000m },
            new AgreedContribution { PartyId = "foreningen", Side = "CIVIL_SOCIETY", Type = "VOLUNTEER_HOURS", Value = 200_000m, Hours = 1_800 },
        ],
    };

    /// <summary>A new version of the agreement, in which only the follow-up may differ.</summary>
    public AgreementAmended Amended(int version, long sequence, Func<AgreedFollowUp, AgreedFollowUp>? followUp = null, DateOnly? end = null) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = activated.Municipality,
        Subject = activated.Subject,
        OccurredAt = DateTimeOffset.UtcNow,
        Sequence = sequence,
        Version = version,
        TextHash = new string('b', 64),
        Organisations = activated.Organisations,
        StartDate = activated.StartDate,
        EndDate = end ?? activated.EndDate,
        FollowUp = followUp?.Invoke(activated.FollowUp) ?? activated.FollowUp,
        Partnership = activated.Partnership,
    };

    /// <summary>The agreement goes on for a year.</summary>
    public AgreementExtended Extended(int number, long sequence, Func<AgreedFollowUp, AgreedFollowUp>? followUp = null) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = activated.Municipality,
        Subject = activated.Subject,
        OccurredAt = DateTimeOffset.UtcNow,
        Sequence = sequence,
        ExtensionNumber = number,
        EndDate = activated.EndDate.AddYears(number),
        EvaluationDate = activated.FollowUp.EvaluationDate.AddYears(number),
        RenewalTalksDate = activated.FollowUp.RenewalTalksDate?.AddYears(number),
        Version = 1 + number,
        Organisations = activated.Organisations,
        FollowUp = (followUp?.Invoke(activated.FollowUp) ?? activated.FollowUp) with
        {
            EvaluationDate = activated.FollowUp.EvaluationDate.AddYears(number),
            RenewalTalksDate = activated.FollowUp.RenewalTalksDate?.AddYears(number),
        },
        Partnership = activated.Partnership,
    };

    /// <summary>Talks about continuing stand in the agreement.</summary>
    public RenewalTalksRecorded Talked(int number, long sequence, DateOnly? held = null, string? checkIn = null) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = activated.Municipality,
        Subject = activated.Subject,
        OccurredAt = DateTimeOffset.UtcNow,
        Sequence = sequence,
        Number = number,
        HeldDate = held ?? Today,
        RecordedBy = "CIVIL_SOCIETY",
        CheckIn = checkIn,
    };

    /// <summary>The agreement is paused or taken up again.</summary>
    public IntegrationEvent Suspended(bool suspended, long sequence, int daysAgo = 0) => (suspended ? new AgreementSuspended() : (IntegrationEvent)new AgreementResumed()) with
    {
        EventId = Guid.CreateVersion7(),
        Municipality = activated.Municipality,
        Subject = activated.Subject,

        // At noon: the clocks may have been moved since, and just before midnight so many days ago would be another day.
        OccurredAt = daysAgo == 0 ? DateTimeOffset.UtcNow : new DateTimeOffset(Today.AddDays(-daysAgo), new TimeOnly(12, 0), TimeSpan.Zero),
        Sequence = sequence,
    };

    /// <summary>The case of the agreement is given to committees.</summary>
    public AgreementCommitteesChanged Given(AgreedCommittees committees, long sequence) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = activated.Municipality,
        Subject = activated.Subject,
        OccurredAt = DateTimeOffset.UtcNow,
        Sequence = sequence,
        Committees = committees,
    };

    /// <summary>A party has left, and these organisations remain.</summary>
    public PartyLeft Left(long sequence, string party, params IReadOnlyList<string> remaining) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = activated.Municipality,
        Subject = activated.Subject,
        OccurredAt = DateTimeOffset.UtcNow,
        Sequence = sequence,
        PartyId = party,
        LeavingMunicipality = "",
        LastDate = Today.AddDays(-1),
        Organisations = remaining,
        Partnership = activated.Partnership! with { Contributions = [.. activated.Partnership.Contributions.Where(item => item.PartyId != party)] },
    };

    /// <summary>The agreement has ended.</summary>
    public AgreementEnded Ended(long sequence, DateOnly? end = null, string reason = "TERMINATED") => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = activated.Municipality,
        Subject = activated.Subject,
        OccurredAt = DateTimeOffset.UtcNow,
        Sequence = sequence,
        Reason = reason,
        EndDate = end ?? Today,
    };

    /// <summary>A request id that has not been used.</summary>
    public static string NewRequest() => Guid.NewGuid().ToString();

    /// <summary>Its check-ins.</summary>
    public async Task<IReadOnlyList<CheckIn>> CheckInsAsync() => (await Officer.ListCheckInsAsync(new ListCheckInsRequest { Parent = plan.Name })).CheckIns;

    /// <summary>Its reports.</summary>
    public async Task<IReadOnlyList<Report>> ReportsAsync() => (await Officer.ListReportsAsync(new ListReportsRequest { Parent = plan.Name })).Reports;

    /// <summary>Its evaluation.</summary>
    public async Task<Evaluation> EvaluationAsync() => await Officer.GetEvaluationAsync(new GetEvaluationRequest { Name = $"{plan.Name}/evaluation" });

    /// <summary>The plan as it is now.</summary>
    public async Task<Plan> NowAsync() => await Officer.GetPlanAsync(new GetPlanRequest { Name = plan.Name });

    /// <summary>What is expected of it.</summary>
    public async Task<IReadOnlyList<DueItem>> DueAsync() => (await Officer.ListDueItemsAsync(new ListDueItemsRequest
    {
        Parent = $"municipalities/{activated.Municipality}",
        PageSize = 200,
        Filter = $"plan = \"{plan.Name}\"",
    })).DueItems;

    /// <summary>Ends the agreement with nothing left to report or evaluate, so that the plan is closed.</summary>
    public async Task CloseAsync()
    {
        await service.TellAsync(Ended(1_000));
        foreach (var report in (await ReportsAsync()).Where(r => r.State is Report.Types.State.Planned or Report.Types.State.Due))
        {
            var writer = report.Responsible == ReportingResponsibility.Municipality ? (By: Officer, To: Representative) : (By: Representative, To: Officer);
            await writer.To.ReviewReportAsync(Review(await writer.By.SubmitReportAsync(Submission(report))));
        }

        var evaluation = await EvaluationAsync();
        if (evaluation.State == Evaluation.Types.State.Planned)
        {
            await Officer.CompleteEvaluationAsync(Completion(evaluation));
        }

        Assert.Equal(Plan.Types.State.Closed, (await NowAsync()).State);
    }

    /// <summary>A request that records a check-in as held today.</summary>
    public static RecordCheckInRequest Held(CheckIn checkIn) => new()
    {
        Name = checkIn.Name,
        HeldDate = Today.ToProto(),
        Participants =
        {
            new Participant { Side = PartySide.Public, Function = "enhetschef" },
            new Participant { Side = PartySide.CivilSociety, Function = "verksamhetsledare" },
        },
        Learned = "Fler kommer när vi har öppet på kvällen.",
        Actions = { new AgreedAction { Description = "Öppna två kvällar i veckan", ResponsibleSide = PartySide.CivilSociety, DueDate = Today.AddMonths(1).ToProto() } },
        Etag = checkIn.Etag,
        RequestId = NewRequest(),
    };

    /// <summary>A request that submits a report.</summary>
    public static SubmitReportRequest Submission(Report report, string text = "Vi har öppnat två mötesplatser.", string words = "") =>
        new() { Name = report.Name, Text = text, OrganisationWords = words, Etag = report.Etag, RequestId = NewRequest() };

    /// <summary>A request that finds a report complete.</summary>
    public static ReviewReportRequest Review(Report report) =>
        new() { Name = report.Name, Comment = "Tack, tydligt.", Etag = report.Etag, RequestId = NewRequest() };

    /// <summary>A request that returns a report.</summary>
    public static ReturnReportRequest Return(Report report) =>
        new() { Name = report.Name, Reason = "Hur många deltog?", Etag = report.Etag, RequestId = NewRequest() };

    /// <summary>A request that completes the evaluation.</summary>
    public static CompleteEvaluationRequest Completion(Evaluation evaluation, Evaluation.Types.Verdict verdict = Evaluation.Types.Verdict.Partly) => new()
    {
        Name = evaluation.Name,
        Verdict = verdict,
        Reasons = "Ensamheten har minskat, men inte bland de yngsta.",
        Etag = evaluation.Etag,
        RequestId = NewRequest(),
    };
}
