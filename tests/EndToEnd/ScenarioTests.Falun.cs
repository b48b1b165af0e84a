using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.FollowUp.V1;
using Iop.Journey;
using Iop.Testing;
using AgreementState = Iop.Agreements.V1.Agreement.Types.State;

namespace Iop.EndToEnd;

public sealed partial class ScenarioTests
{
    private const string Young = "Unga mellan 16 och 25 år i Falu kommun.";
    private const string Everyone = "Alla från 16 år i Falu kommun som behöver någon att tala med.";

    [Fact]
    public async Task S18_Others_than_those_agreed_for_lead_to_talks_and_a_second_version_and_to_no_sanction()
    {
        var story = Told.Of("2080", "899999-0172", "Dalasamtal Falun");
        story.Case.TargetGroup = Young;
        var stage = await suite.StageAsync("2080", story);
        var (@case, agreement) = await stage.ActiveAsync();
        var followUp = new FollowUpPartnership(stage);
        var plan = await followUp.PlanOfAsync(agreement, Suite.Deadline());
        var theirs = stage.Representative(@case.Organisation).Agreements;

        await TalkedAboutAsync(stage, agreement, plan);
        agreement = await stage.ReadAsync(agreement);
        agreement = await theirs.RequestRenegotiationAsync(new RequestRenegotiationRequest
        {
            Name = agreement.Name,
            PartyId = "organisationen",
            Reason = "Även äldre behöver samtalen.",
            Etag = agreement.Etag,
            RequestId = Stage.NewRequestId(),
        });
        agreement = await stage.People.Officer.Agreements.AnswerRenegotiationAsync(new AnswerRenegotiationRequest
        {
            Name = agreement.Name,
            PartyId = "omvardnad",
            Number = 1,
            Agrees = true,
            Answer = "Vi vidgar målgruppen tillsammans.",
            Etag = agreement.Etag,
            RequestId = Stage.NewRequestId(),
        });
        var draft = await stage.AgreeAsync(await WidenedAsync(stage, agreement));

        // What the partnership is for has changed, so a lawyer looks again before anyone signs.
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_CHECK_MISSING", () => new SignAgreement(stage).OpenAsync(draft, Suite.Deadline()));
        Assert.Equal((AgreementState.Active, 1), await StandsAsync(stage, agreement));
        await stage.CheckAgainAsync(@case);
        draft = await new SignAgreement(stage).RunAsync(await stage.ReadAsync(draft), Suite.Deadline());

        // Nothing was taken back and nothing stands open: talks led here, and no sanction.
        Assert.Equal(AgreementState.Adopted, draft.State);
        var kept = await stage.ReadAsync(agreement);
        Assert.Equal((agreement.Contributions, agreement.EndDate), (kept.Contributions, kept.EndDate));
        Assert.Equal((AgreementState.Active, 2), await StandsAsync(stage, agreement));
        Assert.Contains(Everyone, (await VersionAsync(theirs, agreement, 2)).CanonicalText, StringComparison.Ordinal);
        var first = await VersionAsync(theirs, agreement, 1);
        Assert.Equal(agreement.TextHash, first.TextHash);
        Assert.Contains(Young, first.CanonicalText, StringComparison.Ordinal);
        await Eventually.IsAsync(2, async () => (await stage.People.Officer.FollowUp.GetPlanAsync(new GetPlanRequest { Name = plan.Name })).AgreementVersion);
        var moved = Assert.Single(await followUp.PlansOfAsync(agreement, Suite.Deadline()));
        Assert.Equal((plan.Name, plan.CheckInCount, plan.ReportCount), (moved.Name, moved.CheckInCount, moved.ReportCount));
        Assert.Equal(plan.EvaluationDate.ToDate().AddMonths(-1), moved.EvaluationDate.ToDate());
    }

    // The follow-up shows it, the municipality calls it a breach, and the parties meet.
    private static async Task TalkedAboutAsync(Stage stage, Agreement agreement, Plan plan)
    {
        var officer = stage.People.Officer;
        var deviation = await officer.FollowUp.RecordDeviationAsync(new RecordDeviationRequest
        {
            Parent = plan.Name,
            Deviation = new Deviation { Type = Deviation.Types.Type.WrongTargetGroup, Description = "Vuxna över 30 år deltar.", NoticedDate = Calendar.Today.ToProto() },
            RequestId = Stage.NewRequestId(),
        });
        var dispute = await officer.Agreements.OpenDisputeAsync(new OpenDisputeRequest
        {
            Parent = agreement.Name,
            PartyId = "omvardnad",
            Type = Dispute.Types.Type.WrongTargetGroup,
            Description = "Kommunen ser det som ett avsteg från överenskommelsen.",
            Deviation = deviation.Name,
            RequestId = Stage.NewRequestId(),
        });
        await Eventually.IsAsync(
            (Deviation.Types.State.Disputed, dispute.Name),
            async () => await officer.FollowUp.GetDeviationAsync(new GetDeviationRequest { Name = deviation.Name }) is var seen ? (seen.State, seen.Disputes.SingleOrDefault()) : default);
        Assert.Equal([dispute.Name], (await officer.FollowUp.GetPlanAsync(new GetPlanRequest { Name = plan.Name })).Disputes);
        dispute = await officer.Agreements.AddDisputeMeetingAsync(new AddDisputeMeetingRequest
        {
            Name = dispute.Name,
            PartyId = "omvardnad",
            Meeting = new DisputeMeeting { Date = Calendar.Today.ToProto(), PartyIds = { "omvardnad", "organisationen" }, Note = "Styrgruppen ser samma behov hos äldre." },
            Etag = dispute.Etag,
            RequestId = Stage.NewRequestId(),
        });
        dispute = await officer.Agreements.ResolveDisputeAsync(new ResolveDisputeRequest
        {
            Name = dispute.Name,
            PartyId = "omvardnad",
            Outcome = Dispute.Types.Outcome.Amendment,
            OutcomeText = "Parterna vidgar målgruppen.",
            Etag = dispute.Etag,
            RequestId = Stage.NewRequestId(),
        });
        Assert.Equal(Dispute.Types.State.Resolved, dispute.State);
        await Eventually.IsAsync(
            (Deviation.Types.State.Open, dispute.Name),
            async () => await officer.FollowUp.GetDeviationAsync(new GetDeviationRequest { Name = deviation.Name }) is var seen ? (seen.State, seen.SettledDisputes.SingleOrDefault()) : default);
        Assert.Equal((AgreementState.Active, 1), await StandsAsync(stage, agreement));
    }

    private static async Task<Agreement> WidenedAsync(Stage stage, Agreement agreement)
    {
        var officer = stage.People.Officer.Agreements;
        var draft = await officer.AmendAgreementAsync(new AmendAgreementRequest
        {
            Name = agreement.Name,
            PartyId = "omvardnad",
            Reason = "Målgruppen vidgas.",
            Etag = agreement.Etag,
            RequestId = Stage.NewRequestId(),
        });
        var section = draft.Sections.Single(section => section.Key == "target-group");
        draft = await officer.UpdateSectionAsync(new UpdateSectionRequest
        {
            Name = draft.Name,
            Section = new Section { SectionId = section.SectionId, Etag = section.Etag, Text = Everyone },
            RequestId = Stage.NewRequestId(),
        });
        var terms = new Agreement { Name = draft.Name, Etag = draft.Etag, FollowUp = draft.FollowUp.Clone() };
        terms.FollowUp.EvaluationDate = terms.FollowUp.EvaluationDate.ToDate().AddMonths(-1).ToProto();
        return await officer.UpdateAgreementAsync(
            new UpdateAgreementRequest { Agreement = terms, UpdateMask = new FieldMask { Paths = { "follow_up" } }, RequestId = Stage.NewRequestId() });
    }

    private static async Task<(AgreementState State, int Version)> StandsAsync(Stage stage, Agreement agreement)
    {
        var read = await stage.ReadAsync(agreement);
        return (read.State, read.Version);
    }

    private static async Task<AgreementVersion> VersionAsync(AgreementsService.AgreementsServiceClient by, Agreement agreement, int version) =>
        await by.GetAgreementVersionAsync(new GetAgreementVersionRequest { Name = $"{agreement.Name}/versions/{version}" });
}
