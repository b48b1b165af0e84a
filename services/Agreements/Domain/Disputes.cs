using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Domain;

// Names and numbers are those of the contract.
public enum DisputeType
{
    Unspecified,
    WrongTargetGroup,
    Activity,
    Contribution,
    Payment,
    Cooperation,
    FollowUp,
    Values,
    Other,
}

public enum DisputeState
{
    Unspecified,
    Open,
    Resolved,
}

public enum DisputeOutcome
{
    Unspecified,
    Understanding,
    ChangedPractice,
    Amendment,
    Termination,
    Withdrawn,
}

public sealed record DisputeMeeting(DateOnly Date, IReadOnlyList<string> Participants, string Note);

/// <summary>
/// A dispute between the parties: they meet, and find a way on. he-deviations-and-disputes; he-no-sanctions: no outcome
/// of it is a sanction, and nothing of the agreement changes by it.
/// </summary>
public sealed class Dispute : Aggregate
{
    public const string Collection = "disputes";

    private Dispute()
    {
    }

    private Dispute(string municipality)
        : base(municipality)
    {
    }

    public override string Name => NameOf(Municipality, Agreement, Id);

    public Guid Agreement { get; private set; }

    public DisputeType Type { get; private set; }

    public string Description { get; private set; } = "";

    public string PartyId { get; private set; } = "";

    public string Deviation { get; private set; } = "";

    public DisputeState State { get; private set; }

    public IReadOnlyList<DisputeMeeting> Meetings { get; private set; } = [];

    public DisputeOutcome Outcome { get; private set; }

    public string OutcomeText { get; private set; } = "";

    public DateTimeOffset? ResolveTime { get; private set; }

    public static string NameOf(string municipality, Guid agreement, Guid id) => $"{ResourceName.Of(municipality, Domain.Agreement.Collection, agreement)}/{Collection}/{id}";

    public static Dispute Open(Agreement agreement, DisputeType type, string description, string partyId, string deviation)
    {
        agreement.MustTakeDisputes();
        return new Dispute(agreement.Municipality)
        {
            Agreement = agreement.Id,
            Type = type,
            Description = description,
            PartyId = partyId,
            Deviation = deviation,
            State = DisputeState.Open,
        };
    }

    public void AddMeeting(DisputeMeeting meeting)
    {
        MustBeOpen();
        Meetings = [.. Meetings, meeting];
    }

    public void Resolve(string partyId, DisputeOutcome outcome, string text, DateTimeOffset now)
    {
        MustBeOpen();

        // The parties meet before they settle anything; only the one that sees no dispute any more can end it alone.
        if (Meetings.Count == 0 && (outcome != DisputeOutcome.Withdrawn || partyId != PartyId))
        {
            throw Refusal.Precondition("DISPUTE_MEETING_MISSING", Name);
        }

        (State, Outcome, OutcomeText, ResolveTime) = (DisputeState.Resolved, outcome, text, now);
    }

    private void MustBeOpen()
    {
        if (State != DisputeState.Open)
        {
            throw Refusal.State("DISPUTE_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(), "OPEN");
        }
    }
}

public sealed partial class Agreement
{
    /// <summary>A dispute can be about what is in force, and about what remains when it has ended.</summary>
    public void MustTakeDisputes() => MustBe([.. Binding, .. Unsettled]);
}
