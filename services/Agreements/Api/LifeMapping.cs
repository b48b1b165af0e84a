using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Api;

/// <summary>What has happened to an agreement beside its text, in the contract's form.</summary>
internal static class LifeMapping
{
    public static void AddLife(this V1.Agreement message, AgreementSummary agreement)
    {
        var life = agreement.Life;
        message.Amendment = life.Amendment is { } amendment ? amendment.ToProto(agreement.Municipality) : null;
        message.OpenAmendment = life.OpenAmendment is { } open ? ResourceName.Of(agreement.Municipality, Agreement.Collection, open) : "";
        message.ExtensionCount = life.ExtensionCount;
        message.JointProposals.AddRange(life.Proposals.Select(ToProto));
        message.Endings.AddRange(life.Endings.Select(ToProto));
        message.EndedDate = life.EndedDate.ToProto();
        message.Renegotiations.AddRange(life.Renegotiations.Select(ToProto));
        message.Hardships.AddRange(life.Hardships.Select(ToProto));
        message.WindDownItems.AddRange(life.WindDown.Select(ToProto));
        message.RenewalTalks.AddRange(life.Talks.Select((talks, i) => talks.ToProto(i + 1)));
        message.Departures.AddRange(life.Departures.Select(departure => new V1.Departure
        {
            RuleId = departure.RuleId,
            Text = departure.Text,
            MotivatedBy = departure.MotivatedBy,
            MotivateTime = departure.Time.ToProto(),
        }));
        message.Evaluations.AddRange(life.Evaluations.Select(ToProto));
        message.JointMembers.AddRange(agreement.Members.Select(JointMapping.ToProto));
        message.Retentions.AddRange(life.Retentions.Select(ToProto));
        message.SigningRounds.AddRange(agreement.SigningRounds.Select(SigningMapping.ToProto));
        message.SigningEvidence.AddRange(agreement.SigningEvidence.Select(SigningMapping.ToProto));
    }

    /// <summary>Whether it binds on a day. Belongs to a reading, not to what is stored.</summary>
    public static V1.Agreement WithValidity(this V1.Agreement message, Agreement agreement, DateOnly today)
    {
        var (valid, reasons) = agreement.ValidityOn(today);
        message.Validity = new V1.Validity
        {
            Valid = valid,
            Reasons = { reasons.Select(reason => (V1.Validity.Types.Reason)reason) },
            LastDate = reasons[0] == ValidityReason.NotSigned ? null : agreement.LastDay.ToProto(),
        };
        return message;
    }

    public static V1.AgreementVersion ToProto(this SignedVersion version, bool text = false) => new()
    {
        Name = $"{ResourceName.Of(version.Municipality, Agreement.Collection, version.Agreement)}/versions/{version.Version}",
        Version = version.Version,
        Title = version.Title,
        TextHash = version.TextHash,
        CanonicalText = text ? version.CanonicalText : "",
        StartDate = version.StartDate.ToProto(),
        EndDate = version.EndDate.ToProto(),
        ActivateTime = version.ActivateTime.ToProto(),
        Draft = ResourceName.Of(version.Municipality, Agreement.Collection, version.Draft),
    };

    public static V1.Dispute ToProto(this Dispute dispute, bool etag = true) => new()
    {
        Name = dispute.Name,
        Type = (V1.Dispute.Types.Type)dispute.Type,
        Description = dispute.Description,
        PartyId = dispute.PartyId,
        Deviation = dispute.Deviation,
        State = (V1.Dispute.Types.State)dispute.State,
        Meetings = { dispute.Meetings.Select(meeting => new V1.DisputeMeeting { Date = meeting.Date.ToProto(), PartyIds = { meeting.Participants }, Note = meeting.Note }) },
        Outcome = (V1.Dispute.Types.Outcome)dispute.Outcome,
        OutcomeText = dispute.OutcomeText,
        CreateTime = dispute.CreateTime.ToProto(),
        ResolveTime = dispute.ResolveTime.ToProto(),
        Etag = etag ? dispute.Etag : "",
    };

    private static V1.Amendment ToProto(this AmendmentOf amendment, string municipality) => new()
    {
        Agreement = ResourceName.Of(municipality, Agreement.Collection, amendment.Agreement),
        FromVersion = amendment.FromVersion,
        Kind = (V1.AmendmentKind)amendment.Kind,
        RequestDate = amendment.RequestDate.ToProto(),
        PartyId = amendment.PartyId,
        Reason = amendment.Reason,
    };

    private static V1.JointProposal ToProto(this JointProposal proposal) => new()
    {
        Kind = (V1.JointProposal.Types.Kind)proposal.Kind,
        PartyId = proposal.PartyId,
        Reason = proposal.Reason,
        LastDate = proposal.LastDay.ToProto(),
        ProposeTime = proposal.ProposeTime.ToProto(),
        ConfirmedPartyIds = { proposal.ConfirmedBy },
        Outcome = (V1.JointProposal.Types.Outcome)proposal.Outcome,
        OutcomePartyId = proposal.OutcomePartyId,
        OutcomeReason = proposal.OutcomeReason,
        OutcomeTime = proposal.OutcomeTime.ToProto(),
    };

    private static V1.Ending ToProto(this Ending ending) => new()
    {
        Kind = (V1.Ending.Types.Kind)ending.Kind,
        PartyId = ending.PartyId,
        LastDate = ending.LastDay.ToProto(),
        Reason = ending.Reason,
        Ground = ending.Ground,
        GiveTime = ending.GiveTime.ToProto(),
        PartyOnly = ending.PartyOnly,
        EffectTime = ending.EffectTime.ToProto(),
    };

    private static V1.Renegotiation ToProto(this Renegotiation asked) => new()
    {
        Number = asked.Number,
        PartyId = asked.PartyId,
        Reason = asked.Reason,
        RequestTime = asked.RequestTime.ToProto(),
        Answers =
        {
            asked.Answers.Select(given => new V1.RenegotiationAnswer { PartyId = given.PartyId, Agrees = given.Agrees, Answer = given.Answer, AnswerTime = given.AnswerTime.ToProto() }),
        },
    };

    private static V1.Hardship ToProto(this Hardship hardship) => new()
    {
        PartyId = hardship.PartyId,
        Event = (V1.Hardship.Types.Event)hardship.Event,
        Effect = hardship.Effect,
        Measures = hardship.Measures,
        ReportTime = hardship.ReportTime.ToProto(),
    };

    private static V1.WindDownItem ToProto(this WindDownItem item) => new() { Kind = (V1.WindDownItem.Types.Kind)item.Kind, Date = item.Date.ToProto(), Note = item.Note };

    private static V1.RenewalTalks ToProto(this RenewalTalks talks, int number) => new()
    {
        HeldDate = talks.HeldDate.ToProto(),
        PartyId = talks.PartyId,
        Note = talks.Note,
        Late = talks.Late,
        CheckIn = talks.CheckIn,
        Number = number,
        CorrectionReason = talks.CorrectionReason,
    };

    private static V1.EvaluationVerdict ToProto(this EvaluationNote note) => new()
    {
        Verdict = (V1.EvaluationVerdict.Types.Verdict)note.Verdict,
        CompleteTime = note.CompleteTime.ToProto(),
        Plan = note.Municipality.Length == 0 ? note.Plan : "",
    };

    private static V1.Retention ToProto(this Retention retention) => new()
    {
        Basis = (V1.Retention.Types.Basis)retention.Basis,
        BasisDate = retention.BasisDate.ToProto(),
        Preserve = retention.Preserve,
        KeepUntilDate = retention.KeepUntil.ToProto(),
        RuleId = retention.RuleId,
        DeriveTime = retention.DeriveTime.ToProto(),
    };
}
