using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>New versions: drafts of them beside the agreement in force, and those that were signed.</summary>
public sealed partial class AgreementsApi
{
    private const string Versions = "/versions/";

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> AmendAgreement(V1.AmendAgreementRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Text("reason", request.Reason, 1_000, required: true);
        faults.ThrowIfAny();
        return DraftNextAsync(new(request.Name, request.PartyId, request.Etag, request.Reason), context, (agreement, party, side) =>
            Task.FromResult(agreement.Amend(side, party.PartyId, request.Reason.Trim(), time.Today(), writer)));
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Agreement> ExtendAgreement(V1.ExtendAgreementRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var (reason, months) = (faults.Text("reason", request.Reason, 1_000), faults.Number("months", request.Months, 0, 120));
        faults.ThrowIfAny();
        return DraftNextAsync(new(request.Name, request.PartyId, request.Etag, reason), context, async (agreement, party, side) =>
        {
            var rules = await packs.StrictestAsync(agreement, context.CancellationToken);
            return agreement.Extend(side, party.PartyId, reason, months, rules, time.Today(), writer);
        });
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> WithdrawAgreement(V1.WithdrawAgreementRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, 1_000, required: true);
        faults.Text("party_id", request.PartyId, 40, required: true);
        faults.ThrowIfAny();
        var cancellation = context.CancellationToken;
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, cancellation);
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId);
        agreement.MustMatch(request.Etag);
        agreement.Withdraw(time.Today());
        await desk.SaveAsync(agreement, actor, cancellation, reason, party.PartyId);
        await life.DropAmendmentAsync(agreement, actor, cancellation);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.AgreementVersion> GetAgreementVersion(V1.GetAgreementVersionRequest request, ServerCallContext context)
    {
        var (name, number) = NumberedIn(request.Name, Versions);
        var agreement = await desk.ReadAsync(name, context.CancellationToken);
        var version = await db.SignedVersions.AsNoTracking().FirstOrDefaultAsync(row => row.Agreement == agreement.Id && row.Version == number, context.CancellationToken);
        return version?.ToProto(text: true) ?? throw Refusal.NotFound("VERSION_NOT_FOUND", request.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListAgreementVersionsResponse> ListAgreementVersions(V1.ListAgreementVersionsRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListAgreementVersions), request.Parent);
        var rows = db.SignedVersions.AsNoTracking().Where(version => version.Agreement == agreement.Id);
        var (versions, next) = await page.FetchByNumberAsync(rows, version => version.Version, context.CancellationToken);
        return new V1.ListAgreementVersionsResponse { AgreementVersions = { versions.Select(version => version.ToProto()) }, NextPageToken = next };
    }

    private async Task<V1.Agreement> DraftNextAsync(Step step, ServerCallContext context, Func<Agreement, Party, PartySide, Task<Agreement>> make)
    {
        var cancellation = context.CancellationToken;
        var (agreement, actor) = await desk.OpenAsync(step.Name, AgreementDesk.Writers, cancellation);
        var party = AgreementDesk.MustActFor(agreement, actor, step.PartyId);
        agreement.MustMatch(step.Etag);
        await life.PassAsync(agreement, cancellation);
        AgreementDesk.MustRemain(agreement, party);
        var draft = await make(agreement, party, party.Side);
        await desk.SaveAsync(agreement, actor, cancellation, step.Reason!, party.PartyId);
        await desk.SaveAsync(draft, actor, cancellation, step.Reason!, party.PartyId);
        await drafts.OpenAsync(agreement, draft, cancellation);
        return draft.ToProto();
    }

    // Extending, and changing what the partnership is for, need a lawyer's new look at the case first.
    private async Task MustBeReadyAsAmendmentAsync(Agreement draft, CancellationToken cancellation)
    {
        if (draft.Amends is not { } id)
        {
            return;
        }

        var inForce = await desk.HoldAsync(id, cancellation);
        draft.MustKeepTerm(inForce);
        if (draft.NeedsLegalCheck(inForce))
        {
            if (draft.CaseName.Length == 0)
            {
                throw Refusal.Precondition("LEGAL_CHECK_MISSING", draft.Name, ("since", Phrases.Date(draft.Life.Amendment!.RequestDate)));
            }

            await neighbours.MustBeCheckedSinceAsync(draft.CaseName, draft.Life.Amendment!.RequestDate, cancellation);
        }
    }
}
