using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Sight;

namespace Iop.Organisations.Domain;

/// <summary>What the sender says of a document.</summary>
public sealed record DocumentLabel(DocumentKind Kind, string Title, string FileName, int FinancialYear, string CaseReference = "")
{
    /// <summary>What the auditor says, where it is an audit report and the sender has told.</summary>
    public AuditOpinion? AuditOpinion { get; init; }

    /// <summary>Who is on it, where it is a list of the board and the sender has told.</summary>
    public IReadOnlyList<BoardMember>? BoardMembers { get; init; }
}

/// <summary>
/// A document that an organisation has handed in, or has said not to exist. Its bytes never change: a new text is a new
/// document with the next version number among those of the same kind and year. Documents received are public records, so
/// none is removed and the time of receipt stands. Source: law.md 2.6.
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
        (Kind, Title, FileName, FinancialYear, CaseReference) = (label.Kind, label.Title, label.FileName, label.FinancialYear, label.CaseReference);
        (MediaType, SizeBytes, Sha256, ReceivedTime) = (content.MediaType, content.SizeBytes, content.Sha256, content.ReceivedTime);
        VersionNumber = versionNumber;
        (AuditOpinion, BoardMembers) = (label.AuditOpinion, label.BoardMembers);
    }

    /// <summary>Records that no such document exists: an answer, where silence is none. Source: ga-documents-request-if-exist.</summary>
    public static Document Nonexistent(string municipality, string organisation, DocumentKind kind, int financialYear, string reason, DateTimeOffset now, int versionNumber) =>
        new(municipality, organisation, new DocumentLabel(kind, "", "", financialYear), new ReceivedContent("", 0, "", now), versionNumber)
        {
            State = DocumentState.DeclaredNonexistent,
            StateReason = reason,
        };

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    public DocumentKind Kind { get; private set; }

    public string Title { get; private set; } = "";

    public string FileName { get; private set; } = "";

    /// <summary>Zero when it concerns no year, or none was told.</summary>
    public int FinancialYear { get; private set; }

    public string MediaType { get; private set; } = "";

    public long SizeBytes { get; private set; }

    /// <summary>64 lower-case hexadecimal digits; empty for one that does not exist.</summary>
    public string Sha256 { get; private set; } = "";

    public int VersionNumber { get; private set; }

    /// <summary>When the last byte, or the declaration, was received.</summary>
    public DateTimeOffset ReceivedTime { get; private set; }

    public DocumentState State { get; private set; } = DocumentState.Received;

    /// <summary>Why it was returned, or does not exist.</summary>
    public string StateReason { get; private set; } = "";

    /// <summary>Reference number of the case that it is registered under; empty for none.</summary>
    public string CaseReference { get; private set; } = "";

    public ConfidentialityMark? ConfidentialityMark { get; private set; }

    /// <summary>Null for another kind, or until somebody has told. Source: ga-doc-audit-report.</summary>
    public AuditOpinion? AuditOpinion { get; private set; }

    /// <summary>Null for another kind, or until somebody has told. Source: ga-doc-board-list.</summary>
    public IReadOnlyList<BoardMember>? BoardMembers { get; private set; }

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.Documents, Id);

    /// <exception cref="Refusal"><c>DOCUMENT_STATE_NOT_ALLOWED</c>.</exception>
    public void Accept()
    {
        RequireState(DocumentState.Received);
        State = DocumentState.Accepted;
    }

    /// <summary>Sends it back. A declaration can be sent back too: the municipality may know better.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_STATE_NOT_ALLOWED</c>.</exception>
    public void Return(string reason)
    {
        RequireState(DocumentState.Received, DocumentState.Accepted, DocumentState.DeclaredNonexistent);
        (State, StateReason) = (DocumentState.Returned, reason);
    }

    /// <exception cref="Refusal"><c>DOCUMENT_CONTENT_NOT_APPLICABLE</c> or <c>DOCUMENT_STATE_NOT_ALLOWED</c>.</exception>
    public void Tell(AuditOpinion opinion, bool byMunicipality)
    {
        RequireTellable(DocumentKind.AuditReport, byMunicipality);
        AuditOpinion = opinion;
    }

    /// <exception cref="Refusal"><c>DOCUMENT_CONTENT_NOT_APPLICABLE</c> or <c>DOCUMENT_STATE_NOT_ALLOWED</c>.</exception>
    public void Tell(IReadOnlyList<BoardMember> members, bool byMunicipality)
    {
        RequireTellable(DocumentKind.BoardList, byMunicipality);
        BoardMembers = members;
    }

    public void Register(string caseReference) => CaseReference = caseReference;

    public void Mark(ConfidentialityMark mark) => ConfidentialityMark = mark;

    /// <exception cref="Refusal"><c>CONFIDENTIALITY_MARK_NOT_SET</c>.</exception>
    public void LiftMark() => ConfidentialityMark = ConfidentialityMark.Lifted(Name);

    /// <summary>Holds a reader of its bytes to it that there are any.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_STATE_NOT_ALLOWED</c>.</exception>
    public void RequireBytes()
    {
        if (Sha256.Length == 0)
        {
            throw Refusal.State(
                "DOCUMENT_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(),
                DocumentState.Received.ToUpperSnake(), DocumentState.Accepted.ToUpperSnake(), DocumentState.Returned.ToUpperSnake());
        }
    }

    // What the municipality has reviewed, the organisation does not say anew.
    private void RequireTellable(DocumentKind kind, bool byMunicipality)
    {
        if (Kind != kind)
        {
            throw Refusal.Precondition("DOCUMENT_CONTENT_NOT_APPLICABLE", Name, ("kind", kind.ToUpperSnake()));
        }

        RequireState(byMunicipality ? [DocumentState.Received, DocumentState.Accepted] : [DocumentState.Received]);
    }

    private void RequireState(params DocumentState[] allowed)
    {
        if (!allowed.Contains(State))
        {
            throw Refusal.State("DOCUMENT_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(), allowed.Select(state => state.ToUpperSnake()));
        }
    }
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
