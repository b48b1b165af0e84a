using Iop.Typesetting.Fonts;
using Iop.Typesetting.Pdf;

namespace Iop.Typesetting.Layout;

/// <summary>Sets a document on pages, and notes what each piece of them is.</summary>
internal sealed partial class Composer
{
    // Under a heading there is always something of what it heads.
    private const double KeptWithHeading = 3 * 14.5;

    private readonly List<Page> _pages = [];

    public Composer(Document document, FontLibrary library)
    {
        Shaper = new Shaper(library);
        NewPage();
        foreach (var block in document.Blocks)
        {
            Set(block);
        }

        SetFooters(document.Footer);
    }

    public Shaper Shaper { get; }

    public StructureTree Tree { get; } = new();

    public IReadOnlyList<Page> Pages => _pages;

    /// <summary>Headings with their places, for the reader's table of contents.</summary>
    public List<(string Text, int Page, double Y)> Bookmarks { get; } = [];

    private Page Page => _pages[^1];

    private double Room => Page.Y - Sheet.Bottom;

    private void NewPage() => _pages.Add(new Page(_pages.Count));

    private void Set(Block block)
    {
        switch (block)
        {
            case Heading heading:
                SetHeading(heading);
                break;
            case Paragraph paragraph:
                Flow(Tree.Root.Add("P"), Lines(paragraph.Text, Style.Body, Sheet.TextWidth), Style.Body, Sheet.Left);
                Page.Y -= Style.Body.SpaceAfter;
                break;
            case ItemList list:
                SetList(list);
                break;
            case Table table:
                SetTable(table);
                break;
            case PageBreak when !Page.IsFresh:
                NewPage();
                break;
        }
    }

    private void SetHeading(Heading heading)
    {
        var style = Style.OfHeading(heading.Level);
        var lines = Lines(heading.Text, style, Sheet.TextWidth);
        if (Room < style.SpaceBefore + (lines.Count * style.Leading) + style.SpaceAfter + KeptWithHeading && !Page.IsFresh)
        {
            NewPage();
        }

        Page.Y -= Page.IsFresh ? 0 : style.SpaceBefore;
        Bookmarks.Add((heading.Text, Page.Index, Page.Y));
        Flow(Tree.Root.Add($"H{heading.Level}"), lines, style, Sheet.Left);
        Page.Y -= style.SpaceAfter;
    }

    private void SetList(ItemList list)
    {
        const double indent = 20;
        var numbering = list.Items.Any(item => item.Label.Length > 0 && char.IsAsciiDigit(item.Label[0])) ? "Decimal" : "Disc";
        var element = Tree.Root.Add("L", $"/A<</O/List/ListNumbering/{numbering}>>");
        foreach (var item in list.Items)
        {
            var entry = element.Add("LI");
            var (label, body) = (entry.Add("Lbl"), entry.Add("LBody"));
            var lines = Lines(item.Text, Style.Body, Sheet.TextWidth - indent);
            MakeRoomFor(lines.Count, Style.Body);
            var (labelled, y) = (Lines(item.Label, Style.Body, indent)[0], Page.Y);
            Page.Mark(Tree, label, () => Page.Line(labelled, Sheet.Left + 4, Baseline(y, Style.Body), Style.Body.Size));
            Flow(body, lines, Style.Body, Sheet.Left + indent);
        }

        Page.Y -= Style.Body.SpaceAfter;
    }

    private List<Glyph[]> Lines(string text, Style style, double width) => LineBreaker.Break(Shaper.Shape(text, style.Bold), width, style.Size);

    // Sets lines one under the other, over as many pages as it takes.
    private void Flow(StructureElement element, List<Glyph[]> lines, Style style, double x)
    {
        var at = 0;
        while (at < lines.Count)
        {
            MakeRoomFor(lines.Count - at, style);
            var (from, count) = (at, LinesThatFit(lines.Count - at, style));
            Page.Mark(Tree, element, () =>
            {
                foreach (var line in lines[from..(from + count)])
                {
                    Page.Line(line, x, Baseline(Page.Y, style), style.Size);
                    Page.Y -= style.Leading;
                }
            });
            at += count;
        }
    }

    private void MakeRoomFor(int lines, Style style)
    {
        if (!Page.IsFresh && LinesThatFit(lines, style) == 0)
        {
            NewPage();
        }
    }

    // No first line is left alone at the foot of a page, and no last line at the head of the next.
    private int LinesThatFit(int lines, Style style)
    {
        var room = (int)((Room + 0.01) / style.Leading);
        var fit = room >= lines ? lines : lines - room == 1 ? room - 1 : room;
        return fit < Math.Min(2, lines) && !Page.IsFresh ? 0 : Math.Max(fit, 1);
    }

    private static double Baseline(double top, Style style) => top - ((style.Leading - style.Size) / 2) - (style.Size * 0.82);

    private void SetFooters(string footer)
    {
        foreach (var page in _pages)
        {
            var text = footer.Replace("{page}", $"{page.Index + 1}", StringComparison.Ordinal).Replace("{pages}", $"{_pages.Count}", StringComparison.Ordinal);
            var lines = Lines(text, Style.Footer, Sheet.TextWidth);
            page.Artifact("/Type/Pagination/Subtype/Footer", () =>
            {
                page.Rule(Sheet.Left, Sheet.Foot + 14, Sheet.TextWidth, 0.5);
                foreach (var (index, line) in lines.Index())
                {
                    page.Line(line, Sheet.Left, Sheet.Foot - (index * Style.Footer.Leading), Style.Footer.Size);
                }
            });
        }
    }
}
