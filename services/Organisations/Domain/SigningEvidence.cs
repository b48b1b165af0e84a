namespace Iop.Organisations.Domain;

/// <summary>How a link of the chain stands.</summary>
public enum EvidenceStatus
{
    Proven = 1,
    AwaitsReview = 2,
    Returned = 3,
    DeclaredNonexistent = 4,
    Missing = 5,
    Stale = 6,
}

/// <summary>A document given as evidence, as far as the chain needs it.</summary>
public sealed record EvidenceDocument(Guid Id, DocumentKind Kind, DocumentState State, int VersionNumber, int FinancialYear, DateOnly ReceivedDate);

/// <summary>A link of the chain; the document is absent where there is none.</summary>
public sealed record EvidenceLink(DocumentKind Link, EvidenceStatus Status, Guid? Document);

/// <summary>
/// The chain that proves who signs for an association: statutes say which role signs, the annual meeting who is elected,
/// the board who holds the role. Source: law.md 2.9.
/// </summary>
public sealed record SigningEvidence(IReadOnlyList<EvidenceLink> Links)
{
    private static readonly DocumentKind[] Chain = [DocumentKind.Statutes, DocumentKind.AnnualMeetingMinutes, DocumentKind.BoardMinutes];

    /// <summary>
    /// Whether it proves the authority: the statutes, and the minutes of annual meeting and board, one of which may not
    /// exist. A foundation has no annual meeting, and the meeting of a small association can elect to the role itself.
    /// </summary>
    public bool Complete =>
        Links[0].Status == EvidenceStatus.Proven
        && Links.Skip(1).All(link => link.Status is EvidenceStatus.Proven or EvidenceStatus.DeclaredNonexistent)
        && Links.Skip(1).Any(link => link.Status == EvidenceStatus.Proven);

    /// <summary>Beside the chain, documents that help to read it may be given; they prove nothing by themselves.</summary>
    public static bool Takes(DocumentKind kind) =>
        Chain.Contains(kind) || kind is DocumentKind.BoardList or DocumentKind.PowerOfAttorney or DocumentKind.RegistrationCertificate;

    /// <summary>The chain of documents for an authority that begins on a day.</summary>
    public static SigningEvidence Of(IEnumerable<EvidenceDocument> documents, AnnualCycle cycle, DateOnly validFrom)
    {
        var given = documents.Select(document => (Document: document, Status: StatusOf(document, cycle, validFrom))).ToList();
        return new SigningEvidence([.. Chain.Select(kind => LinkOf(kind, given))]);
    }

    private static EvidenceLink LinkOf(DocumentKind kind, IEnumerable<(EvidenceDocument Document, EvidenceStatus Status)> given) =>
        given.Where(link => link.Document.Kind == kind).OrderBy(link => link.Status).ThenByDescending(link => link.Document.VersionNumber)
            .Select(link => new EvidenceLink(kind, link.Status, link.Document.Id)).FirstOrDefault(new EvidenceLink(kind, EvidenceStatus.Missing, null));

    private static EvidenceStatus StatusOf(EvidenceDocument document, AnnualCycle cycle, DateOnly validFrom) => document.State switch
    {
        // A board sits from one annual meeting to the next, so the minutes of an earlier one elect another.
        DocumentState.Accepted when document.Kind == DocumentKind.AnnualMeetingMinutes
            && cycle.IsStale(document.Kind, document.FinancialYear, document.ReceivedDate, validFrom) => EvidenceStatus.Stale,
        DocumentState.Accepted => EvidenceStatus.Proven,
        DocumentState.Received => EvidenceStatus.AwaitsReview,
        DocumentState.DeclaredNonexistent => EvidenceStatus.DeclaredNonexistent,
        _ => EvidenceStatus.Returned,
    };
}
