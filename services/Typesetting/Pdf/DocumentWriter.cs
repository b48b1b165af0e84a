using Iop.Typesetting.Layout;
using Iop.Typesetting.Sealing;

namespace Iop.Typesetting.Pdf;

/// <summary>Writes a composed document as a file.</summary>
internal sealed class DocumentWriter(Document document, Composer composed, SealOrder? seal)
{
    private readonly PdfFile _file = new();

    public byte[] Write()
    {
        List<int> pages = [.. composed.Pages.Select(_ => _file.Reserve())];
        var place = new SealPlace();
        var field = seal is null ? 0 : WriteSeal(place, pages);
        var entries = $"/Pages {WritePages(pages, field)} 0 R/StructTreeRoot {composed.Tree.Write(_file, pages)} 0 R{WriteOutline(pages)}{WriteAttachments()}";
        var profile = _file.AddStream("/N 1", GrayProfile.Make());
        var catalog = _file.Add(
            $"<</Type/Catalog{entries}/Lang({document.Language})/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"
            + (seal is null ? "" : $"/AcroForm<</SigFlags 3/Fields[{field} 0 R]>>")
            + $"/Metadata {Metadata.Write(_file, document)} 0 R"
            + $"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(Gray gamma 2.2)/Info(Gray gamma 2.2)/DestOutputProfile {profile} 0 R>>]>>");
        var bytes = _file.Finish(catalog, WriteInformation());
        if (seal is not null)
        {
            place.Fill(bytes, seal.Seal);
        }

        return bytes;
    }

    // On the last page, where those who signed are told of.
    private int WriteSeal(SealPlace place, List<int> pages)
    {
        var field = place.Write(_file, seal!.Text, seal.Time, pages[^1], structureKey: pages.Count);
        composed.Tree.Root.Add("Form").Kids.Add(new StructureField(pages.Count - 1, field, key: pages.Count));
        return field;
    }

    private int WritePages(List<int> pages, int sealField)
    {
        var tree = _file.Reserve();
        var fonts = string.Concat(composed.Shaper.Fonts.Index()
            .Where(font => font.Item.IsUsed)
            .Select(font => $"/F{font.Index} {PdfFont.Write(_file, font.Item, $"IOPAA{(char)('A' + font.Index)}")} 0 R"));
        var resources = _file.Add($"<</Font<<{fonts}>>>>");
        foreach (var page in composed.Pages)
        {
            var content = _file.AddStream("", page.Content);
            _file.Write(
                pages[page.Index],
                $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {PdfSyntax.Number(Sheet.Width)} {PdfSyntax.Number(Sheet.Height)}]/Resources {resources} 0 R"
                + $"/Contents {content} 0 R/StructParents {page.Index}/Tabs/S"
                + (sealField > 0 && page.Index == pages.Count - 1 ? $"/Annots[{sealField} 0 R]>>" : ">>"));
        }

        _file.Write(tree, $"<</Type/Pages/Count {pages.Count}/Kids[{PdfSyntax.References(pages)}]>>");
        return tree;
    }

    private string WriteOutline(List<int> pages)
    {
        if (composed.Bookmarks.Count == 0)
        {
            return "";
        }

        var (root, items) = (_file.Reserve(), composed.Bookmarks.Select(_ => _file.Reserve()).ToList());
        foreach (var (index, (text, page, y)) in composed.Bookmarks.Index())
        {
            var previous = index == 0 ? "" : $"/Prev {items[index - 1]} 0 R";
            var next = index == items.Count - 1 ? "" : $"/Next {items[index + 1]} 0 R";
            _file.Write(items[index], $"<</Title {PdfSyntax.Text(text)}/Parent {root} 0 R{previous}{next}/Dest[{pages[page]} 0 R/XYZ null {PdfSyntax.Number(y)} null]>>");
        }

        _file.Write(root, $"<</Type/Outlines/First {items[0]} 0 R/Last {items[^1]} 0 R/Count {items.Count}>>");
        return $"/Outlines {root} 0 R";
    }

    private string WriteAttachments()
    {
        List<(string Name, int Number)> files = [.. document.Attachments.Select(attachment => (attachment.FileName, WriteAttachment(attachment)))];
        var names = string.Concat(files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{PdfSyntax.Text(file.Name)} {file.Number} 0 R "));
        return files.Count == 0 ? "" : $"/AF[{PdfSyntax.References(files.Select(file => file.Number))}]/Names<</EmbeddedFiles<</Names[{names}]>>>>";
    }

    private int WriteAttachment(Attachment attachment)
    {
        var date = PdfSyntax.Date(document.CreateTime);
        var content = _file.AddStream(
            $"/Type/EmbeddedFile/Subtype{PdfSyntax.Name(attachment.MediaType)}/Params<</Size {attachment.Content.Length}/CreationDate {date}/ModDate {date}>>",
            attachment.Content.Span);
        var (name, description) = (PdfSyntax.Text(attachment.FileName), attachment.Description.Length == 0 ? attachment.FileName : attachment.Description);
        return _file.Add(
            $"<</Type/Filespec/F {name}/UF {name}/Desc {PdfSyntax.Text(description)}/AFRelationship/{attachment.Relationship}/EF<</F {content} 0 R/UF {content} 0 R>>>>");
    }

    private int WriteInformation() => _file.Add(
        $"<</Title {PdfSyntax.Text(document.Title)}"
        + (document.Author.Length == 0 ? "" : $"/Author {PdfSyntax.Text(document.Author)}")
        + (document.Subject.Length == 0 ? "" : $"/Subject {PdfSyntax.Text(document.Subject)}")
        + $"/Creator {PdfSyntax.Text(Metadata.Producer)}/Producer {PdfSyntax.Text(Metadata.Producer)}"
        + $"/CreationDate {PdfSyntax.Date(document.CreateTime)}/ModDate {PdfSyntax.Date(document.CreateTime)}>>");
}
