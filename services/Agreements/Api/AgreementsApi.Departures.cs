using Grpc.Core;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>Reasons for departing from what the guideline recommends, and sections that each party approves.</summary>
public sealed partial class AgreementsApi
{
    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Agreement> MotivateDeparture(V1.MotivateDepartureRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var ruleId = faults.Text("rule_id", request.RuleId, 100, required: true);
        var text = faults.Text("text", request.Text, 4_000);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.MustMatch(request.Etag);
        agreement.MotivateDeparture(ruleId, text, actor.DisplayName, await FindingsAsync(agreement, context.CancellationToken), time.GetUtcNow());
        await desk.SaveAsync(agreement, actor, context.CancellationToken, text);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> ApproveSection(V1.ApproveSectionRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Text("section_id", request.SectionId, 60, required: true);
        faults.Text("party_id", request.PartyId, 60, required: true);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId);
        if (agreement.ApproveSection(request.SectionId, request.Etag, party.PartyId, actor.PersonRef, time.GetUtcNow()))
        {
            await desk.SaveAsync(agreement, actor, context.CancellationToken, onBehalfOf: party.PartyId);
        }

        return agreement.ToProto();
    }
}
