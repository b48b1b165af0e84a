namespace Iop.Agreements.Domain.Documents;

/// <summary>An agreement's text with what is withheld masked: headings stay, so that the reader sees what is missing and why.</summary>
public sealed class MaskedText(AgreementWriter writer, Phrases phrases)
{
    public string Of(Agreement agreement, IReadOnlyList<WithheldPart> withheld)
    {
        var grounds = withheld.ToDictionary(part => part.SectionId.Length > 0 ? part.SectionId : IdOf(part.Document), part => part.LegalReference, StringComparer.Ordinal);
        List<Section> sections = [.. agreement.Sections.Select(section =>
            section.IsIncluded && grounds.TryGetValue(section.SectionId, out var ground) ? section with { GeneratedText = "", Text = MaskFor(ground) } : section)];
        List<Annex> annexes = [.. agreement.Terms.Annexes.Select(annex =>
            annex.IsFile && grounds.TryGetValue(IdOf(annex.Document), out var ground) ? new Annex(annex.Heading, MaskFor(ground)) : annex)];

        // What was agreed is given as it was agreed, letter by letter.
        return sections.SequenceEqual(agreement.Sections) && annexes.SequenceEqual(agreement.Terms.Annexes)
            ? agreement.CanonicalText
            : writer.Compose(agreement.Terms with { Annexes = annexes }, sections);
    }

    // One document has a name in each municipality of the agreement.
    private static string IdOf(string document) => document[^36..];

    private string MaskFor(string ground) => phrases.Fill("disclosure.mask", ("ground", ground));
}
