using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

/// <summary>Talks about continuing, wherever the parties have recorded them. Rule: ga-continuation-dialogue.</summary>
public sealed partial class Agreement
{
    /// <summary>Records talks that the parties have had.</summary>
    /// <returns>Their number.</returns>
    public int RecordTalks(DateOnly held, string partyId, string note, DateOnly today)
    {
        MustBe([.. Binding]);
        MustBeHeld(held, today);
        Life = Life with { Talks = [.. Life.Talks, TalksOn(held, partyId, note)] };
        return Life.Talks.Count;
    }

    /// <summary>Corrects what a party has recorded. What an extension builds on stays before it, and nothing else comes there.</summary>
    public void CorrectTalks(int number, DateOnly held, string partyId, string note, string reason, DateOnly today)
    {
        MustBe([.. Binding]);
        if (number < 1 || number > Life.Talks.Count)
        {
            throw Refusal.Input(new FieldFault("number", "NUMBER_OUT_OF_RANGE", ("min", "1"), ("max", $"{Life.Talks.Count}")));
        }

        var was = Life.Talks[number - 1];
        if (was.CheckIn.Length > 0)
        {
            throw Refusal.Precondition("TALKS_OF_FOLLOW_UP", Name, ("check_in", was.CheckIn));
        }

        // What was said is the word of the one who recorded it.
        if (was.PartyId != partyId)
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }

        MustBeHeld(held, today);
        if (Counts(held) != Counts(was.HeldDate))
        {
            throw Refusal.Input(new FieldFault("held_date", "DATE_OUTSIDE_TERM"));
        }

        Replace(number, Moved(was, held) with { Note = note, CorrectionReason = reason });
    }

    /// <summary>Talks that the follow-up has recorded, or corrected. Those of an agreement that has ended meanwhile open nothing, and neither do those of one that has left it.</summary>
    /// <param name="heard">What it told: the day, the name of the check-in, and its place among what is told of that.</param>
    /// <param name="side">The side that recorded it.</param>
    /// <param name="partyId">Its party where that is known; otherwise the one that leads the side.</param>
    /// <returns>Their number; 0 when nothing changes.</returns>
    public int HearTalks(HeardTalks heard, PartySide side, string partyId)
    {
        if (!Binding.Contains(State) || heard.HeldDate < Terms.StartDate || HasLeft(partyId))
        {
            return 0;
        }

        var number = 1 + Life.Talks.ToList().FindIndex(talks => talks.CheckIn == heard.CheckIn);
        if (number > 0)
        {
            var was = Life.Talks[number - 1];
            if (was.Sequence >= heard.Sequence || was.HeldDate == heard.HeldDate)
            {
                return 0;
            }

            Replace(number, Moved(was, heard.HeldDate) with { Sequence = heard.Sequence });
            return number;
        }

        var leads = RemainingParties.Where(party => party.Side == side).OrderByDescending(party => party.Lead).Select(party => party.PartyId).FirstOrDefault("");
        var talks = TalksOn(heard.HeldDate, side == PartySide.Public && partyId.Length > 0 ? partyId : leads, "");
        Life = Life with { Talks = [.. Life.Talks, talks with { CheckIn = heard.CheckIn, Sequence = heard.Sequence }] };
        return Life.Talks.Count;
    }

    private RenewalTalks TalksOn(DateOnly held, string partyId, string note) => new(held, partyId, note, IsLate(held));

    // What belonged to a term that has been extended since was late, or not, by the day that was agreed then.
    private RenewalTalks Moved(RenewalTalks was, DateOnly held) => was with { HeldDate = held, Late = Counts(was.HeldDate) ? IsLate(held) : was.Late };

    private bool IsLate(DateOnly held) => held > Terms.FollowUp.RenewalTalksDate;

    // Talks before the last extension were about that one.
    private bool Counts(DateOnly held) => Life.ExtendTime is not { } extended || held > extended.DayInSweden();

    private void Replace(int number, RenewalTalks talks) => Life = Life with { Talks = [.. Life.Talks.Select((one, i) => i + 1 == number ? talks : one)] };

    private void MustBeHeld(DateOnly held, DateOnly today)
    {
        if (held > today || held < Terms.StartDate)
        {
            throw Refusal.Input(new FieldFault("held_date", "DATE_OUTSIDE_TERM"));
        }
    }
}
