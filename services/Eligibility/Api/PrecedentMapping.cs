using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Precedents;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Eligibility.Api;

/// <summary>Precedents as the contract shows them.</summary>
internal static class PrecedentMapping
{
    public static V1.Precedent ToProto(this Precedent precedent, bool withEtag)
    {
        var message = ToProto(precedent.Lesson, precedent.Municipality);
        message.Name = precedent.Name;
        message.Source = V1.PrecedentSource.Own;
        message.State = Enums.To<PrecedentState, V1.Precedent.Types.State>(precedent.State);
        message.Case = ResourceName.Of(precedent.Municipality, "cases", precedent.CaseId);
        message.Title = precedent.Title;
        message.Summary = precedent.Summary;
        message.Shared = precedent.Shared;
        message.ChallengeCodes.Add(precedent.ChallengeCodes);
        message.TargetGroupCodes.Add(precedent.TargetGroupCodes);
        message.Domain = precedent.Domain;
        message.CreateTime = precedent.CreateTime.ToProto();
        message.WithdrawalReason = precedent.WithdrawalReason;
        message.Etag = withEtag ? precedent.Etag : "";
        return message;
    }

    public static V1.Precedent ToProto(this SharedPrecedent precedent)
    {
        var message = ToProto(precedent.Lesson, precedent.Municipality);
        message.Name = precedent.Name;
        message.Source = V1.PrecedentSource.Shared;
        message.State = V1.Precedent.Types.State.Published;
        message.Title = precedent.Title;
        message.Summary = precedent.Summary;
        message.Shared = true;
        message.ChallengeCodes.Add(precedent.ChallengeCodes);
        message.TargetGroupCodes.Add(precedent.TargetGroupCodes);
        message.Domain = precedent.Domain;
        message.CreateTime = precedent.CreateTime.ToProto();
        return message;
    }

    public static V1.Precedent ToProto(this PublicExample example, string municipality) => new()
    {
        Name = NameOf(example, municipality),
        Source = V1.PrecedentSource.PublicExample,
        State = V1.Precedent.Types.State.Published,
        Title = example.Title,
        Summary = example.Summary,
        ChallengeCodes = { example.ChallengeCodes },
        TargetGroupCodes = { example.TargetGroupCodes },
        Instrument = V1.Instrument.Iop,
        Municipality = ResourceName.OfMunicipality(example.Municipality),
        SourceReference = example.Source,
    };

    public static string NameOf(PublicExample example, string municipality) => $"{ResourceName.OfMunicipality(municipality)}/precedents/{example.Id}";

    private static V1.Precedent ToProto(Lesson lesson, string municipality) => new()
    {
        Municipality = ResourceName.OfMunicipality(municipality),
        DecisionOutcome = Enums.To<DecisionOutcome, V1.Decision.Types.Outcome>(lesson.Outcome),
        DecisionDate = lesson.DecisionDate.ToProto(),
        Instrument = lesson.Instrument?.ToProto() ?? V1.Instrument.Unspecified,
        LegalGround = lesson.Ground is { } ground ? Enums.To<LegalGround, V1.LegalGround>(ground) : V1.LegalGround.Unspecified,
        GuidelinePack = lesson.GuidelinePack,
        PlannedTermMonths = lesson.PlannedTermMonths,
        PublicContribution = lesson.PublicContribution.ToProto(),
        CivilSocietyContribution = lesson.CsoContribution.ToProto(),
        Findings =
        {
            lesson.Findings.Select(finding => new V1.PrecedentFinding
            {
                RuleId = finding.RuleId,
                Key = finding.Key,
                Status = Enums.To<FindingStatus, V1.Finding.Types.Status>(finding.Status),
            }),
        },
    };
}
