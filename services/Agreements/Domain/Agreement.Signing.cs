using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

public sealed partial class Agreement
{
    /// <summary>What each party needs to have signed.</summary>
    public IReadOnlyList<SignatureRequirement> Requirements => SignatureRequirement.Of(Terms, FixedRequirements);

    /// <summary>Every round of signing, oldest first.</summary>
    public IReadOnlyList<SigningRound> SigningRounds { get; private set; } = [];

    /// <summary>The round of signing that is under way, or was the last.</summary>
    public SigningRound? Round => SigningRounds.Count > 0 ? SigningRounds[^1] : null;

    /// <summary>The de minimis aid that it gives when all have signed, as the case was last found to be assessed, at the latest when signing was opened; null when it gives none.</summary>
    public DeMinimisAid? Aid { get; private set; }

    /// <summary>Keeps what the case says of aid, for the moment when the last one signs and nobody can be asked.</summary>
    public void NoteAid(DeMinimisAid? aid) => Aid = aid;

    /// <summary>Whether it may still come to be signed by all.</summary>
    public bool IsUnsigned => Open.Contains(State) || State == AgreementState.AwaitingSignatures;

    /// <summary>Refuses unless signing can be opened, before other services are asked who signs.</summary>
    public void MustBeReadyToSign(IReadOnlyList<Finding> findings)
    {
        MustBe(AgreementState.TextAgreed);
        MustPass(findings);
        MustHaveReasons(findings);
    }

    /// <summary>Opens the agreed text for signatures and fixes who must sign, and in which turn.</summary>
    public void OpenForSignatures(IReadOnlyList<SignatureRequirement> requirements, SigningPlan plan)
    {
        MustBe(AgreementState.TextAgreed);
        var missing = requirements.Where(requirement => !requirement.CanBeFulfilled).Select(requirement => requirement.PartyId).ToList();
        if (missing.Count > 0)
        {
            throw Refusal.Precondition("SIGNATORIES_MISSING", Name, ("parties", string.Join(", ", missing)));
        }

        FixedRequirements = requirements;
        SigningRounds = [.. SigningRounds, SigningRound.Open(SigningRounds.Count + 1, Terms, requirements, plan)];
        State = AgreementState.AwaitingSignatures;
    }

    /// <summary>The signing authorities by which a person signs for a party in this round. Empty where no way to sign is fixed.</summary>
    public IReadOnlyList<string> AuthoritiesFor(string partyId, string personRef) =>
        [.. Requirements.Where(requirement => requirement.PartyId == partyId).SelectMany(requirement => requirement.Alternatives).Where(way => way.PersonRefs.Contains(personRef)).Select(way => way.Authority)];

    public void MustAwaitSignatures() => MustBe(AgreementState.AwaitingSignatures);

    /// <summary>Signs for one party. he-section-signature: the agreement is active when all parties have signed.</summary>
    /// <returns>Whether this was the last signature needed.</returns>
    public bool Sign(string partyId, Signer signer, string textHash, SigningMinimum minimum, DateTimeOffset now) => Sign(partyId, signer, textHash, minimum, now, now);

    /// <summary>Signs with a signature that was given at another moment than it is told of.</summary>
    /// <returns>Whether this was the last signature needed.</returns>
    public bool Sign(string partyId, Signer signer, string textHash, SigningMinimum minimum, DateTimeOffset given, DateTimeOffset now)
    {
        var signatory = MustAwaitSignatureOf(partyId, signer.PersonRef, signer.IsAuthorised, textHash);
        MustBeInTime(given);
        MustKeepSidesApart(partyId, signer.PersonRef, Signatures.Where(signature => !signature.Voided).Select(signature => (signature.PartyId, signature.PersonRef)));
        if (signer.Method is not SignatureMethod.Paper)
        {
            minimum.MustBeAsSure(signer.AssuranceLevel);
            MustBeAsStrong(signer, minimum);
        }

        Signatures = [.. Signatures, new Signature(
            partyId, signer.PersonRef, signatory.DisplayName, signatory.Role, Terms.NameOf(partyId), signer.AssuranceLevel, textHash, given)
        {
            Method = signer.Method,
            Version = Version,
            Provider = Round?.Provider ?? "",
            EvidenceSha256 = signer.EvidenceSha256,
            Class = signer.Class,
            Validation = ValidationOf(signer, minimum),
        }];
        ReplaceRound(round => round.OpenTurns(FixedRequirements, Signatures, now));
        if (!FixedRequirements.All(requirement => requirement.IsFulfilledBy(Signatures)))
        {
            return false;
        }

        ReplaceRound(round => round.Close(RoundOutcome.Completed, "", "", now));

        // A draft of a new version is never in force itself: the agreement that it changes takes its text.
        (State, ActivateTime) = Amends is null ? (AgreementState.Active, now) : (AgreementState.Adopted, (DateTimeOffset?)null);
        return true;
    }

    /// <summary>Declines to sign: the text is open again, and nothing that was approved or signed holds.</summary>
    public void DeclineSignature(string partyId, string personRef, string reason, DateTimeOffset now)
    {
        MustAwaitSignatureOf(partyId, personRef, isAuthorised: true, TextHash);
        LeaveSigning(RoundOutcome.Declined, partyId, reason, now);
        State = AgreementState.InNegotiation;
        Approvals = [];
        TextAgreedTime = null;
    }

    /// <summary>Takes the text back from signing. It is still agreed.</summary>
    public void WithdrawSigning(string partyId, string reason, DateTimeOffset now)
    {
        MustBe(AgreementState.AwaitingSignatures);
        LeaveSigning(RoundOutcome.Withdrawn, partyId, reason, now);
        State = AgreementState.TextAgreed;
    }

    /// <summary>Ends a round whose last day has passed. The text is still agreed, and can be opened for signatures again.</summary>
    /// <returns>Whether it ended with this.</returns>
    public bool ExpireSigning(DateOnly today, DateTimeOffset now)
    {
        if (State != AgreementState.AwaitingSignatures || Round is not { } round || today <= round.ExpireDate)
        {
            return false;
        }

        LeaveSigning(RoundOutcome.Expired, "", "", now);
        State = AgreementState.TextAgreed;
        return true;
    }

    /// <summary>Notes the reminders that have fallen due.</summary>
    /// <returns>Those that are new with this.</returns>
    public IReadOnlyList<SentReminder> RemindSignatories(DateOnly today)
    {
        if (State != AgreementState.AwaitingSignatures || Round is not { } round || !round.ReminderDates.Any(date => date <= today && date > round.RemindedUntil))
        {
            return [];
        }

        var due = round.Due(FixedRequirements, Signatures, today);
        ReplaceRound(_ => round with { Reminders = [.. round.Reminders, .. due], RemindedUntil = today });
        return due;
    }

    /// <summary>The first day on which the calendar has something to do; null when it has not.</summary>
    public DateOnly? NextDay => State switch
    {
        AgreementState.Active or AgreementState.Suspended => (NextLeaving?.LastDay ?? LastDay)?.AddDays(1),
        AgreementState.AwaitingSignatures => Round?.NextDay,
        _ => null,
    };

    private Signatory MustAwaitSignatureOf(string partyId, string personRef, bool isAuthorised, string textHash, SigningRound? turns = null)
    {
        MustBe(AgreementState.AwaitingSignatures);
        MustBeText(textHash);
        var requirement = FixedRequirements.FirstOrDefault(requirement => requirement.PartyId == partyId);
        var signatory = requirement?.Signatories.FirstOrDefault(signatory => signatory.PersonRef == personRef);
        if (signatory is null || !isAuthorised)
        {
            throw Refusal.Denied("SIGNATORY_NOT_AUTHORISED", ("party", partyId));
        }

        if (Signatures.Any(signature => !signature.Voided && signature.PartyId == partyId && signature.PersonRef == personRef))
        {
            throw Refusal.Precondition("ALREADY_SIGNED", Name, ("party", partyId));
        }

        return (turns ?? Round)?.HasInvited(partyId, personRef) != false ? signatory : throw Refusal.Precondition("TURN_NOT_COME", Name, ("party", partyId));
    }

    // What was signed before the platform was signed by no pack that it knew, and is as strong as it is.
    private bool IsFromBefore => Origin.IsImported && Amends is null;

    /// <summary>What a signature that is given elsewhere must be, where the guideline can ask it.</summary>
    internal SigningMinimum HeldTo(SigningMinimum minimum) => IsFromBefore ? minimum with { Class = SignatureClass.Unspecified } : minimum;

    private void MustBeAsStrong(Signer signer, SigningMinimum minimum)
    {
        if (signer.Class < HeldTo(minimum).Class)
        {
            throw Refusal.Precondition("SIGNATURE_CLASS_TOO_LOW", Name, ("required", minimum.Class.ToUpperSnake()), ("given", signer.Class.ToUpperSnake()));
        }
    }

    // Who was entitled to sign before the platform, the two vouch for who attest it.
    private SignatureValidation? ValidationOf(Signer signer, SigningMinimum minimum) => signer.Validation is null ? null : signer.Validation with
    {
        Form = signer.Class < minimum.Class ? ValidationResult.NotApplicable : ValidationResult.Passed,
        Authority = IsFromBefore ? ValidationResult.Attested : ValidationResult.Passed,
    };

    // The calendar closes a round when it next looks; until then the day itself says no.
    private void MustBeInTime(DateTimeOffset given)
    {
        if (Round is { } round && given.DayInSweden() > round.ExpireDate)
        {
            throw Refusal.Precondition("SIGNING_EXPIRED", Name, ("date", Phrases.Date(round.ExpireDate)));
        }
    }

    private void LeaveSigning(RoundOutcome outcome, string partyId, string reason, DateTimeOffset now)
    {
        Signatures = [.. Signatures.Select(signature => signature with { Voided = true })];
        FixedRequirements = [];
        ReplaceRound(round => round.Close(outcome, partyId, reason, now));
    }

    // An agreement that was opened for signatures before rounds were kept has none.
    private void ReplaceRound(Func<SigningRound, SigningRound> change)
    {
        if (Round is { } round)
        {
            SigningRounds = [.. SigningRounds.SkipLast(1), change(round)];
        }
    }
}
