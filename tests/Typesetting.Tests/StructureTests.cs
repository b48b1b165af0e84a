using System.Text;
using System.Xml.Linq;

namespace Iop.Typesetting.Tests;

/// <summary>What those who hear the text, or keep it for a hundred years, need the file to say.</summary>
public sealed class StructureTests
{
    private static readonly Document Whole = Samples.Of(
        new Heading(1, "Titel"),
        new Paragraph("Inledning\nmed två rader"),
        new Heading(2, "Rubrik"),
        new ItemList([new("•", "Punkt ett"), new("•", "Punkt två")]),
        new ItemList([new("1.", "Mål ett")]),
        new Table(["Part", "Belopp"], [["Kommunen", "1 kr"], ["Föreningen", ""]]),
        new Table([], [["Nivå", "3"]]) { RowHeaders = true });

    [Fact]
    public void Headings_paragraphs_lists_and_tables_are_what_they_are()
    {
        var root = new TaggedPdf(Samples.Typesetter.Render(Whole)).Root;

        Assert.Equal("Document", root.Tag);
        Assert.Equal(["H1", "P", "H2", "L", "L", "Table", "Table"], root.Children.Select(child => child.Tag));
        Assert.Equal("Titel", root.Children[0].Text);
        Assert.Equal("Inledningmed två rader", root.Children[1].Text);
        Assert.Equal(["Lbl:•", "LBody:Punkt ett"], root.Children[3].Children[0].Children.Select(child => $"{child.Tag}:{child.Text}"));
        Assert.Contains("/ListNumbering/Disc", root.Children[3].Content, StringComparison.Ordinal);
        Assert.Contains("/ListNumbering/Decimal", root.Children[4].Content, StringComparison.Ordinal);
        Assert.Equal(
            ["TH:Part TH:Belopp", "TD:Kommunen TD:1 kr", "TD:Föreningen TD:"],
            root.Children[5].Children.Select(row => string.Join(' ', row.Children.Select(cell => $"{cell.Tag}:{cell.Text}"))));
        Assert.All(root.Children[5].Children[0].Children, cell => Assert.Contains("/Scope/Column", cell.Content, StringComparison.Ordinal));
        Assert.Contains("/Scope/Row", root.Children[6].Children[0].Children[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_document_has_every_piece_of_text_in_the_structure_and_only_feet_and_repeated_headers_outside()
    {
        var pdf = new TaggedPdf(Samples.Typesetter.Render(Samples.Long()));

        Assert.Empty(pdf.Unmarked);
        Assert.Equal(pdf.Marks.OnPages, pdf.Marks.InTree);
        Assert.Equal(40, pdf.Root.All.Count(element => element.Tag == "H2"));
        Assert.Equal(8 * 13, pdf.Root.All.Count(element => element.Tag == "TR"));
        Assert.Equal(Squeezed(Written(Samples.Long())), Squeezed(pdf.Root.WholeText));
        string[] repeated = ["Part", "Bidrag", "Beskrivning", "Värde", "Timmar", "Så har värdet beräknats"];
        Assert.All(pdf.Artifacts.Except(repeated), artifact => Assert.Matches(@"^Sida \d+ av \d+$", artifact));
    }

    [Fact]
    public void A_table_that_goes_over_pages_shows_its_header_on_each_and_tells_it_once()
    {
        var table = new Table(["Datum", "Belopp"], [.. Enumerable.Range(1, 120).Select(row => (IReadOnlyList<string>)[$"Betalning {row}", $"{row} kr"])]);
        var bytes = Samples.Typesetter.Render(Samples.Of(table));
        var pdf = new TaggedPdf(bytes);

        Assert.Equal(121, pdf.Root.Children.Single().Children.Count);
        Assert.Equal(2, pdf.Root.All.Count(element => element.Tag == "TH"));
        Assert.Equal(Poppler.Text(bytes).Split('\f').Length - 2, pdf.Artifacts.Count(text => text == "Datum"));
    }

    [Fact]
    public void A_row_taller_than_a_page_goes_on_over_the_next()
    {
        var tall = string.Join('\n', Enumerable.Range(1, 150).Select(line => $"rad {line}"));
        var pdf = new TaggedPdf(Samples.Typesetter.Render(Samples.Of(new Table(["A", "B"], [[tall, "kort"]]))));

        Assert.Equal(tall.Replace("\n", "", StringComparison.Ordinal), pdf.Root.All.First(element => element.Tag == "TD").Text);
    }

    [Fact]
    public void Language_title_and_claims_stand_in_the_file()
    {
        var pdf = new TaggedPdf(Samples.Typesetter.Render(Whole));

        Assert.Contains("/Lang(sv-SE)", pdf.Catalog, StringComparison.Ordinal);
        Assert.Contains("/MarkInfo<</Marked true>>", pdf.Catalog, StringComparison.Ordinal);
        Assert.Contains("/DisplayDocTitle true", pdf.Catalog, StringComparison.Ordinal);
        Assert.Contains("/GTS_PDFA1", pdf.Catalog, StringComparison.Ordinal);
        var metadata = XDocument.Parse(Encoding.UTF8.GetString(pdf.Stream(TaggedPdf.Reference(pdf.Catalog, "Metadata"))));
        Assert.Equal("A", metadata.Descendants("{http://www.aiim.org/pdfa/ns/id/}conformance").Single().Value);
        Assert.Equal("1", metadata.Descendants("{http://www.aiim.org/pdfua/ns/id/}part").Single().Value);
        Assert.Equal("3", metadata.Descendants("{http://www.aiim.org/pdfa/ns/id/}part").Single().Value);
        Assert.Equal(Whole.Title, metadata.Descendants("{http://purl.org/dc/elements/1.1/}title").Single().Value);
    }

    [Fact]
    public void Every_font_is_embedded_with_a_map_to_its_characters()
    {
        var fonts = Poppler.Fonts(Samples.Typesetter.Render(Whole)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();

        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Matches(@"Identity-H\s+yes yes yes", font));
    }

    [Fact]
    public void What_is_attached_comes_out_as_it_went_in_and_says_what_it_is_to_the_document()
    {
        byte[] json = [.. Encoding.UTF8.GetBytes("""{"titel":"Öppen kväll"}""")];
        var pdf = Samples.Typesetter.Render(Whole with { Attachments = [new Attachment("överenskommelse.json", "application/json", json, AttachmentRelationship.Source, "Som data")] });

        Assert.Equal(json, Poppler.Attachment(pdf, 1));
        var read = new TaggedPdf(pdf);
        Assert.Contains("/AF[", read.Catalog, StringComparison.Ordinal);
        Assert.Contains(read.Objects, content => content.Contains("/AFRelationship/Source", StringComparison.Ordinal));
        Assert.Contains(read.Objects, content => content.Contains("/Subtype/application#2Fjson", StringComparison.Ordinal));
    }

    internal static string Written(Document document) => string.Concat(document.Blocks.Select(block => block switch
    {
        Heading heading => heading.Text,
        Paragraph paragraph => paragraph.Text,
        ItemList list => string.Concat(list.Items.Select(item => item.Label + item.Text)),
        Table table => string.Concat(table.Header.Concat(table.Rows.SelectMany(row => row))),
        _ => "",
    }));

    internal static string Squeezed(string text) => string.Concat(text.Normalize(NormalizationForm.FormC).Where(sign => !char.IsWhiteSpace(sign) && !char.IsControl(sign)));
}
