namespace Iop.Eligibility.Domain.Memo;

/// <summary>A section as it is being written. What is not recorded is said to be missing.</summary>
internal sealed class SectionDraft(string key)
{
    private readonly List<string> _paragraphs = [];
    private readonly List<string> _items = [];
    private readonly List<MemoTable> _tables = [];

    /// <summary>A sentence of the section's own texts.</summary>
    public SectionDraft Say(string text, params object[] values)
    {
        _paragraphs.Add(MemoTexts.Of($"{key}.{text}", values));
        return this;
    }

    public SectionDraft SayIf(bool condition, string text, params object[] values) => condition ? Say(text, values) : this;

    /// <summary>A label and a recorded text; where there is none, that it is missing.</summary>
    public SectionDraft Tell(string label, string? recorded)
    {
        _paragraphs.Add(MemoTexts.Of("form.labelled", MemoTexts.Of($"{key}.{label}"), string.IsNullOrWhiteSpace(recorded) ? MemoTexts.Of("form.missing") : recorded));
        return this;
    }

    public SectionDraft TellIf(string label, string recorded) => recorded.Length > 0 ? Tell(label, recorded) : this;

    public SectionDraft List(IEnumerable<string> items)
    {
        _items.AddRange(items);
        return this;
    }

    /// <summary>A table whose caption and columns stand under <paramref name="table"/>; nothing where it has no row.</summary>
    public SectionDraft Table(string table, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count > 0)
        {
            _tables.Add(new MemoTable(MemoTexts.Of($"{key}.{table}"), MemoTexts.Of($"{key}.{table}Columns").Split('|'), rows));
        }

        return this;
    }

    public MemoSection Done(string heading = "heading") => new(key, MemoTexts.Of($"{key}.{heading}"), _paragraphs, _items, _tables);
}
