namespace Iop.Agreements.Domain;

/// <summary>What one party needs to have signed: so many of these persons.</summary>
public sealed record SignatureRequirement(string PartyId, int RequiredCount, IReadOnlyList<Signatory> Signatories)
{
    /// <summary>
    /// What each party needs. While nothing is fixed only the public signatories are known: the organisations' signing
    /// authorities are asked for when signing opens.
    /// </summary>
    public static IReadOnlyList<SignatureRequirement> Of(AgreementTerms terms, IReadOnlyList<SignatureRequirement> fixedRequirements) =>
        fixedRequirements.Count > 0 ? fixedRequirements : [.. terms.Parties.Select(party => OfPublic(terms, party.PartyId))];

    /// <summary>Everyone whom the agreement names for a public party signs.</summary>
    public static SignatureRequirement OfPublic(AgreementTerms terms, string partyId)
    {
        List<Signatory> signatories = [.. terms.PublicSignatories.Where(signatory => signatory.PartyId == partyId)];
        return new SignatureRequirement(partyId, Math.Max(signatories.Count, 1), signatories);
    }

    public int CountIn(IEnumerable<Signature> signatures) => signatures.Count(signature => !signature.Voided && signature.PartyId == PartyId);

    public bool IsFulfilledBy(IEnumerable<Signature> signatures) => Signatories.Count > 0 && CountIn(signatures) >= RequiredCount;
}

public sealed record Approval(string PartyId, string ApprovedBy, string TextHash, DateTimeOffset ApproveTime)
{
    /// <summary>Subject of the one who approved; never shown.</summary>
    public string PersonRef { get; init; } = "";
}

/// <summary>A signature given. Never removed; voided when its round of signing is declined or withdrawn.</summary>
public sealed record Signature(string PartyId, string PersonRef, string DisplayName, string Role, string OnBehalfOf, string AssuranceLevel, string TextHash, DateTimeOffset SignTime)
{
    public bool Voided { get; init; }
}

/// <summary>Someone about to sign, as the token and the registers say at this moment.</summary>
/// <param name="PersonRef">Subject of the token.</param>
/// <param name="AssuranceLevel">Level as the token gave it.</param>
/// <param name="IsAuthorised">Whether the person may sign for the party right now.</param>
public sealed record Signer(string PersonRef, string AssuranceLevel, bool IsAuthorised);
