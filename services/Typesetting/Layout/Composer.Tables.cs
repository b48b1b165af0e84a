using Iop.Typesetting.Pdf;

namespace Iop.Typesetting.Layout;

internal sealed partial class Composer
{
    private const double Padding = 4;

    private sealed record Cell(StructureElement? Element, List<Glyph[]> Lines, Style Style);

    private void SetTable(Table table)
    {
        var columns = Math.Max(table.Header.Count, table.Rows.Select(row => row.Count).DefaultIfEmpty().Max());
        if (columns == 0)
        {
            return;
        }

        var widths = Widths(table, columns);
        var element = Tree.Root.Add("Table");
        var header = table.Header.Count == 0 ? null : Cells(element, table.Header, widths, _ => "/A<</O/Table/Scope/Column>>");
        if (header is not null)
        {
            SetRow(header, widths, header: null, isHeader: true, keptRoom: 2 * (Style.Cell.Leading + (2 * Padding)));
        }

        foreach (var row in table.Rows)
        {
            var cells = Cells(element, [.. row, .. Enumerable.Repeat("", columns - row.Count)], widths, column => table.RowHeaders && column == 0 ? "/A<</O/Table/Scope/Row>>" : null);
            SetRow(cells, widths, header, isHeader: false, keptRoom: 0);
        }

        Page.Y -= Style.Body.SpaceAfter + 3;
    }

    private List<Cell> Cells(StructureElement table, IReadOnlyList<string> texts, double[] widths, Func<int, string?> scopeOf)
    {
        var row = table.Add("TR");
        return [.. texts.Select((text, column) =>
        {
            var scope = scopeOf(column);
            var style = scope is null ? Style.Cell : Style.HeaderCell;
            return new Cell(scope is null ? row.Add("TD") : row.Add("TH", scope), Lines(text, style, widths[column] - (2 * Padding)), style);
        })];
    }

    private void SetRow(List<Cell> cells, double[] widths, List<Cell>? header, bool isHeader, double keptRoom)
    {
        var (lines, at) = (cells.Max(cell => cell.Lines.Count), 0);
        var height = HeightOf(lines);
        var headerHeight = header is null ? 0 : HeightOf(header.Max(cell => cell.Lines.Count));
        if (Room < height + keptRoom && !Page.IsFresh && height + headerHeight <= Sheet.Top - Sheet.Bottom)
        {
            ContinueOnNewPage(header, widths);
        }

        while (at < lines)
        {
            var fit = (int)((Room - (2 * Padding) + 0.01) / Style.Cell.Leading);
            if (fit < 1 && !Page.IsFresh)
            {
                ContinueOnNewPage(header, widths);
                continue;
            }

            // A row taller than the page goes on over it, each cell from where it was.
            var count = Math.Min(Math.Max(fit, 1), lines - at);
            SetSlice(cells, widths, at, count, isHeader);
            at += count;
        }
    }

    private void SetSlice(List<Cell> cells, double[] widths, int at, int count, bool isHeader)
    {
        var (page, top, height) = (Page, Page.Y, HeightOf(count));
        page.Artifact("", () =>
        {
            if (isHeader)
            {
                page.Shade(Sheet.Left, top - height, widths.Sum(), height);
            }

            page.Rule(Sheet.Left, top - height, widths.Sum(), isHeader ? 0.8 : 0.4);
        });
        var x = Sheet.Left;
        foreach (var (column, cell) in cells.Index())
        {
            var (left, slice) = (x + Padding, cell.Lines.Skip(at).Take(count).ToList());
            void Draw()
            {
                foreach (var (index, line) in slice.Index())
                {
                    page.Line(line, left, Baseline(top - Padding - (index * cell.Style.Leading), cell.Style), cell.Style.Size);
                }
            }

            if (cell.Element is null)
            {
                page.Artifact("/Type/Pagination", Draw);
            }
            else if (slice.Exists(line => line.Length > 0))
            {
                page.Mark(Tree, cell.Element, Draw);
            }

            x += widths[column];
        }

        page.Y -= height;
    }

    private void ContinueOnNewPage(List<Cell>? header, double[] widths)
    {
        NewPage();
        if (header is not null && HeightOf(header.Max(cell => cell.Lines.Count)) < (Sheet.Top - Sheet.Bottom) / 2)
        {
            // The header is read once; what is repeated is for the eye.
            SetSlice([.. header.Select(cell => cell with { Element = null })], widths, 0, header.Max(cell => cell.Lines.Count), isHeader: true);
        }
    }

    private static double HeightOf(int lines) => (lines * Style.Cell.Leading) + (2 * Padding);

    // Each column gets what its longest word needs, and of the rest as much as its text asks for.
    private double[] Widths(Table table, int columns)
    {
        var (least, wanted) = (new double[columns], new double[columns]);
        foreach (var (row, isHeader) in table.Rows.Select(row => (row, false)).Append((table.Header, true)))
        {
            foreach (var (column, text) in row.Index())
            {
                var style = isHeader || (table.RowHeaders && column == 0) ? Style.HeaderCell : Style.Cell;
                var shaped = Shaper.Shape(text, style.Bold).ToList();
                least[column] = Math.Max(least[column], LineBreaker.LongestWord(shaped, style.Size) + (2 * Padding) + 0.5);
                wanted[column] = Math.Max(wanted[column], shaped.Max(line => LineBreaker.WidthOf(line, style.Size)) + (2 * Padding) + 0.5);
            }
        }

        if (least.Sum() > Sheet.TextWidth)
        {
            // Words too long for the sheet are divided, those of the widest columns first.
            var even = Sheet.TextWidth / columns;
            var spare = Sheet.TextWidth - least.Sum(width => Math.Min(width, even));
            var over = least.Sum(width => Math.Max(width - even, 0));
            return [.. least.Select(width => width <= even ? width : even + (spare * (width - even) / over))];
        }

        var (room, more) = (Sheet.TextWidth - least.Sum(), wanted.Sum() - least.Sum());
        return [.. least.Select((width, column) => width + (room * (more > 0 ? (wanted[column] - width) / more : 1d / columns)))];
    }
}
