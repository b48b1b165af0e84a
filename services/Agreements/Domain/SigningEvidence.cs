using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

/// <summary>A signature as its evidence shows it.</summary>
public sealed record EvidencedSignature(string PartyId, string PersonRef, DateOnly SignDate, string AssuranceLevel)
{
    public SignatureClass Class { get; init; }

    /// <summary>What was found when it was tried; null on paper.</summary>
    public SignatureValidation? Validation { get; init; }
}

/// <summary>A person's word that evidence is what it is said to be.</summary>
public sealed record Attestation(string PersonRef, string DisplayName, string PartyId, DateTimeOffset AttestTime);

/// <summary>Evidence of signatures that the platform did not see given. It counts when two persons have attested it.</summary>
public sealed record SigningEvidence(int Number, int Round, SignatureMethod Method, IReadOnlyList<EvidencedSignature> Signatures, string Sha256)
{
    public string Document { get; init; } = "";

    public string Provider { get; init; } = "";

    public IReadOnlyList<Attestation> Attestations { get; init; } = [];

    public bool Counts { get; init; }

    /// <summary>The evidence as a document that is held. One that holds whole signatures in itself has been tried for integrity.</summary>
    public SigningEvidence On(string document, bool isSignedAndIntact) => this with
    {
        Document = document,
        Signatures = [.. Signatures.Select(signature => isSignedAndIntact && signature.Validation is { } found
            ? signature with { Validation = found with { Integrity = ValidationResult.Passed } }
            : signature)],
    };
}

public sealed partial class Agreement
{
    /// <summary>Evidence of signatures on paper or given elsewhere, oldest first.</summary>
    public IReadOnlyList<SigningEvidence> SigningEvidence { get; private set; } = [];

    /// <summary>Records evidence with the first of its two attestations. law.md 2.9: paper needs a scan and two who attest it.</summary>
    public void RecordEvidence(SigningEvidence evidence, string textHash, Attestation first, DateOnly today)
    {
        MustBe(AgreementState.AwaitingSignatures);
        var signed = evidence.Signatures.Select(signature => (signature.PartyId, signature.PersonRef)).ToList();
        if (evidence.Method == SignatureMethod.Imported)
        {
            MustBeAllThatIsNeeded(signed);
        }

        // One document can carry the signatures of every turn: those of one bring the turn of the next.
        var turns = Round?.OpenTurns(FixedRequirements, With(signed), Round.OpenTime);
        foreach (var signature in evidence.Signatures)
        {
            MustAwaitSignatureOf(signature.PartyId, signature.PersonRef, isAuthorised: true, textHash, turns);
            if (signature.SignDate > today)
            {
                throw Refusal.Input(new FieldFault("signatures.sign_date", "DATE_IN_FUTURE"));
            }
        }

        MustNotBeSignatory(evidence, first.PersonRef);
        SigningEvidence = [.. SigningEvidence, evidence with { Number = SigningEvidence.Count + 1, Round = Round?.Number ?? 0, Attestations = [first] }];
    }

    /// <summary>The evidence that waits for its second attestation.</summary>
    public SigningEvidence MustAwaitAttestation(int number)
    {
        MustBe(AgreementState.AwaitingSignatures);
        return SigningEvidence.FirstOrDefault(evidence => evidence.Number == number && !evidence.Counts && evidence.Round == (Round?.Number ?? 0))
            ?? throw Refusal.NotFound("EVIDENCE_NOT_FOUND", Name);
    }

    /// <summary>Attests evidence as a second person, with which its signatures count.</summary>
    /// <returns>Whether these were the last signatures needed.</returns>
    public bool Attest(int number, Attestation second, Func<EvidencedSignature, bool> isAuthorised, SigningMinimum minimum, DateTimeOffset now)
    {
        var evidence = MustAwaitAttestation(number);
        if (evidence.Attestations.Any(attestation => attestation.PersonRef == second.PersonRef))
        {
            throw Refusal.Precondition("ALREADY_ATTESTED", Name);
        }

        MustNotBeSignatory(evidence, second.PersonRef);
        var signed = false;
        foreach (var signature in evidence.Signatures.OrderBy(signature => Round?.TurnOf(signature.PartyId)))
        {
            var signer = new Signer(signature.PersonRef, signature.AssuranceLevel, isAuthorised(signature))
            {
                Method = evidence.Method,
                EvidenceSha256 = evidence.Sha256,
                Class = signature.Class,
                Validation = signature.Validation?.Attested(),
            };
            signed = Sign(signature.PartyId, signer, TextHash, minimum, Calendar.StartOf(signature.SignDate), now);
        }

        SigningEvidence = [.. SigningEvidence.Select(other => other.Number == number ? evidence with { Attestations = [.. evidence.Attestations, second], Counts = true } : other)];
        return signed;
    }

    private void MustNotBeSignatory(SigningEvidence evidence, string personRef)
    {
        if (evidence.Signatures.Any(signature => signature.PersonRef == personRef))
        {
            throw Refusal.Precondition("ATTESTED_BY_SIGNATORY", Name);
        }
    }

    private void MustBeAllThatIsNeeded(IEnumerable<(string PartyId, string PersonRef)> more)
    {
        var signatures = With(more);
        var missing = FixedRequirements.Where(requirement => !requirement.IsFulfilledBy(signatures)).Select(requirement => requirement.PartyId).ToList();
        if (missing.Count > 0)
        {
            throw Refusal.Precondition("SIGNATURES_INCOMPLETE", Name, ("parties", string.Join(", ", missing)));
        }
    }

    private List<Signature> With(IEnumerable<(string PartyId, string PersonRef)> more) =>
        [.. Signatures, .. more.Select(one => new Signature(one.PartyId, one.PersonRef, "", "", "", "", TextHash, default))];
}
