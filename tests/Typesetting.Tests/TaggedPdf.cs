using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Iop.Typesetting.Tests;

/// <summary>
/// Reads the structure of a file from its bytes, with nothing of ours: objects, the marks on each page with their text
/// by the fonts' own maps, and the tree that gives them meaning.
/// </summary>
internal sealed partial class TaggedPdf
{
    private readonly Dictionary<int, string> _objects = [];
    private readonly Dictionary<int, byte[]> _streams = [];
    private readonly Dictionary<(int Page, int Mark), string> _marks = [];

    public TaggedPdf(byte[] pdf)
    {
        var file = Encoding.Latin1.GetString(pdf);
        foreach (Match found in ObjectPattern().Matches(file))
        {
            var (number, content) = (int.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture), found.Groups["content"].Value);
            var stream = content.IndexOf("stream\n", StringComparison.Ordinal);
            _objects[number] = stream < 0 ? content : content[..stream];
            if (stream >= 0)
            {
                var length = int.Parse(LengthPattern().Match(_objects[number]).Groups["length"].Value, CultureInfo.InvariantCulture);
                _streams[number] = Inflated(_objects[number], pdf.AsSpan(found.Groups["content"].Index + stream + 7, length).ToArray());
            }
        }

        Catalog = _objects.Values.Single(content => content.Contains("/Type/Catalog", StringComparison.Ordinal));
        Trailer = file[file.LastIndexOf("trailer", StringComparison.Ordinal)..];
        foreach (var page in References(_objects[Reference(Catalog, "Pages")], "Kids"))
        {
            ReadMarks(page);
        }

        Root = Element(References(_objects[Reference(Catalog, "StructTreeRoot")], "K").Single(), null);
    }

    public string Catalog { get; }

    public string Trailer { get; }

    public TaggedElement Root { get; }

    /// <summary>Text that stands on a page without belonging to the structure or being an artifact.</summary>
    public List<string> Unmarked { get; } = [];

    public List<string> Artifacts { get; } = [];

    /// <summary>All marks on the pages, and those that the tree takes up.</summary>
    public (int OnPages, int InTree) Marks => (_marks.Count, Root.All.Sum(element => element.Marks));

    public byte[] Stream(int number) => _streams[number];

    public string Object(int number) => _objects[number];

    public IEnumerable<string> Objects => _objects.Values;

    public static int Reference(string content, string key) =>
        int.Parse(Regex.Match(content, $@"/{key} (\d+) 0 R", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value, CultureInfo.InvariantCulture);

    private static List<int> References(string content, string key)
    {
        var list = Regex.Match(content, $@"/{key}\[([^\]]*)\]", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value;
        return [.. ReferencePattern().Matches(list).Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))];
    }

    private TaggedElement Element(int number, TaggedElement? parent)
    {
        var content = _objects[number];
        var element = new TaggedElement(TagPattern().Match(content).Groups["tag"].Value, content, parent);
        var page = content.Contains("/Pg ", StringComparison.Ordinal) ? Reference(content, "Pg") : 0;
        var kids = content[content.LastIndexOf("/K[", StringComparison.Ordinal)..];
        foreach (Match kid in KidPattern().Matches(kids))
        {
            if (kid.Groups["element"].Success)
            {
                element.Children.Add(Element(int.Parse(kid.Groups["element"].Value, CultureInfo.InvariantCulture), element));
            }
            else if (!kid.Groups["object"].Success)
            {
                var place = kid.Groups["page"].Success ? kid.Groups["page"].Value : $"{page}";
                var mark = kid.Groups["page"].Success ? kid.Groups["other"].Value : kid.Groups["mark"].Value;
                element.Text += _marks[(int.Parse(place, CultureInfo.InvariantCulture), int.Parse(mark, CultureInfo.InvariantCulture))];
                element.Marks++;
            }
        }

        return element;
    }

    private void ReadMarks(int page)
    {
        var resources = _objects[Reference(_objects[page], "Resources")];
        var fonts = FontPattern().Matches(resources).ToDictionary(match => match.Groups["name"].Value, match => Map(int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)), StringComparer.Ordinal);
        var (mark, artifact, map) = (-1, false, (Dictionary<string, string>?)null);
        foreach (Match step in ContentPattern().Matches(Encoding.ASCII.GetString(_streams[Reference(_objects[page], "Contents")])))
        {
            if (step.Groups["mark"].Success)
            {
                mark = int.Parse(step.Groups["mark"].Value, CultureInfo.InvariantCulture);
                _marks[(page, mark)] = "";
            }
            else if (step.Groups["font"].Success)
            {
                map = fonts[step.Groups["font"].Value];
            }
            else if (step.Groups["text"].Success)
            {
                var text = string.Concat(step.Groups["text"].Value.Chunk(4).Select(code => map![new string(code)]));
                if (mark >= 0)
                {
                    _marks[(page, mark)] += text;
                }
                else
                {
                    (artifact ? Artifacts : Unmarked).Add(text);
                }
            }
            else
            {
                (mark, artifact) = (-1, step.Value.StartsWith("/Artifact", StringComparison.Ordinal));
            }
        }
    }

    private Dictionary<string, string> Map(int font) =>
        MapPattern().Matches(Encoding.ASCII.GetString(_streams[Reference(_objects[font], "ToUnicode")]))
            .ToDictionary(match => match.Groups["code"].Value, match => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(match.Groups["character"].Value)), StringComparer.Ordinal);

    private static byte[] Inflated(string entries, byte[] content)
    {
        if (!entries.Contains("/FlateDecode", StringComparison.Ordinal))
        {
            return content;
        }

        using var packed = new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    [GeneratedRegex(@"(?:^|\n)(?<number>\d+) 0 obj\n(?<content>.*?)\nendobj", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ObjectPattern();

    [GeneratedRegex(@"/Length (?<length>\d+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex LengthPattern();

    [GeneratedRegex(@"(?<number>\d+) 0 R", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ReferencePattern();

    [GeneratedRegex(@"/S/(?<tag>\w+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"<</Type/OBJR[^>]*(?<object>>>)|<</Type/MCR/Pg (?<page>\d+) 0 R/MCID (?<other>\d+)>>|(?<element>\d+) 0 R|(?<mark>\d+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex KidPattern();

    [GeneratedRegex(@"/(?<name>F\d+) (?<number>\d+) 0 R", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex FontPattern();

    [GeneratedRegex(@"/\w+ <</MCID (?<mark>\d+)>> BDC|/Artifact [^\n]*|EMC|/(?<font>F\d+) [\d.]+ Tf|<(?<text>[0-9A-F]+)> Tj", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ContentPattern();

    [GeneratedRegex(@"<(?<code>\w{4})> <(?<character>\w+)>\n", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex MapPattern();
}

/// <summary>An element of the structure.</summary>
internal sealed class TaggedElement(string tag, string content, TaggedElement? parent)
{
    public string Tag => tag;

    public string Content => content;

    public TaggedElement? Parent => parent;

    public string Text { get; set; } = "";

    public int Marks { get; set; }

    public List<TaggedElement> Children { get; } = [];

    public IEnumerable<TaggedElement> All => [this, .. Children.SelectMany(child => child.All)];

    /// <summary>The text below it in reading order.</summary>
    public string WholeText => Text + string.Concat(Children.Select(child => child.WholeText));
}
