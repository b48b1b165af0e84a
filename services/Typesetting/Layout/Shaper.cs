using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Iop.Typesetting.Fonts;

namespace Iop.Typesetting.Layout;

/// <summary>A character as it is set: in which font, under which number, how wide in thousandths, and what it is to a line.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Glyph(int Font, ushort Number, int Width, GlyphKind Kind);

internal enum GlyphKind
{
    Sign,

    /// <summary>A blank at which a line can end.</summary>
    Blank,

    /// <summary>A sign that belongs to the one before it.</summary>
    Combining,
}

/// <summary>Finds the glyphs of a text. Nothing is lost: a character that no font has is set as its code.</summary>
internal sealed class Shaper
{
    private const int NoBreakHyphen = 0x2011;
    private readonly Dictionary<(int CodePoint, bool Bold), Glyph?> _known = [];
    private readonly FontSubset[] _regular;
    private readonly FontSubset[] _bold;

    public Shaper(FontLibrary library)
    {
        (_regular, _bold) = ([.. library.Regular.Select(font => new FontSubset(font))], [.. library.Bold.Select(font => new FontSubset(font))]);
        Fonts = [.. _regular, .. _bold];
    }

    /// <summary>The fonts by the index that glyphs name.</summary>
    public IReadOnlyList<FontSubset> Fonts { get; }

    /// <summary>The glyphs of a text, one list for each of its lines.</summary>
    public IEnumerable<List<Glyph>> Shape(string text, bool bold) =>
        text.Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").Split('\n').Select(line => ShapeLine(line, bold));

    private List<Glyph> ShapeLine(string line, bool bold)
    {
        List<Glyph> glyphs = new(line.Length);
        var previous = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            // Zero-width characters and soft hyphens are hints for a setter, not text.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format)
            {
                continue;
            }

            var character = rune.Value is '\t' or '\v' or '\f' ? ' ' : rune.Value;
            if (GlyphOf(character, bold) is { } glyph)
            {
                // A line never ends with a hyphen: readers of the file would take it for a word that was divided.
                glyphs.Add(glyph.Kind == GlyphKind.Blank && previous == '-' ? glyph with { Kind = GlyphKind.Sign } : glyph);
            }
            else
            {
                glyphs.AddRange($"[U+{character:X4}]".Select(sign => GlyphOf(sign, bold)!.Value));
            }

            previous = character;
        }

        return glyphs;
    }

    private Glyph? GlyphOf(int character, bool bold)
    {
        if (!_known.TryGetValue((character, bold), out var glyph))
        {
            glyph = Find(character, bold);
            _known.Add((character, bold), glyph);
        }

        return glyph;
    }

    private Glyph? Find(int character, bool bold)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(character);
        if (category is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate)
        {
            return null;
        }

        var kind = character == ' ' ? GlyphKind.Blank
            : category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark ? GlyphKind.Combining
            : GlyphKind.Sign;
        foreach (var look in LooksOf(character, category))
        {
            foreach (var subset in bold ? _bold : _regular)
            {
                if (subset.Font.GlyphOf(look) is var found and not 0)
                {
                    return new Glyph(Fonts.Index().First(font => font.Item == subset).Index, subset.NumberOf(character, found), subset.Font.WidthOf(found), kind);
                }
            }
        }

        return null;
    }

    // What a character can be drawn as. The file still says which it was.
    private static IEnumerable<int> LooksOf(int character, UnicodeCategory category) => character switch
    {
        NoBreakHyphen => [NoBreakHyphen, 0x2010, '-'],
        _ when category == UnicodeCategory.SpaceSeparator => [character, ' '],
        _ => [character],
    };
}
