namespace Iop.Agreements.Domain;

/// <summary>What the text must say of the work, the money and the public, beside what every agreement says.</summary>
public sealed partial class AgreementCheck
{
    // What the pack wants said has a term of its own here, wherever in the text the parties put it.
    private static readonly Dictionary<string, (string FieldPath, Func<AgreementTerms, bool> IsSaid)> SaidByTerms = new(StringComparer.Ordinal)
    {
        ["other-grants"] = ("economy.other_grants_allowed", terms => terms.Economy.OtherGrantsAllowed is not null),
        ["surplus"] = ("economy.surplus_rule", terms => terms.Economy.SurplusRule != SurplusRule.Unspecified),
        ["budget-plan"] = ("economy.budget_plan", terms => terms.Economy.BudgetPlan.Length > 0),
        ["compensation-basis"] = ("economy.compensation_basis", terms => !IsPaid(terms) || terms.Economy.CompensationBasis.Length > 0),
        ["officer-time"] = (
            "collaboration.officer_hours_per_month", terms => terms.Collaboration is { OfficerHoursPerMonth: > 0, OfficerFunction.Length: > 0 }),
    };

    // he-agree-purpose, ga-agree-resource-split and their like: what the pack says that the text must say.
    private void Sayings(AgreementTerms terms, IReadOnlyList<Section> sections)
    {
        foreach (var rule in rules.Sayings.Where(rule => rule.Severity is not (RuleSeverity.Optional or RuleSeverity.Informative)))
        {
            if (SaidByTerms.TryGetValue(rule.Key, out var said))
            {
                if (!said.IsSaid(terms))
                {
                    AddUnsaid(rule, said.FieldPath, "");
                }
            }
            else if (rule.Sections.Count > 0 && !sections.Any(section => rule.Sections.Contains(section.Key) && section.IsIncluded))
            {
                AddUnsaid(rule, "", rule.Sections[0]);
            }
        }
    }

    // he-activity-unambiguous: that all are at one on it is said of the section itself.
    private void Approvals(AgreementTerms terms, IReadOnlyList<Section> sections)
    {
        foreach (var (rule, section) in rules.Sayings.Where(rule => rule.EachPartyApproves)
            .SelectMany(rule => sections.Where(section => rule.Sections.Contains(section.Key) && section.IsIncluded), (rule, section) => (rule, section)))
        {
            var lacking = terms.Parties.Where(party => view?.Concerns(party) != false && !section.Approvals.Any(approval => approval.PartyId == party.PartyId)).ToList();
            if (lacking.Count > 0)
            {
                Add(
                    "section-not-approved", rule.RuleId, Binds(rule.Severity), "", section.SectionId,
                    ("heading", section.Heading.Sv), ("parties", string.Join(", ", lacking.Select(party => party.DisplayName))));
            }
        }
    }

    private void AddUnsaid(SayingRule rule, string fieldPath, string sectionId) =>
        Add("rule-unsaid", rule.RuleId, Binds(rule.Severity), fieldPath, sectionId, ("rule", rule.Text.Sv), ("rule_en", rule.Text.En));

    // es-step-3-expectations-and-roles: where the pack has the heading, no party is left without a role.
    private void Roles(AgreementTerms terms, IReadOnlyList<Section> sections)
    {
        if (sections.FirstOrDefault(section => section.Source == SectionSource.Roles && !section.Skipped) is not { } heading)
        {
            return;
        }

        bool HasRole(Party party) =>
            party.Lead || terms.Collaboration.ConvenerPartyId == party.PartyId || terms.Contributions.Any(item => item.PartyId == party.PartyId)
            || terms.Commitments.Any(said => said.PartyId == party.PartyId && said.Kind != CommitmentKind.Expectation);
        foreach (var party in terms.Parties.Where(party => !HasRole(party)))
        {
            Add("party-without-role", heading.RuleId, heading.Mode == SectionMode.Required, "commitments", heading.SectionId, ("party", party.DisplayName));
        }
    }

    private static bool IsPaid(AgreementTerms terms) =>
        terms.Contributions.Any(item => item.Type == ContributionType.Money && terms.PartyWith(item.PartyId)?.Side == PartySide.Public);

    private bool IsAsked(string key) => rules.Sayings.Any(rule => rule.Key == key);

    private void Economy(AgreementTerms terms)
    {
        var economy = terms.Economy;
        var paid = IsPaid(terms);

        // he-reasonable-compensation, he-budget-plan: where the pack does not ask for them by a rule of its own, they are advice.
        if (paid && economy.CompensationBasis.Length == 0 && !IsAsked("compensation-basis"))
        {
            Add("compensation-basis-missing", "", blocking: false, "economy.compensation_basis");
        }

        if (paid && economy.BudgetPlan.Length == 0 && !IsAsked("budget-plan"))
        {
            Add("budget-plan-missing", "", blocking: false, "economy.budget_plan");
        }

        if (economy is { OtherGrantsAllowed: true, OtherGrantsDisclosure.Length: 0 })
        {
            Add("disclosure-missing", "", blocking: false, "economy.other_grants_disclosure");
        }

        for (var i = 0; i < terms.Contributions.Count; i++)
        {
            var item = terms.Contributions[i];
            if (item.Type == ContributionType.VolunteerHours && economy.VolunteerHourValue > 0 && item.Value != item.Hours * economy.VolunteerHourValue)
            {
                Add(
                    "volunteer-value-differs", "", blocking: true, $"contributions[{i}].value", "",
                    ("value", Phrases.Sum(item.Value)), ("agreed", Phrases.Sum(item.Hours * economy.VolunteerHourValue)));
            }
        }
    }

    // he-section-knowledge: if knowledge is gathered, how, what and who.
    private void Knowledge(AgreementTerms terms, IReadOnlyList<Section> sections)
    {
        var (knowledge, ruleId) = (terms.Knowledge, sections.FirstOrDefault(section => section.Source == SectionSource.Knowledge)?.RuleId ?? "");
        foreach (var (field, text) in new[] { ("how", knowledge.How), ("what", knowledge.What), ("who", knowledge.Who) })
        {
            if (knowledge.Gathered && text.Length == 0)
            {
                Add($"knowledge-{field}-missing", ruleId, blocking: true, $"knowledge.{field}");
            }
        }

        // es-step-5-staff-resources: work that nobody has hours for is not done.
        if (!IsAsked("officer-time") && sections.FirstOrDefault(section => section.Source == SectionSource.MunicipalRole && !section.Skipped) is { } role && terms.Collaboration.OfficerHoursPerMonth == 0)
        {
            Add("officer-hours-missing", role.RuleId, blocking: false, "collaboration.officer_hours_per_month");
        }
    }

    // law.md 2.13: whom it concerns, and how it ends, is thought of before it begins. Advice, whatever heading says it.
    private void Care(AgreementTerms terms, IReadOnlyList<Section> sections)
    {
        bool IsWritten(SectionSource source) => sections.Any(section => section.Source == source && section.IsIncluded && section.Text.Length > 0);
        if (terms.Stakeholders.Count == 0 && !IsWritten(SectionSource.Stakeholders))
        {
            Add("stakeholders-missing", "", blocking: false, "stakeholders");
        }

        if (terms.Ending.WindDown.Length == 0 && !IsWritten(SectionSource.WindDown))
        {
            Add("wind-down-missing", "", blocking: false, "ending.wind_down");
        }
    }

    // What a file says is looked at by no rule here: a person must.
    private void Files(AgreementTerms terms)
    {
        for (var i = 0; i < terms.Annexes.Count; i++)
        {
            if (terms.Annexes[i].IsFile)
            {
                Add("annex-not-read", "", blocking: false, $"annexes[{i}].document", values: ("file", terms.Annexes[i].FileName));
            }
        }
    }

    // law.md 2.3: a decision may be carried out before it has legal force, but what is paid may have to come back if it is set
    // aside. So this is told, and stops nothing. The decision is the lead's own; the others' payments follow their own.
    private void LegalForce(AgreementTerms terms, Announcement? announcement)
    {
        var first = terms.PaymentPlan.Index()
            .Where(item => item.Item.DueDate is not null && terms.PartyWith(item.Item.PayerPartyId) is { Side: PartySide.Public, Municipality.Length: 0 })
            .OrderBy(item => item.Item.DueDate)
            .FirstOrDefault();
        if (announcement?.LegalForceFrom is { } from && first.Item?.DueDate is { } due && due < from)
        {
            Add("payment-before-legal-force", "law-kl-13", blocking: false, $"payment_plan[{first.Index}].due_date", "", ("date", Phrases.Date(due)), ("from", Phrases.Date(from)));
        }
    }

    // law.md 2.3, KL 10 kap.: a municipal matter handed over is followed up, whatever the pack says of control.
    private void MunicipalMatter(AgreementTerms terms, Origin origin)
    {
        if (origin.MunicipalMatter && terms.FollowUp is { HasCheckIns: false, HasReports: false })
        {
            Add("municipal-matter-not-followed-up", "law-kl-10", blocking: true, "follow_up.check_in_every_months");
        }
    }
}
