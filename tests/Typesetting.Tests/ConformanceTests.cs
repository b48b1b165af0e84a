using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Iop.Typesetting.Sealing;

namespace Iop.Typesetting.Tests;

/// <summary>
/// Requirements of ISO 19005-3 (PDF/A-3, level A) and ISO 14289-1 (PDF/UA-1) that can be read from the bytes, each by its clause.
/// The file is a sealed original with all that one can have. It stands in for no validator, and narrows what one can find.
/// </summary>
public sealed class ConformanceTests
{
    private static readonly Document Whole = Samples.Long(12) with
    {
        Attachments =
        [
            new Attachment("överenskommelse.json", "application/json", "{}"u8.ToArray(), AttachmentRelationship.Source, "Som data"),
            new Attachment("bilaga-1-karta.png", "image/png", new byte[] { 1, 2, 3 }, AttachmentRelationship.Supplement),
        ],
    };

    private static readonly byte[] File = Samples.Typesetter.RenderSealed(
        Whole, SelfMadeSeal.OpenOrCreate(Directory.CreateTempSubdirectory("iop-seal").FullName, "Provkommun"), new SealText("Provkommun", "Original", "Elektroniskt sigill"), Samples.Noon);

    private static readonly TaggedPdf Pdf = new(File);

    private static IEnumerable<string> Pages => Of("/Type/Page/");

    [Fact]
    public void The_file_says_its_version_and_that_it_is_binary_has_an_id_and_nothing_before_or_after()
    {
        // 6.1.2, 6.1.3: header, a comment of four bytes above 127, an id, and no data after the last end of file.
        Assert.StartsWith("%PDF-1.7\n%", Latin, StringComparison.Ordinal);
        Assert.All(File[10..14], one => Assert.True(one > 127));
        Assert.Matches(@"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]", Pdf.Trailer);
        Assert.EndsWith("%%EOF\n", Latin, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(Latin, "%%EOF", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("/Encrypt")] // 6.1.3
    [InlineData("/LZWDecode")] // 6.1.7.2
    [InlineData("/JavaScript")] // 6.5.1
    [InlineData("/Launch")] // 6.5.1
    [InlineData("/AA")] // 6.4.1, 6.5.2
    [InlineData("/NeedAppearances")] // 6.4.1
    [InlineData("/XFA")] // 6.4.2
    [InlineData("/OCProperties")] // 6.9: nothing is optional
    [InlineData("/Subtype/Image")] // 14289-1 7.3: no picture, and so none without words in its place
    [InlineData("/S/Figure")] // the same
    [InlineData("/SMask")] // 6.2.10: nothing shows through
    [InlineData("/ca ")] // the same
    [InlineData("/Suspects")] // 14289-1 7.1
    [InlineData("/ActualText")] // what is set is what is said
    public void What_must_not_be_in_it_is_not(string entry) =>
        Assert.DoesNotContain(Pdf.Objects.Append(Pdf.Trailer), content => Regex.IsMatch(content, $@"{Regex.Escape(entry.TrimEnd())}(?![A-Za-z])", RegexOptions.None, TimeSpan.FromSeconds(5)));

    [Fact]
    public void Every_colour_is_a_gray_that_the_output_intent_defines()
    {
        // 6.2.3, 6.2.4.2: one profile, of one channel as the stream says, and no operator of any other colour space.
        var profile = Pdf.Stream(TaggedPdf.Reference(Pdf.Catalog, "DestOutputProfile"));
        Assert.Contains("/N 1", Pdf.Object(TaggedPdf.Reference(Pdf.Catalog, "DestOutputProfile")), StringComparison.Ordinal);
        Assert.Equal(("mntr", "GRAY", "acsp"), (Ascii(profile, 12), Ascii(profile, 16), Ascii(profile, 36)));
        Assert.True(profile[8] <= 4, "the profile is of version 2 to 4");
        Assert.Equal(profile.Length, BinaryPrimitives.ReadInt32BigEndian(profile));
        Assert.All(Contents, content => Assert.DoesNotMatch(@"(?<![\w/])(rg|RG|k|K|cs|CS|sc|SC|scn|SCN|sh|Do|gs)\n", content));
    }

    [Fact]
    public void What_the_information_says_the_metadata_says_too()
    {
        // 6.6.2.1: not compressed. 6.6.3: every entry of the information dictionary has its like, with the same value.
        var number = TaggedPdf.Reference(Pdf.Catalog, "Metadata");
        Assert.DoesNotContain("/Filter", Pdf.Object(number), StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString(Pdf.Stream(number));
        Assert.StartsWith("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>", text, StringComparison.Ordinal);
        var metadata = XDocument.Parse(text);
        string Told(string name) => metadata.Descendants().First(element => element.Name.LocalName == name && element.Name.NamespaceName is not "http://www.aiim.org/pdfa/ns/property#").Value;
        var information = Pdf.Object(TaggedPdf.Reference(Pdf.Trailer, "Info"));
        Assert.Equal([Whole.Title, Whole.Author, Whole.Subject, "IopPlatform", "IopPlatform"], new[] { "Title", "Author", "Subject", "Creator", "Producer" }.Select(key => TextOf(information, key)));
        Assert.Equal([Whole.Title, Whole.Author, Whole.Subject, "IopPlatform", "IopPlatform"], new[] { "title", "creator", "description", "CreatorTool", "Producer" }.Select(Told));
        Assert.Equal(("2026-11-03T11:00:00Z", "2026-11-03T11:00:00Z"), (Told("CreateDate"), Told("ModifyDate")));
        Assert.Contains("/CreationDate(D:20261103110000Z)/ModDate(D:20261103110000Z)", information.Replace(" (D:", "(D:", StringComparison.Ordinal), StringComparison.Ordinal);

        // 6.6.2.3: the one schema that PDF/A does not know is described.
        Assert.Equal(("http://www.aiim.org/pdfua/ns/id/", "pdfuaid"), (Told("namespaceURI"), Told("prefix")));
        Assert.Equal("part", metadata.Descendants("{http://www.aiim.org/pdfa/ns/property#}name").Single().Value);
    }

    [Fact]
    public void Every_font_has_its_program_its_widths_and_a_character_for_each_sign_that_is_set()
    {
        var fonts = Of("/Subtype/Type0").ToList();
        Assert.NotEmpty(fonts);
        foreach (var font in fonts)
        {
            // 6.2.11.3: glyphs are found without a map outside. 6.2.11.4.1: the program is in the file.
            var descendant = Pdf.Object(int.Parse(Regex.Match(font, @"/DescendantFonts\[(?<id>\d+) 0 R", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups["id"].Value, CultureInfo.InvariantCulture));
            Assert.Contains("/CIDToGIDMap/Identity", descendant, StringComparison.Ordinal);
            var program = Pdf.Stream(TaggedPdf.Reference(Pdf.Object(TaggedPdf.Reference(descendant, "FontDescriptor")), "FontFile2"));

            // 6.2.11.5: the widths are those of the program, within a thousandth.
            var widths = Regex.Match(descendant, @"/W\[0\[(?<widths>[\d ]*)\]\]", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups["widths"].Value.Split(' ').Select(width => int.Parse(width, CultureInfo.InvariantCulture)).ToList();
            var real = WidthsIn(program, widths.Count);
            Assert.All(Enumerable.Range(0, widths.Count), glyph => Assert.InRange(widths[glyph] - real[glyph], -1, 1));

            // 6.2.11.7: each code has a character, and none that says nothing. 6.2.11.8: no sign is the one for a missing sign.
            var map = Regex.Matches(Encoding.ASCII.GetString(Pdf.Stream(TaggedPdf.Reference(font, "ToUnicode"))), "<(?<glyph>[0-9A-F]{4})> <(?<text>[0-9A-F]+)>\n(?!endcodespacerange)", RegexOptions.None, TimeSpan.FromSeconds(5));
            Assert.Equal(widths.Count - 1, map.Count);
            Assert.DoesNotContain(map, one => one.Groups["glyph"].Value == "0000" || one.Groups["text"].Value is "0000" or "FEFF" or "FFFE");
            Assert.DoesNotContain(map, one => one.Groups["text"].Value is ['E' or 'F', ..] && Convert.ToInt32(one.Groups["text"].Value[..4], 16) is >= 0xE000 and <= 0xF8FF);
        }

        Assert.All(Contents, content => Assert.DoesNotMatch(@"<(?:\w{4})*?0000(?:\w{4})*> Tj", content));
    }

    [Fact]
    public void Every_page_goes_by_the_structure_and_the_seal_is_told_in_words()
    {
        // 14289-1 7.18.3: tab order. 6.3.2, 6.3.3: the seal is printed, never hidden, and without an area needs no appearance.
        Assert.All(Pages, page => Assert.Contains("/Tabs/S", page, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, Pages.Count()), Pages.Select(page => Number(page, "StructParents")).Order());
        var seal = Of("/Subtype/Widget").Single();
        Assert.Equal("Elektroniskt sigill", TextOf(seal, "TU"));
        Assert.Equal(4, Number(seal, "F") & (1 | 2 | 4 | 32));
        Assert.Contains("/Rect[0 0 0 0]", seal, StringComparison.Ordinal);
        Assert.Equal("Form", Pdf.Root.All.Single(element => element.Content.Contains("/OBJR", StringComparison.Ordinal)).Tag);
    }

    [Fact]
    public void The_structure_uses_the_standards_own_kinds_in_their_places()
    {
        // 14289-1 7.1: no kind that must be explained. 7.4.2: no heading is skipped. 7.5, 7.6: parts of lists and tables in them.
        string[] known = ["Document", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Form"];
        Assert.Empty(Pdf.Root.All.Select(element => element.Tag).Except(known));
        Assert.DoesNotContain(Pdf.Objects, content => content.Contains("/RoleMap", StringComparison.Ordinal));
        var levels = Pdf.Root.All.Where(element => element.Tag is ['H', >= '1' and <= '6']).Select(element => element.Tag[1] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Dictionary<string, string> parents = new() { ["LI"] = "L", ["Lbl"] = "LI", ["LBody"] = "LI", ["TR"] = "Table", ["TH"] = "TR", ["TD"] = "TR" };
        Assert.Equal(parents.Keys.Order(StringComparer.Ordinal), Pdf.Root.All.Select(element => element.Tag).Where(parents.ContainsKey).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Pdf.Root.All.Where(element => parents.ContainsKey(element.Tag)), element => Assert.Equal(parents[element.Tag], element.Parent!.Tag));
        Assert.All(Pdf.Root.All.Where(element => element.Tag == "TH"), header => Assert.Contains("/Scope/", header.Content, StringComparison.Ordinal));
        Assert.All(Pdf.Root.All.Where(element => element.Tag == "Table"), table => Assert.Single(table.Children.Select(row => row.Children.Count).Distinct()));
    }

    [Fact]
    public void Every_attached_file_says_what_it_is_and_belongs_to_the_document()
    {
        // 6.8: names in both forms, what it is to the document, its media type and when it was changed.
        var files = Pdf.Objects.Select((content, i) => content).Where(content => content.Contains("/Type/Filespec", StringComparison.Ordinal)).ToList();
        Assert.Equal(["överenskommelse.json", "bilaga-1-karta.png"], files.Select(file => TextOf(file, "UF")));
        Assert.All(files, file =>
        {
            Assert.Equal(TextOf(file, "F"), TextOf(file, "UF"));
            Assert.NotEmpty(TextOf(file, "Desc"));
            Assert.Matches("/AFRelationship/(Source|Supplement)", file);
        });
        var contents = Of("/Type/EmbeddedFile").ToList();
        Assert.All(contents, content => Assert.Matches(@"/Subtype/\w+#2F\w+/Params<</Size \d+/CreationDate ?\(D:.*?/ModDate ?\(D:", content));
        Assert.Equal(2, Regex.Count(Regex.Match(Pdf.Catalog, @"/AF\[[^\]]*\]", RegexOptions.None, TimeSpan.FromSeconds(5)).Value, " 0 R", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Contains("/EmbeddedFiles", Pdf.Catalog, StringComparison.Ordinal);
    }

    private static string Latin => Encoding.Latin1.GetString(File);

    private static IEnumerable<string> Contents => Pages.Select(page => Encoding.ASCII.GetString(Pdf.Stream(TaggedPdf.Reference(page, "Contents"))));

    private static IEnumerable<string> Of(string entry) => Pdf.Objects.Where(content => content.Contains(entry, StringComparison.Ordinal));

    private static string Ascii(byte[] bytes, int at) => Encoding.ASCII.GetString(bytes, at, 4);

    private static int Number(string content, string key) => int.Parse(Regex.Match(content, $@"/{key} (?<number>\d+)", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups["number"].Value, CultureInfo.InvariantCulture);

    // A text of the file: UTF-16 in hexadecimal, or plain in parentheses.
    private static string TextOf(string content, string key)
    {
        var found = Regex.Match(content, $@"/{key} ?(?:<FEFF(?<hex>[0-9A-F]*)>|\((?<plain>[^)]*)\))", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return found.Groups["hex"].Success ? Encoding.BigEndianUnicode.GetString(Convert.FromHexString(found.Groups["hex"].Value)) : found.Groups["plain"].Value;
    }

    // The advance widths of the first glyphs, in thousandths of an em, from the font program's own tables.
    private static List<int> WidthsIn(byte[] font, int count)
    {
        int Table(string tag) => Enumerable.Range(0, Unsigned(4)).Select(i => 12 + (i * 16)).Where(at => Ascii(font, at) == tag).Select(at => BinaryPrimitives.ReadInt32BigEndian(font.AsSpan(at + 8))).Single();
        int Unsigned(int at) => BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(at));
        var (em, metrics, widths) = (Unsigned(Table("head") + 18), Unsigned(Table("hhea") + 34), Table("hmtx"));
        return [.. Enumerable.Range(0, count).Select(glyph => (int)Math.Round(Unsigned(widths + (Math.Min(glyph, metrics - 1) * 4)) * 1000.0 / em))];
    }
}
