using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>What the sender says of a document.</summary>
public sealed record DocumentLabel(DocumentKind Kind, string Title, string FileName, int FinancialYear);

/// <summary>
/// A document that an organisation has handed in. Its bytes never change: a new text is a new document with the next
/// version number among those of the same kind and year. Documents received are public records, so none is removed and
/// the time of receipt stands. Source: law.md 2.6.
/// </summary>
public sealed class Document : Aggregate
{
    private Document()
    {
    }

    public Document(string municipality, string organisation, DocumentLabel label, ReceivedContent content, int versionNumber)
        : base(municipality)
    {
        Organisation = organisation;
        (Kind, Title, FileName, FinancialYear) = (label.Kind, label.Title, label.FileName, label.FinancialYear);
        (MediaType, SizeBytes, Sha256, ReceivedTime) = (content.MediaType, content.SizeBytes, content.Sha256, content.ReceivedTime);
        VersionNumber = versionNumber;
    }

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    public DocumentKind Kind { get; private set; }

    public string Title { get; private set; } = "";

    public string FileName { get; private set; } = "";

    /// <summary>Zero when it concerns no year.</summary>
    public int FinancialYear { get; private set; }

    public string MediaType { get; private set; } = "";

    public long SizeBytes { get; private set; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; private set; } = "";

    public int VersionNumber { get; private set; }

    /// <summary>When the last byte was received.</summary>
    public DateTimeOffset ReceivedTime { get; private set; }

    public DocumentState State { get; private set; } = DocumentState.Received;

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.Documents, Id);
}

/// <summary>What was found about the bytes of a document.</summary>
public sealed record ReceivedContent(string MediaType, long SizeBytes, string Sha256, DateTimeOffset ReceivedTime);

/// <summary>A piece of a document's bytes, in a table of its own so that what a document is can be read without them.</summary>
public sealed class DocumentChunk : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    public required Guid Document { get; init; }

    /// <summary>Place among the pieces, from 0.</summary>
    public required int Number { get; init; }

    public required byte[] Content { get; init; }
}
