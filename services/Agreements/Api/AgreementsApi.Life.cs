using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>What the parties do with an agreement in force. Every call is open to every party alike.</summary>
public sealed partial class AgreementsApi
{
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> SuspendAgreement(V1.SuspendAgreementRequest request, ServerCallContext context) =>
        ProposeAsync(ProposalKind.Suspend, new(request.Name, request.PartyId, request.Etag, request.Reason), null, context);

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> ResumeAgreement(V1.ResumeAgreementRequest request, ServerCallContext context) =>
        ProposeAsync(ProposalKind.Resume, new(request.Name, request.PartyId, request.Etag, request.Reason), null, context);

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> TerminateAgreement(V1.TerminateAgreementRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var last = faults.Date("last_date", request.LastDate);
        faults.ThrowIfAny();
        return ProposeAsync(ProposalKind.Terminate, new(request.Name, request.PartyId, request.Etag, request.Reason), last, context);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> DeclineJointProposal(V1.DeclineJointProposalRequest request, ServerCallContext context) =>
        ActAsync(new(request.Name, request.PartyId, request.Etag, request.Reason), context, (agreement, party, reason) =>
            agreement.DeclineProposal(party.PartyId, reason, time.Now()));

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> GiveNotice(V1.GiveNoticeRequest request, ServerCallContext context) =>
        ActAsync(new(request.Name, request.PartyId, request.Etag, request.Reason) { Ends = true }, context, async (agreement, party, reason) =>
        {
            var binding = await packs.BindingAsync(agreement, context.CancellationToken);
            agreement.GiveNotice(party.PartyId, reason, time.Today(), time.Now(), gone => JointCheck.HoldsWithout(agreement, gone, binding, writer.Phrases));
        });

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> RescindAgreement(V1.RescindAgreementRequest request, ServerCallContext context) =>
        ActAsync(new(request.Name, request.PartyId, request.Etag, request.Reason) { Ends = true }, context, (agreement, party, reason) =>
            agreement.Rescind(party.PartyId, request.GroundNumber, reason, time.Today(), time.Now()));

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> RequestRenegotiation(V1.RequestRenegotiationRequest request, ServerCallContext context) =>
        ActAsync(new(request.Name, request.PartyId, request.Etag, request.Reason), context, (agreement, party, reason) =>
            agreement.RequestRenegotiation(party.PartyId, reason, time.Now()));

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> AnswerRenegotiation(V1.AnswerRenegotiationRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Require(request.HasAgrees, "agrees", "FIELD_REQUIRED");
        var answer = faults.Text("answer", request.Answer, 2_000, required: true);
        faults.ThrowIfAny();
        return ActAsync(new(request.Name, request.PartyId, request.Etag), context, (agreement, party, _) =>
            agreement.AnswerRenegotiation(request.Number, party.PartyId, request.Agrees, answer, time.Now()));
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> ReportHardship(V1.ReportHardshipRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var (what, effect, measures) = (
            faults.Choice("event", request.Event), faults.Text("effect", request.Effect, 4_000, required: true), faults.Text("measures", request.Measures, 4_000, required: true));
        faults.ThrowIfAny();
        return ActAsync(new(request.Name, request.PartyId, request.Etag), context, (agreement, party, _) =>
            agreement.ReportHardship(party.PartyId, (HardshipEvent)what, effect, measures, time.Now()));
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> RecordRenewalTalks(V1.RecordRenewalTalksRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var (held, note) = (faults.Date("held_date", request.HeldDate, required: true), faults.Text("note", request.Note, 2_000, required: true));
        var correction = faults.Text("correction_reason", request.CorrectionReason, 2_000, required: request.Number != 0);
        faults.Require(request.Number != 0 || correction.Length == 0, "correction_reason", "FIELD_NOT_ALLOWED");
        faults.ThrowIfAny();
        var number = request.Number;
        return ActAsync(new(request.Name, request.PartyId, request.Etag) { Tells = agreement => agreement.TalksRecorded(number) }, context, (agreement, party, _) =>
        {
            if (number == 0)
            {
                number = agreement.RecordTalks(held!.Value, party.PartyId, note, time.Today());
            }
            else
            {
                agreement.CorrectTalks(number, held!.Value, party.PartyId, note, correction, time.Today());
            }
        });
    }

    private Task<V1.Agreement> ProposeAsync(ProposalKind kind, Step step, DateOnly? lastDay, ServerCallContext context) =>
        ActAsync(step with { Ends = kind == ProposalKind.Terminate }, context, (agreement, party, reason) => agreement.ProposeJointly(kind, party.PartyId, reason, lastDay, time.Today(), time.Now()));

    private Task<V1.Agreement> ActAsync(Step step, ServerCallContext context, Action<Agreement, Party, string> act) => ActAsync(step, context, (agreement, party, reason) =>
    {
        act(agreement, party, reason);
        return Task.CompletedTask;
    });

    /// <summary>
    /// One party's step: its own words checked, the agreement held, the step taken, and what follows from a change of
    /// state done and told in the same transaction.
    /// </summary>
    private async Task<V1.Agreement> ActAsync(Step step, ServerCallContext context, Func<Agreement, Party, string, Task> act)
    {
        var faults = new Faults();
        faults.Text("party_id", step.PartyId, 40, required: true);
        var reason = step.Reason is null ? "" : faults.Text("reason", step.Reason, 1_000, required: true);
        faults.ThrowIfAny();
        var cancellation = context.CancellationToken;
        var (agreement, actor) = await desk.OpenAsync(step.Name, AgreementDesk.Writers, cancellation);
        var party = AgreementDesk.MustActFor(agreement, actor, step.PartyId);
        agreement.MustMatch(step.Etag);
        if (step.Ends)
        {
            (await packs.StrictestAsync(agreement, cancellation)).Signing.MinimumFor(SignedDocument.Ending).MustBeAsSure(actor.AssuranceLevel);
        }

        await life.PassAsync(agreement, cancellation);
        AgreementDesk.MustRemain(agreement, party);
        var before = (agreement.State, agreement.Life);
        await act(agreement, party, reason);
        if ((agreement.State, agreement.Life) == before)
        {
            return agreement.ToProto();
        }

        await life.SaveAsync(agreement, before.State, actor, cancellation, reason, party.PartyId, step.Tells?.Invoke(agreement));
        return agreement.ToProto();
    }

    /// <summary>What every step of a party carries. A null reason: the call takes none.</summary>
    private sealed record Step(string Name, string PartyId, string Etag, string? Reason = null)
    {
        /// <summary>Whether the party puts its name to the end of the agreement.</summary>
        public bool Ends { get; init; }

        /// <summary>What is told of the step beside that it was taken; null for nothing.</summary>
        public Func<Agreement, IntegrationEvent>? Tells { get; init; }
    }
}
