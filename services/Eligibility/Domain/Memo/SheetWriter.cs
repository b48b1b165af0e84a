using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Memo;

/// <summary>
/// Writes what a municipality's guideline asks, in plain Swedish for organisations that have never heard of it, from the pack
/// alone. Source: <c>li-information-need</c>.
/// </summary>
public sealed class SheetWriter(GuidelinePack pack, Func<DecisionBody, string> bodyName)
{
    public Memorandum Write() => new(
        MemoTexts.Of("sheet.title"),
        [
            new MemoFact(MemoTexts.Of("heading.guideline"), MemoTexts.Of("heading.guidelineVersion", pack.Title.Sv, pack.Version)),
            new MemoFact(MemoTexts.Of("sheet.decides"), bodyName(pack.Decision.Body)),
            new MemoFact(MemoTexts.Of("sheet.from"), Swedish.Date(pack.ValidFrom)),
        ],
        [.. new[] { What(), Conditions(), Organisation(), OtherForms(), Steps(), Contributions(), Agreement(), FollowUp(), More() }.Where(IsFilled)]);

    private static bool IsFilled(MemoSection section) => section.Paragraphs.Count + section.Items.Count + section.Tables.Count > 0;

    private MemoSection What()
    {
        var section = new SectionDraft("sheetWhat").Say("definition").Say("neither").SayIf(pack.Rationales.Count > 0, "reasons").List(pack.Rationales.Select(reason => reason.Text.Sv));
        return section.Done();
    }

    // A prohibition that is kept is worded as what holds, like every other criterion, so all can be read as conditions.
    private MemoSection Conditions()
    {
        var section = new SectionDraft("sheetConditions")
            .Say(pack.AggregateRule.Kind == AggregateKind.AtLeast ? "atLeast" : "all", pack.AggregateRule.Count ?? 0)
            .Table("must", Rows(Severity.Prohibited, Severity.Mandatory, Severity.Conditional))
            .Table("should", Rows(Severity.Recommended))
            .Table("asked", Rows(Severity.Question, Severity.Informative, Severity.Optional));
        return section.SayIf(pack.Criteria.Any(criterion => criterion.Severity == Severity.Recommended), "departure").Done();
    }

    private IReadOnlyList<IReadOnlyList<string>> Rows(params Severity[] severities) =>
    [
        .. pack.Criteria.Where(criterion => severities.Contains(criterion.Severity))
            .Select<Criterion, IReadOnlyList<string>>(criterion => [criterion.Statement.Sv, criterion.Evidence?.Sv ?? MemoTexts.Of("form.none")]),
    ];

    private MemoSection Organisation()
    {
        var documents = pack.Documents.Where(document => document.Set == DocumentSet.Organisation).ToList();
        return new SectionDraft("sheetOrganisation")
            .Table("conditions", [.. pack.Vetting.SelectMany(set => set.Conditions, (set, condition) => (set, condition))
                .Select<(ConditionSet Set, VettingCondition Condition), IReadOnlyList<string>>(pair =>
                    [pair.Set.Kind == ConditionSetKind.Exclusions ? MemoTexts.Of("sheetOrganisation.exclusion", pair.Condition.Text.Sv) : pair.Condition.Text.Sv, MemoTexts.Of(pair.Set.Accepts == VettingLevel.Declared ? "sheetOrganisation.declared" : "sheetOrganisation.verified")])])
            .Table("documents", [.. documents.Select<DocumentRequirement, IReadOnlyList<string>>(document =>
                [document.Text.Sv, MemoTexts.Of(document.Yearly ? "sheetOrganisation.yearly" : "sheetOrganisation.once"), MemoTexts.Of(document.IfExists ? "form.yes" : "form.no")])])
            .Done();
    }

    private MemoSection OtherForms() => new SectionDraft("sheetForms")
        .SayIf(pack.Routing.Questions.Count > 0, "questions")
        .List(pack.Routing.Questions.Select(question => question.Text.Sv))
        .SayIf(pack.Funding.GrantCatalogue.Count > 0, "grants", Swedish.List([.. pack.Funding.GrantCatalogue.Select(grant => grant.Text.Sv.ToLowerInvariant())]))
        .Say(pack.Funding.ConcurrentInstruments ? "concurrent" : "notConcurrent")
        .Done();

    private MemoSection Steps() => new SectionDraft("sheetSteps")
        .List(pack.Steps.Select((step, index) => MemoTexts.Of("sheetSteps.step", index + 1, step.Text.Sv)))
        .Say("decision", pack.Decision.Text.Sv)
        .Done();

    private MemoSection Contributions() => new SectionDraft("sheetContributions")
        .Say(pack.Contributions.RequiredFrom.Count == 2 ? "both" : "some")
        .List(pack.Contributions.Permissions.Select(permission => permission.Text.Sv))
        .Done();

    private MemoSection Agreement() => new SectionDraft("sheetAgreement")
        .Say("both")
        .Table("headings", [.. pack.Agreement.Sections.Where(section => section.Mode != SectionMode.Optional || pack.Agreement.Sections.All(other => other.Mode == SectionMode.Optional))
            .Select<Section, IReadOnlyList<string>>(section => [section.Heading.Sv, section.Guidance.Sv])])
        .List(pack.Agreement.Rules.Where(rule => rule.Severity is Severity.Mandatory or Severity.Prohibited or Severity.Recommended).Select(rule => rule.Text.Sv))
        .SayIf(pack.Compact is not null, "compact", pack.Compact?.Name.Sv ?? "")
        .Table("compactStatements", [.. (pack.Compact?.Statements ?? []).Select<ScopeDomain, IReadOnlyList<string>>(statement => [statement.Text.Sv])])
        .Done();

    private MemoSection FollowUp() => new SectionDraft("sheetFollowUp")
        .Say("checkIn", pack.FollowUp.CheckIn.EveryMonths)
        .Say("report", pack.FollowUp.Report.EveryMonths)
        .Say("evaluation", pack.FollowUp.Evaluation.MonthsBeforeEnd)
        .List(pack.FollowUp.Duties.Select(duty => duty.Text.Sv))
        .Done();

    private MemoSection More()
    {
        var places = pack.Roles.Select(role => (role.Text.Sv, role.Uri)).Concat(pack.Guidance.Concat(pack.References).Select(remark => (remark.Text.Sv, remark.Uri)));
        return new SectionDraft("sheetMore")
            .List(places.Select(place => place.Uri.Length > 0 ? MemoTexts.Of("sheetMore.at", place.Sv, place.Uri) : place.Sv))
            .List(pack.Principles.Select(principle => principle.Text.Sv))
            .List(OfficialGuidance.All.Select(text => MemoTexts.Of("sheetMore.at", text.Text.Sv, text.Uri)))
            .Done();
    }
}
