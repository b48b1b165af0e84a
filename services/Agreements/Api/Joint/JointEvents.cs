using Iop.Agreements.Domain;
using Iop.Contracts.Events.Agreements;

namespace Iop.Agreements.Api;

/// <summary>What is told of the municipalities in an agreement.</summary>
internal static class JointEvents
{
    public static MunicipalityInvited Invited(this Agreement agreement, string municipality, string partyId) => new()
    {
        LeadMunicipality = agreement.Municipality,
        InvitedMunicipality = municipality,
        PartyId = partyId,
    };

    public static MunicipalityAnswered Answered(this AgreementShare share, string answer) => new()
    {
        AnsweringMunicipality = share.Municipality,
        PartyId = share.PartyId,
        Answer = answer,
    };
}
