using System.Text;

namespace Iop.Typesetting.Fonts;

/// <summary>A TrueType font: which glyph a character has, how wide it is, and the outlines to embed.</summary>
internal sealed class TrueTypeFont
{
    private readonly byte[] _file;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = [];
    private readonly Dictionary<int, ushort> _glyphs;
    private readonly int _horizontalMetrics;
    private readonly bool _longOffsets;

    public TrueTypeFont(byte[] file)
    {
        _file = file;
        ReadOnlySpan<byte> bytes = file;
        for (var table = 0; table < bytes.U16(4); table++)
        {
            var at = 12 + (table * 16);
            _tables[Encoding.ASCII.GetString(bytes.Slice(at, 4))] = ((int)bytes.U32(at + 8), (int)bytes.U32(at + 12));
        }

        UnitsPerEm = Table("head").U16(18);
        _longOffsets = Table("head").I16(50) != 0;
        Box = [.. Enumerable.Range(0, 4).Select(index => Scaled(Table("head").I16(36 + (index * 2))))];
        _horizontalMetrics = Table("hhea").U16(34);
        (Ascent, Descent) = (Scaled(Table("hhea").I16(4)), Scaled(Table("hhea").I16(6)));
        GlyphCount = Table("maxp").U16(4);
        CapHeight = Table("OS/2") is { Length: >= 90 } metrics && metrics.U16(0) >= 2 ? Scaled(metrics.I16(88)) : Ascent;
        ItalicAngle = Table("post").I16(4);
        PostScriptName = ReadPostScriptName();
        _glyphs = CharacterMap.Read(Table("cmap"));
    }

    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    /// <summary>Measures, as all others in thousandths of the size.</summary>
    public int Ascent { get; }

    public int Descent { get; }

    public int CapHeight { get; }

    public int ItalicAngle { get; }

    public IReadOnlyList<int> Box { get; }

    public string PostScriptName { get; }

    /// <summary>The glyph of a character; 0 when the font has none.</summary>
    public ushort GlyphOf(int codePoint) => _glyphs.GetValueOrDefault(codePoint);

    public int WidthOf(ushort glyph) => Scaled(Table("hmtx").U16(Math.Min(glyph, _horizontalMetrics - 1) * 4));

    public int LeftSideBearingOf(ushort glyph) => glyph < _horizontalMetrics
        ? Table("hmtx").I16((glyph * 4) + 2)
        : Table("hmtx").I16((_horizontalMetrics * 4) + ((glyph - _horizontalMetrics) * 2));

    public int AdvanceOf(ushort glyph) => Table("hmtx").U16(Math.Min(glyph, _horizontalMetrics - 1) * 4);

    public ReadOnlySpan<byte> OutlineOf(ushort glyph)
    {
        var offsets = Table("loca");
        var (from, to) = _longOffsets
            ? ((int)offsets.U32(glyph * 4), (int)offsets.U32((glyph + 1) * 4))
            : (offsets.U16(glyph * 2) * 2, offsets.U16((glyph + 1) * 2) * 2);
        return Table("glyf")[from..to];
    }

    public bool Has(string table) => _tables.ContainsKey(table);

    public ReadOnlySpan<byte> Table(string name) =>
        _tables.TryGetValue(name, out var table) ? _file.AsSpan(table.Offset, table.Length) : [];

    private int Scaled(int units) => (int)Math.Round(units * 1000d / UnitsPerEm, MidpointRounding.AwayFromZero);

    private string ReadPostScriptName()
    {
        const int postScriptName = 6;
        const int windows = 3;
        var names = Table("name");
        for (var record = 0; record < names.U16(2); record++)
        {
            var at = 6 + (record * 12);
            if (names.U16(at) == windows && names.U16(at + 6) == postScriptName)
            {
                return Encoding.BigEndianUnicode.GetString(names.Slice(names.U16(4) + names.U16(at + 10), names.U16(at + 8)));
            }
        }

        return "Font";
    }
}
