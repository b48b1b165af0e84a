using System.Text;

namespace Iop.Typesetting.Fonts;

/// <summary>
/// The glyphs of a font that a document uses, one for each character. A character has its own number even where two
/// share an outline, as hyphen and soft hyphen do, so that what is copied out of the file is what was written.
/// </summary>
internal sealed class FontSubset(Lazy<TrueTypeFont> font)
{
    private static readonly string[] Kept = ["cvt ", "fpgm", "prep"];

    private readonly Dictionary<int, ushort> _numbers = [];
    private readonly List<ushort> _glyphs = [0];
    private readonly List<int> _characters = [0];

    /// <summary>The font, which is read when its first glyph is looked for.</summary>
    public TrueTypeFont Font => font.Value;

    /// <summary>Characters by their numbers, from 1.</summary>
    public IReadOnlyList<int> Characters => _characters;

    public bool IsUsed => _characters.Count > 1;

    public ushort NumberOf(int character, ushort glyph)
    {
        if (!_numbers.TryGetValue(character, out var number))
        {
            number = (ushort)_glyphs.Count;
            _numbers.Add(character, number);
            _glyphs.Add(glyph);
            _characters.Add(character);
        }

        return number;
    }

    public int WidthOf(int number) => Font.WidthOf(_glyphs[number]);

    /// <summary>A font file with these glyphs only, numbered as the characters are.</summary>
    public byte[] ToFontFile()
    {
        List<ushort> glyphs = [.. _glyphs];
        var (outlines, offsets) = Outlines(glyphs);
        var (metrics, locations) = (new byte[glyphs.Count * 4], new byte[offsets.Count * 4]);
        for (var number = 0; number < glyphs.Count; number++)
        {
            metrics.AsSpan().U16(number * 4, Font.AdvanceOf(glyphs[number]));
            metrics.AsSpan().U16((number * 4) + 2, Font.LeftSideBearingOf(glyphs[number]));
        }

        for (var offset = 0; offset < offsets.Count; offset++)
        {
            locations.AsSpan().U32(offset * 4, (uint)offsets[offset]);
        }

        var (head, header, profile) = (Font.Table("head").ToArray(), Font.Table("hhea").ToArray(), Font.Table("maxp").ToArray());
        head.AsSpan().U32(8, 0);
        head.AsSpan().U16(50, 1);
        header.AsSpan().U16(34, glyphs.Count);
        profile.AsSpan().U16(4, glyphs.Count);
        SortedDictionary<string, byte[]> tables = new(StringComparer.Ordinal)
        {
            ["glyf"] = outlines,
            ["head"] = head,
            ["hhea"] = header,
            ["hmtx"] = metrics,
            ["loca"] = locations,
            ["maxp"] = profile,
        };
        foreach (var table in Kept.Where(Font.Has))
        {
            tables[table] = Font.Table(table).ToArray();
        }

        return Assembled(tables);
    }

    private (byte[] Outlines, List<int> Offsets) Outlines(List<ushort> glyphs)
    {
        using var outlines = new MemoryStream();
        List<int> offsets = [0];
        for (var number = 0; number < glyphs.Count; number++)
        {
            var outline = Font.OutlineOf(glyphs[number]).ToArray();
            Renumber(outline, glyphs);
            outlines.Write(outline);
            outlines.SetLength((outlines.Length + 3) & ~3);
            outlines.Position = outlines.Length;
            offsets.Add((int)outlines.Length);
        }

        return (outlines.ToArray(), offsets);
    }

    // An outline made of others names them: they come along, and the list grows while it is walked.
    private static void Renumber(byte[] outline, List<ushort> glyphs)
    {
        ReadOnlySpan<byte> bytes = outline;
        if (outline.Length == 0 || bytes.I16(0) >= 0)
        {
            return;
        }

        const int wordArguments = 0x1, oneScale = 0x8, more = 0x20, twoScales = 0x40, matrix = 0x80;
        int at = 10, flags;
        do
        {
            flags = bytes.U16(at);
            var part = bytes.U16(at + 2);
            var known = glyphs.IndexOf(part);
            if (known < 0)
            {
                known = glyphs.Count;
                glyphs.Add(part);
            }

            outline.AsSpan().U16(at + 2, known);
            at += 4 + ((flags & wordArguments) != 0 ? 4 : 2) + ((flags & oneScale) != 0 ? 2 : (flags & twoScales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0);
        }
        while ((flags & more) != 0);
    }

    private static byte[] Assembled(SortedDictionary<string, byte[]> tables)
    {
        var offset = 12 + (tables.Count * 16);
        var file = new byte[offset + tables.Values.Sum(table => (table.Length + 3) & ~3)];
        var power = (int)Math.Log2(tables.Count);
        file.AsSpan().U32(0, 0x00010000);
        file.AsSpan().U16(4, tables.Count);
        file.AsSpan().U16(6, (1 << power) * 16);
        file.AsSpan().U16(8, power);
        file.AsSpan().U16(10, (tables.Count - (1 << power)) * 16);
        var record = 12;
        foreach (var (name, table) in tables)
        {
            Encoding.ASCII.GetBytes(name).CopyTo(file, record);
            table.CopyTo(file, offset);
            file.AsSpan().U32(record + 4, Checksum(file.AsSpan(offset, (table.Length + 3) & ~3)));
            file.AsSpan().U32(record + 8, (uint)offset);
            file.AsSpan().U32(record + 12, (uint)table.Length);
            offset += (table.Length + 3) & ~3;
            record += 16;
        }

        var head = (int)((ReadOnlySpan<byte>)file).U32(12 + (tables.Keys.ToList().IndexOf("head") * 16) + 8);
        file.AsSpan().U32(head + 8, 0xB1B0AFBA - Checksum(file));
        return file;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var at = 0; at < bytes.Length; at += 4)
        {
            sum += bytes.U32(at);
        }

        return sum;
    }
}
