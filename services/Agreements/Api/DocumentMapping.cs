using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;
using Iop.Sight;

namespace Iop.Agreements.Api;

internal static class DocumentMapping
{
    public static V1.AgreementDocument ToProto(this AgreementDocument document, DateOnly today, bool etag = true) => new()
    {
        Name = document.Name,
        Title = document.Title,
        FileName = document.FileName,
        MediaType = document.MediaType,
        SizeBytes = document.SizeBytes,
        Sha256 = document.Sha256,
        Side = (Types.V1.PartySide)document.Side,
        ReceivedFrom = document.ReceivedFrom,
        PartyId = document.PartyId,
        ReceiveTime = document.CreateTime.ToProto(),
        EmbeddedSignatures =
        {
            document.EmbeddedSignatures.Select(signature => new V1.EmbeddedSignature { Signer = signature.Signer, Intact = signature.Intact, CoversWholeFile = signature.CoversWholeFile }),
        },
        ConfidentialityMark = document.ConfidentialityMark.On(today)?.ToProto(),
        Etag = etag ? document.Etag : "",
    };

    /// <summary>The document as a municipality that has joined shows its own copy of it.</summary>
    public static V1.AgreementDocument ToProto(this AgreementDocument document, DocumentMark own, DateOnly today, bool etag = true)
    {
        var message = document.ToProto(today, etag);
        (message.Name, message.Etag) = (own.Name, etag ? own.Etag : "");
        message.ConfidentialityMark = own.ConfidentialityMark.On(today)?.ToProto();
        return message;
    }

    public static AgreementDocumentReceived Received(this AgreementDocument document, Agreement agreement) => new()
    {
        Agreement = agreement.Name,
        Side = document.Side.ToUpperSnake(),
        MediaType = document.MediaType,
        Sha256 = document.Sha256,
    };
}
