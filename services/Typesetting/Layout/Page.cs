using System.Text;
using Iop.Typesetting.Pdf;

namespace Iop.Typesetting.Layout;

/// <summary>One page while it is drawn, from its top down.</summary>
internal sealed class Page(int index)
{
    private readonly StringBuilder _content = new();

    public int Index => index;

    /// <summary>How far down the page is filled.</summary>
    public double Y { get; set; } = Sheet.Top;

    public bool IsFresh => Y >= Sheet.Top;

    public byte[] Content => Encoding.ASCII.GetBytes(_content.ToString());

    /// <summary>Draws text that belongs to an element.</summary>
    public void Mark(StructureTree tree, StructureElement element, Action draw)
    {
        _content.Append('/').Append(element.Tag).Append(" <</MCID ").Append(tree.Mark(element, index)).Append(">> BDC\n");
        draw();
        _content.Append("EMC\n");
    }

    /// <summary>Draws what is no part of the text: rules, repeated headers, the foot.</summary>
    public void Artifact(string properties, Action draw)
    {
        _content.Append("/Artifact ").Append(properties.Length == 0 ? "BMC\n" : $"<<{properties}>> BDC\n");
        draw();
        _content.Append("EMC\n");
    }

    public void Line(ReadOnlySpan<Glyph> glyphs, double x, double baseline, double size)
    {
        if (glyphs.Length == 0)
        {
            return;
        }

        _content.Append("BT 1 0 0 1 ").Append(PdfSyntax.Number(x)).Append(' ').Append(PdfSyntax.Number(baseline)).Append(" Tm ");
        var (font, open) = (-1, false);
        foreach (var glyph in glyphs)
        {
            if (glyph.Font != font)
            {
                _content.Append(open ? "> Tj " : "").Append("/F").Append(glyph.Font).Append(' ').Append(PdfSyntax.Number(size)).Append(" Tf <");
                (font, open) = (glyph.Font, true);
            }

            AppendHex(glyph.Number);
        }

        _content.Append("> Tj ET\n");
    }

    public void Rule(double x, double y, double width, double weight) =>
        _content.Append("q 0.6 G ").Append(PdfSyntax.Number(weight)).Append(" w ").Append(PdfSyntax.Number(x)).Append(' ').Append(PdfSyntax.Number(y)).Append(" m ")
            .Append(PdfSyntax.Number(x + width)).Append(' ').Append(PdfSyntax.Number(y)).Append(" l S Q\n");

    public void Shade(double x, double y, double width, double height) =>
        _content.Append("q 0.93 g ").Append(PdfSyntax.Number(x)).Append(' ').Append(PdfSyntax.Number(y)).Append(' ')
            .Append(PdfSyntax.Number(width)).Append(' ').Append(PdfSyntax.Number(height)).Append(" re f Q\n");

    private void AppendHex(ushort number)
    {
        const string digits = "0123456789ABCDEF";
        _content.Append(digits[number >> 12]).Append(digits[(number >> 8) & 15]).Append(digits[(number >> 4) & 15]).Append(digits[number & 15]);
    }
}
