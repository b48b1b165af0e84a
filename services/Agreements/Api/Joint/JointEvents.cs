using Iop.Agreements.Domain;
using Iop.Contracts.Events.Agreements;

namespace Iop.Agreements.Api;

/// <summary>What is told of the municipalities in an agreement.</summary>
internal static class JointEvents
{
    public static MunicipalityInvited Invited(this Agreement agreement, string municipality, string partyId, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        LeadMunicipality = agreement.Municipality,
        InvitedMunicipality = municipality,
        PartyId = partyId,
    };

    public static InvitationWithdrawn InvitationWithdrawn(this Agreement agreement, string municipality, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        InvitedMunicipality = municipality,
    };

    public static MunicipalityAnswered Answered(this Agreement agreement, AgreementShare share, string answer, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        AnsweringMunicipality = share.Municipality,
        PartyId = share.PartyId,
        Answer = answer,
    };
}
