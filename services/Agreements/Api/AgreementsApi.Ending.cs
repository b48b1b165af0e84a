using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>What remains to do when an agreement has ended.</summary>
public sealed partial class AgreementsApi
{
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> RecordWindDownItem(V1.RecordWindDownItemRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var item = Settled(request.Item ?? new(), "item", faults);
        faults.ThrowIfAny();
        return ActAsync(new(request.Name, request.PartyId, request.Etag), context, (agreement, _, _) => agreement.SettleWindDown(item));
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> CloseWindDown(V1.CloseWindDownRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        List<WindDownItem> items = [.. request.Items.Select((item, i) => Settled(item, $"items[{i}]", faults))];
        faults.Require(items.DistinctBy(item => item.Kind).Count() == items.Count, "items", "DUPLICATE_VALUE");
        faults.ThrowIfAny();
        // Held before its disputes are looked at: one that is opened meanwhile waits, or is seen.
        var id = (await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken)).Agreement.Id;
        var open = await db.Disputes.AsNoTracking().AnyAsync(dispute => dispute.Agreement == id && dispute.State == DisputeState.Open, context.CancellationToken);
        return await ActAsync(new(request.Name, request.PartyId, request.Etag), context, (agreement, _, _) =>
        {
            agreement.CloseWindDown(items);
            if (open)
            {
                throw Refusal.Precondition("DISPUTE_OPEN", agreement.Name);
            }
        });
    }

    [LeadOnly]
    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Agreement> ArchiveAgreement(V1.ArchiveAgreementRequest request, ServerCallContext context)
    {
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.MustMatch(request.Etag);
        agreement.Archive();
        await desk.SaveAsync(agreement, actor, context.CancellationToken);
        return agreement.ToProto();
    }

    private WindDownItem Settled(V1.WindDownItem item, string field, Faults faults)
    {
        var (kind, date, note) = (
            faults.Choice($"{field}.kind", item.Kind), faults.Date($"{field}.date", item.Date, required: true), faults.Text($"{field}.note", item.Note, 2_000, required: true));
        faults.Require(date is null || date <= time.Today(), $"{field}.date", "DATE_IN_FUTURE");
        return new WindDownItem((WindDownKind)kind, date ?? default, note);
    }
}
