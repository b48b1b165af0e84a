using Iop.Typesetting.Fonts;

namespace Iop.Typesetting.Tests;

internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 3, 11, 0, 0, TimeSpan.Zero);

    public static readonly Typesetter Typesetter = new(FontLibrary.OfSystem);

    public static Document Of(params IReadOnlyList<Block> blocks) => new("Öppen kväll & mötesplats")
    {
        Author = "Åmåls <kommun>",
        Subject = "Överenskommelse om idéburet offentligt partnerskap",
        CreateTime = Noon,
        Blocks = blocks,
        Footer = "Sida {page} av {pages}",
    };

    /// <summary>An agreement of the length that long ones have.</summary>
    public static Document Long(int sections = 40)
    {
        const string paragraph = "Parterna driver tillsammans en öppen mötesplats för unga vuxna. Verksamheten utgår från deltagarnas egna "
            + "behov och önskemål, och planeras av en styrgrupp där båda parter har lika många röster. Mötesplatsen är öppen tre kvällar i "
            + "veckan året om, även under skollov, och kostar ingenting för den som kommer.";
        List<Block> blocks = [new Heading(1, "Öppen kväll")];
        for (var section = 1; section <= sections; section++)
        {
            blocks.Add(new Heading(2, $"Rubrik {section}"));
            blocks.AddRange(Enumerable.Repeat(new Paragraph(paragraph), 3));
            blocks.Add(new ItemList([new("•", "Lokal och el"), new("•", "Två ledare per kväll"), new("•", paragraph)]));
            if (section % 5 == 0)
            {
                blocks.Add(new Table(
                    ["Part", "Bidrag", "Beskrivning", "Värde", "Timmar", "Så har värdet beräknats"],
                    [.. Enumerable.Range(1, 12).Select(row => (IReadOnlyList<string>)["Förening", "ideell tid", $"Ledare kväll {row}", "450 000 kr", "2700", "Timmar gånger 166 kronor"])]));
            }
        }

        return Of(blocks);
    }
}
