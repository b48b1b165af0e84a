using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Those who sign held to the list of the board, from the domain to the contract.</summary>
internal static class BoardListMapping
{
    /// <summary>Whether it is told of: what has ended or lapsed is held to no list of today.</summary>
    public static bool IsHeldToBoardList(this SigningAuthority authority, DateOnly today) =>
        authority.StateOn(today) is SigningAuthorityState.Current or SigningAuthorityState.NotYetValid;

    public static V1.SigningAuthority With(this V1.SigningAuthority described, BoardList board, SigningAuthority authority, DateOnly today)
    {
        if (authority.IsHeldToBoardList(today))
        {
            var finding = board.Compare(authority);
            described.BoardList = new V1.BoardListComparison
            {
                Status = (V1.BoardListComparison.Types.Status)finding.Status,
                Document = finding.Document is { } id ? OrganisationName.OfChild(authority.Municipality, authority.Organisation, OrganisationName.Documents, id) : "",
                UnlistedPersonRefs = { finding.Unlisted },
                Stale = finding.Stale,
                Explanation = Explanations.Of($"board_list.{finding.Status.ToUpperSnake()}", ("count", $"{finding.Unlisted.Count}")),
            };
        }

        return described;
    }
}
