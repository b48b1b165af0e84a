namespace Iop.FollowUp.Domain;

/// <summary>The talks about continuing, wherever the parties have recorded them. Rule: ga-continuation-dialogue.</summary>
public sealed partial class WholePlan
{
    private IEnumerable<CheckIn> Talks => _checkIns.Where(c => c.Kind == CheckInKind.RenewalTalks);

    // An extension that comes to be known late says of which time the talks were that seemed to be of another.
    private void ReleaseTalks()
    {
        foreach (var meeting in Talks.Where(c => c.TalksNumber > 0 && !Plan.Facts!.Talks.Any(told => told.Number == c.TalksNumber && told.Extension == c.ExtensionNumber)))
        {
            meeting.Release();
            _changed.Add(meeting);
        }
    }

    private void MoveTalks(DateOnly today)
    {
        // Parties who have gone on have talked about it: of the time before the extension nothing is waited for.
        foreach (var earlier in Talks.Where(c => c.ExtensionNumber < Plan.Facts!.Extensions))
        {
            Note(earlier, earlier.Cancel());
        }

        var ahead = Talks.Where(c => c.IsWaitedFor && c.DueDate >= today).ToList();
        var had = Talks.Except(ahead).Where(c => c.State != CheckInState.Cancelled).Select(c => c.DueDate);
        List<DateOnly> wanted = Plan.RenewalTalksDate is { } day && day >= today && !had.Contains(day) ? [day] : [];
        Match(ahead, wanted, today, due => Add(CheckInKind.RenewalTalks, due));
    }

    // Each of the talks that the agreement tells of is one meeting, however often and late it is told, and follows what is corrected.
    private void SettleTalks()
    {
        foreach (var told in Plan.Facts!.Talks)
        {
            var meeting = Talks.FirstOrDefault(c => c.TalksNumber == told.Number) ?? Unsettled(told);
            if (meeting is not null)
            {
                Note(meeting, meeting.Settle(told));
            }
        }
    }

    // The same meeting recorded here too; else the one that is waited for; else the one that an extension overtook, where none was held.
    // What a side has said will not be held is not what was held.
    private CheckIn? Unsettled(AgreedTalks told)
    {
        var meetings = Talks.Where(c => c.ExtensionNumber == told.Extension && c.CancelReason.Length == 0).OrderBy(c => c.DueDate).ToList();
        return meetings.Find(c => c.TalksNumber == 0 && c.HeldDate == told.HeldDate)
            ?? meetings.Find(c => c.IsWaitedFor)
            ?? (meetings.Exists(c => c.State == CheckInState.Held) ? null : meetings.LastOrDefault());
    }
}
