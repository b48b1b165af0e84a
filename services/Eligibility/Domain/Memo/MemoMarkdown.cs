using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Iop.Eligibility.Domain.Memo;

/// <summary>A memorandum as Markdown: CommonMark, with tables as GitHub writes them.</summary>
public static partial class MemoMarkdown
{
    public static string Of(Memorandum memo)
    {
        var text = new StringBuilder($"# {Plain(memo.Title)}\n");
        foreach (var fact in memo.Heading)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**{Plain(fact.Label)}:** {Plain(fact.Value)}  ");
        }

        text.Append('\n');
        foreach (var section in memo.Sections)
        {
            Section(text, section);
        }

        return text.ToString();
    }

    private static void Section(StringBuilder text, MemoSection section)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {Plain(section.Heading)}\n");
        foreach (var paragraph in section.Paragraphs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Lines(paragraph)}\n");
        }

        if (section.Items.Count > 0)
        {
            text.Append('\n').AppendJoin("", section.Items.Select(item => $"- {Plain(item)}\n"));
        }

        foreach (var table in section.Tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**{Plain(table.Caption)}**\n\n");
            Row(text, table.Columns);
            Row(text, [.. table.Columns.Select(_ => "---")], escaped: true);
            foreach (var row in table.Rows)
            {
                Row(text, row);
            }
        }
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells, bool escaped = false) =>
        text.Append("| ").AppendJoin(" | ", escaped ? cells : cells.Select(Cell)).Append(" |\n");

    // A paragraph keeps the lines that its writer gave it.
    private static string Lines(string paragraph) => string.Join("  \n", paragraph.ReplaceLineEndings("\n").Split('\n').Select(Escape));

    // Within a row nothing begins a line.
    private static string Cell(string text) => Special().Replace(text.ReplaceLineEndings(" "), @"\$0");

    private static string Plain(string text) => Escape(text.ReplaceLineEndings(" "));

    // What a party wrote is text, whatever it looks like: no heading, link, image, HTML or cell of its own.
    private static string Escape(string text) => LineStart().Replace(Special().Replace(text, @"\$0"), @"${before}\${sign}");

    [GeneratedRegex(@"[\\`*_\[\]<>|#]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special();

    [GeneratedRegex(@"^(?<before>\s*\d*)(?<sign>[-+.)=~])(?=\s|=|-|~|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineStart();
}
