using Iop.Agreements.Api;
using Iop.Agreements.Domain;

namespace Iop.Agreements.Export;

/// <summary>
/// Who said something, told by party and by the function that the agreement gives the person. What is kept for good needs
/// to say for whom a word was spoken; the name is left to the agreement, which says whom it must name.
/// </summary>
internal sealed class AuthorFunctions(Agreement agreement, ExportTexts texts)
{
    private readonly List<(string PartyId, string Person, string Function)> _known =
    [
        .. agreement.Terms.Contacts.Select(contact => (contact.PartyId, contact.DisplayName, contact.Function)),
        .. agreement.Requirements.SelectMany(requirement => requirement.Signatories).Select(signatory => (signatory.PartyId, signatory.DisplayName, signatory.Role)),
    ];

    /// <param name="person">Name of the one who said it; empty where nobody has.</param>
    /// <param name="side">The side that said it.</param>
    /// <param name="partyId">The party acted for; empty where it was not a single one.</param>
    public string Of(string person, PartySide side, string partyId)
    {
        if (person.Length == 0)
        {
            return "";
        }

        if (PartyOf(side, partyId) is not { } party)
        {
            return texts[side switch { PartySide.Public => "side.public", PartySide.CivilSociety => "side.civilSociety", _ => "side.either" }];
        }

        var function = _known.Find(known => known.PartyId == party.PartyId && known.Person == person && known.Function.Length > 0).Function;
        return function is null ? party.DisplayName : $"{function}, {party.DisplayName}";
    }

    private Party? PartyOf(PartySide side, string partyId) =>
        agreement.Terms.PartyWith(partyId) ?? (agreement.Terms.Parties.Where(party => party.Side == side).ToList() is [var only] ? only : null);
}
