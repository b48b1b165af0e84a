namespace Iop.Organisations.Domain;

/// <summary>A person on the list of a board. Without a reference the person is known by name, as the list has it.</summary>
public sealed record BoardMember(string DisplayName, string Function, string PersonRef, bool ProtectedIdentity);

/// <summary>Those who sign, held to the list.</summary>
public sealed record BoardListFinding(BoardListStatus Status, Guid? Document, IReadOnlyList<string> Unlisted, bool Stale);

/// <summary>
/// The list of the board that stands. Statutes can let others sign, so one who is not on it is told of and not stopped.
/// Source: ga-doc-board-list.
/// </summary>
/// <param name="Document">The list; null where there is none.</param>
/// <param name="Members">Who is on it; null where nobody has told.</param>
/// <param name="Stale">Whether an annual meeting has been held since it was drawn up.</param>
public sealed record BoardList(Guid? Document, IReadOnlyList<BoardMember>? Members, bool Stale)
{
    public BoardListFinding Compare(SigningAuthority authority)
    {
        if (Members is null)
        {
            return new BoardListFinding(BoardListStatus.NotCompared, Document, [], Stale);
        }

        var unlisted = authority.Signatories.Where(signatory => !Members.Any(member => IsSame(member, signatory))).Select(signatory => signatory.PersonRef).ToList();
        return new BoardListFinding(unlisted.Count == 0 ? BoardListStatus.AllListed : BoardListStatus.NotAllListed, Document, unlisted, Stale);
    }

    private static bool IsSame(BoardMember member, AuthorisedSignatory signatory) => member.PersonRef.Length > 0
        ? member.PersonRef == signatory.PersonRef
        : SearchText.Plain(member.DisplayName) == SearchText.Plain(signatory.DisplayName);
}
