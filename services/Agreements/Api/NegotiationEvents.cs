using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Negotiation;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>What the sides are told of each other's steps: codes and names, and never what anyone wrote.</summary>
internal static class NegotiationEvents
{
    public static AgreementShared Shared(this Agreement agreement) => new()
    {
        Side = agreement.DraftingSide.ToUpperSnake(),
        PartyIds = agreement.PartyIds(),
    };

    public static CommentAdded Added(this Comment comment, Agreement agreement, PartySide side) => new()
    {
        Agreement = agreement.Name,
        SectionId = comment.SectionId,
        Side = side.ToUpperSnake(),
        IsReply = comment.Replies.Count > 0,
        Shared = agreement.State != AgreementState.Drafting,
    };

    public static CommentResolved Resolved(this Comment comment, Agreement agreement) => new() { Agreement = agreement.Name, SectionId = comment.SectionId };

    public static ProposalMade Made(this Proposal proposal, Agreement agreement) => new()
    {
        Agreement = agreement.Name,
        SectionId = proposal.SectionId,
        Side = proposal.Side.ToUpperSnake(),
    };

    public static ProposalSettled Settled(this Proposal proposal, Agreement agreement) => new()
    {
        Agreement = agreement.Name,
        SectionId = proposal.SectionId,
        Side = proposal.Side.ToUpperSnake(),
        Outcome = proposal.State.ToUpperSnake(),
    };

    /// <summary>Tells of the turns that have come since the round was as it was before; null where none has.</summary>
    public static SignatureInvited? Invited(this Agreement agreement, SigningRound? before)
    {
        var round = agreement.Round!;
        var known = before?.Number == round.Number ? before : null;
        List<string> invited =
        [
            .. round.Invitations.Where(invitation => round.HasInvited(invitation.PartyId, invitation.PersonRef) && known?.HasInvited(invitation.PartyId, invitation.PersonRef) != true)
                .Select(invitation => invitation.PartyId).Distinct(),
        ];
        return invited.Count == 0 ? null : new SignatureInvited { PartyIds = invited, Round = round.Number, ExpireDate = round.ExpireDate, Provider = round.Provider };
    }

    public static SigningWithdrawn SigningWithdrawn(this Agreement agreement) => new() { PartyId = agreement.Round?.OutcomePartyId ?? "", PartyIds = agreement.PartyIds() };

    public static PartyActed Acted(this Agreement agreement, string partyId, string action) => new() { PartyId = partyId, Action = action, PartyIds = agreement.PartyIds() };

    public static DisputeResolved Resolved(this Dispute dispute, Agreement agreement) => new()
    {
        Agreement = agreement.Name,
        Outcome = dispute.Outcome.ToUpperSnake(),
        Deviation = dispute.Deviation.Length == 0 ? null : dispute.Deviation,
    };

    private static IReadOnlyList<string> PartyIds(this Agreement agreement) => [.. agreement.Terms.Parties.Select(party => party.PartyId)];
}
