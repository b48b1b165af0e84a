using Iop.Organisations.Domain;
using Iop.Platform.Requests;
using Iop.Sight;

namespace Iop.Organisations.Api;

/// <summary>Documents and what surrounds them, from the domain to the contract.</summary>
internal static class DocumentMapping
{
    public static V1.Document ToProto(this Document document, AnnualCycle cycle, DateOnly today, bool withPersons = true) => new()
    {
        Name = document.Name,
        Kind = (V1.DocumentKind)document.Kind,
        Title = document.Title,
        FileName = document.FileName,
        MediaType = document.MediaType,
        SizeBytes = document.SizeBytes,
        Sha256 = document.Sha256,
        FinancialYear = document.FinancialYear,
        VersionNumber = document.VersionNumber,
        ReceiveTime = document.ReceivedTime.ToProto(),
        State = (V1.Document.Types.State)document.State,
        Etag = document.Etag,
        StateReason = document.StateReason,
        CaseReference = document.CaseReference,
        ConfidentialityMark = document.ConfidentialityMark.On(today)?.ToProto(),
        Stale = cycle.IsStale(document.Kind, document.FinancialYear, document.ReceivedTime.DayInSweden(), today),
        AuditOpinion = document.AuditOpinion is { } opinion ? (V1.AuditOpinion)opinion : V1.AuditOpinion.Unspecified,
        BoardMembers = { withPersons ? (document.BoardMembers ?? []).Select(member => member.ToProto()) : [] },
    };

    public static V1.DocumentReminder ToProto(this DocumentReminder reminder) => new()
    {
        Name = reminder.Name,
        Kind = (V1.DocumentKind)reminder.Kind,
        FinancialYear = reminder.FinancialYear,
        SequenceNumber = reminder.SequenceNumber,
        DueDate = reminder.DueDate.ToProto(),
        Message = reminder.Message,
        CreateTime = reminder.CreateTime.ToProto(),
    };

    public static V1.ExtractAttestation ToProto(this ExtractAttestation attestation) => new()
    {
        Name = attestation.Name,
        PersonRef = attestation.PersonRef,
        Role = attestation.Role,
        ShownDate = attestation.ShownDate.ToProto(),
        ExtractDate = attestation.ExtractDate.ToProto(),
        Purpose = (V1.ExtractAttestation.Types.Purpose)attestation.Purpose,
        ValidUntil = attestation.ValidUntil.ToProto(),
        CreateTime = attestation.CreateTime.ToProto(),
    };
}
