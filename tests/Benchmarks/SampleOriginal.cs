using System.Text;
using Iop.Typesetting;

namespace Iop.Benchmarks;

/// <summary>An original as long ones are: twenty pages of text, lists and tables, the page of signatures, the data attached.</summary>
internal static class SampleOriginal
{
    private const int Sections = 34;

    private const string Words = "Parterna driver tillsammans en öppen mötesplats för unga vuxna. Verksamheten utgår från deltagarnas egna behov och "
        + "önskemål, och planeras av en styrgrupp där båda parter har lika många röster. Mötesplatsen är öppen tre kvällar i veckan året om, "
        + "även under skollov, och kostar ingenting för den som kommer.";

    public static readonly DateTimeOffset Time = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    public static IEnumerable<string> Fonts =>
        new[] { "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf" }.Select(font => Directory.EnumerateFiles("/usr/share/fonts", font, SearchOption.AllDirectories).First());

    public static Document Document()
    {
        List<Block> blocks = [new Heading(1, "Öppen kväll")];
        for (var section = 1; section <= Sections; section++)
        {
            blocks.AddRange([new Heading(2, $"Rubrik {section}"), new Paragraph(Words), new Paragraph(Words), new Paragraph(Words)]);
            blocks.Add(new ItemList([new("•", "Lokal och el"), new("•", "Två ledare per kväll"), new("•", Words)]));
            if (section % 5 == 0)
            {
                blocks.Add(new Table(
                    ["Part", "Bidrag", "Beskrivning", "Värde", "Timmar", "Så har värdet beräknats"],
                    [.. Enumerable.Range(1, 12).Select(row => (IReadOnlyList<string>)["Förening", "ideell tid", $"Ledare kväll {row}", "450 000 kr", "2700", "Timmar gånger 166 kronor"])]));
            }
        }

        blocks.AddRange([new PageBreak(), new Heading(2, "Underskrifter"), new Table(["Part", "Namn", "Roll"], [["Föreningen", "Anna Andersson", "ordförande"], ["Nämnden", "Kim Ordförande", "ordförande"]])]);
        var text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(Words, 100)));
        return new Document("Öppen kväll")
        {
            Author = "Mätning",
            CreateTime = Time,
            Footer = "Sida {page} av {pages}",
            Blocks = blocks,
            Attachments =
            [
                new Attachment("overenskommelse.json", "application/json", text, AttachmentRelationship.Source),
                new Attachment("overenskommelse.txt", "text/plain", text, AttachmentRelationship.Alternative),
            ],
        };
    }

    public static string TextOf(Document document) => string.Join('\n', document.Blocks.Select(block => block switch
    {
        Heading heading => heading.Text,
        Paragraph paragraph => paragraph.Text,
        ItemList list => string.Join('\n', list.Items.Select(item => item.Text)),
        Table table => string.Join('\n', table.Rows.SelectMany(row => row)),
        _ => "",
    })) + string.Concat(document.Attachments.Select(file => Encoding.UTF8.GetString(file.Content.Span)));
}
