using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Steps that come before the agreement and not before the decision can be taken, or motivated, when it is made.</summary>
[Collection(nameof(Eligibility))]
public sealed class LaterStepsTests(EligibilityFixture service)
{
    private const string IdeaMeeting = "ga-idea-meeting-before-agreement";
    private readonly Journey _gavle = new(service, EligibilityFixture.Gavle);

    [Fact]
    public async Task An_idea_meeting_that_is_held_after_the_decision_is_recorded_and_opens_the_way_to_signing()
    {
        var @case = await ApprovedAsync();
        Assert.Equal((GateFinding.Types.Moment.Signing, true), await GateAsync(@case));

        var request = Journey.Dialogue(@case);
        request.Entry.Kind = DialogueKind.IdeaMeeting;
        @case = await _gavle.AsOfficer.RecordDialogueAsync(request);

        Assert.Equal(State.Approved, @case.State);
        Assert.Equal((GateFinding.Types.Moment.Signing, false), await GateAsync(@case));
    }

    [Fact]
    public async Task A_missing_idea_meeting_is_motivated_after_the_decision_and_nothing_else_is()
    {
        var @case = await ApprovedAsync();
        var motivation = new Motivation { RuleId = IdeaMeeting, Text = "Parterna möts varje vecka sedan tio år." };
        var request = new AnswerCriteriaRequest { Name = @case.Name, Etag = @case.Etag, Motivations = { motivation } };

        var other = request.Clone();
        other.Motivations[0].RuleId = "ga-purpose-long-term";
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STATE_NOT_ALLOWED", () => _gavle.AsOfficer.AnswerCriteriaAsync(other).ResponseAsync);
        @case = await _gavle.AsOfficer.AnswerCriteriaAsync(request);

        Assert.Equal(State.Approved, @case.State);
        Assert.Equal((GateFinding.Types.Moment.Signing, false), await GateAsync(@case));
    }

    private async Task<(GateFinding.Types.Moment Before, bool Blocking)> GateAsync(Case @case)
    {
        var gate = (await _gavle.EvaluateAsync(@case)).Gates.Single(gate => gate.RuleId == IdeaMeeting);
        return (gate.Before, gate.Blocking);
    }

    private async Task<Case> ApprovedAsync()
    {
        var @case = await _gavle.InDialogueAsync();
        foreach (var document in Packs.Of(EligibilityFixture.Gavle).Documents)
        {
            var kind = Enum.GetValues<DocumentKind>().First(kind => Domain.Cases.Codes.KeyOf(kind) == document.Type);
            service.Organisations.Add(@case.Organisation, kind, Document.Types.State.Accepted);
        }

        @case = await _gavle.LegallyAssessedAsync(await _gavle.CompleteAsync(await _gavle.AnsweredAsync(@case)));
        @case = await _gavle.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });
        return await _gavle.AsDecider.DecideCaseAsync(_gavle.Decide(@case));
    }
}
