namespace Iop.Typesetting;

/// <summary>A text to be set: what it is, what it says in order, and what is attached to it.</summary>
public sealed record Document(string Title)
{
    /// <summary>Language of the whole text, as BCP 47 has it.</summary>
    public string Language { get; init; } = "sv-SE";

    /// <summary>Who is answerable for the text, for example the municipality.</summary>
    public string Author { get; init; } = "";

    /// <summary>What the text is, in one line.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When it was made. All dates in the file are this one, so that the same document gives the same bytes.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>Stands at the foot of every page, with <c>{page}</c> and <c>{pages}</c> filled in.</summary>
    public string Footer { get; init; } = "{page} / {pages}";

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}

/// <summary>A part of a text, in reading order.</summary>
public abstract record Block;

/// <summary>A heading. Level 1 is the title of the document; no level is skipped on the way down.</summary>
public sealed record Heading(int Level, string Text) : Block;

/// <summary>A paragraph. A line feed in it ends a line.</summary>
public sealed record Paragraph(string Text) : Block;

/// <summary>A list, each item with its own label: a bullet or a number.</summary>
public sealed record ItemList(IReadOnlyList<ListItem> Items) : Block;

public sealed record ListItem(string Label, string Text);

/// <summary>A table. Its header is repeated where it goes on over a page.</summary>
public sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : Block
{
    /// <summary>Whether the first cell of each row says what the row is about.</summary>
    public bool RowHeaders { get; init; }
}

/// <summary>What follows begins on a new page.</summary>
public sealed record PageBreak : Block;

/// <summary>A file inside the file.</summary>
/// <param name="FileName">Name shown to the reader, without a path.</param>
/// <param name="MediaType">For example <c>application/json</c>.</param>
/// <param name="Relationship">What it is to the document.</param>
public sealed record Attachment(string FileName, string MediaType, ReadOnlyMemory<byte> Content, AttachmentRelationship Relationship, string Description = "");

/// <summary>Relationships of ISO 19005-3.</summary>
public enum AttachmentRelationship
{
    /// <summary>The source that the document was made from.</summary>
    Source,

    /// <summary>Data that the document shows.</summary>
    Data,

    /// <summary>The same content in another form.</summary>
    Alternative,

    /// <summary>Something besides.</summary>
    Supplement,
}
