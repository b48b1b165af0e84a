using System.Globalization;
using Iop.FollowUp.Domain;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Iop.FollowUp.Consumers;

/// <summary>How overcompensation is checked (law.md 2.2), read from the embedded <c>Overcompensation.yaml</c>.</summary>
public sealed class OvercompensationRules
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    private readonly List<(DateOnly From, OvercompensationTerms Terms)> _intervals;
    private readonly string _deviation;

    private OvercompensationRules(Text text)
    {
        _intervals = [.. text.Intervals.Select(row => (DateOnly.ParseExact(row.From, "yyyy-MM-dd", CultureInfo.InvariantCulture), new OvercompensationTerms(row.EveryMonths, row.MonthsToCheck)))];
        _deviation = text.Deviation;
    }

    /// <summary>Reads the file.</summary>
    public static OvercompensationRules Load()
    {
        using var reader = new StreamReader(typeof(OvercompensationRules).Assembly.GetManifestResourceStream("Overcompensation.yaml")!);
        return new OvercompensationRules(new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Text>(reader));
    }

    /// <summary>How it is checked in a term that begins on a day.</summary>
    /// <exception cref="InvalidOperationException">No row says: nothing is guessed.</exception>
    public OvercompensationTerms On(DateOnly start)
    {
        var known = _intervals.FindAll(row => row.From <= start);
        return known.Count > 0 ? known.MaxBy(row => row.From).Terms : throw new InvalidOperationException("Overcompensation.yaml says nothing of a term that begins so early.");
    }

    /// <summary>What a deviation says of a finding.</summary>
    public string Describe(OvercompensationCheck check) => _deviation
        .Replace("{start}", $"{check.PeriodStartDate:yyyy-MM-dd}", StringComparison.Ordinal)
        .Replace("{end}", $"{check.PeriodEndDate:yyyy-MM-dd}", StringComparison.Ordinal)
        .Replace("{sum}", check.Finding!.Overcompensation.ToString("N2", Swedish), StringComparison.Ordinal);

    private sealed class Text
    {
        public List<Row> Intervals { get; init; } = [];

        public string Deviation { get; init; } = "";
    }

    private sealed class Row
    {
        public string From { get; init; } = "";

        public int EveryMonths { get; init; }

        public int MonthsToCheck { get; init; }

        public string Source { get; init; } = "";
    }
}
