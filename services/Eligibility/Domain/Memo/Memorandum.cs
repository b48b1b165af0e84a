namespace Iop.Eligibility.Domain.Memo;

/// <summary>The memorandum (tjänsteskrivelse) on a case, in Swedish. Source: <c>li-decision-support</c>.</summary>
public sealed record Memorandum(string Title, IReadOnlyList<MemoFact> Heading, IReadOnlyList<MemoSection> Sections);

/// <summary>A label and what stands beside it.</summary>
public sealed record MemoFact(string Label, string Value);

/// <summary>A section: paragraphs first, then items of a list, then tables.</summary>
public sealed record MemoSection(
    string Key, string Heading, IReadOnlyList<string> Paragraphs, IReadOnlyList<string> Items, IReadOnlyList<MemoTable> Tables);

/// <summary>A table. The first cell of each row is its heading.</summary>
public sealed record MemoTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
