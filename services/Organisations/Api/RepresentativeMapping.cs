using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Representatives, from the domain to the contract.</summary>
internal static class RepresentativeMapping
{
    public static V1.Representative ToProto(this Representative representative) => new()
    {
        Name = representative.Name,
        PersonRef = representative.PersonRef,
        DisplayName = representative.DisplayName,
        Role = representative.Role,
        EvidenceDocuments = { representative.EvidenceDocuments.Select(id => OrganisationName.OfChild(representative.Municipality, representative.Organisation, OrganisationName.Documents, id)) },
        State = (V1.Representative.Types.State)representative.State,
        CreateTime = representative.CreateTime.ToProto(),
        ConfirmTime = representative.ConfirmTime.ToProto(),
        ConfirmedBy = (V1.Representative.Types.ConfirmedBy)(representative.ConfirmedBy ?? default),
        EndTime = representative.EndTime.ToProto(),
        EndReason = representative.EndReason,
        Successor = representative.Successor is { } id
            ? OrganisationName.OfChild(representative.Municipality, representative.Organisation, OrganisationName.Representatives, id)
            : "",
        Etag = representative.Etag,
    };
}
