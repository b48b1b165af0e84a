using Iop.Eligibility.Domain.Memo;
using Iop.Typesetting;
using Iop.Typesetting.Fonts;

namespace Iop.Eligibility.Api;

/// <summary>A memorandum as a tagged PDF: the headings, lists and tables are such to a screen reader too.</summary>
internal static class MemoPdf
{
    private const string Bullet = "\u2022";

    private static readonly Typesetter Typesetter = new(FontLibrary.OfSystem);

    public static byte[] Of(Memorandum memo, DateTimeOffset now) => Typesetter.Render(new Document(memo.Title)
    {
        Subject = memo.Heading[0].Value,
        Author = memo.Heading[1].Value,
        CreateTime = now,
        Blocks =
        [
            new Heading(1, memo.Title),
            new Paragraph(string.Join('\n', memo.Heading.Select(fact => $"{fact.Label}: {fact.Value}"))),
            .. memo.Sections.SelectMany(Blocks),
        ],
    });

    private static IEnumerable<Block> Blocks(MemoSection section)
    {
        yield return new Heading(2, section.Heading);
        foreach (var paragraph in section.Paragraphs)
        {
            yield return new Paragraph(paragraph);
        }

        if (section.Items.Count > 0)
        {
            yield return new ItemList([.. section.Items.Select(item => new ListItem(Bullet, item))]);
        }

        foreach (var table in section.Tables)
        {
            yield return new Heading(3, table.Caption);
            yield return new Table(table.Columns, table.Rows) { RowHeaders = true };
        }
    }
}
