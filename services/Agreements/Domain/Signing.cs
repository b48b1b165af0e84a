namespace Iop.Agreements.Domain;

/// <summary>What one party needs to have signed: so many of these persons.</summary>
public sealed record SignatureRequirement(string PartyId, int RequiredCount, IReadOnlyList<Signatory> Signatories);

public sealed record Approval(string PartyId, string ApprovedBy, string TextHash, DateTimeOffset ApproveTime);

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
