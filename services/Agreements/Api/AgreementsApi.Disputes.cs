using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Disputes between the parties. The agreement itself is not changed by one.</summary>
public sealed partial class AgreementsApi
{
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Dispute> OpenDispute(V1.OpenDisputeRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Text("party_id", request.PartyId, 40, required: true);
        var (type, description) = (faults.Choice("type", request.Type), faults.Text("description", request.Description, 4_000, required: true));
        faults.ThrowIfAny();
        if (request.Deviation.Length > 0)
        {
            ResourceName.IdsIn(request.Deviation, "plans", "deviations", guest.Share?.Municipality ?? tenant.Required, "deviation");
        }

        var (agreement, actor) = await desk.OpenAsync(request.Parent, AgreementDesk.Writers, context.CancellationToken, "parent", orHasBeen: true);

        // Between parties that part there can be something left to settle, as between those of what has ended for all.
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId, orHasBeen: true);
        var dispute = Dispute.Open(agreement, (DisputeType)type, description, party.PartyId, request.Deviation);
        db.Add(dispute);
        db.Record(dispute, () => dispute.ToProto(etag: false), onBehalfOf: party.PartyId);

        // The agreement's history tells of it too, and its number orders the event among the agreement's others.
        await desk.SaveAsync(agreement, actor, context.CancellationToken, onBehalfOf: party.PartyId, events: dispute.Opened());
        return Seen(dispute);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Dispute> AddDisputeMeeting(V1.AddDisputeMeetingRequest request, ServerCallContext context)
    {
        var (faults, asked) = (new Faults(), request.Meeting ?? new());
        var (date, note) = (faults.Date("meeting.date", asked.Date, required: true), faults.Text("meeting.note", asked.Note, 4_000, required: true));
        faults.Require(date is null || date <= time.Today(), "meeting.date", "DATE_IN_FUTURE");
        faults.ThrowIfAny();
        return ChangeAsync(request.Name, request.PartyId, request.Etag, context, (agreement, dispute, _) =>
        {
            MustBothTakePart(agreement, asked.PartyIds);
            dispute.AddMeeting(new DisputeMeeting(date!.Value, [.. asked.PartyIds], note));
        });
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Dispute> ResolveDispute(V1.ResolveDisputeRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var (outcome, text) = (faults.Choice("outcome", request.Outcome), faults.Text("outcome_text", request.OutcomeText, 4_000, required: true));
        faults.ThrowIfAny();
        return ChangeAsync(request.Name, request.PartyId, request.Etag, context, (_, dispute, party) =>
            dispute.Resolve(party.PartyId, (DisputeOutcome)outcome, text, time.Now()));
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Dispute> GetDispute(V1.GetDisputeRequest request, ServerCallContext context)
    {
        var (agreement, id) = ResourceName.IdsIn(request.Name, Agreement.Collection, Dispute.Collection, tenant.Required);
        await desk.ReadAsync(ResourceName.Of(tenant.Required, Agreement.Collection, agreement), context.CancellationToken);
        var dispute = await db.Disputes.AsNoTracking().FirstOrDefaultAsync(dispute => dispute.Agreement == agreement && dispute.Id == id, context.CancellationToken);
        return dispute is not null ? Seen(dispute) : throw Refusal.NotFound("DISPUTE_NOT_FOUND", request.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListDisputesResponse> ListDisputes(V1.ListDisputesRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListDisputes), request.Parent);
        var (disputes, next) = await page.FetchAsync(db.Disputes.AsNoTracking().Where(dispute => dispute.Agreement == agreement.Id), dispute => dispute.Id, context.CancellationToken);
        return new V1.ListDisputesResponse { Disputes = { disputes.Select(Seen) }, NextPageToken = next };
    }

    private async Task<V1.Dispute> ChangeAsync(string name, string partyId, string etag, ServerCallContext context, Action<Agreement, Dispute, Party> act)
    {
        var cancellation = context.CancellationToken;
        var (agreementId, id) = ResourceName.IdsIn(name, Agreement.Collection, Dispute.Collection, tenant.Required);
        var (agreement, actor) = await desk.OpenAsync(ResourceName.Of(tenant.Required, Agreement.Collection, agreementId), AgreementDesk.Writers, cancellation, orHasBeen: true);
        var party = AgreementDesk.MustActFor(agreement, actor, partyId, orHasBeen: true);
        var dispute = await db.Disputes.FirstOrDefaultAsync(dispute => dispute.Agreement == agreementId && dispute.Id == id, cancellation)
            ?? throw Refusal.NotFound("DISPUTE_NOT_FOUND", name);
        dispute.MustMatch(etag);
        act(agreement, dispute, party);
        db.Record(dispute, () => dispute.ToProto(etag: false), onBehalfOf: party.PartyId);
        if (dispute.State == DisputeState.Resolved)
        {
            desk.Tell(dispute, agreement, dispute.Resolved(agreement));
        }

        await db.SaveChangesAsync(cancellation);
        return Seen(dispute);
    }

    // A deviation stands in the follow-up of one municipality, and is named to nobody in another.
    private V1.Dispute Seen(Dispute dispute)
    {
        var message = dispute.ToProto();
        var isOwn = ResourceName.MunicipalityIn(message.Deviation) == (guest.Share?.Municipality ?? tenant.Required);
        message.Deviation = isOwn ? message.Deviation : "";
        return message;
    }

    private static void MustBothTakePart(Agreement agreement, IReadOnlyList<string> partyIds)
    {
        var (faults, sides) = (new Faults(), partyIds.Select(agreement.Terms.PartyWith).Select(party => party?.Side ?? PartySide.Unspecified).ToHashSet());
        faults.Require(!sides.Contains(PartySide.Unspecified), "meeting.party_ids", "PARTY_UNKNOWN");
        faults.Require(sides.IsSupersetOf([PartySide.Public, PartySide.CivilSociety]), "meeting.party_ids", "BOTH_SIDES_REQUIRED");
        faults.ThrowIfAny();
    }
}
