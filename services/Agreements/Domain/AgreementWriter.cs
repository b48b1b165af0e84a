using System.Security.Cryptography;
using System.Text;

namespace Iop.Agreements.Domain;

/// <summary>An agreement as text: its sections with what is generated, the whole, and the hash that identifies it.</summary>
public sealed record AgreementText(IReadOnlyList<Section> Sections, string Canonical, string Hash);

/// <summary>
/// Writes the canonical text: title, subtitle, every section that is included, and in an annex those terms that no
/// included section tells. All terms are thereby under the hash, whichever headings the parties keep.
/// </summary>
public sealed class AgreementWriter(Phrases phrases)
{
    private static readonly SectionSource[] Annexed =
    [
        SectionSource.Parties, SectionSource.Contributions, SectionSource.Period, SectionSource.Goals, SectionSource.Exclusions, SectionSource.Commitments,
        SectionSource.Meetings, SectionSource.MunicipalRole, SectionSource.Stakeholders, SectionSource.Knowledge, SectionSource.Contacts, SectionSource.FollowUp,
        SectionSource.Renegotiation, SectionSource.Notice, SectionSource.Termination, SectionSource.Hardship, SectionSource.Dispute, SectionSource.WindDown,
        SectionSource.Secrecy, SectionSource.Insight, SectionSource.Entrustment,
    ];

    public Phrases Phrases => phrases;

    public AgreementText Write(AgreementTerms terms, IReadOnlyList<Section> sections)
    {
        var generated = new GeneratedText(phrases, terms);
        List<Section> written = [.. sections.Select(section => section with { GeneratedText = generated.Of(section.Source) })];
        var canonical = Compose(terms, written);
        return new AgreementText(written, canonical, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
    }

    /// <summary>Puts together sections that have been written.</summary>
    public string Compose(AgreementTerms terms, IReadOnlyList<Section> written)
    {
        var generated = new GeneratedText(phrases, terms);
        var text = new StringBuilder();
        text.Append("# ").Append(terms.Title).Append('\n').Append(phrases["subtitle"]).Append('\n');
        foreach (var section in written.Where(section => section.IsIncluded))
        {
            Append(text, section.IsAdded ? "### " : "## ", section.Heading.Sv, section.GeneratedText, section.Text);
        }

        var told = written.Where(section => section.IsIncluded).Select(section => section.Source).ToHashSet();
        var missing = Annexed.Where(source => !told.Contains(source)).Select(source => (Source: source, Text: generated.Of(source))).Where(part => part.Text.Length > 0).ToList();
        if (missing.Count > 0)
        {
            Append(text, "## ", phrases["appendix"]);
            missing.ForEach(part => Append(text, "### ", phrases[$"heading.{part.Source}"], part.Text));
        }

        foreach (var annex in terms.Annexes)
        {
            Append(text, "## ", phrases.Fill("annex", ("heading", annex.Heading)), annex.Text, FileOf(annex));
        }

        return PlainText.Normalise(text.ToString()) + "\n";
    }

    private string FileOf(Annex annex) => annex.IsFile
        ? phrases.Fill("annex.file", ("name", annex.FileName), ("type", annex.MediaType), ("hash", annex.Sha256))
        : "";

    private static void Append(StringBuilder text, string mark, string heading, params ReadOnlySpan<string> paragraphs)
    {
        text.Append('\n').Append(mark).Append(heading).Append('\n');
        foreach (var paragraph in paragraphs)
        {
            if (paragraph.Length > 0)
            {
                text.Append('\n').Append(paragraph).Append('\n');
            }
        }
    }
}
