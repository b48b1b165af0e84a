using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Negotiation;
using Iop.Contracts.Events;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>New texts that one side puts before the other.</summary>
public sealed partial class AgreementsApi
{
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Proposal> CreateProposal(V1.CreateProposalRequest request, ServerCallContext context)
    {
        var (faults, asked) = (new Faults(), request.Proposal ?? new());
        faults.Text("proposal.section_id", asked.SectionId, 60, required: true);
        var text = faults.Text("proposal.text", asked.Text, 20_000, required: true);
        var motivation = faults.Text("proposal.motivation", asked.Motivation, 4_000);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Parent, AgreementDesk.Writers, context.CancellationToken, "parent");
        var proposal = Proposal.For(agreement, asked.SectionId, text, motivation, actor.SideIn(agreement.Terms.Parties), actor.DisplayName);
        db.Add(proposal);
        Record(proposal, agreement, actor, proposal.Made(agreement));
        await db.SaveChangesAsync(context.CancellationToken);
        return proposal.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Proposal> GetProposal(V1.GetProposalRequest request, ServerCallContext context)
    {
        var (agreementName, id) = ChildIn(request.Name, Proposal.Collection);
        var agreement = await desk.ReadAsync(agreementName, context.CancellationToken);
        return (await ProposalsOf(agreement).FirstOrDefaultAsync(proposal => proposal.Id == id, context.CancellationToken)
            ?? throw Refusal.NotFound("PROPOSAL_NOT_FOUND", request.Name)).ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListProposalsResponse> ListProposals(V1.ListProposalsRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListProposals), request.Parent, request.Filter);
        var query = ProposalsOf(agreement);
        foreach (var (field, _, value) in Filter.Parse(request.Filter, TalkFilters))
        {
            query = field == "section_id" ? query.Where(proposal => proposal.SectionId == value) : WithState(query, value);
        }

        var (items, next) = await page.FetchAsync(query, proposal => proposal.Id, context.CancellationToken);
        return new V1.ListProposalsResponse { Proposals = { items.Select(item => item.ToProto()) }, NextPageToken = next };

        static IQueryable<Proposal> WithState(IQueryable<Proposal> query, string word)
        {
            var state = StateNamed<ProposalState>(word);
            return query.Where(proposal => proposal.State == state);
        }
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Proposal> AcceptProposal(V1.AcceptProposalRequest request, ServerCallContext context)
    {
        var (proposal, agreement, actor) = await OpenProposalAsync(request.Name, request.Etag, context.CancellationToken);
        var hash = agreement.TextHash;
        proposal.Accept(agreement, actor.SideIn(agreement.Terms.Parties), actor.DisplayName, time.GetUtcNow(), writer);
        Record(proposal, agreement, actor, proposal.Settled(agreement));
        if (agreement.TextHash == hash)
        {
            await db.SaveChangesAsync(context.CancellationToken);
        }
        else
        {
            await desk.SaveAsync(agreement, actor, context.CancellationToken, proposal.Motivation);
        }

        return proposal.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Proposal> DeclineProposal(V1.DeclineProposalRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, 1_000, required: true);
        faults.ThrowIfAny();
        var (proposal, agreement, actor) = await OpenProposalAsync(request.Name, request.Etag, context.CancellationToken);
        proposal.Decline(actor.SideIn(agreement.Terms.Parties), actor.DisplayName, reason);
        Record(proposal, agreement, actor, proposal.Settled(agreement), reason);
        await db.SaveChangesAsync(context.CancellationToken);
        return proposal.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Proposal> WithdrawProposal(V1.WithdrawProposalRequest request, ServerCallContext context)
    {
        var (proposal, agreement, actor) = await OpenProposalAsync(request.Name, request.Etag, context.CancellationToken);
        proposal.Withdraw(actor.SideIn(agreement.Terms.Parties));
        Record(proposal, agreement, actor, proposal.Settled(agreement));
        await db.SaveChangesAsync(context.CancellationToken);
        return proposal.ToProto();
    }

    private async Task<(Proposal Proposal, Agreement Agreement, Actor Actor)> OpenProposalAsync(string name, string etag, CancellationToken cancellation)
    {
        var (agreementName, id) = ChildIn(name, Proposal.Collection);
        var (agreement, actor) = await desk.OpenAsync(agreementName, AgreementDesk.Writers, cancellation);
        var proposal = await ProposalsOf(agreement).AsTracking().FirstOrDefaultAsync(proposal => proposal.Id == id, cancellation)
            ?? throw Refusal.NotFound("PROPOSAL_NOT_FOUND", name);
        proposal.MustMatch(etag);
        return (proposal, agreement, actor);
    }

    // As comments are: what the others put to each other before a municipality was invited stays with them.
    private IQueryable<Proposal> ProposalsOf(Agreement agreement)
    {
        var (id, from) = (agreement.Id, desk.SeenFrom(agreement));
        return db.Proposals.AsNoTracking().Where(proposal => proposal.Agreement == id && proposal.CreateTime >= from);
    }

    private void Record(Proposal proposal, Agreement agreement, Actor actor, IntegrationEvent told, string reason = "")
    {
        db.Record(proposal, () => proposal.ToProto(etag: false), reason, actor.PartyIn(agreement.Terms.Parties));
        desk.Tell(proposal, agreement, told);
    }
}
