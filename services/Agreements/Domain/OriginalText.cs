using System.Text.RegularExpressions;
using Iop.Typesetting;

namespace Iop.Agreements.Domain;

/// <summary>
/// Reads the canonical text as what it is made of: title, headings, lists and tables. Every character of it stands in
/// the blocks, save the marks that they replace.
/// </summary>
public static partial class OriginalText
{
    private const string Bullet = "- ";

    /// <param name="canonical">The text that was signed.</param>
    /// <param name="headings">Headings that we have written. A line of a party's own that looks like one is text.</param>
    public static List<Block> Read(string canonical, IReadOnlySet<string> headings)
    {
        List<Block> blocks = [];
        var lines = canonical.TrimEnd('\n').Split('\n');
        var at = 0;
        while (at < lines.Length)
        {
            if (lines[at].Length == 0)
            {
                at++;
            }
            else if (HeadingIn(lines[at], isFirst: at == 0, headings) is { } heading)
            {
                blocks.Add(heading);
                at++;
            }
            else
            {
                at = ReadBlock(lines, at, headings, blocks);
            }
        }

        return blocks;
    }

    private static Heading? HeadingIn(string line, bool isFirst, IReadOnlySet<string> headings)
    {
        var level = line.TakeWhile(sign => sign == '#').Count();
        var text = line.Length > level && line[level] == ' ' ? line[(level + 1)..] : "";
        var ours = level switch { 1 => isFirst, 2 or 3 => headings.Contains(text), _ => false };
        return ours && text.Length > 0 ? new Heading(level, text) : null;
    }

    private static int ReadBlock(string[] lines, int at, IReadOnlySet<string> headings, List<Block> blocks)
    {
        if (at + 1 < lines.Length && IsRow(lines[at]) && RulePattern().IsMatch(lines[at + 1]))
        {
            var end = EndWhile(lines, at + 2, IsRow);
            blocks.Add(new Table(CellsOf(lines[at]), [.. lines[(at + 2)..end].Select(CellsOf)]));
            return end;
        }

        if (ItemIn(lines[at]) is not null)
        {
            var end = EndWhile(lines, at, line => ItemIn(line) is not null);
            blocks.Add(new ItemList([.. lines[at..end].Select(line => ItemIn(line)!)]));
            return end;
        }

        var last = EndWhile(lines, at + 1, line => line.Length > 0 && ItemIn(line) is null && !IsRow(line) && HeadingIn(line, isFirst: false, headings) is null);
        blocks.Add(new Paragraph(string.Join('\n', lines[at..last])));
        return last;
    }

    private static ListItem? ItemIn(string line)
    {
        if (line.StartsWith(Bullet, StringComparison.Ordinal) && line.Length > Bullet.Length)
        {
            return new ListItem("•", line[Bullet.Length..]);
        }

        var number = NumberPattern().Match(line);
        return number.Success ? new ListItem(number.Groups["label"].Value, line[number.Length..]) : null;
    }

    private static bool IsRow(string line) => line is ['|', ' ', _, .., '|'] or "| |";

    private static List<string> CellsOf(string line) =>
        [.. BarPattern().Split(line[1..^1]).Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal))];

    private static int EndWhile(string[] lines, int at, Func<string, bool> holds)
    {
        while (at < lines.Length && holds(lines[at]))
        {
            at++;
        }

        return at;
    }

    [GeneratedRegex(@"^\|( --- \|)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RulePattern();

    [GeneratedRegex(@"^(?<label>\d{1,3}\.) (?=\S)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberPattern();

    // A bar that a cell holds is written \|.
    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BarPattern();
}
