namespace Iop.Agreements.Domain;

/// <summary>One way for a party to sign: so many of these persons.</summary>
/// <param name="Authority">The signing authority in the register; empty for a public party.</param>
/// <param name="RequiredCount">How many must sign.</param>
/// <param name="PersonRefs">Those who do.</param>
public sealed record SignatureAlternative(string Authority, int RequiredCount, IReadOnlyList<string> PersonRefs)
{
    public bool CanBeFulfilled => PersonRefs.Count >= RequiredCount;
}

/// <summary>What one party needs to have signed: so many of these persons, by one of the ways that its registered authorities give.</summary>
public sealed record SignatureRequirement(string PartyId, int RequiredCount, IReadOnlyList<Signatory> Signatories)
{
    /// <summary>The ways to sign. Empty: any <see cref="RequiredCount"/> of the signatories.</summary>
    public IReadOnlyList<SignatureAlternative> Alternatives { get; init; } = [];

    public bool CanBeFulfilled => Alternatives.Count > 0 ? Alternatives.Any(way => way.CanBeFulfilled) : Signatories.Count >= RequiredCount;

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

    /// <summary>Several authorities side by side: a party has signed when any one of them is fulfilled, and never by a mixture.</summary>
    public static SignatureRequirement OfAuthorities(string partyId, IReadOnlyList<(SignatureAlternative Way, IReadOnlyList<Signatory> Signatories)> authorities)
    {
        List<Signatory> everyone = [.. authorities.SelectMany(authority => authority.Signatories).DistinctBy(signatory => signatory.PersonRef)];
        var least = authorities.Count == 0 ? 1 : authorities.Min(authority => authority.Way.RequiredCount);
        return new SignatureRequirement(partyId, least, everyone) { Alternatives = [.. authorities.Select(authority => authority.Way)] };
    }

    public int CountIn(IEnumerable<Signature> signatures) => Live(signatures).Count();

    public bool IsFulfilledBy(IEnumerable<Signature> signatures)
    {
        var signed = Live(signatures).Select(signature => signature.PersonRef).ToHashSet();
        return Alternatives.Count > 0
            ? Alternatives.Any(way => way.CanBeFulfilled && way.PersonRefs.Count(signed.Contains) >= way.RequiredCount)
            : Signatories.Count > 0 && signed.Count >= RequiredCount;
    }

    private IEnumerable<Signature> Live(IEnumerable<Signature> signatures) => signatures.Where(signature => !signature.Voided && signature.PartyId == PartyId);
}

public sealed record Approval(string PartyId, string ApprovedBy, string TextHash, DateTimeOffset ApproveTime)
{
    /// <summary>Subject of the one who approved; never shown.</summary>
    public string PersonRef { get; init; } = "";
}

// Numbers are those of the contract.
public enum SignatureMethod
{
    Unspecified,
    Platform,
    Provider,
    Paper,
    Imported,
}

/// <summary>A signature given. Never removed; voided when its round of signing is declined, withdrawn or expires.</summary>
public sealed record Signature(string PartyId, string PersonRef, string DisplayName, string Role, string OnBehalfOf, string AssuranceLevel, string TextHash, DateTimeOffset SignTime)
{
    public bool Voided { get; init; }

    public SignatureMethod Method { get; init; } = SignatureMethod.Platform;

    /// <summary>Version of the agreement that was signed.</summary>
    public int Version { get; init; } = 1;

    public string Provider { get; init; } = "";

    public string EvidenceSha256 { get; init; } = "";

    public SignatureClass Class { get; init; }

    /// <summary>What was found when it was tried; null for one that was given here or on paper.</summary>
    public SignatureValidation? Validation { get; init; }
}

/// <summary>Someone about to sign, as the token and the registers say at this moment.</summary>
/// <param name="PersonRef">Subject of the token.</param>
/// <param name="AssuranceLevel">Level as the token gave it.</param>
/// <param name="IsAuthorised">Whether the person may sign for the party right now.</param>
public sealed record Signer(string PersonRef, string AssuranceLevel, bool IsAuthorised)
{
    public SignatureMethod Method { get; init; } = SignatureMethod.Platform;

    public string EvidenceSha256 { get; init; } = "";

    public SignatureClass Class { get; init; }

    public SignatureValidation? Validation { get; init; }
}
