using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>What is told of a signing authority on a day.</summary>
public enum SigningNoticeKind
{
    /// <summary>Its last day is near.</summary>
    Lapsing = 1,

    /// <summary>It has lapsed.</summary>
    Lapsed = 2,
}

/// <summary>
/// An event that a signing authority will raise on a day. The days are stored when the authority is recorded and never
/// reckoned anew from today, so none is missed while nobody looks, and none is told twice. Source: peers.md, complaints 7 and 10.
/// </summary>
public sealed class SigningNotice : ITenantOwned
{
    private SigningNotice()
    {
    }

    /// <inheritdoc/>
    public string Municipality { get; private set; } = "";

    public Guid SigningAuthority { get; private set; }

    /// <summary>Place among the events of the authority, from 1.</summary>
    public int Number { get; private set; }

    public SigningNoticeKind Kind { get; private set; }

    /// <summary>Days before the last day; zero for the lapse.</summary>
    public int DaysBefore { get; private set; }

    public DateOnly DueDate { get; private set; }

    /// <summary>When it was raised, or found to concern nobody since the authority had been ended.</summary>
    public DateTimeOffset? SettleTime { get; private set; }

    /// <summary>The notices of a new authority: reminders that are still to come, and the lapse.</summary>
    public static IReadOnlyList<SigningNotice> For(SigningAuthority authority, IEnumerable<int> reminderDays, DateOnly today)
    {
        if (authority.GraceUntil < today)
        {
            return [];
        }

        var notices = reminderDays.OrderDescending()
            .Select(days => (Kind: SigningNoticeKind.Lapsing, Days: days, Due: authority.ValidUntil.AddDays(-days)))
            .Where(notice => notice.Due >= today).ToList();
        if (authority.GraceUntil < DateOnly.MaxValue)
        {
            notices.Add((SigningNoticeKind.Lapsed, 0, authority.GraceUntil.AddDays(1)));
        }

        return [.. notices.Select((notice, place) => new SigningNotice
        {
            Municipality = authority.Municipality,
            SigningAuthority = authority.Id,
            Number = place + 1,
            Kind = notice.Kind,
            DaysBefore = notice.Days,
            DueDate = notice.Due,
        })];
    }

    public void Settle(DateTimeOffset now) => SettleTime = now;
}
