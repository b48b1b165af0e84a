using System.Globalization;
using Iop.FollowUp.Domain;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Iop.FollowUp.Consumers;

/// <summary>How overcompensation is checked (law.md 2.2), read from the embedded <c>Overcompensation.yaml</c>.</summary>
public sealed class OvercompensationRules
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    private readonly Text _text;

    private OvercompensationRules(Text text) => _text = text;

    /// <summary>Why a finding is another after what is carried to it, or can be carried from it, has changed.</summary>
    public string Recounted => _text.Recounted;

    /// <summary>Reads the file.</summary>
    public static OvercompensationRules Load()
    {
        using var reader = new StreamReader(typeof(OvercompensationRules).Assembly.GetManifestResourceStream("Overcompensation.yaml")!);
        return new OvercompensationRules(new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Text>(reader));
    }

    /// <summary>How it is checked in a term that begins on a day; null where no row says: nothing is guessed.</summary>
    public OvercompensationTerms? On(DateOnly start) => RowOn(start) is { } row ? new OvercompensationTerms(row.EveryMonths, row.MonthsToCheck) : null;

    /// <summary>Percent of the average yearly compensation that may be carried forward, in a term that begins on a day; none where no row allows any.</summary>
    public decimal CarryForwardPercentOn(DateOnly start) => RowOn(start)?.CarryForwardPercent ?? 0;

    /// <summary>A sum as a person reads it.</summary>
    public static string Sum(decimal sum) => sum.ToString("N2", Swedish);

    /// <summary>What a deviation says of a finding.</summary>
    public string Describe(OvercompensationCheck check) => _text.Deviation
        .Replace("{start}", $"{check.PeriodStartDate:yyyy-MM-dd}", StringComparison.Ordinal)
        .Replace("{end}", $"{check.PeriodEndDate:yyyy-MM-dd}", StringComparison.Ordinal)
        .Replace("{sum}", Sum(check.Finding!.Repayment), StringComparison.Ordinal);

    private Row? RowOn(DateOnly start) => _text.Intervals.FindAll(row => row.FromDay <= start).MaxBy(row => row.FromDay);

    private sealed class Text
    {
        public List<Row> Intervals { get; init; } = [];

        public string Deviation { get; init; } = "";

        public string Recounted { get; init; } = "";
    }

    private sealed class Row
    {
        public string From { get; init; } = "";

        public int EveryMonths { get; init; }

        public int MonthsToCheck { get; init; }

        public decimal CarryForwardPercent { get; init; }

        public string Source { get; init; } = "";

        public DateOnly FromDay => DateOnly.ParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
