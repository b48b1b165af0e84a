using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>The marks of what may be secret, which each municipality sets on what it holds. Source: law.md 2.6.</summary>
public sealed partial class AgreementDocumentsApi
{
    [OwnTenantOnly]
    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override Task<V1.AgreementDocument> SetConfidentialityMark(V1.SetConfidentialityMarkRequest request, ServerCallContext context)
    {
        var mark = ConfidentialityMark.Read(request.ConfidentialityMark, call.RequiredCaller.Subject, time);
        return RemarkAsync(request.Name, request.Etag, mark.Reason, document => document.Mark(mark), context.CancellationToken);
    }

    [OwnTenantOnly]
    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override Task<V1.AgreementDocument> LiftConfidentialityMark(V1.LiftConfidentialityMarkRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, ConfidentialityMark.ReasonLength, required: true);
        faults.ThrowIfAny();
        return RemarkAsync(request.Name, request.Etag, reason, document => document.LiftMark(), context.CancellationToken);
    }

    private async Task<V1.AgreementDocument> RemarkAsync(string name, string etag, string reason, Action<IMarked> remark, CancellationToken cancellation)
    {
        var (owner, id) = ResourceName.IdsIn(name, Agreement.Collection, AgreementDocument.Collection, tenant.Required);
        if (await copies.OfOtherAsync(owner, cancellation) is { } copy)
        {
            return await RemarkCopyAsync(copy, id, etag, reason, remark, cancellation);
        }

        var (agreement, actor) = await desk.TalkAsync(ResourceName.Of(tenant.Required, Agreement.Collection, owner), cancellation);
        var document = await files.VisibleOf(agreement).AsTracking().FirstOrDefaultAsync(document => document.Id == id, cancellation)
            ?? throw Refusal.NotFound("DOCUMENT_NOT_FOUND", name);
        document.MustMatch(etag);
        remark(document);
        db.Record(document, () => document.ToProto(time.Today(), etag: false), reason, actor.PartyIn(agreement.Terms.Parties));
        await db.SaveChangesAsync(cancellation);
        return document.ToProto(time.Today());
    }

    private async Task<V1.AgreementDocument> RemarkCopyAsync(OwnCopy copy, Guid id, string etag, string reason, Action<IMarked> remark, CancellationToken cancellation)
    {
        var name = AgreementDocument.NameOf(tenant.Required, copy.Agreement.Id, id);
        var document = copy.Held.FirstOrDefault(held => held.File.Id == id && held.File.Agreement == copy.Agreement.Id)?.File ?? throw Refusal.NotFound("DOCUMENT_NOT_FOUND", name);

        // Of two who mark it first the second finds the mark of the other, and not a row that it cannot write.
        await db.HoldAsync($"mark of {name}", cancellation);
        var mark = await db.DocumentMarks.FirstOrDefaultAsync(mark => mark.Id == id, cancellation) ?? DocumentMark.On(tenant.Required, document);
        mark.MustMatch(etag);
        remark(mark);
        if (mark.Revision == 0)
        {
            db.Add(mark);
        }

        db.Record(mark, () => document.ToProto(mark, time.Today(), etag: false), reason, copy.Share!.PartyId);
        await db.SaveChangesAsync(cancellation);
        return document.ToProto(mark, time.Today());
    }
}
