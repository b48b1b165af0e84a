namespace Iop.Typesetting.Layout;

/// <summary>Divides glyphs into lines. The blank at which a line ends stays in it, so that words do not run together.</summary>
internal static class LineBreaker
{
    public static List<Glyph[]> Break(IEnumerable<List<Glyph>> paragraph, double width, double size)
    {
        List<Glyph[]> lines = [];
        foreach (var glyphs in paragraph)
        {
            Break(glyphs, width * 1000 / size, lines);
        }

        return lines;
    }

    public static double WidthOf(IEnumerable<Glyph> glyphs, double size) => glyphs.Sum(glyph => glyph.Width) * size / 1000;

    /// <summary>The width of the longest word.</summary>
    public static double LongestWord(IEnumerable<List<Glyph>> paragraph, double size)
    {
        var (longest, word) = (0, 0);
        foreach (var glyph in paragraph.SelectMany(line => line.Append(new Glyph(0, 0, 0, GlyphKind.Blank))))
        {
            word = glyph.Kind == GlyphKind.Blank ? 0 : word + glyph.Width;
            longest = Math.Max(longest, word);
        }

        return longest * size / 1000;
    }

    private static void Break(List<Glyph> glyphs, double width, List<Glyph[]> lines)
    {
        var start = 0;
        do
        {
            var end = EndOfLine(glyphs, start, width);
            lines.Add([.. glyphs[start..end]]);
            start = end;
        }
        while (start < glyphs.Count);
    }

    private static int EndOfLine(List<Glyph> glyphs, int start, double width)
    {
        var (used, lastBlank) = (0d, -1);
        for (var at = start; at < glyphs.Count; at++)
        {
            var glyph = glyphs[at];
            if (glyph.Kind == GlyphKind.Blank)
            {
                lastBlank = at;
            }
            else if (used + glyph.Width > width && at > start)
            {
                // A word longer than the line is divided where the line ends, but never between a sign and its accent.
                return lastBlank >= start ? lastBlank + 1 : BeforeAccented(glyphs, at, start);
            }

            used += glyph.Width;
        }

        return glyphs.Count;
    }

    private static int BeforeAccented(List<Glyph> glyphs, int at, int start)
    {
        var end = at;
        while (end > start + 1 && glyphs[end].Kind == GlyphKind.Combining)
        {
            end--;
        }

        return end;
    }
}
