namespace Iop.Typesetting.Layout;

/// <summary>How text looks. Measures are points.</summary>
internal sealed record Style(double Size, double Leading, bool Bold, double SpaceBefore, double SpaceAfter)
{
    public static readonly Style Body = new(10.5, 14.5, Bold: false, 0, 7);
    public static readonly Style Cell = new(9, 12, Bold: false, 0, 0);
    public static readonly Style HeaderCell = new(9, 12, Bold: true, 0, 0);
    public static readonly Style Footer = new(8, 10, Bold: false, 0, 0);

    private static readonly Style[] Headings =
    [
        new(20, 25, Bold: true, 0, 10),
        new(14, 18, Bold: true, 12, 5),
        new(11.5, 15, Bold: true, 8, 4),
        new(10.5, 14.5, Bold: true, 6, 3),
    ];

    public static Style OfHeading(int level) => Headings[Math.Clamp(level, 1, Headings.Length) - 1];
}

/// <summary>A4 with room for a binder and a foot.</summary>
internal static class Sheet
{
    public const double Width = 595.28;
    public const double Height = 841.89;
    public const double Left = 71;
    public const double Top = Height - 64;
    public const double Bottom = 76;
    public const double Foot = 44;
    public const double TextWidth = Width - Left - 68;
}
