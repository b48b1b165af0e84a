namespace Iop.Typesetting.Fonts;

/// <summary>The table of a font that leads from characters to glyphs.</summary>
internal static class CharacterMap
{
    public static Dictionary<int, ushort> Read(ReadOnlySpan<byte> cmap)
    {
        Dictionary<int, ushort> glyphs = [];
        for (var subtable = 0; subtable < cmap.U16(2); subtable++)
        {
            var at = 4 + (subtable * 8);
            var (platform, encoding) = (cmap.U16(at), cmap.U16(at + 2));

            // Unicode, from whichever platform; the format says how much of it.
            if (platform == 0 || (platform == 3 && encoding is 1 or 10))
            {
                ReadSubtable(cmap[(int)cmap.U32(at + 4)..], glyphs);
            }
        }

        return glyphs;
    }

    private static void ReadSubtable(ReadOnlySpan<byte> map, Dictionary<int, ushort> glyphs)
    {
        switch (map.U16(0))
        {
            case 4:
                ReadSegments(map, glyphs);
                break;
            case 12:
                ReadGroups(map, glyphs);
                break;
        }
    }

    private static void ReadSegments(ReadOnlySpan<byte> map, Dictionary<int, ushort> glyphs)
    {
        var twice = map.U16(6);
        for (var segment = 0; segment < twice; segment += 2)
        {
            var (end, start) = (map.U16(14 + segment), map.U16(16 + twice + segment));
            var (delta, offset) = (map.U16(16 + (twice * 2) + segment), map.U16(16 + (twice * 3) + segment));
            for (var character = start; character <= end && character != 0xFFFF; character++)
            {
                var glyph = offset == 0 ? character : map.U16(16 + (twice * 3) + segment + offset + ((character - start) * 2));
                if (glyph != 0 && (ushort)(glyph + delta) is var found and not 0)
                {
                    glyphs.TryAdd(character, found);
                }
            }
        }
    }

    private static void ReadGroups(ReadOnlySpan<byte> map, Dictionary<int, ushort> glyphs)
    {
        for (var group = 0; group < map.U32(12); group++)
        {
            var at = 16 + (group * 12);
            var (start, end, glyph) = ((int)map.U32(at), (int)map.U32(at + 4), (int)map.U32(at + 8));
            for (var character = start; character <= end; character++)
            {
                glyphs.TryAdd(character, (ushort)(glyph + character - start));
            }
        }
    }
}
