using System.Globalization;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Domain.Memo;

/// <summary>Dates, sums and enumerations as they are written in Swedish.</summary>
public static class Swedish
{
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("sv-SE");

    // Stated here, so that a sum looks the same whatever version of the culture's data the machine has. A sum is not
    // broken between lines, hence the no-break space.
    private static readonly NumberFormatInfo Sums = new() { NumberGroupSeparator = "\u00A0", NumberDecimalSeparator = ",", NegativeSign = "\u2212" };

    /// <summary>22 november 2026.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", Culture);

    /// <summary>The day in Sweden of an instant.</summary>
    public static string Date(DateTimeOffset instant) => Date(instant.DayInSweden());

    /// <summary>1 200 000 kr, with ören only where there are any.</summary>
    public static string Sum(decimal sum) => $"{sum.ToString(sum == decimal.Truncate(sum) ? "N0" : "N2", Sums)}\u00A0kr";

    /// <summary>1 200.</summary>
    public static string Number(int number) => number.ToString("N0", Sums);

    /// <summary>A, B och C.</summary>
    public static string List(IReadOnlyList<string> items) => items switch
    {
        [] => "",
        [var only] => only,
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} och {items[^1]}",
    };

    /// <summary>The word with its first letter as a capital.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], Culture) + text[1..];
}
