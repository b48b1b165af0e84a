using Iop.Agreements.Domain;
using Iop.Typesetting;

namespace Iop.Agreements.Tests;

/// <summary>The original says what was signed, no more and no less, and says what each part of it is.</summary>
public sealed class OriginalTextTests
{
    private static readonly Agreement Agreement = Samples.InSigning();

    private static readonly OriginalFacts Facts = new()
    {
        Name = "municipalities/1285/agreements/a",
        PackName = "municipalities/1285/guidelinePacks/2024-1",
        Title = Agreement.Terms.Title,
        Version = 1,
        Keeper = "Eslöv",
        CanonicalText = Agreement.CanonicalText,
        TextHash = Agreement.TextHash,
        Headings = [.. Agreement.Sections.Select(section => section.Heading.Sv)],
        Annexes = [],
        Signatures = [new SignatureEvidence("Öppna Famnen Eslöv", "Anna Andersson", "ordförande", "loa3", "Platform", new DateTimeOffset(2026, 7, 1, 22, 30, 0, TimeSpan.Zero)) { Class = SignatureClass.Simple }],
        ActivateTime = Samples.Now,
        Data = "{}"u8.ToArray(),
        SealName = "Provkommun",
    };

    [Fact]
    public void Every_character_of_the_signed_text_stands_in_the_original_in_order()
    {
        var blocks = OriginalText.Read(Agreement.CanonicalText, Headings());

        var written = string.Concat(blocks.Select(TextOf));
        Assert.Equal(Squeezed(Agreement.CanonicalText), Squeezed(written));
    }

    [Fact]
    public void Headings_lists_and_tables_are_recognised()
    {
        var blocks = OriginalText.Read(Agreement.CanonicalText, Headings());

        Assert.Equal(new Heading(1, "Öppen kväll"), blocks[0]);
        Assert.Contains(new Heading(2, "Rubrik economy"), blocks);
        Assert.Contains(new Heading(3, "Kontaktpersoner"), blocks);
        var tables = blocks.OfType<Table>().ToList();
        Assert.Equal(["Part", "Bidrag", "Beskrivning", "Värde", "Timmar", "Så har värdet beräknats"], tables[0].Header);
        Assert.Equal(["Öppna Famnen Eslöv", "ideell tid", "", "450 000 kr", "2700", "Timmar gånger 166 kronor"], tables[0].Rows[1]);
        Assert.Contains(tables, table => table.Header.SequenceEqual(["Datum", "Från", "Till", "Belopp"]));
        Assert.Contains(blocks.OfType<ItemList>(), list => list.Items is [{ Label: "1.", Text: "Färre unga är ensamma." }]);
        Assert.Contains(blocks.OfType<ItemList>(), list => list.Items.Any(item => item is { Label: "•", Text: "Arbete och försörjning" }));
    }

    [Theory]
    [InlineData("## Egen rubrik")]
    [InlineData("# Öppen kväll")]
    [InlineData("#tagg")]
    [InlineData("| bara en rad |")]
    [InlineData("-bindestreck först")]
    [InlineData("2027 börjar vi.")]
    [InlineData("|")]
    [InlineData("1.5 tjänst")]
    public void What_a_party_writes_that_looks_like_a_mark_stays_text(string line)
    {
        var blocks = OriginalText.Read($"# Titel\n\n## Rubrik\n\n{line}\n", new HashSet<string> { "Rubrik" });

        Assert.Equal(new Paragraph(line), blocks[^1]);
    }

    [Fact]
    public void A_bar_that_a_cell_holds_is_part_of_the_cell()
    {
        var table = Assert.IsType<Table>(OriginalText.Read("| A | B |\n| --- | --- |\n| x \\| y |  |\n", new HashSet<string>()).Single());

        Assert.Equal(["x | y", ""], table.Rows[0]);
    }

    [Fact]
    public void The_last_page_tells_who_signed_and_how_the_text_is_known()
    {
        var document = OriginalDocument.Load().Write(Facts);

        var rest = document.Blocks.SkipWhile(block => block is not PageBreak).ToList();
        var (signatures, about) = (rest.OfType<Table>().First(), rest.OfType<Table>().Last());
        Assert.Equal(["Öppna Famnen Eslöv", "Anna Andersson", "ordförande", "loa3", "Enkel", "2026-07-02 00:30:00"], signatures.Rows[0].Take(6));
        Assert.StartsWith("Elektroniskt", signatures.Rows[0][6], StringComparison.Ordinal);
        Assert.Contains(about.Rows, row => row[1] == Agreement.TextHash);
        Assert.True(about.RowHeaders);
        Assert.Equal(["overenskommelse.json", "overenskommelse.txt"], document.Attachments.Select(attachment => attachment.FileName));
    }

    private static HashSet<string> Headings() =>
        [.. Agreement.Sections.Select(section => section.Heading.Sv), Samples.Phrases["appendix"], Samples.Phrases["heading.Contacts"]];

    private static string TextOf(Block block) => block switch
    {
        Heading heading => heading.Text,
        Paragraph paragraph => paragraph.Text,
        ItemList list => string.Concat(list.Items.Select(item => item.Label + item.Text)),
        Table table => string.Concat(table.Header.Concat(table.Rows.SelectMany(row => row))),
        _ => "",
    };

    // Marks are what headings, lists and tables are written with.
    private static string Squeezed(string text) =>
        string.Concat(text.Replace("| --- ", "", StringComparison.Ordinal).Replace("\n- ", "\n", StringComparison.Ordinal).Where(sign => !char.IsWhiteSpace(sign) && sign is not '#' and not '|' and not '•'));
}
