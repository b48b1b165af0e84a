using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Requests;
using DocumentKind = Iop.Organisations.V1.DocumentKind;

namespace Iop.Eligibility.Api;

/// <content>What a pack says of agreements, process and follow-up.</content>
internal static partial class GuidelinePackMapping
{
    private static void AddAgreement(V1.GuidelinePack message, GuidelinePack pack)
    {
        message.Sections.AddRange(pack.Agreement.Sections.Select(section => new V1.SectionTemplate
        {
            Key = section.Key,
            RuleId = section.Provenance.Id(),
            Heading = section.Heading.ToProto(),
            Guidance = section.Guidance.ToProto(),
            Mode = Enums.To<SectionMode, V1.SectionMode>(section.Mode),
            GeneratedFrom = section.GeneratedFrom == SectionSource.None ? "" : Codes.KeyOf(section.GeneratedFrom),
            Repeatable = section.Repeatable,
            Prompts = { section.Prompts.Select(prompt => prompt.ToProto()) },
        }));
        message.ForbiddenClauses.AddRange(pack.Agreement.ForbiddenClauses.Select(clause => Forbidden(clause, pack)));
        message.ContributionRule = Contributions(pack);
        message.PeriodRule = new V1.PeriodRule
        {
            RuleId = pack.Period.Provenance.Id(),
            MinMonths = pack.Period.MinMonths ?? pack.Period.TypicalMinMonths ?? 0,
            MaxMonths = pack.Period.MaxMonths ?? pack.Period.TypicalMaxMonths ?? 0,
            Severity = pack.Period.Severity.ToProto(),
            EndDateRequired = pack.Period.Required,
        };
        message.ExtensionRule = new V1.ExtensionRule
        {
            RuleId = pack.Extension.Provenance.Id(),
            Allowed = pack.Extension.Allowed,
            MaxCount = pack.Extension.MaxCount ?? 0,
            MaxMonths = pack.Extension.MaxMonths ?? 0,
            TermsRequired = pack.Extension.MustDecide.Count > 0,
            MustDecide = { All("information", pack.Extension.MustDecide) },
        };
        message.SigningRule = new V1.SigningRule
        {
            RuleId = pack.Signing.Provenance.Id(),
            ApprovalRequiredFrom = { pack.Agreement.Approval.RequiredFrom.Select(side => side.ToProto()) },
            AllPartiesSign = true,
            OriginalToEach = pack.Signing.OriginalToEach,
            MinimumAssuranceLevel = Codes.KeyOf(pack.Signing.MinimumAssurance),
            DocumentLevels =
            {
                pack.Signing.Levels.Select(level => new V1.DocumentLevel
                {
                    Document = (V1.SignedDocument)(level.Document + 1),
                    MinimumAssuranceLevel = Codes.KeyOf(level.MinimumAssurance),
                    MinimumSignatureClass = level.MinimumClass is { } @class ? Enums.To<SignatureClass, Types.V1.SignatureClass>(@class) : default,
                }),
            },
            MinimumSignatureClass = Enums.To<SignatureClass, Types.V1.SignatureClass>(pack.Signing.MinimumClass),
            Ordered = pack.Signing.Order != SigningOrder.Any,
            FirstSide = pack.Signing.Order switch
            {
                SigningOrder.CsoFirst => Types.V1.PartySide.CivilSociety,
                SigningOrder.PublicFirst => Types.V1.PartySide.Public,
                _ => Types.V1.PartySide.Unspecified,
            },
        };
        message.AgreementRules.AddRange(pack.Agreement.Rules.Select(rule => new V1.AgreementRule
        {
            Key = rule.Key,
            RuleId = rule.Provenance.Id(),
            Text = rule.Text.ToProto(),
            Severity = rule.Severity.ToProto(),
            Sections = { rule.Sections },
            EachPartyApproves = rule.EachPartyApproves,
        }));
        (message.DeparturesMotivated, message.DepartureRule) = (pack.Agreement.Departures?.Motivated == true, pack.Agreement.Departures?.Provenance.RuleId ?? "");
        message.FundingRule = Funding(pack);
        message.RetentionRule = new V1.RetentionRule
        {
            RuleId = pack.Retention.Provenance.Id(),
            Preserve = pack.Retention.YearsAfterEnd is null,
            YearsAfterEnd = pack.Retention.YearsAfterEnd ?? 0,
        };
        message.LocalCompact = pack.Compact is not { } compact ? null : new V1.LocalCompact
        {
            RuleId = compact.Provenance.Id(),
            Name = compact.Name.ToProto(),
            AdoptedDate = compact.AdoptedDate.ToProto(),
            Uri = compact.Uri,
            Statements = { compact.Statements.Select(statement => statement.Text.ToProto()) },
            Sections = { compact.Sections },
        };
        message.SharingRule = new V1.SharingRule { Precedents = pack.Sharing.Precedents, LearningNotes = pack.Sharing.LearningNotes };
    }

    private static V1.FundingRule Funding(GuidelinePack pack)
    {
        var forbidding = pack.Criteria.FirstOrDefault(criterion => criterion.Measure.ForbiddenFunding.Count > 0);
        return new V1.FundingRule
        {
            RuleId = pack.Funding.Provenance.Id(),
            ConcurrentInstruments = pack.Funding.ConcurrentInstruments,
            Grants = { pack.Funding.GrantCatalogue.Select(grant => new V1.FundingRule.Types.Grant { Key = grant.Key, Text = grant.Text.ToProto() }) },
            ForbiddenSources = { (forbidding?.Measure.ForbiddenFunding ?? []).Select(Enums.To<FundingKind, Types.V1.FundingSource>) },
            ForbiddenSourcesRule = forbidding?.Id ?? "",
        };
    }

    private static V1.ForbiddenClause Forbidden(ForbiddenClause clause, GuidelinePack pack)
    {
        var type = Codes.KeyOf(clause.Type);
        var statement = pack.Criteria.FirstOrDefault(criterion => criterion.Id == clause.Provenance.RuleId)?.Statement
            ?? pack.Agreement.Rules.FirstOrDefault(rule => rule.Provenance.RuleId == clause.Provenance.RuleId)?.Text;
        return new V1.ForbiddenClause
        {
            Type = type,
            RuleId = clause.Provenance.Id(),
            Text = statement?.ToProto() ?? Texts.Clause(type),
            Severity = clause.Severity.ToProto(),
            Markers = { Texts.Markers(type) },
        };
    }

    private static V1.ContributionRule Contributions(GuidelinePack pack)
    {
        var criterion = pack.Criteria.FirstOrDefault(criterion => criterion.Measure.By == MeasureKind.Contributions);
        return new V1.ContributionRule
        {
            RuleId = criterion?.Id ?? "",
            RequiredFrom = { pack.Contributions.RequiredFrom.Select(side => side.ToProto()) },
            Types_ = { pack.Contributions.Types.Select(TypeOf).Distinct() },
            Severity = (criterion?.Severity ?? Severity.Optional).ToProto(),
        };
    }

    private static Types.V1.ContributionType TypeOf(ContributionType type) => type switch
    {
        ContributionType.Administration => Types.V1.ContributionType.Overhead,
        ContributionType.Equipment => Types.V1.ContributionType.Other,
        _ => Enums.To<ContributionType, Types.V1.ContributionType>(type),
    };

    private static void AddProcess(V1.GuidelinePack message, GuidelinePack pack)
    {
        message.Documents.AddRange(pack.Documents.Where(document => document.Set == DocumentSet.Organisation).Select(document => new V1.DocumentRequirement
        {
            RuleId = document.Provenance.Id(),
            Kind = Enum.GetValues<DocumentKind>().FirstOrDefault(kind => Codes.KeyOf(kind) == document.Type, DocumentKind.Other),
            Severity = document.Severity.ToProto(),
            Yearly = document.Yearly,
            IfExists = document.IfExists,
            Text = document.Text.ToProto(),
        }));
        message.DecisionRule = new V1.DecisionRule
        {
            RuleId = pack.Decision.Provenance.Id(),
            Body = pack.Decision.Text.ToProto(),
            DelegationAllowed = pack.Decision.DelegationAllowed,
            Bodies = { pack.Decision.Bodies.Select(Enums.To<DecidingBody, V1.DecidingBody>) },
            SelfApprovalAllowed = pack.Decision.SelfApprovalAllowed,
            ReferenceNumberPattern = pack.CaseReference.Pattern,
            // C15: the law asks for it even where a guideline is silent.
            LegalAssessmentRequired = true,
            ProcurementGateFirst = pack.Steps.Any(step => step.Gate?.Kind == GateKind.ProcurementGate),
        };
        message.CommitteeRule = pack.Committees is not { } committees ? null : new V1.CommitteeRule
        {
            RuleId = committees.Provenance.Id(),
            OwnSightOnly = committees.OwnSightOnly,
            Committees = { committees.All.Select(committee => new V1.CommitteeRule.Types.Committee { Code = committee.Key, Text = committee.Text.ToProto() }) },
        };
        message.FollowUpRule = FollowUp(pack.FollowUp);
        message.Steps.AddRange(pack.Steps.Select(step => new V1.ProcessStep
        {
            Key = step.Key,
            RuleId = step.Provenance.Id(),
            Text = step.Text.ToProto(),
            Severity = step.Severity.ToProto(),
        }));
        message.Domains.AddRange(pack.Scope.Domains.Select(domain =>
            new V1.ScopeDomain { Code = domain.Key, RuleId = pack.Scope.Provenance.Id(), Text = domain.Text.ToProto() }));
        message.Notes.AddRange(Notes(pack));
    }

    private static V1.FollowUpRule FollowUp(FollowUpRules rules) => new()
    {
        RuleId = rules.CheckIn.Provenance.Id(),
        CheckInEveryMonths = rules.CheckIn.EveryMonths,
        ReportEveryMonths = rules.Report.EveryMonths,
        EvaluationMonthsBeforeEnd = rules.Evaluation.MonthsBeforeEnd,
        RenewalTalksMonthsBeforeEnd = rules.RenewalTalks.MonthsBeforeEnd,
        ReportingResponsibility = rules.ReportingResponsibility.Default switch
        {
            ReportingResponsibility.Cso => Types.V1.ReportingResponsibility.Organisation,
            ReportingResponsibility.Municipality => Types.V1.ReportingResponsibility.Municipality,
            _ => Types.V1.ReportingResponsibility.Shared,
        },
        CheckInTopics = { rules.Duties.Select(duty => duty.Text.ToProto()) },
        EvaluationQuestions = { Texts.EvaluationQuestions },
        RequiredFields = { rules.RequiredFields },
        ReminderDaysBefore = { rules.Reminders.DaysBefore.OrderDescending() },
        ReminderDaysAfter = { rules.Reminders.DaysAfter.Order() },
        EscalationDaysAfter = rules.Reminders.EscalateAfter,
        MinimumGroupSize = rules.MinimumGroupSize,
        EvaluationRule = rules.Evaluation.Provenance.Id(),
        RenewalTalksRule = rules.RenewalTalks.Provenance.Id(),
    };

    private static V1.GuidelineNote Note(string kind, string key, Provenance provenance, Domain.LocalizedText text, string uri = "") =>
        new() { RuleId = provenance.Id(), Kind = kind, Key = key, Text = text.ToProto(), SourceLine = provenance.Line ?? "", Uri = uri };

    private static IEnumerable<V1.GuidelineNote> All(string kind, IEnumerable<Remark> remarks) =>
        remarks.Select(remark => Note(kind, remark.Key, remark.Provenance, remark.Text, remark.Uri));

    /// <summary>What the guideline rests on (es-reference-sources, li-forum-source).</summary>
    public static IEnumerable<V1.GuidelineNote> References(GuidelinePack pack) => All("reference", pack.References);

    private static IEnumerable<V1.GuidelineNote> Notes(GuidelinePack pack) =>
    [
        .. All("principle", pack.Principles),
        .. All("rationale", pack.Rationales),
        .. All("reference", pack.References.Concat(pack.Policy.Programmes)),
        .. pack.Roles.Select(role => Note("role", role.Key, role.Provenance, role.Text, role.Uri)),
        .. All("information", pack.Guidance),
        .. All("information", pack.Period.Statements.Concat(pack.Extension.MustDecide).Concat(pack.Contributions.Permissions)),
        .. All("information", pack.Funding.Statements.Concat(pack.Signing.Statements)),
        .. pack.Agreement.Rules.Select(rule => Note("information", rule.Key, rule.Provenance, rule.Text)),
        .. pack.Documents.Where(document => document.Set == DocumentSet.DecisionBasis).Select(document => Note("information", document.Type, document.Provenance, document.Text)),
    ];
}
