using Iop.Platform.Persistence;
using Iop.Sight;

namespace Iop.Agreements.Domain.Documents;

/// <summary>
/// A municipality's mark on its own copy of a document of an agreement that it has joined: of what it has received it is the authority
/// itself (TF 2:4), beside the one that the agreement lives with. The id is the document's. Source: law.md 2.6.
/// </summary>
public sealed class DocumentMark : Aggregate, IMarked
{
    private DocumentMark()
    {
    }

    private DocumentMark(string municipality, Guid document)
        : base(municipality, document)
    {
    }

    public override string Name => AgreementDocument.NameOf(Municipality, Agreement, Id);

    /// <summary>Id of the agreement, or of the draft, that the document was sent for.</summary>
    public Guid Agreement { get; private set; }

    public ConfidentialityMark? ConfidentialityMark { get; private set; }

    /// <summary>The row for a copy that nobody has marked yet.</summary>
    public static DocumentMark On(string municipality, AgreementDocument document) => new(municipality, document.Id) { Agreement = document.Agreement };

    public void Mark(ConfidentialityMark mark) => ConfidentialityMark = mark;

    public void LiftMark() => ConfidentialityMark = ConfidentialityMark.Lifted(Name);
}

/// <summary>A document as one municipality of its agreement has it.</summary>
/// <param name="File">The document, as it lives with the lead.</param>
/// <param name="Name">What that municipality calls it.</param>
/// <param name="ConfidentialityMark">Its own mark; another's is not told.</param>
/// <param name="IsReceived">Whether it belongs to what both sides have: what a side keeps to itself is no official document.</param>
/// <param name="IsReadable">Whether it is given the bytes: what another has marked it may not have.</param>
public sealed record HeldDocument(AgreementDocument File, string Name, ConfidentialityMark? ConfidentialityMark, bool IsReceived, bool IsReadable)
{
    public bool IsHeld => IsReceived && IsReadable;
}
