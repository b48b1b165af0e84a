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
            ActiveSince = facts.ActiveSince,
            MemberCount = facts.MemberCount,
            MemberCountDate = facts.MemberCountDate.ToProto(),
            NextAnnualMeetingDate = facts.NextAnnualMeetingDate.ToProto(),
            PartyEligibility = (V1.PartyEligibility)organisation.PartyEligibility,
            StatutesCheck = organisation.StatutesCheck?.ToProto(),
            State = (V1.Organisation.Types.State)organisation.State,
            CreateTime = organisation.CreateTime.ToProto(),
            UpdateTime = organisation.UpdateTime.ToProto(),
            Etag = organisation.Etag,
        };
        SetKnown(facts.DistributesProfit, value => message.DistributesProfit = value);
        SetKnown(facts.DemocraticallyGoverned, value => message.DemocraticallyGoverned = value);
        SetKnown(facts.PubliclyControlled, value => message.PubliclyControlled = value);
        return message;
    }

    public static V1.SigningAuthority ToProto(this SigningAuthority authority, DateOnly today) => new()
    {
        Name = authority.Name,
        Rule = (V1.SigningRule)authority.Rule,
        RequiredSignatures = authority.RequiredSignatures,
        Signatories = { authority.Signatories.Select(ToProto) },
        EvidenceDocuments = { authority.EvidenceDocuments.Select(id => OrganisationName.OfChild(authority.Municipality, authority.Organisation, OrganisationName.Documents, id)) },
        ValidFrom = authority.ValidFrom.ToProto(),
        ValidUntil = authority.ValidUntil.ToProto(),
        State = (V1.SigningAuthority.Types.State)authority.StateOn(today),
        EndTime = authority.EndTime.ToProto(),
        Etag = authority.Etag,
        CreateTime = authority.CreateTime.ToProto(),
    };

    public static V1.Document ToProto(this Document document) => new()
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
        ReceivedTime = document.ReceivedTime.ToProto(),
        State = (V1.Document.Types.State)document.State,
        Etag = document.Etag,
    };

    private static V1.StatutesCheck ToProto(this StatutesCheck check) => new()
    {
        CheckedOn = check.CheckedOn.ToProto(),
        Result = (V1.StatutesCheck.Types.Result)check.Result,
        Note = check.Note,
    };

    private static V1.AuthorisedSignatory ToProto(AuthorisedSignatory signatory) => new()
    {
        PersonRef = signatory.PersonRef,
        DisplayName = signatory.DisplayName,
        Role = signatory.Role,
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
