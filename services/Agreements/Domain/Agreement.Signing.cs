using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

public sealed partial class Agreement
{
    /// <summary>What each party needs to have signed.</summary>
    public IReadOnlyList<SignatureRequirement> Requirements => SignatureRequirement.Of(Terms, FixedRequirements);

    /// <summary>Refuses unless signing can be opened, before other services are asked who signs.</summary>
    public void MustBeReadyToSign(IReadOnlyList<Finding> findings)
    {
        MustBe(AgreementState.TextAgreed);
        MustPass(findings);
    }

    /// <summary>Opens the agreed text for signatures and fixes who must sign.</summary>
    public void OpenForSignatures(IReadOnlyList<SignatureRequirement> requirements)
    {
        MustBe(AgreementState.TextAgreed);
        var missing = requirements.Where(requirement => requirement.Signatories.Count < requirement.RequiredCount).Select(requirement => requirement.PartyId).ToList();
        if (missing.Count > 0)
        {
            throw Refusal.Precondition("SIGNATORIES_MISSING", Name, ("parties", string.Join(", ", missing)));
        }

        FixedRequirements = requirements;
        State = AgreementState.AwaitingSignatures;
    }

    public void MustAwaitSignatures() => MustBe(AgreementState.AwaitingSignatures);

    /// <summary>Signs for one party. he-section-signature: the agreement is active when all parties have signed.</summary>
    /// <returns>Whether this was the last signature needed.</returns>
    public bool Sign(string partyId, Signer signer, string textHash, AssuranceLevel minimum, DateTimeOffset now)
    {
        var signatory = MustAwaitSignatureOf(partyId, signer.PersonRef, signer.IsAuthorised, textHash);
        if (AssuranceLevel.Parse(signer.AssuranceLevel) < minimum)
        {
            throw Refusal.Denied("ASSURANCE_LEVEL_TOO_LOW", ("required", $"{minimum}"));
        }

        Signatures = [.. Signatures, new Signature(
            partyId, signer.PersonRef, signatory.DisplayName, signatory.Role, Terms.NameOf(partyId), signer.AssuranceLevel, textHash, now)];
        if (!FixedRequirements.All(requirement => requirement.IsFulfilledBy(Signatures)))
        {
            return false;
        }

        State = AgreementState.Active;
        ActivateTime = now;
        return true;
    }

    /// <summary>Declines to sign: the text is open again, and nothing that was approved or signed holds.</summary>
    public void DeclineSignature(string partyId, string personRef)
    {
        MustAwaitSignatureOf(partyId, personRef, isAuthorised: true, TextHash);
        LeaveSigning();
        State = AgreementState.InNegotiation;
        Approvals = [];
        TextAgreedTime = null;
    }

    /// <summary>Takes the text back from signing. It is still agreed.</summary>
    public void WithdrawSigning()
    {
        MustBe(AgreementState.AwaitingSignatures);
        LeaveSigning();
        State = AgreementState.TextAgreed;
    }

    private Signatory MustAwaitSignatureOf(string partyId, string personRef, bool isAuthorised, string textHash)
    {
        MustBe(AgreementState.AwaitingSignatures);
        MustBeText(textHash);
        var requirement = FixedRequirements.FirstOrDefault(requirement => requirement.PartyId == partyId);
        var signatory = requirement?.Signatories.FirstOrDefault(signatory => signatory.PersonRef == personRef);
        if (signatory is null || !isAuthorised)
        {
            throw Refusal.Denied("SIGNATORY_NOT_AUTHORISED", ("party", partyId));
        }

        return Signatures.Any(signature => !signature.Voided && signature.PartyId == partyId && signature.PersonRef == personRef)
            ? throw Refusal.Precondition("ALREADY_SIGNED", Name, ("party", partyId))
            : signatory;
    }

    private void LeaveSigning()
    {
        Signatures = [.. Signatures.Select(signature => signature with { Voided = true })];
        FixedRequirements = [];
    }
}
