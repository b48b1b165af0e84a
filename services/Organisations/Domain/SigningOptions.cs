namespace Iop.Organisations.Domain;

/// <summary>Settings of signing authorities, section <c>Signing</c>.</summary>
public sealed class SigningOptions
{
    /// <summary>Days after the annual meeting that an authority stands which was to end with it.</summary>
    public int GraceDays { get; set; } = 60;

    /// <summary>Days before the last day at which to remind.</summary>
    public IReadOnlyList<int> ReminderDays { get; set; } = [30, 7];

    /// <summary>How often to look for what is due.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);
}
