using System.Text.Json.Serialization;

namespace Iop.Agreements.Domain;

// Numbers are those of the contract.
public enum RoundOutcome
{
    Open,
    Completed,
    Declined,
    Withdrawn,
    Expired,
}

/// <summary>How a round of signing shall go.</summary>
public sealed record SigningPlan(DateTimeOffset OpenTime, DateOnly OpenDate, DateOnly ExpireDate, int ReminderEveryDays)
{
    public const int DefaultDays = 30;
    public const int DefaultReminderDays = 7;

    /// <summary>Whether one side signs before the other.</summary>
    public bool Ordered { get; init; }

    /// <summary>The side that signs first in an ordered round.</summary>
    public PartySide FirstSide { get; init; } = PartySide.CivilSociety;

    public string Provider { get; init; } = "";

    /// <summary>The days on which reminders fall due: stored facts, whatever day it is when someone looks.</summary>
    public IReadOnlyList<DateOnly> ReminderDates()
    {
        List<DateOnly> dates = [];
        for (var date = OpenDate.AddDays(ReminderEveryDays); date < ExpireDate; date = date.AddDays(ReminderEveryDays))
        {
            dates.Add(date);
        }

        return dates;
    }
}

public sealed record Invitation(string PartyId, string PersonRef, string DisplayName, int Turn)
{
    public DateTimeOffset? InviteTime { get; init; }
}

public sealed record SentReminder(string PartyId, string PersonRef, DateOnly Date);

/// <summary>One round of signing. Never removed.</summary>
public sealed record SigningRound(int Number, DateTimeOffset OpenTime, DateOnly ExpireDate, bool Ordered, string Provider)
{
    public string ProviderCase { get; init; } = "";

    public bool Halted { get; init; }

    public IReadOnlyList<DateOnly> ReminderDates { get; init; } = [];

    public IReadOnlyList<Invitation> Invitations { get; init; } = [];

    public IReadOnlyList<SentReminder> Reminders { get; init; } = [];

    /// <summary>Reminders of this day and before have been seen to.</summary>
    public DateOnly RemindedUntil { get; init; }

    public RoundOutcome Outcome { get; init; }

    public string OutcomePartyId { get; init; } = "";

    public string OutcomeReason { get; init; } = "";

    public DateTimeOffset? OutcomeTime { get; init; }

    [JsonIgnore]
    public bool IsOpen => Outcome == RoundOutcome.Open;

    /// <summary>The first day on which the calendar has something to do with it.</summary>
    [JsonIgnore]
    public DateOnly NextDay => ReminderDates.Where(date => date > RemindedUntil).Append(ExpireDate.AddDays(1)).Min();

    public static SigningRound Open(int number, AgreementTerms terms, IReadOnlyList<SignatureRequirement> requirements, SigningPlan plan)
    {
        int Turn(string partyId) => plan.Ordered && terms.PartyWith(partyId)?.Side != plan.FirstSide ? 2 : 1;
        var invitations = requirements.SelectMany(requirement => requirement.Signatories.Select(person =>
            new Invitation(requirement.PartyId, person.PersonRef, person.DisplayName, Turn(requirement.PartyId))));
        var round = new SigningRound(number, plan.OpenTime, plan.ExpireDate, plan.Ordered, plan.Provider)
        {
            ReminderDates = plan.ReminderDates(),
            Invitations = [.. invitations.OrderBy(invitation => invitation.Turn)],
        };
        return round.OpenTurns(requirements, [], plan.OpenTime);
    }

    /// <summary>Invites those whose turn has come: a turn comes when every party of the turns before has signed.</summary>
    public SigningRound OpenTurns(IReadOnlyList<SignatureRequirement> requirements, IReadOnlyList<Signature> signatures, DateTimeOffset now)
    {
        var waiting = Invitations.Where(invitation => !requirements.Single(r => r.PartyId == invitation.PartyId).IsFulfilledBy(signatures)).ToList();
        var turn = waiting.Count == 0 ? int.MaxValue : waiting.Min(invitation => invitation.Turn);
        return this with
        {
            Invitations = [.. Invitations.Select(invitation => invitation.InviteTime is null && invitation.Turn <= turn ? invitation with { InviteTime = now } : invitation)],
        };
    }

    public int TurnOf(string partyId) => Invitations.FirstOrDefault(invitation => invitation.PartyId == partyId)?.Turn ?? 0;

    /// <summary>Whether a person's turn to sign for a party has come.</summary>
    public bool HasInvited(string partyId, string personRef) =>
        Invitations.Any(invitation => invitation.PartyId == partyId && invitation.PersonRef == personRef && invitation.InviteTime is not null);

    /// <summary>Those to remind on a day: who is invited, and neither has signed nor needs to. Days that passed unseen make one reminder, not many.</summary>
    public IReadOnlyList<SentReminder> Due(IReadOnlyList<SignatureRequirement> requirements, IReadOnlyList<Signature> signatures, DateOnly today)
    {
        var date = ReminderDates.Last(date => date <= today);
        return Halted ? [] : [.. Invitations
            .Where(invitation => invitation.InviteTime is not null
                && !requirements.Single(requirement => requirement.PartyId == invitation.PartyId).IsFulfilledBy(signatures)
                && !signatures.Any(signature => !signature.Voided && signature.PartyId == invitation.PartyId && signature.PersonRef == invitation.PersonRef))
            .Select(invitation => new SentReminder(invitation.PartyId, invitation.PersonRef, date))];
    }

    public SigningRound Close(RoundOutcome outcome, string partyId, string reason, DateTimeOffset now) =>
        this with { Outcome = outcome, OutcomePartyId = partyId, OutcomeReason = reason, OutcomeTime = now, Halted = false };
}
