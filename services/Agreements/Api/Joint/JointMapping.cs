using Iop.Agreements.Domain;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;

namespace Iop.Agreements.Api;

/// <summary>Members and shares in the contract's form.</summary>
internal static class JointMapping
{
    public static V1.JointMember ToProto(this Member member) => new()
    {
        Municipality = ResourceName.OfMunicipality(member.Municipality),
        DisplayName = MunicipalityNames.Of(member.Municipality),
        PartyId = member.PartyId,
        State = (V1.JointMember.Types.State)member.State,
        GuidelinePack = member.PackName,
        InviteTime = member.InviteTime.ToProto(),
        AnswerTime = member.AnswerTime.ToProto(),
        Reason = member.Reason,
        DecisionRequired = member.DecisionRequired,
        FromVersion = member.FromVersion,
        TextDecision = member.TextDecision?.ToProto(),
        LastDate = member.LastDay.ToProto(),
    };

    public static V1.AgreementShare ToProto(this AgreementShare share, bool etag = true) => new()
    {
        Name = share.Name,
        Agreement = share.AgreementName,
        LeadMunicipality = ResourceName.OfMunicipality(share.Lead),
        LeadDisplayName = MunicipalityNames.Of(share.Lead),
        Title = share.Title,
        PartyId = share.PartyId,
        State = (V1.JointMember.Types.State)share.State,
        Message = share.Message,
        Case = share.CaseName,
        GuidelinePack = share.PackName,
        Reason = share.Reason,
        InviteTime = share.InviteTime.ToProto(),
        AnswerTime = share.AnswerTime.ToProto(),
        CreateTime = share.CreateTime.ToProto(),
        Draft = share.Draft is null ? "" : share.DoorName,
        Committees = share.Belonging().ToProto(),
        Etag = etag ? share.Etag : "",
    };
}
