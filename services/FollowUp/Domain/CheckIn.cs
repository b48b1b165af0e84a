using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>Somebody who took part, by function and never by name.</summary>
/// <param name="Side">The side.</param>
/// <param name="Function">The function.</param>
public sealed record Participant(Side Side, string Function);

/// <summary>Something that the parties agreed to do.</summary>
/// <param name="Description">What.</param>
/// <param name="ResponsibleSide">The side that does it; null for both.</param>
/// <param name="DueDate">The day by which it shall be done; null when none was agreed.</param>
/// <param name="DoneDate">The day on which it was marked as done; null until then.</param>
public sealed record AgreedAction(string Description, Side? ResponsibleSide, DateOnly? DueDate, DateOnly? DoneDate = null);

/// <summary>What is recorded of a check-in that was held.</summary>
public sealed record CheckInRecord
{
    /// <summary>The day on which it was held.</summary>
    public required DateOnly HeldDate { get; init; }

    /// <summary>Who took part.</summary>
    public required IReadOnlyList<Participant> Participants { get; init; }

    /// <summary>What was talked about; empty keeps what was planned.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>What the parties learned.</summary>
    public string Learned { get; init; } = "";

    /// <summary>What they agreed to do.</summary>
    public IReadOnlyList<AgreedAction> Actions { get; init; } = [];
}

/// <summary>A meeting about how the partnership goes. Rules: he-continuous-check-ins, ga-regular-follow-up-dialogue.</summary>
public sealed class CheckIn : PlanItem
{
    /// <summary>The collection of check-ins within a plan.</summary>
    public const string Collection = "checkIns";

    private CheckIn()
    {
    }

    /// <summary>Plans a check-in.</summary>
    public CheckIn(Plan plan, CheckInKind kind, DateOnly due, IReadOnlyList<string> topics)
        : base(plan, due) =>
        (Kind, AgendaTopics, ExtensionNumber) = (kind, topics, plan.Facts?.Extensions ?? 0);

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Collection}/{Id}";

    /// <summary>What calls for it.</summary>
    public CheckInKind Kind { get; private set; }

    /// <summary>Number of the extension in whose time it was planned; 0 before the first. Talks are about what comes after that time.</summary>
    public int ExtensionNumber { get; private set; }

    /// <summary>Where it stands.</summary>
    public CheckInState State { get; private set; }

    /// <summary>What to talk about.</summary>
    public IReadOnlyList<string> AgendaTopics { get; private set; } = [];

    /// <summary>The day on which it was held.</summary>
    public DateOnly? HeldDate { get; private set; }

    /// <summary>Who took part.</summary>
    public IReadOnlyList<Participant> Participants { get; private set; } = [];

    /// <summary>What the parties learned.</summary>
    public string Learned { get; private set; } = "";

    /// <summary>What they agreed to do.</summary>
    public IReadOnlyList<AgreedAction> Actions { get; private set; } = [];

    /// <summary>Why a side has said that it will not be held.</summary>
    public string CancelReason { get; private set; } = "";

    /// <summary>Why what was recorded was last corrected.</summary>
    public string CorrectionReason { get; private set; } = "";

    /// <summary>The side that recorded it.</summary>
    public Side? RecordedBy { get; private set; }

    /// <summary>Number of the talks in the agreement's own records that are the same as these; 0 for none.</summary>
    public int TalksNumber { get; private set; }

    /// <summary>Whether it is held because the agreement says so: then the day is the agreement's, and is corrected there.</summary>
    public bool HeldByAgreement { get; private set; }

    /// <inheritdoc/>
    public override bool IsWaitedFor => State == CheckInState.Planned;

    /// <summary>Records that it was held.</summary>
    /// <exception cref="Refusal"><c>CHECK_IN_STATE_NOT_ALLOWED</c>.</exception>
    public void Hold(CheckInRecord held, Side by)
    {
        if (State != CheckInState.Planned)
        {
            throw Refusal.State("CHECK_IN_STATE_NOT_ALLOWED", Name, State.Code(), CheckInState.Planned.Code());
        }

        State = CheckInState.Held;
        Keep(held, by);
    }

    /// <summary>Replaces what was recorded by what is right. What is done of the actions stays done.</summary>
    /// <exception cref="Refusal"><c>CHECK_IN_NOT_HELD</c> or <c>TALKS_OF_AGREEMENT</c>.</exception>
    public void Correct(CheckInRecord held, Side by, string reason)
    {
        MustBeHeld();
        if (HeldByAgreement && held.HeldDate != HeldDate)
        {
            throw Refusal.Precondition("TALKS_OF_AGREEMENT", Name, ("date", $"{HeldDate:yyyy-MM-dd}"));
        }

        Keep(held with { Actions = Marked(held.Actions) }, by);
        CorrectionReason = reason;
    }

    /// <summary>Says that it will not be held. What lies ahead by the schedule is moved with the schedule.</summary>
    /// <exception cref="Refusal"><c>CHECK_IN_STATE_NOT_ALLOWED</c> or <c>CHECK_IN_LIES_AHEAD</c>.</exception>
    public void CallOff(string reason, DateOnly today)
    {
        if (State != CheckInState.Planned)
        {
            throw Refusal.State("CHECK_IN_STATE_NOT_ALLOWED", Name, State.Code(), CheckInState.Planned.Code());
        }

        if (Kind != CheckInKind.AdHoc && DueDate >= today)
        {
            throw Refusal.Precondition("CHECK_IN_LIES_AHEAD", Name);
        }

        (State, CancelReason) = (CheckInState.Cancelled, reason);
    }

    /// <summary>Marks an action as done, or as not done after all.</summary>
    /// <param name="number">Number of the action, from 1.</param>
    /// <param name="doneDate">The day on which it is marked as done; null takes the mark back.</param>
    /// <returns>False when there is no action of that number.</returns>
    /// <exception cref="Refusal"><c>CHECK_IN_NOT_HELD</c>.</exception>
    public bool Mark(int number, DateOnly? doneDate)
    {
        MustBeHeld();
        if (number < 1 || number > Actions.Count)
        {
            return false;
        }

        Actions = [.. Actions.Select((action, i) => i + 1 == number ? action with { DoneDate = doneDate } : action)];
        return true;
    }

    // By their words, and those of the same words one after the other.
    private List<AgreedAction> Marked(IReadOnlyList<AgreedAction> actions)
    {
        var known = Actions.GroupBy(action => action.Description, StringComparer.Ordinal).ToDictionary(same => same.Key, same => new Queue<DateOnly?>(same.Select(action => action.DoneDate)), StringComparer.Ordinal);
        return [.. actions.Select(action => action with { DoneDate = known.TryGetValue(action.Description, out var same) && same.TryDequeue(out var done) ? done : null })];
    }

    private void Keep(CheckInRecord held, Side by)
    {
        (HeldDate, RecordedBy) = (held.HeldDate, by);
        (Participants, Learned, Actions) = (held.Participants, held.Learned, held.Actions);
        AgendaTopics = held.Topics.Count == 0 ? AgendaTopics : held.Topics;
    }

    private void MustBeHeld()
    {
        if (State != CheckInState.Held)
        {
            throw Refusal.State("CHECK_IN_NOT_HELD", Name, State.Code(), CheckInState.Held.Code());
        }
    }

    /// <summary>
    /// Takes in that the agreement tells of these talks. What was recorded here stays; what was not is held with that. Rule:
    /// ga-continuation-dialogue.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    internal bool Settle(AgreedTalks talks)
    {
        var before = (State, TalksNumber, HeldDate, RecordedBy);
        (TalksNumber, HeldByAgreement) = (talks.Number, HeldByAgreement || State != CheckInState.Held);
        if (HeldByAgreement)
        {
            (State, HeldDate, RecordedBy) = (CheckInState.Held, talks.HeldDate, Participants.Count == 0 ? talks.RecordedBy : RecordedBy);
        }

        return before != (State, TalksNumber, HeldDate, RecordedBy);
    }

    /// <summary>Takes back that these are the talks of the agreement. What was recorded here stays.</summary>
    internal void Release()
    {
        if (HeldByAgreement && Participants.Count == 0)
        {
            (State, HeldDate, RecordedBy) = (CheckInState.Planned, null, null);
        }

        (TalksNumber, HeldByAgreement) = (0, false);
    }

    /// <summary>Says that it is expected no more.</summary>
    /// <returns>Whether anything changed.</returns>
    internal bool Cancel()
    {
        var cancelled = IsWaitedFor;
        State = cancelled ? CheckInState.Cancelled : State;
        return cancelled;
    }
}
