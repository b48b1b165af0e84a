using Grpc.Core;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Inviting other municipalities, and what they answer.</summary>
public sealed class JointAgreementsApi(
    AgreementsDb db, TenantScope tenant, TimeProvider time, AgreementDesk desk, PackShelf packs, Neighbours neighbours, Guests guests, OwnCases ownCases,
    AgreementWriter writer, CommitteeWall committees)
    : V1.JointAgreementsService.JointAgreementsServiceBase
{
    private static readonly Dictionary<string, string[]> Filters = new() { ["state"] = ["="] };

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Agreement> InviteMunicipality(V1.InviteMunicipalityRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var municipality = MunicipalityIn(request.Municipality, faults);
        faults.Text("party_id", request.PartyId, 40, required: true);
        var message = faults.Text("message", request.Message, 2_000);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.MustMatch(request.Etag);
        if (!request.OfficialDocumentAcknowledged)
        {
            // law.md 2.6: a draft that another authority is shown is an official document.
            throw Refusal.Precondition("OFFICIAL_DOCUMENT_NOT_ACKNOWLEDGED", agreement.Name);
        }

        agreement.Invite(municipality, request.PartyId, message, writer, time.Now());
        await desk.SaveAsync(agreement, actor, context.CancellationToken, message, events: agreement.Invited(municipality, request.PartyId));
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Agreement> WithdrawInvitation(V1.WithdrawInvitationRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var municipality = MunicipalityIn(request.Municipality, faults);
        var reason = faults.Text("reason", request.Reason, 1_000, required: true);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.MustMatch(request.Etag);
        agreement.WithdrawInvitation(municipality, reason, time.Now());
        await desk.SaveAsync(agreement, actor, context.CancellationToken, reason, events: new InvitationWithdrawn { InvitedMunicipality = municipality });
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.AgreementShare> GetAgreementShare(V1.GetAgreementShareRequest request, ServerCallContext context) =>
        (await FindAsync(request.Name, db.AgreementShares.AsNoTracking(), context.CancellationToken)).ToProto();

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListAgreementSharesResponse> ListAgreementShares(V1.ListAgreementSharesRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListAgreementShares), request.Parent, request.Filter);
        var query = committees.Seen(db.AgreementShares.AsNoTracking());
        foreach (var (_, _, value) in Filter.Parse(request.Filter, Filters))
        {
            var state = AgreementsApi.StateNamed<MemberState>(value);
            query = query.Where(share => share.State == state);
        }

        var (shares, next) = await page.FetchAsync(query, share => share.Id, context.CancellationToken);
        return new V1.ListAgreementSharesResponse { AgreementShares = { shares.Select(share => share.ToProto()) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.AgreementShare> JoinAgreement(V1.JoinAgreementRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        ResourceName.IdIn(request.Case, "cases", tenant.Required, "case");
        var share = await OpenAsync(request.Name, request.Etag, MemberState.Invited, cancellation);
        var approved = await neighbours.ApprovedCaseAsync(request.Case, cancellation);
        var organisations = await neighbours.EligibleOrganisationsAsync(approved, tenant.Required, cancellation);
        await ownCases.MustBeFreeAsync(request.Case, cancellation);
        var rules = await packs.KeepAsync(approved.GuidelinePack, cancellation);
        var joining = new Joining(approved.GuidelinePack, rules, [.. organisations.Select(organisation => organisation.Number)], approved.ToOrigin());
        await AnswerAsync(share, "JOINED", async (services, agreement) =>
        {
            if (!agreement.Terms.Parties.Any(party => party.Side == PartySide.CivilSociety && joining.OrganisationNumbers.Contains(party.OrganisationNumber)))
            {
                throw Refusal.Precondition("CASE_OF_OTHERS", share.Name);
            }

            await services.GetRequiredService<PackShelf>().KeepAsync(approved.GuidelinePack, cancellation);
            agreement.Join(tenant.Required, joining, writer, time.Now());
        }, "", cancellation);
        share.Join(approved.ToOwnCase(), organisations, time.Now());
        return await SaveAsync(share, "", cancellation);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.AgreementShare> DeclineInvitation(V1.DeclineInvitationRequest request, ServerCallContext context)
    {
        var reason = ReasonIn(request.Reason);
        var share = await OpenAsync(request.Name, request.Etag, MemberState.Invited, context.CancellationToken);
        await AnswerAsync(share, "DECLINED", (_, agreement) =>
        {
            agreement.DeclineInvitation(tenant.Required, reason, time.Now());
            return Task.CompletedTask;
        }, reason, context.CancellationToken);
        share.Decline(reason, time.Now());
        return await SaveAsync(share, reason, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.AgreementShare> LeaveAgreement(V1.LeaveAgreementRequest request, ServerCallContext context)
    {
        var (reason, cancellation) = (ReasonIn(request.Reason), context.CancellationToken);
        var share = await OpenAsync(request.Name, request.Etag, MemberState.Joined, cancellation);
        await AnswerAsync(share, "LEFT", async (services, agreement) =>
        {
            var remaining = (await services.GetRequiredService<PackShelf>().BindingAsync(agreement, cancellation)).Where(pack => pack.Municipality != tenant.Required);
            agreement.Leave(tenant.Required, reason, [.. remaining.Select(pack => pack.Rules)], writer, time.Now());
        }, reason, cancellation);
        share.Leave(reason, time.Now());
        return await SaveAsync(share, reason, cancellation);
    }

    // First there and then here: what fails in between is asked for again and finds it done.
    private async Task AnswerAsync(AgreementShare share, string answer, Func<IServiceProvider, Agreement, Task> act, string reason, CancellationToken cancellation)
    {
        try
        {
            await guests.ChangeAsync(share, async services =>
            {
                var theirs = services.GetRequiredService<AgreementDesk>();
                var actor = theirs.ActorBy(AgreementDesk.Writers);
                var agreement = await theirs.HoldAsync(share.Door, cancellation);
                if (!IsAnswered(agreement, answer))
                {
                    await act(services, agreement);
                    await theirs.SaveAsync(agreement, actor, cancellation, reason, share.PartyId, share.Answered(answer));
                }

                return true;
            }, cancellation);
        }
        catch (Refusal refusal)
        {
            throw new SharedNames(share, []).ToOwn(refusal);
        }
    }

    // A join is done again as it is asked for: the case may be another than when its first half was done.
    private bool IsAnswered(Agreement agreement, string answer) =>
        answer != Agreement.Word(MemberState.Joined) && agreement.Members.Any(member => member.Municipality == tenant.Required && Agreement.Word(member.State) == answer);

    private async Task<AgreementShare> OpenAsync(string name, string etag, MemberState allowed, CancellationToken cancellation)
    {
        var share = await FindAsync(name, db.AgreementShares, cancellation);
        share.MustMatch(etag);
        share.MustBe(allowed);
        return share;
    }

    private async Task<V1.AgreementShare> SaveAsync(AgreementShare share, string reason, CancellationToken cancellation)
    {
        db.Record(share, () => share.ToProto(etag: false), reason, share.PartyId);
        await db.SaveChangesAsync(cancellation);
        return share.ToProto();
    }

    private async Task<AgreementShare> FindAsync(string name, IQueryable<AgreementShare> shares, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(name, AgreementShare.Collection, tenant.Required);
        var share = await shares.FirstOrDefaultAsync(share => share.Id == id, cancellation) ?? throw Refusal.NotFound("AGREEMENT_SHARE_NOT_FOUND", name);
        committees.MustSee(share);
        return share;
    }

    private string MunicipalityIn(string name, Faults faults)
    {
        var code = ResourceName.MunicipalityIn(name) ?? "";
        var known = MunicipalityCode.TryParse(code, out _) && name == ResourceName.OfMunicipality(code);
        faults.Require(known, "municipality", "MUNICIPALITY_UNKNOWN");
        return code;
    }

    private static string ReasonIn(string text)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", text, 1_000, required: true);
        faults.ThrowIfAny();
        return reason;
    }
}
