using Iop.Agreements.Domain;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;

namespace Iop.Agreements.Api;

internal static class AgreementMapping
{
    public static V1.Agreement ToProto(this Agreement agreement, V1.AgreementView view = V1.AgreementView.Basic, bool etag = true)
    {
        var message = AgreementSummary.Of(agreement).ToProto(etag);
        message.Sections.AddRange(agreement.Sections.Select(ToProto));
        message.CanonicalText = view == V1.AgreementView.Full ? agreement.CanonicalText : "";
        return message;
    }

    public static V1.Agreement ToProto(this AgreementSummary agreement, bool etag = true)
    {
        var terms = agreement.Terms;
        var message = new V1.Agreement
        {
            Name = ResourceName.Of(agreement.Municipality, Agreement.Collection, agreement.Id),
            Case = agreement.CaseName,
            GuidelinePack = agreement.PackName,
            State = (V1.Agreement.Types.State)agreement.State,
            Title = terms.Title,
            Parties = { terms.Parties.Select(ToProto) },
            Contributions = { terms.Contributions.Select(ToProto) },
            PaymentPlan = { terms.PaymentPlan.Select(ToProto) },
            StartDate = terms.StartDate.ToProto(),
            EndDate = terms.EndDate.ToProto(),
            Extension = new V1.ExtensionTerms { Allowed = terms.Extension.Allowed, MaxCount = terms.Extension.MaxCount, Months = terms.Extension.Months },
            Goals = { terms.Goals.Select(goal => new V1.Goal { GoalId = goal.GoalId, Text = goal.Text }) },
            Contacts = { terms.Contacts.Select(ToProto) },
            FollowUp = terms.FollowUp.ToProto(),
            PublicSignatories = { terms.PublicSignatories.Select(ToProto) },
            RequiredSignatures = { SignatureRequirement.Of(terms, agreement.FixedRequirements).Select(requirement => requirement.ToProto([.. agreement.Signatures.Where(signature => signature.Version == agreement.Version)])) },
            TextHash = agreement.TextHash,
            Approvals = { agreement.Approvals.Select(ToProto) },
            Signatures = { agreement.Signatures.Select(ToProto) },
            Version = agreement.Version,
            DraftingSide = (Types.V1.PartySide)agreement.DraftingSide,
            ShareTime = agreement.ShareTime.ToProto(),
            TextAgreedTime = agreement.TextAgreedTime.ToProto(),
            ActivateTime = agreement.ActivateTime.ToProto(),
            CreateTime = agreement.CreateTime.ToProto(),
            UpdateTime = agreement.UpdateTime.ToProto(),
            Committees = agreement.Belonging().ToProto(),
            Etag = etag ? $"\"{agreement.RowVersion}\"" : "",
        };
        message.AddLife(agreement);
        message.AddPartnership(agreement);
        if (terms.EndsWithoutNotice is { } withoutNotice)
        {
            message.EndsWithoutNotice = withoutNotice;
        }

        return message;
    }

    public static V1.Finding ToProto(this Finding finding, FindingTexts texts) => new()
    {
        RuleId = finding.RuleId,
        Severity = finding.Blocking ? V1.Finding.Types.Severity.Blocking : V1.Finding.Types.Severity.Warning,
        SectionId = finding.SectionId,
        FieldPath = finding.FieldPath,
        Sentence = texts.Sentence(finding).ToProto(),
        ClauseType = finding.Place?.ClauseType ?? "",
        Words = finding.Place?.Words ?? "",
        Offset = finding.Place?.Offset ?? 0,
        Length = finding.Place?.Words.Length ?? 0,
        GuidelinePack = finding.PackName,
        NeedsMotivation = finding.NeedsMotivation,
        Motivation = finding.Motivation,
    };

    public static V1.AgreementCommittees? ToProto(this MatterCommittees committees) => committees is { All.Count: 0, Only: false } ? null : new V1.AgreementCommittees
    {
        Responsible = committees.All is [var responsible, ..] ? responsible : "",
        Concerned = { committees.All.Skip(1) },
        Only = committees.Only,
    };

    public static Types.V1.LocalizedText ToProto(this Domain.LocalizedText text) => new() { Sv = text.Sv, En = text.En };

    private static Types.V1.Party ToProto(this Party party) => new()
    {
        PartyId = party.PartyId,
        Side = (Types.V1.PartySide)party.Side,
        Organisation = party.Organisation,
        PublicPartyKind = (Types.V1.PublicPartyKind)party.Kind,
        DisplayName = party.DisplayName,
        Lead = party.Lead,
        FundingSource = (Types.V1.FundingSource)party.FundingSource,
        BudgetCode = party.BudgetCode,
    };

    private static V1.Section ToProto(this Section section) => new()
    {
        SectionId = section.SectionId,
        Key = section.Key,
        RuleId = section.RuleId,
        Heading = section.Heading.ToProto(),
        Guidance = section.Guidance.ToProto(),
        Mode = (V1.Section.Types.Mode)section.Mode,
        Text = section.Text,
        Generated = section.IsGenerated,
        GeneratedText = section.GeneratedText,
        Skipped = section.Skipped,
        SkipReason = section.SkipReason,
        UpdatedBy = (Types.V1.PartySide)section.UpdatedBy,
        UpdateTime = section.UpdateTime.ToProto(),
        Etag = section.Etag,
        Prompts = { section.Prompts.Select(ToProto) },
        Repeatable = section.Repeatable,
        UnderSectionId = section.Under,
        Approvals = { section.Approvals.Select(approval => new V1.SectionApproval { PartyId = approval.PartyId, ApproveTime = approval.Time.ToProto() }) },
    };

    private static Types.V1.Contribution ToProto(this Contribution item) => new()
    {
        PartyId = item.PartyId,
        Type = (Types.V1.ContributionType)item.Type,
        Description = item.Description,
        Value = item.Value.ToProto(),
        Hours = item.Hours,
        ValuationMethod = item.ValuationMethod,
        HourlyValue = item.HourlyValue?.ToProto(),
    };

    private static V1.PaymentPlanItem ToProto(this PaymentPlanItem item) => new()
    {
        Amount = item.Amount.ToProto(),
        DueDate = item.DueDate.ToProto(),
        PayerPartyId = item.PayerPartyId,
        PayeePartyId = item.PayeePartyId,
    };

    private static V1.ContactPerson ToProto(this ContactPerson contact) => new()
    {
        PartyId = contact.PartyId,
        Function = contact.Function,
        DisplayName = contact.DisplayName,
        Email = contact.Email,
        Phone = contact.Phone,
    };

    private static V1.FollowUpTerms ToProto(this FollowUpTerms terms) => new()
    {
        CheckInEveryMonths = terms.CheckInEveryMonths,
        ReportEveryMonths = terms.ReportEveryMonths,
        ReportingResponsibility = (Types.V1.ReportingResponsibility)terms.ReportingResponsibility,
        EvaluationDate = terms.EvaluationDate.ToProto(),
        RenewalTalksDate = terms.RenewalTalksDate.ToProto(),
        How = terms.How,
        Who = terms.Who,
        Financing = terms.Financing,
        CheckInDates = { terms.CheckInDates.Select(date => date.ToProto()) },
        ReportDates = { terms.ReportDates.Select(date => date.ToProto()) },
    };

    private static V1.Signatory ToProto(this Signatory signatory) => new()
    {
        PartyId = signatory.PartyId,
        PersonRef = signatory.PersonRef,
        DisplayName = signatory.DisplayName,
        Role = signatory.Role,
    };

    private static V1.SignatureRequirement ToProto(this SignatureRequirement requirement, IReadOnlyList<Signature> signatures) => new()
    {
        PartyId = requirement.PartyId,
        RequiredCount = requirement.RequiredCount,
        Signatories = { requirement.Signatories.Select(ToProto) },
        SignedCount = requirement.CountIn(signatures),
        Fulfilled = requirement.IsFulfilledBy(signatures),
        Alternatives = { requirement.Alternatives.Select(SigningMapping.ToProto) },
    };

    private static V1.Approval ToProto(this Approval approval) => new()
    {
        PartyId = approval.PartyId,
        ApprovedBy = approval.ApprovedBy,
        TextHash = approval.TextHash,
        ApproveTime = approval.ApproveTime.ToProto(),
    };

    private static V1.Signature ToProto(this Signature signature) => new()
    {
        PartyId = signature.PartyId,
        PersonRef = signature.PersonRef,
        DisplayName = signature.DisplayName,
        Role = signature.Role,
        PartyDisplayName = signature.OnBehalfOf,
        AssuranceLevel = signature.AssuranceLevel,
        TextHash = signature.TextHash,
        SignTime = signature.SignTime.ToProto(),
        Voided = signature.Voided,
        Method = (V1.SignatureMethod)signature.Method,
        Version = signature.Version,
        Provider = signature.Provider,
        EvidenceSha256 = signature.EvidenceSha256,
        SignatureClass = (Types.V1.SignatureClass)signature.Class,
        Validation = signature.Validation.ToProto(),
    };
}
