using FsCheck;
using FsCheck.Fluent;

namespace Iop.Typesetting.Tests;

/// <summary>What is written can be read out of the file again, all of it and in order.</summary>
public sealed class TextTests
{
    private static readonly string[] Words =
    [
        "överenskommelse", "Åkes", "ängen", "é", "à-conto", "upp-", "och", "ned", "IOP", "–", "”citat”", "1 200 000 kr", "2027-01-01", "§", "½", "€",
        "https://exempel.se/en/mycket/lang/adress/som/inte/ryms/pa/en/rad/utan/att/delas/nagonstans?fraga=1&svar=2",
        "realisationsvinstbeskattningsregelverksutredningsbetänkandeförslagssammanställningsdokumentationsbilaga", "\"x\"", "(a|b)", "<y>", "\\", "&",
    ];

    // Shown again on every page that a table goes over.
    private const string RepeatedHeader = "HuvudpartHuvudbidragHuvudvärde";

    [Fact]
    public void No_text_is_lost_whatever_the_document_holds()
    {
        var text = Gen.ArrayOf(Gen.Elements(Words)).Select(words => string.Join(' ', words)).Where(line => line.Length > 0);
        var cells = Gen.ArrayOf(text, 3).Select(row => (IReadOnlyList<string>)row);
        var block = Gen.OneOf<Block>(
            text.Select(line => (Block)new Paragraph(line)),
            text.Select(line => (Block)new Heading(2, line)),
            Gen.NonEmptyListOf(text).Select(lines => (Block)new ItemList([.. lines.Select((line, index) => new ListItem($"{index + 1}.", line))])),
            Gen.NonEmptyListOf(cells).Select(rows => (Block)new Table(["Huvudpart", "Huvudbidrag", "Huvudvärde"], [.. rows])));
        var documents = Gen.NonEmptyListOf(block).Select(blocks => Samples.Of([new Heading(1, "Titel"), .. blocks]) with { Footer = "" });

        Prop.ForAll(documents.ToArbitrary(), document =>
        {
            var pdf = Samples.Typesetter.Render(document);
            var (shown, told) = (Poppler.Text(pdf, "-raw"), new TaggedPdf(pdf).Root.WholeText);
            var written = StructureTests.Squeezed(StructureTests.Written(document));
            return (StructureTests.Squeezed(told) == written).Label(told).And((StructureTests.Squeezed(shown).Replace(RepeatedHeader, "", StringComparison.Ordinal) == written.Replace(RepeatedHeader, "", StringComparison.Ordinal)).Label(shown));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithEndSize(12));
    }

    [Theory]
    [InlineData("Räksmörgås på Öland, för Åsa – ”à la carte” ½ €")]
    [InlineData("Hyphen - och bindestreck upp- och ned, 070-174 06 05")]
    [InlineData("Polska: Łódź, zażółć gęślą jaźń. Grekiska: Ελλάδα. Kyrilliska: Україна")]
    [InlineData("Romani: o drom. Samiska: Sámi álbmotbeaivi, đŋŧžš")]
    [InlineData("Arrows → and signs ✓ that only the second font has")]
    public void Languages_of_our_readers_come_out_as_they_went_in(string text)
    {
        var read = Poppler.Text(Samples.Typesetter.Render(Samples.Of(new Paragraph(text))));

        Assert.Contains(text, read, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_that_no_font_has_is_set_as_its_code()
    {
        var read = Poppler.Text(Samples.Typesetter.Render(Samples.Of(new Paragraph("Tecknet 漢 och \u0007."))));

        Assert.Contains("Tecknet [U+6F22] och [U+0007].", read, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_never_ends_with_a_hyphen_that_a_reader_would_take_for_a_divided_word()
    {
        var text = string.Join(' ', Enumerable.Repeat("för- och nackdelar", 60));

        var read = Poppler.Text(Samples.Typesetter.Render(Samples.Of(new Paragraph(text)) with { Footer = "" }));

        Assert.Equal(text, string.Join(' ', read.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void The_same_document_gives_the_same_bytes() =>
        Assert.Equal(Samples.Typesetter.Render(Samples.Long(4)), Samples.Typesetter.Render(Samples.Long(4)));

    [Fact]
    public void Many_set_at_once_as_well_as_one()
    {
        var alone = Samples.Typesetter.Render(Samples.Long(6));

        var together = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(8).Select(_ => Samples.Typesetter.Render(Samples.Long(6))).ToList();

        Assert.All(together, pdf => Assert.Equal(alone, pdf));
    }

    [Fact]
    public void Without_fonts_it_says_which_to_install()
    {
        var exception = Assert.Throws<Iop.Typesetting.Fonts.FontsMissingException>(
            () => new Typesetter(new Iop.Typesetting.Fonts.FontLibrary(["/nowhere"])).Render(Samples.Of(new Paragraph("x"))));

        Assert.Contains("fonts-liberation2", exception.Message, StringComparison.Ordinal);
    }
}
