using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>Sections that the parties add themselves, and the decision of a body on the text.</summary>
public sealed partial class AgreementsApi
{
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> AddSection(V1.AddSectionRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Text("section_id", request.SectionId, 60, required: true);
        var heading = faults.Text("heading", request.Heading, 200, required: true);
        faults.Require(!heading.Contains('\n', StringComparison.Ordinal), "heading", "FIELD_NOT_ALLOWED");
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.AddSection(request.SectionId, request.Etag, heading, request.Text, actor.SideIn(agreement.Terms.Parties), time.GetUtcNow(), writer);
        await desk.SaveAsync(agreement, actor, context.CancellationToken);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> MoveSection(V1.MoveSectionRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Text("section_id", request.SectionId, 60, required: true);
        faults.Number("position", request.Position, 1, 120);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.MoveSection(request.SectionId, request.Etag, request.Position, writer);
        await desk.SaveAsync(agreement, actor, context.CancellationToken);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> RemoveSection(V1.RemoveSectionRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Text("section_id", request.SectionId, 60, required: true);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.RemoveSection(request.SectionId, request.Etag, writer);
        await desk.SaveAsync(agreement, actor, context.CancellationToken);
        return agreement.ToProto();
    }

    [Access(Roles.DecisionMaker)]
    public override async Task<V1.Agreement> RecordTextDecision(V1.RecordTextDecisionRequest request, ServerCallContext context)
    {
        var decision = DecisionIn(request.Decision ?? new());
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Deciders, context.CancellationToken);
        agreement.MustMatch(request.Etag);
        var rules = await packs.GetAsync(agreement.PackOf(guest.Municipality), context.CancellationToken);
        decision = decision.HeldAgainst(rules.Deciding, bodies);
        committees.MustDecide(agreement, rules, decision.BodyKind);
        agreement.RecordDecision(decision, actor.PersonRef, actor.DisplayName, guest.Municipality);
        await desk.SaveAsync(agreement, actor, context.CancellationToken, decision.Reasons);
        return agreement.ToProto();
    }

    private TextDecision DecisionIn(V1.TextDecision asked)
    {
        var faults = new Faults();
        var outcome = faults.Choice("decision.outcome", (TextDecisionOutcome)asked.Outcome);
        var date = faults.Date("decision.date", asked.Date, required: true);
        faults.Require(date is null || date <= time.Today(), "decision.date", "DATE_IN_FUTURE");
        var decision = new TextDecision(
            outcome,
            faults.Text("decision.body", asked.Body, 200, required: true),
            date ?? default,
            faults.Text("decision.reference_number", asked.ReferenceNumber, 60, required: true),
            faults.Text("decision.reasons", asked.Reasons, 10_000, required: outcome == TextDecisionOutcome.Returned))
        { BodyKind = (DecidingBody)asked.BodyKind };
        faults.Require(Enum.IsDefined(decision.BodyKind), "decision.body_kind", "ENUM_VALUE_REQUIRED");
        faults.ThrowIfAny();
        return decision;
    }
}
