using Iop.Agreements.Domain;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>Rounds of signing and the evidence of signatures, in the contract's form.</summary>
internal static class SigningMapping
{
    public static V1.SigningRound ToProto(this SigningRound round) => new()
    {
        Number = round.Number,
        OpenTime = round.OpenTime.ToProto(),
        ExpireDate = round.ExpireDate.ToProto(),
        Ordered = round.Ordered,
        Provider = round.Provider,
        ProviderCase = round.ProviderCase,
        ReminderDates = { round.ReminderDates.Select(date => date.ToProto()) },
        Invitations = { round.Invitations.Select(ToProto) },
        Reminders = { round.Reminders.Select(sent => new V1.SigningReminder { PartyId = sent.PartyId, PersonRef = sent.PersonRef, Date = sent.Date.ToProto() }) },
        Outcome = (V1.SigningRound.Types.Outcome)round.Outcome,
        OutcomePartyId = round.OutcomePartyId,
        OutcomeReason = round.OutcomeReason,
        OutcomeTime = round.OutcomeTime.ToProto(),
        Halted = round.Halted,
    };

    public static V1.SignatureAlternative ToProto(this SignatureAlternative way) => new()
    {
        SigningAuthority = way.Authority,
        RequiredCount = way.RequiredCount,
        PersonRefs = { way.PersonRefs },
    };

    public static V1.SigningEvidence ToProto(this SigningEvidence evidence) => new()
    {
        Number = evidence.Number,
        Round = evidence.Round,
        Method = (V1.SignatureMethod)evidence.Method,
        Signatures =
        {
            evidence.Signatures.Select(signature => new V1.EvidencedSignature
            {
                PartyId = signature.PartyId,
                PersonRef = signature.PersonRef,
                SignDate = signature.SignDate.ToProto(),
                AssuranceLevel = signature.AssuranceLevel,
                SignatureClass = (Types.V1.SignatureClass)signature.Class,
                Validation = signature.Validation.ToProto(),
            }),
        },
        Document = evidence.Document,
        Sha256 = evidence.Sha256,
        Provider = evidence.Provider,
        Attestations = { evidence.Attestations.Select(word => new V1.SigningAttestation { AttestedBy = word.DisplayName, PartyId = word.PartyId, AttestTime = word.AttestTime.ToProto() }) },
        Counts = evidence.Counts,
    };

    private static V1.SigningInvitation ToProto(this Invitation invitation) => new()
    {
        PartyId = invitation.PartyId,
        PersonRef = invitation.PersonRef,
        DisplayName = invitation.DisplayName,
        Turn = invitation.Turn,
        InviteTime = invitation.InviteTime.ToProto(),
    };
}
