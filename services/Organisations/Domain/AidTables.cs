using System.Globalization;
using Iop.Platform.Requests;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Iop.Organisations.Domain;

/// <summary>What a euro cost from one day to another.</summary>
public sealed record RateRow(DateOnly From, DateOnly To, decimal SekPerEur, string Source);

/// <summary>A ceiling of aid from one day to another.</summary>
public sealed record CeilingRow(AidKind Kind, DateOnly From, DateOnly To, long Eur, string Source);

/// <summary>
/// Rates and ceilings, each with its days: legal numbers are dated configuration and never constants. A day without a row
/// has no answer; the nearest row is never used in its place.
/// </summary>
public sealed class AidTables(IReadOnlyList<RateRow> rates, IReadOnlyList<CeilingRow> ceilings)
{
    private const string DateForm = "yyyy-MM-dd";

    /// <summary>Reads <c>DeMinimis.yaml</c>: the file at the path, or the embedded one.</summary>
    /// <exception cref="InvalidOperationException">A row is malformed, or two hold on the same day.</exception>
    public static AidTables Load(string? path)
    {
        using var stream = string.IsNullOrEmpty(path)
            ? typeof(AidTables).Assembly.GetManifestResourceStream("DeMinimis.yaml")!
            : File.OpenRead(path);
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }

    /// <inheritdoc cref="Load"/>
    public static AidTables Read(string yaml)
    {
        var file = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<TablesFile>(yaml);
        var rates = file.Rates.ConvertAll(row => new RateRow(Day(row.From), Day(row.To), Number(row.SekPerEur), row.Source));
        var ceilings = file.Ceilings.ConvertAll(row => new CeilingRow(Kind(row.Kind), Day(row.From), Day(row.To), row.Eur, row.Source));
        RefuseOverlap(rates.Select(row => ("rates", row.From, row.To)));
        RefuseOverlap(ceilings.Select(row => ($"ceilings of {row.Kind}", row.From, row.To)));
        return new AidTables(rates, ceilings);
    }

    public RateRow? RateOn(DateOnly day) => rates.FirstOrDefault(row => row.From <= day && day <= row.To);

    /// <summary>Last day of the latest rate before a day.</summary>
    public DateOnly? RateExpiredBefore(DateOnly day) => Latest(rates.Where(row => row.To < day).Select(row => row.To));

    public CeilingRow? CeilingOn(AidKind kind, DateOnly day) => ceilings.FirstOrDefault(row => row.Kind == kind && row.From <= day && day <= row.To);

    /// <summary>Last day of the latest ceiling before a day.</summary>
    public DateOnly? CeilingExpiredBefore(AidKind kind, DateOnly day) => Latest(ceilings.Where(row => row.Kind == kind && row.To < day).Select(row => row.To));

    private static DateOnly? Latest(IEnumerable<DateOnly> days) => days.Select(day => (DateOnly?)day).Max();

    private static void RefuseOverlap(IEnumerable<(string Table, DateOnly From, DateOnly To)> rows)
    {
        foreach (var table in rows.GroupBy(row => row.Table, StringComparer.Ordinal))
        {
            var ordered = table.OrderBy(row => row.From).ToList();
            if (ordered.Exists(row => row.To < row.From) || ordered.Zip(ordered.Skip(1)).Any(pair => pair.Second.From <= pair.First.To))
            {
                throw new InvalidOperationException($"DeMinimis.yaml: the {table.Key} overlap or end before they begin.");
            }
        }
    }

    private static DateOnly Day(string text) => DateOnly.TryParseExact(text, DateForm, out var day)
        ? day
        : throw new InvalidOperationException("DeMinimis.yaml: a date is not of the form yyyy-MM-dd.");

    private static decimal Number(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new InvalidOperationException("DeMinimis.yaml: a rate is not a number above zero.");

    private static AidKind Kind(string text) => EnumNames.FromUpperSnake<AidKind>(text)
        ?? throw new InvalidOperationException("DeMinimis.yaml: a ceiling is of an unknown kind of aid.");

    private sealed class TablesFile
    {
        public List<RateEntry> Rates { get; init; } = [];

        public List<CeilingEntry> Ceilings { get; init; } = [];
    }

    private sealed class RateEntry
    {
        public string From { get; init; } = "";

        public string To { get; init; } = "";

        public string SekPerEur { get; init; } = "";

        public string Source { get; init; } = "";
    }

    private sealed class CeilingEntry
    {
        public string Kind { get; init; } = "";

        public string From { get; init; } = "";

        public string To { get; init; } = "";

        public long Eur { get; init; }

        public string Source { get; init; } = "";
    }
}
