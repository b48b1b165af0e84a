using System.Globalization;
using System.Text;

namespace Iop.Typesetting.Pdf;

/// <summary>
/// What the marks on the pages mean, for those who hear the text or read it in another form: headings, paragraphs,
/// lists and tables, in reading order.
/// </summary>
internal sealed class StructureTree
{
    private readonly List<List<StructureElement>> _marks = [];

    public StructureElement Root { get; } = new("Document", null);

    /// <summary>Gives a piece of a page's content to an element.</summary>
    /// <returns>Its number on the page.</returns>
    public int Mark(StructureElement element, int page)
    {
        while (_marks.Count <= page)
        {
            _marks.Add([]);
        }

        _marks[page].Add(element);
        element.Kids.Add(new StructureMark(page, _marks[page].Count - 1));
        return _marks[page].Count - 1;
    }

    /// <summary>Writes the tree, and from each page's marks and each form field back to the elements.</summary>
    public int Write(PdfFile file, IReadOnlyList<int> pages)
    {
        var (root, parents) = (file.Reserve(), new StringBuilder());
        Number(Root, file);
        for (var page = 0; page < _marks.Count; page++)
        {
            parents.Append(page).Append('[').Append(PdfSyntax.References(_marks[page].Select(element => element.Number))).Append(']');
        }

        var fields = Root.WithDescendants().SelectMany(element => element.Kids.OfType<StructureField>().Select(field => (element, field))).ToList();
        fields.ForEach(pair => parents.Append(CultureInfo.InvariantCulture, $"{pair.field.Key} {pair.element.Number} 0 R"));
        var tree = file.Add($"<</Nums[{parents}]>>");
        foreach (var element in Root.WithDescendants())
        {
            file.Write(element.Number, Content(element, element.Parent?.Number ?? root, pages));
        }

        file.Write(root, $"<</Type/StructTreeRoot/K[{Root.Number} 0 R]/ParentTree {tree} 0 R/ParentTreeNextKey {pages.Count + fields.Count}>>");
        return root;
    }

    private static void Number(StructureElement element, PdfFile file)
    {
        element.Number = file.Reserve();
        foreach (var child in element.Kids.OfType<StructureElement>())
        {
            Number(child, file);
        }
    }

    private static string Content(StructureElement element, int parent, IReadOnlyList<int> pages)
    {
        var first = element.Kids.OfType<StructureMark>().FirstOrDefault()?.Page;
        var kids = string.Join(' ', element.Kids.Select(kid => kid switch
        {
            StructureElement child => $"{child.Number} 0 R",
            StructureMark mark when mark.Page == first => $"{mark.Number}",
            StructureMark mark => $"<</Type/MCR/Pg {pages[mark.Page]} 0 R/MCID {mark.Number}>>",
            StructureField field => $"<</Type/OBJR/Pg {pages[field.Page]} 0 R/Obj {field.Annotation} 0 R>>",
            _ => "",
        }));
        var place = first is { } page ? $"/Pg {pages[page]} 0 R" : "";
        return $"<</Type/StructElem/S/{element.Tag}/P {parent} 0 R{place}{element.Attributes}/K[{kids}]>>";
    }
}

/// <summary>One child of an element: another element, a piece of a page, or a form field.</summary>
internal abstract class StructureKid;

internal sealed class StructureMark(int page, int number) : StructureKid
{
    public int Page => page;

    public int Number => number;
}

internal sealed class StructureField(int page, int annotation, int key) : StructureKid
{
    public int Page => page;

    public int Annotation => annotation;

    public int Key => key;
}

internal sealed class StructureElement(string tag, StructureElement? parent) : StructureKid
{
    public string Tag => tag;

    public StructureElement? Parent => parent;

    /// <summary>Further entries of the element, as PDF writes them.</summary>
    public string Attributes { get; init; } = "";

    public List<StructureKid> Kids { get; } = [];

    public int Number { get; set; }

    public StructureElement Add(string childTag, string attributes = "")
    {
        var child = new StructureElement(childTag, this) { Attributes = attributes };
        Kids.Add(child);
        return child;
    }

    public IEnumerable<StructureElement> WithDescendants() => [this, .. Kids.OfType<StructureElement>().SelectMany(child => child.WithDescendants())];
}
