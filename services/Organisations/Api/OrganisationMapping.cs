using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>From the domain to the contract. The values of the enums are the same in both.</summary>
internal static class OrganisationMapping
{
    public static V1.Organisation ToProto(this Organisation organisation)
    {
        var facts = organisation.Facts;
        var message = new V1.Organisation
        {
            Name = organisation.Name,
            OrganisationNumber = organisation.Number.ToString(),
            DisplayName = facts.DisplayName,
            LegalForm = (V1.LegalForm)facts.LegalForm,
            Purpose = (V1.OrganisationPurpose)facts.Purpose,
            PurposeStatement = facts.PurposeStatement,
            FoundedDate = facts.FoundedDate.ToProto(),
            ActiveInMunicipality = facts.ActiveInMunicipality,
            LocalActivity = facts.LocalActivity,
            ActivityHistory = facts.ActiveSince,
            MemberCount = facts.MemberCount,
            MemberCountDate = facts.MemberCountDate.ToProto(),
            NextAnnualMeetingDate = facts.NextAnnualMeetingDate.ToProto(),
            PartyEligibility = (V1.PartyEligibility)organisation.PartyEligibility,
            StatutesCheck = organisation.StatutesCheck?.ToProto(),
            State = (V1.Organisation.Types.State)organisation.State,
            CreateTime = organisation.CreateTime.ToProto(),
            UpdateTime = organisation.UpdateTime.ToProto(),
            Etag = organisation.Etag,
            RelationHistory = { facts.RelationHistory.Select(entry => entry.ToProto()) },
            ActRegistration = facts.ActRegistration?.ToProto(),
            Contacts = { facts.Contacts.Select(contact => contact.ToProto()) },
            ProfitDistributionNote = facts.ProfitDistributionNote,
            PublicControlNote = facts.PublicControlNote,
            UndertakingKey = facts.UndertakingKey,
            SuspensionReason = organisation.SuspensionReason,
            SuspendTime = organisation.SuspendTime.ToProto(),
        };
        SetKnown(facts.DistributesProfit, value => message.DistributesProfit = value);
        SetKnown(facts.DemocraticallyGoverned, value => message.DemocraticallyGoverned = value);
        SetKnown(facts.PubliclyControlled, value => message.PubliclyControlled = value);
        return message;
    }

    public static V1.SigningAuthority ToProto(this SigningAuthority authority, DateOnly today, SigningEvidence evidence) => new()
    {
        Name = authority.Name,
        Rule = (V1.SigningRule)authority.Rule,
        RequiredSignatureCount = authority.RequiredSignatures,
        Signatories = { authority.Signatories.Select(ToProto) },
        EvidenceDocuments = { authority.EvidenceDocuments.Select(id => OrganisationName.OfChild(authority.Municipality, authority.Organisation, OrganisationName.Documents, id)) },
        ValidFrom = authority.ValidFrom.ToProto(),
        ValidUntil = authority.ValidUntil.ToProto(),
        State = (V1.SigningAuthority.Types.State)authority.StateOn(today),
        EndTime = authority.EndTime.ToProto(),
        Etag = authority.Etag,
        CreateTime = authority.CreateTime.ToProto(),
        GraceUntil = authority.GraceUntil.ToProto(),
        InGrace = authority.InGraceOn(today),
        Complete = evidence.Complete,
        Evidence = { evidence.Links.Select(link => ToProto(link, authority)) },
    };

    private static V1.EvidenceLink ToProto(EvidenceLink link, SigningAuthority authority) => new()
    {
        Link = link.Link switch
        {
            DocumentKind.Statutes => V1.EvidenceLink.Types.Link.Statutes,
            DocumentKind.AnnualMeetingMinutes => V1.EvidenceLink.Types.Link.AnnualMeetingMinutes,
            _ => V1.EvidenceLink.Types.Link.BoardMinutes,
        },
        Status = (V1.EvidenceLink.Types.Status)link.Status,
        Document = link.Document is { } id ? OrganisationName.OfChild(authority.Municipality, authority.Organisation, OrganisationName.Documents, id) : "",
    };

    private static V1.AuthorisedSignatory ToProto(AuthorisedSignatory signatory) => new()
    {
        PersonRef = signatory.PersonRef,
        DisplayName = signatory.DisplayName,
        Role = signatory.Role,
    };

    /// <summary>What another party to a partnership needs, and nothing that is the organisation's own.</summary>
    public static V1.Organisation ToParty(this Organisation organisation) => new()
    {
        Name = organisation.Name,
        OrganisationNumber = organisation.Number.ToString(),
        DisplayName = organisation.Facts.DisplayName,
        LegalForm = (V1.LegalForm)organisation.Facts.LegalForm,
        PartyEligibility = (V1.PartyEligibility)organisation.PartyEligibility,
        State = (V1.Organisation.Types.State)organisation.State,
    };

    // Absent means not known, which is neither yes nor no.
    private static void SetKnown(bool? value, Action<bool> set)
    {
        if (value is { } known)
        {
            set(known);
        }
    }
}
