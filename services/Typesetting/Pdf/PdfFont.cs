using System.Globalization;
using System.Text;
using Iop.Typesetting.Fonts;

namespace Iop.Typesetting.Pdf;

/// <summary>Writes a used font into the file: embedded, and with a map back to the characters.</summary>
internal static class PdfFont
{
    public static int Write(PdfFile file, FontSubset subset, string tag)
    {
        var font = subset.Font;
        var name = $"{tag}+{font.PostScriptName}";
        var program = subset.ToFontFile();
        var embedded = file.AddStream($"/Length1 {program.Length}", program);
        var box = string.Join(' ', font.Box);
        var descriptor = file.Add(
            $"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle {font.ItalicAngle}/Ascent {font.Ascent}"
            + $"/Descent {font.Descent}/CapHeight {font.CapHeight}/StemV 80/FontFile2 {embedded} 0 R>>");
        var widths = string.Join(' ', Enumerable.Range(0, subset.Characters.Count).Select(subset.WidthOf));
        var descendant = file.Add(
            $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            + $"/FontDescriptor {descriptor} 0 R/DW 1000/W[0[{widths}]]/CIDToGIDMap/Identity>>");
        var toUnicode = file.AddStream("", Encoding.ASCII.GetBytes(ToUnicode(subset)));
        return file.Add($"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {toUnicode} 0 R>>");
    }

    private static string ToUnicode(FontSubset subset)
    {
        const int mostInOneBlock = 100;
        var map = new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """);
        foreach (var block in Enumerable.Range(1, subset.Characters.Count - 1).Chunk(mostInOneBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var number in block)
            {
                var character = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(subset.Characters[number])));
                map.Append(CultureInfo.InvariantCulture, $"<{number:X4}> <{character}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
