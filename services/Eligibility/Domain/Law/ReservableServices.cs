using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

/// <summary>What is known of whether a service may be reserved for idea-based organisations.</summary>
public enum Reservability { CodesMissing, ListMissing, NotListed, ListedUnverified, Listed }

/// <summary>Codes of services, both ends included, and the days on which they may be reserved.</summary>
/// <param name="IsVerified">The row has been held to the text of the Act.</param>
public sealed record ReservableRow(int From, int To, DateOnly ValidFrom, DateOnly ValidTo, bool IsVerified, string Source)
{
    public bool HoldsOn(DateOnly date) => ValidFrom <= date && date <= ValidTo;
}

/// <summary>
/// The services that may be reserved (LOU 19 kap. 25 a §, law.md 2.1): dated data that an installation can replace. A list
/// that nobody has verified never passes as one that somebody has.
/// </summary>
public sealed class ReservableServices(IReadOnlyList<ReservableRow> rows)
{
    private const int CodeDigits = 8;
    private const string FileName = "reservable-services.yaml";

    /// <summary>The list that the product is delivered with.</summary>
    public static ReservableServices Shipped { get; } = Read(EmbeddedTexts.Whole($"Domain/{FileName}"));

    /// <summary>The list in a file, or the one that is delivered.</summary>
    /// <exception cref="InvalidOperationException">A row is malformed.</exception>
    public static ReservableServices Load(string? path) => string.IsNullOrEmpty(path) ? Shipped : Read(File.ReadAllText(path));

    /// <summary>Whether a text is a code: eight digits, with or without the check digit.</summary>
    public static bool IsCode(string text) =>
        (text.Length == CodeDigits || (text.Length == CodeDigits + 2 && text[CodeDigits] == '-' && char.IsAsciiDigit(text[^1])))
        && text.AsSpan(0, CodeDigits).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Whether services of all these codes may be reserved on a day.</summary>
    public Reservability Of(IReadOnlyList<string> codes, DateOnly date)
    {
        if (codes.Count == 0)
        {
            return Reservability.CodesMissing;
        }

        var holding = rows.Where(row => row.HoldsOn(date)).ToList();
        return holding.Count == 0 ? Reservability.ListMissing
            : !codes.All(code => holding.Exists(row => Covers(row, code))) ? Reservability.NotListed
            : codes.All(code => holding.Exists(row => row.IsVerified && Covers(row, code))) ? Reservability.Listed
            : Reservability.ListedUnverified;
    }

    /// <summary>Where the rows that cover the codes are from.</summary>
    public IReadOnlyList<string> SourcesOf(IReadOnlyList<string> codes, DateOnly date) =>
        [.. rows.Where(row => row.HoldsOn(date) && codes.Any(code => Covers(row, code))).Select(row => row.Source).Distinct()];

    private static bool Covers(ReservableRow row, string code)
    {
        var number = int.Parse(code.AsSpan(0, CodeDigits), CultureInfo.InvariantCulture);
        return row.From <= number && number <= row.To;
    }

    private static ReservableServices Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var list = (YamlSequenceNode)((YamlMappingNode)stream.Documents[0].RootNode)["services"];
        return new ReservableServices([.. list.Children.Select(RowOf)]);
    }

    private static ReservableRow RowOf(YamlNode row)
    {
        var read = new ReservableRow(Code("from"), Code("to"), Day("validFrom"), Day("validTo"), LawTexts.Word(row, "verified") == "true", LawTexts.Word(row, "source"));
        return read.From <= read.To && read.ValidFrom <= read.ValidTo && read.Source.Length > 0 ? read
            : throw new InvalidOperationException($"{FileName}: a row ends before it begins, or says not where it is from.");

        int Code(string key) => LawTexts.Word(row, key) is { Length: CodeDigits } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code
            : throw new InvalidOperationException($"{FileName}: {key} is not a code of eight digits.");

        DateOnly Day(string key) => DateOnly.TryParseExact(LawTexts.Word(row, key), "yyyy-MM-dd", out var day) ? day
            : throw new InvalidOperationException($"{FileName}: {key} is not of the form yyyy-MM-dd.");
    }
}
