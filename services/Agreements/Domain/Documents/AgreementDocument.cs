using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Sight;

namespace Iop.Agreements.Domain.Documents;

/// <summary>A signature that a file holds in itself.</summary>
public sealed record EmbeddedSignature(string Signer, bool Intact, bool CoversWholeFile);

/// <summary>A file that belongs to an agreement: an annex, or what was signed elsewhere. Only its mark changes, and it is never removed.</summary>
public sealed class AgreementDocument : Aggregate, IMarked
{
    public const string Collection = "documents";

    /// <summary>Most documents that one agreement holds.</summary>
    public const int MostOfOne = 50;

    private AgreementDocument()
    {
    }

    private AgreementDocument(string municipality)
        : base(municipality)
    {
    }

    public override string Name => NameOf(Municipality, Agreement, Id);

    public Guid Agreement { get; private set; }

    public string Title { get; private set; } = "";

    public string FileName { get; private set; } = "";

    public string MediaType { get; private set; } = "";

    public long SizeBytes { get; private set; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; private set; } = "";

    public PartySide Side { get; private set; }

    public string ReceivedFrom { get; private set; } = "";

    /// <summary>Key of the party that sent it; empty when the sender acted for several.</summary>
    public string PartyId { get; private set; } = "";

    public ConfidentialityMark? ConfidentialityMark { get; private set; }

    public IReadOnlyList<EmbeddedSignature> EmbeddedSignatures { get; private set; } = [];

    /// <summary>Whether a signature in the file says that the file is another than was signed.</summary>
    public bool IsBroken => EmbeddedSignatures.Any(signature => !signature.Intact);

    /// <summary>Whether signatures in the file say that nothing of it has been changed since.</summary>
    public bool IsSignedAndIntact => EmbeddedSignatures.Any(signature => signature.CoversWholeFile) && !IsBroken;

    public static string NameOf(string municipality, Guid agreement, Guid id) =>
        $"{ResourceName.Of(municipality, Domain.Agreement.Collection, agreement)}/{Collection}/{id}";

    /// <summary>Receives a file for an agreement whose text is open, or that waits for signatures.</summary>
    public static AgreementDocument Receive(Agreement agreement, string title, string fileName, ReceivedFile file, Actor sender)
    {
        agreement.MustTakeDocuments();
        return new AgreementDocument(agreement.Municipality)
        {
            Agreement = agreement.Id,
            Title = title,
            FileName = fileName,
            MediaType = file.MediaType,
            SizeBytes = file.Content.Length,
            Sha256 = file.Sha256,
            Side = sender.SideIn(agreement.Terms.Parties),
            PartyId = sender.PartyIn(agreement.Terms.Parties),
            ReceivedFrom = sender.DisplayName,
            EmbeddedSignatures = file.Signatures,
        };
    }

    public void Mark(ConfidentialityMark mark) => ConfidentialityMark = mark;

    public void LiftMark() => ConfidentialityMark = ConfidentialityMark.Lifted(Name);
}
