using Iop.Agreements.Domain;
using Iop.Eligibility.V1;
using YamlDotNet.Serialization;
using Clause = Iop.Agreements.Domain.ForbiddenClause;
using Contributing = Iop.Agreements.Domain.ContributionRule;
using Extending = Iop.Agreements.Domain.ExtensionRule;
using Following = Iop.Agreements.Domain.FollowUpRule;
using Keeping = Iop.Agreements.Domain.RetentionRule;
using Lasting = Iop.Agreements.Domain.PeriodRule;
using Signing = Iop.Agreements.Domain.SigningRule;
using Template = Iop.Agreements.Domain.SectionTemplate;

namespace Iop.Agreements.Api;

/// <summary>What a guideline pack says about agreements, in the terms of the domain.</summary>
internal static class PackMapping
{
    public static AgreementRules ToRules(this GuidelinePack pack)
    {
        var (giving, period, extension, following) = (
            pack.ContributionRule ?? new(), pack.PeriodRule ?? new(), pack.ExtensionRule ?? new(), pack.FollowUpRule ?? new());
        return new AgreementRules
        {
            Sections = [.. pack.Sections.Select(section => new Template(
                section.Key, section.RuleId, section.Heading.ToDomain(), section.Guidance.ToDomain(), (Domain.SectionMode)section.Mode, section.GeneratedFrom, section.Repeatable))],
            ForbiddenClauses = [.. pack.ForbiddenClauses.Select(clause => new Clause(
                clause.Type, clause.RuleId, clause.Text.ToDomain(), (RuleSeverity)clause.Severity, [.. clause.Markers]))],
            Contributions = new Contributing(
                giving.RuleId, [.. giving.RequiredFrom.Select(side => (PartySide)side)], [.. giving.Types_.Select(type => (ContributionType)type)], (RuleSeverity)giving.Severity),
            Period = new Lasting(period.RuleId, period.MinMonths, period.MaxMonths, (RuleSeverity)period.Severity),
            Extension = new Extending(extension.RuleId, extension.Allowed, extension.MaxCount, extension.MaxMonths, extension.TermsRequired),
            FollowUp = new Following(
                following.RuleId, following.CheckInEveryMonths, following.ReportEveryMonths, following.EvaluationMonthsBeforeEnd,
                following.RenewalTalksMonthsBeforeEnd, (ReportingResponsibility)following.ReportingResponsibility),
            Signing = new Signing(pack.SigningRule?.RuleId ?? "", MinimumAssuranceIn(pack), pack.SigningRule?.Ordered ?? false),
            Retention = pack.RetentionRule is { } keeping ? new Keeping(keeping.RuleId, keeping.Preserve, keeping.YearsAfterEnd) : Keeping.None,
        };
    }

    public static Domain.LocalizedText ToDomain(this Types.V1.LocalizedText? text) => new(text?.Sv ?? "", text?.En ?? "");

    private static AssuranceLevel MinimumAssuranceIn(GuidelinePack pack) =>
        pack.SigningRule?.MinimumAssuranceLevel is { Length: > 0 } level ? AssuranceLevel.Parse(level) : MinimumAssuranceIn(pack.Document);

    // A pack that was copied here before its signing rule carried the level: it is read from the adopted text.
    private static AssuranceLevel MinimumAssuranceIn(string document)
    {
        var pack = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>?>(document);
        var signing = pack?.GetValueOrDefault("signing") as Dictionary<object, object>;
        return AssuranceLevel.Parse(signing?.GetValueOrDefault("minimumAssurance") as string);
    }
}
