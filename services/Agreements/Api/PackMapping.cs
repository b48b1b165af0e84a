using Iop.Agreements.Domain;
using Iop.Eligibility.V1;
using Clause = Iop.Agreements.Domain.ForbiddenClause;
using Contributing = Iop.Agreements.Domain.ContributionRule;
using Deciding = Iop.Agreements.Domain.DecisionRule;
using Extending = Iop.Agreements.Domain.ExtensionRule;
using Following = Iop.Agreements.Domain.FollowUpRule;
using Funded = Iop.Agreements.Domain.FundingRule;
using Keeping = Iop.Agreements.Domain.RetentionRule;
using Lasting = Iop.Agreements.Domain.PeriodRule;
using Signing = Iop.Agreements.Domain.SigningRule;
using Template = Iop.Agreements.Domain.SectionTemplate;

namespace Iop.Agreements.Api;

/// <summary>What a guideline pack says about agreements, in the terms of the domain.</summary>
internal static class PackMapping
{
    private const string UsualAssurance = "substantial";

    public static AgreementRules ToRules(this GuidelinePack pack)
    {
        var (giving, period, extension, following) = (
            pack.ContributionRule ?? new(), pack.PeriodRule ?? new(), pack.ExtensionRule ?? new(), pack.FollowUpRule ?? new());
        return new AgreementRules
        {
            Sections = [.. pack.Sections.Select(section => new Template(
                section.Key, section.RuleId, section.Heading.ToDomain(), section.Guidance.ToDomain(), (Domain.SectionMode)section.Mode, section.GeneratedFrom, section.Repeatable)
            {
                Prompts = [.. section.Prompts.Select(prompt => prompt.ToDomain())],
            })],
            Sayings = [.. pack.AgreementRules.Select(rule => new SayingRule(rule.Key, rule.RuleId, rule.Text.ToDomain(), (RuleSeverity)rule.Severity, [.. rule.Sections]) { EachPartyApproves = rule.EachPartyApproves })],
            AsksReasons = pack.DeparturesMotivated,
            ForbiddenClauses = [.. pack.ForbiddenClauses.Select(clause => new Clause(
                clause.Type, clause.RuleId, clause.Text.ToDomain(), (RuleSeverity)clause.Severity, [.. clause.Markers]))],
            Contributions = new Contributing(
                giving.RuleId, [.. giving.RequiredFrom.Select(side => (PartySide)side)], [.. giving.Types_.Select(type => (ContributionType)type)], (RuleSeverity)giving.Severity),
            Period = new Lasting(period.RuleId, period.MinMonths, period.MaxMonths, (RuleSeverity)period.Severity),
            Extension = new Extending(extension.RuleId, extension.Allowed, extension.MaxCount, extension.MaxMonths, extension.TermsRequired)
            {
                MustDecide = extension.MustDecide.ToDictionary(settled => settled.Key, settled => settled.RuleId, StringComparer.Ordinal),
            },
            Funding = pack.FundingRule is { } funding
                ? new Funded(funding.ForbiddenSourcesRule, [.. funding.ForbiddenSources.Select(source => (FundingSource)source)])
                : Funded.None,
            FollowUp = new Following(
                following.RuleId, following.CheckInEveryMonths, following.ReportEveryMonths, following.EvaluationMonthsBeforeEnd,
                following.RenewalTalksMonthsBeforeEnd, (ReportingResponsibility)following.ReportingResponsibility)
            {
                EvaluationRuleId = following.EvaluationRule,
                RenewalTalksRuleId = following.RenewalTalksRule,
                RequiredFields = [.. following.RequiredFields],
                CheckInTopics = [.. following.CheckInTopics.Select(topic => topic.Sv)],
                EvaluationQuestions = [.. following.EvaluationQuestions.Select(question => question.Sv)],
                Reminders = RemindersOf(following),
            },
            Signing = new Signing(
                pack.SigningRule?.RuleId ?? "", MinimumAssuranceOf(pack.SigningRule), pack.SigningRule?.Ordered ?? false,
                pack.SigningRule?.FirstSide is Types.V1.PartySide.Public ? PartySide.Public : PartySide.CivilSociety)
            {
                Levels = pack.SigningRule?.DocumentLevels.ToDictionary(level => (Domain.SignedDocument)level.Document, level => AssuranceLevel.Parse(level.MinimumAssuranceLevel)) ?? [],
                MinimumClass = pack.SigningRule is { MinimumSignatureClass: not Types.V1.SignatureClass.Unspecified } strong ? (SignatureClass)strong.MinimumSignatureClass : SignatureClass.Simple,
                Classes = pack.SigningRule?.DocumentLevels.Where(level => level.MinimumSignatureClass != Types.V1.SignatureClass.Unspecified)
                    .ToDictionary(level => (Domain.SignedDocument)level.Document, level => (SignatureClass)level.MinimumSignatureClass) ?? [],
            },
            Compact = pack.LocalCompact is { } compact
                ? new CompactReference(compact.Name.ToDomain().Sv, compact.Uri, [.. compact.Statements.Select(statement => statement.Sv)], [.. compact.Sections])
                : null,
            Deciding = pack.DecisionRule is { } decision
                ? new Deciding(decision.RuleId, [.. decision.Bodies.Select(body => (Domain.DecidingBody)body)], decision.Body.ToDomain())
                : Deciding.None,
            HasCommittees = pack.CommitteeRule is not null,
            Retention = pack.RetentionRule is { } keeping ? new Keeping(keeping.RuleId, keeping.Preserve, keeping.YearsAfterEnd) : Keeping.None,
        };
    }

    public static Domain.LocalizedText ToDomain(this Types.V1.LocalizedText? text) => new(text?.Sv ?? "", text?.En ?? "");

    // Every pack that tells of reminders has a least group, of two or more.
    private static ReminderRule? RemindersOf(Eligibility.V1.FollowUpRule rule) => rule.MinimumGroupSize == 0
        ? null
        : new ReminderRule([.. rule.ReminderDaysBefore], [.. rule.ReminderDaysAfter], rule.EscalationDaysAfter, rule.MinimumGroupSize);

    // A pack that was kept before packs told the level is no reason to let anyone sign: then the usual one holds.
    private static AssuranceLevel MinimumAssuranceOf(Eligibility.V1.SigningRule? rule) =>
        AssuranceLevel.Parse(rule is { MinimumAssuranceLevel.Length: > 0 } ? rule.MinimumAssuranceLevel : UsualAssurance);
}
