using System.Globalization;
using System.Text;
using Iop.Platform.Requests;
using Iop.Typesetting;

namespace Iop.Agreements.Domain;

/// <summary>One signature as the original tells of it.</summary>
public sealed record SignatureEvidence(string OnBehalfOf, string DisplayName, string Role, string AssuranceLevel, string Method, DateTimeOffset SignTime)
{
    public required SignatureClass Class { get; init; }

    /// <summary>What was found when it was tried; null for one that was given here or on paper.</summary>
    public SignatureValidation? Validation { get; init; }
}

/// <summary>A document that signatures were given on, and who has attested it.</summary>
public sealed record EvidenceDocument(string Document, string Sha256, string AttestedBy);

/// <summary>The file of an annex.</summary>
public sealed record AnnexFile(string Heading, string FileName, string MediaType, byte[] Content);

/// <summary>What an original is made from: the agreement as it was when its last signature came.</summary>
public sealed record OriginalFacts
{
    public required string Name { get; init; }

    public required string PackName { get; init; }

    public required string Title { get; init; }

    public required int Version { get; init; }

    /// <summary>Name of the municipality that keeps the agreement.</summary>
    public required string Keeper { get; init; }

    public required string CanonicalText { get; init; }

    public required string TextHash { get; init; }

    /// <summary>Headings of its sections.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    /// <summary>Headings of its annexes.</summary>
    public required IReadOnlyList<string> Annexes { get; init; }

    public required IReadOnlyList<SignatureEvidence> Signatures { get; init; }

    /// <summary>What signatures on paper or given elsewhere are known by.</summary>
    public IReadOnlyList<EvidenceDocument> Evidence { get; init; } = [];

    public IReadOnlyList<AnnexFile> AnnexFiles { get; init; } = [];

    public required DateTimeOffset ActivateTime { get; init; }

    /// <summary>The agreement as data, UTF-8 JSON.</summary>
    public required byte[] Data { get; init; }

    /// <summary>Whose seal it gets.</summary>
    public required string SealName { get; init; }
}

/// <summary>Writes the original: the text that was signed, who has signed it, and what one needs to know to trust it.</summary>
public sealed class OriginalDocument(Phrases text, Phrases original)
{
    private const string DataFile = "overenskommelse.json";
    private const string TextFile = "overenskommelse.txt";

    public static OriginalDocument Load() => new(Phrases.Load(), Phrases.Load("Original.yaml"));

    public string SealReason => original["seal.reason"];

    public string SealDescription => original["seal.description"];

    public Document Write(OriginalFacts facts) => new(facts.Title)
    {
        Author = facts.Keeper,
        Subject = original["subject"],
        CreateTime = facts.ActivateTime,
        Footer = original.Fill("footer", ("title", Shortened(facts.Title)), ("version", $"{facts.Version}"), ("page", "{page}"), ("pages", "{pages}")),
        Blocks = [.. OriginalText.Read(facts.CanonicalText, HeadingsOf(facts)), new PageBreak(), .. SignaturePage(facts)],
        Attachments =
        [
            new Attachment(DataFile, "application/json", facts.Data, AttachmentRelationship.Source, original["attachment.data"]),
            new Attachment(TextFile, "text/plain", Encoding.UTF8.GetBytes(facts.CanonicalText), AttachmentRelationship.Alternative, original["attachment.text"]),
            .. facts.AnnexFiles.Select((file, i) => new Attachment(NameOf(file, i), file.MediaType, file.Content, AttachmentRelationship.Supplement, original.Fill("attachment.annex", ("heading", file.Heading)))),
        ],
    };

    private HashSet<string> HeadingsOf(OriginalFacts facts) =>
        [.. facts.Headings, .. facts.Annexes.Select(annex => text.Fill("annex", ("heading", annex))), text["appendix"], .. Enum.GetNames<SectionSource>().Select(source => text.Find($"heading.{source}")).OfType<string>()];

    private List<Block> SignaturePage(OriginalFacts facts) =>
    [
        new Heading(2, original["signatures.heading"]),
        new Paragraph(original["signatures.intro"]),
        new Table(
            [.. new[] { "party", "name", "role", "level", "class", "time", "method" }.Select(column => original[$"signatures.{column}"])],
            [.. facts.Signatures.Select(signature => (IReadOnlyList<string>)
            [
                signature.OnBehalfOf, signature.DisplayName, signature.Role, signature.AssuranceLevel, original[$"class.{signature.Class}"], Time(signature.SignTime),
                original.Find($"method.{signature.Method}") ?? signature.Method,
            ])]),
        new Paragraph(original["signatures.classes"]),
        .. ValidationBlocks(facts),
        .. EvidenceBlocks(facts),
        new Heading(2, original["about.heading"]),
        new Paragraph(original["about.intro"]),
        new Table(
            [],
            [
                [original["about.name"], facts.Name],
                [original["about.version"], $"{facts.Version}"],
                [original["about.active"], Time(facts.ActivateTime)],
                [original["about.pack"], facts.PackName],
                [original["about.hash"], facts.TextHash],
                [original["about.seal"], facts.SealName],
                [original["about.attached"], string.Join('\n', Attached(facts))],
            ])
        { RowHeaders = true },
    ];

    private IEnumerable<Block> ValidationBlocks(OriginalFacts facts)
    {
        List<IReadOnlyList<string>> rows = [.. facts.Signatures.Where(signature => signature.Validation is not null).Select(ValidationRow)];
        return rows.Count == 0 ? [] :
        [
            new Heading(3, original["validation.heading"]),
            new Paragraph(original["validation.intro"]),
            new Table([.. new[] { "name", "form", "integrity", "certificate", "technique", "authority", "by" }.Select(column => original[$"validation.{column}"])], rows),
        ];
    }

    private IReadOnlyList<string> ValidationRow(SignatureEvidence signature)
    {
        var found = signature.Validation!;
        return
        [
            signature.DisplayName,
            .. new[] { found.Form, found.Integrity, found.Certificate, found.Technique, found.Authority }.Select(result => original[$"result.{result}"]),
            found.ValidateTime is { } time ? $"{found.ValidatedBy}, {Time(time)}" : found.ValidatedBy,
        ];
    }

    private IEnumerable<Block> EvidenceBlocks(OriginalFacts facts) => facts.Evidence.Count == 0 ? [] :
    [
        new Heading(3, original["evidence.heading"]),
        new Paragraph(original["evidence.intro"]),
        new Table(
            [original["evidence.document"], original["evidence.hash"], original["evidence.attested"]],
            [.. facts.Evidence.Select(evidence => (IReadOnlyList<string>)[evidence.Document, evidence.Sha256, evidence.AttestedBy])]),
    ];

    private IEnumerable<string> Attached(OriginalFacts facts) =>
        new[] { $"{DataFile}: {original["attachment.data"]}", $"{TextFile}: {original["attachment.text"]}" }
            .Concat(facts.AnnexFiles.Select((file, i) => $"{NameOf(file, i)}: {original.Fill("attachment.annex", ("heading", file.Heading))}"));

    // Numbered, so that two files of one name are two, and none is taken for ours.
    private static string NameOf(AnnexFile file, int index) => $"bilaga-{index + 1}-{file.FileName}";

    private static string Time(DateTimeOffset time) => time.InSweden().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Shortened(string title) => title.Length <= 80 ? title : $"{title[..79].TrimEnd()}…";
}
