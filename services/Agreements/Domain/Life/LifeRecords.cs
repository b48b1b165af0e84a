using System.Text.Json.Serialization;

namespace Iop.Agreements.Domain;

/// <summary>What a draft of a new version is made for, and from what.</summary>
public sealed record AmendmentOf(Guid Agreement, int FromVersion, AmendmentKind Kind, DateOnly RequestDate, string PartyId, string Reason)
{
    /// <summary>The latest last day that the draft may say.</summary>
    public DateOnly LatestEnd { get; init; }
}

/// <summary>What all parties must want before it holds.</summary>
public sealed record JointProposal(ProposalKind Kind, string PartyId, string Reason, DateOnly? LastDay, DateTimeOffset ProposeTime)
{
    public IReadOnlyList<string> ConfirmedBy { get; init; } = [];

    public ProposalOutcome Outcome { get; init; }

    public string OutcomePartyId { get; init; } = "";

    public string OutcomeReason { get; init; } = "";

    public DateTimeOffset? OutcomeTime { get; init; }
}

/// <summary>An end before the end date that has been given or agreed.</summary>
public sealed record Ending(EndingKind Kind, string PartyId, DateOnly LastDay, string Reason, DateTimeOffset GiveTime)
{
    /// <summary>The ground in words, as the agreement names it.</summary>
    public string Ground { get; init; } = "";

    /// <summary>It ends for that party, and goes on for the others.</summary>
    public bool PartyOnly { get; init; }

    /// <summary>When the party left; null before.</summary>
    public DateTimeOffset? EffectTime { get; init; }

    /// <summary>The version that it left; 0 before. A later version may have it as a party anew.</summary>
    public int LeftVersion { get; init; }
}

public sealed record Renegotiation(int Number, string PartyId, string Reason, DateTimeOffset RequestTime)
{
    public IReadOnlyList<RenegotiationAnswer> Answers { get; init; } = [];
}

public sealed record RenegotiationAnswer(string PartyId, bool Agrees, string Answer, DateTimeOffset AnswerTime);

public sealed record Hardship(string PartyId, HardshipEvent Event, string Effect, string Measures, DateTimeOffset ReportTime);

public sealed record RenewalTalks(DateOnly HeldDate, string PartyId, string Note, bool Late)
{
    /// <summary>Resource name of the check-in, in the municipality that told of it, where what was said stands; empty for talks recorded here.</summary>
    public string CheckIn { get; init; } = "";

    /// <summary>The place of what was last heard among what is told of that check-in.</summary>
    public long Sequence { get; init; }

    /// <summary>Why they were last corrected here.</summary>
    public string CorrectionReason { get; init; } = "";
}

/// <summary>Talks as a follow-up tells of them.</summary>
public sealed record HeardTalks(DateOnly HeldDate, string CheckIn, long Sequence);

public sealed record EvaluationNote(Verdict Verdict, DateTimeOffset CompleteTime, string Plan)
{
    /// <summary>Code of the other municipality whose evaluation it is; empty for the lead's own.</summary>
    public string Municipality { get; init; } = "";
}

public sealed record WindDownItem(WindDownKind Kind, DateOnly Date, string Note);

/// <summary>One derivation of the day until which an agreement is kept.</summary>
public sealed record Retention(RetentionBasis Basis, DateOnly? BasisDate, bool Preserve, DateOnly? KeepUntil, string RuleId, DateTimeOffset DeriveTime);

/// <summary>Everything that happens to an agreement beside its text. Replaced as a whole, never changed in place.</summary>
public sealed record AgreementLife
{
    public AmendmentOf? Amendment { get; init; }

    /// <summary>Why the text departs from what the guideline recommends, one for each rule.</summary>
    public IReadOnlyList<Departure> Departures { get; init; } = [];

    /// <summary>The draft of the next version that is being made.</summary>
    public Guid? OpenAmendment { get; init; }

    public int ExtensionCount { get; init; }

    /// <summary>When the last extension took effect: evaluation and talks from before count no more.</summary>
    public DateTimeOffset? ExtendTime { get; init; }

    /// <summary>Last day on which it truly was in force.</summary>
    public DateOnly? EndedDate { get; init; }

    public IReadOnlyList<JointProposal> Proposals { get; init; } = [];

    public IReadOnlyList<Ending> Endings { get; init; } = [];

    public IReadOnlyList<Renegotiation> Renegotiations { get; init; } = [];

    public IReadOnlyList<Hardship> Hardships { get; init; } = [];

    public IReadOnlyList<RenewalTalks> Talks { get; init; } = [];

    public IReadOnlyList<EvaluationNote> Evaluations { get; init; } = [];

    public IReadOnlyList<WindDownItem> WindDown { get; init; } = [];

    public IReadOnlyList<Retention> Retentions { get; init; } = [];

    /// <summary>The first last day of an end for all; null where none is given or agreed.</summary>
    [JsonIgnore]
    public DateOnly? EarlyEnd => Endings.Where(ending => !ending.PartyOnly).Select(ending => (DateOnly?)ending.LastDay).Min();

    [JsonIgnore]
    public JointProposal? OpenProposal => Proposals.Count > 0 && Proposals[^1].Outcome == ProposalOutcome.Open ? Proposals[^1] : null;
}
