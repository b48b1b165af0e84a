namespace Iop.Agreements.Domain;

/// <summary>How one of several packs looks upon a text: the headings that it knows, and the parties that it speaks of.</summary>
public sealed record PackView(IReadOnlyList<Section> Headings, Func<Party, bool> Concerns);

/// <summary>Finds what is missing in an agreement, and what its guideline pack does not allow.</summary>
public sealed partial class AgreementCheck(AgreementRules rules, Phrases phrases, PackView? view = null)
{
    private readonly List<Finding> _found = [];

    public static IReadOnlyList<Finding> Run(AgreementTerms terms, IReadOnlyList<Section> sections, AgreementRules rules, Phrases phrases, Origin? origin = null, PackView? view = null)
    {
        var (check, headings) = (new AgreementCheck(rules, phrases, view), view?.Headings ?? sections);
        check.Sections(headings);
        check.Contributions(terms);
        check.Money(terms);
        check.Period(terms);
        check.Extension(terms);
        check.Contacts(terms);
        check.FollowUp(terms);
        check.Sayings(terms, sections);
        check.Roles(terms, headings);
        check.Economy(terms);
        check.Knowledge(terms, headings);
        check.MunicipalMatter(terms, origin ?? new Origin());
        check._found.AddRange(ClauseCheck.Run(terms, sections, rules));
        return [.. check._found.OrderByDescending(finding => finding.Blocking)];
    }

    /// <summary>Whether what breaks a rule of this severity stops the approval. An unknown severity binds.</summary>
    public static bool Binds(RuleSeverity severity) =>
        severity is not (RuleSeverity.Recommended or RuleSeverity.Question or RuleSeverity.Informative or RuleSeverity.Optional);

    private void Sections(IReadOnlyList<Section> sections)
    {
        foreach (var section in sections.Where(section => !section.HasText && !section.Skipped))
        {
            if (section.Mode == SectionMode.Required)
            {
                Add("section-empty", section.RuleId, blocking: true, sectionId: section.SectionId, values: ("heading", section.Heading.Sv));
            }
            else if (section.Mode == SectionMode.Consider)
            {
                // ga-sections-to-consider: included, or skipped with a reason.
                Add("section-not-considered", section.RuleId, blocking: false, sectionId: section.SectionId, values: ("heading", section.Heading.Sv));
            }
        }
    }

    // fa-check-both-finance and its like: a side that brings nothing is stopped where the pack asks both to.
    private void Contributions(AgreementTerms terms)
    {
        var rule = rules.Contributions;
        bool Brings(Party party) => terms.Contributions.Any(item => item.PartyId == party.PartyId && item.Value > 0 && rule.Counts(item.Type));
        foreach (var side in rule.RequiredFrom)
        {
            var parties = terms.Parties.Where(party => party.Side == side && view?.Concerns(party) != false).ToList();
            if (!parties.Exists(Brings))
            {
                Add("side-contributes-nothing", rule.RuleId, Binds(rule.Severity), "contributions", values: ("side", phrases[$"side.{side}"]));
                continue;
            }

            foreach (var party in parties.Where(party => !Brings(party)))
            {
                Add("party-contributes-nothing", rule.RuleId, blocking: false, "contributions", values: ("party", party.DisplayName));
            }
        }
    }

    // he-economy-payment-terms: sum, how, when and to whom. es-step-4-financing-source: where the money comes from.
    private void Money(AgreementTerms terms)
    {
        foreach (var party in terms.Parties.Where(party => party.Side == PartySide.Public))
        {
            var promised = terms.Contributions.Where(item => item.PartyId == party.PartyId && item.Type == ContributionType.Money).Sum(item => item.Value);
            if (promised == 0)
            {
                continue;
            }

            var planned = terms.PaymentPlan.Where(item => item.PayerPartyId == party.PartyId).Sum(item => item.Amount);
            if (planned == 0)
            {
                Add("money-without-payment-plan", "", blocking: true, "payment_plan", values: ("party", party.DisplayName));
            }
            else if (planned != promised)
            {
                Add("payment-plan-differs", "", blocking: false, "payment_plan", "", ("party", party.DisplayName), ("promised", Phrases.Sum(promised)), ("planned", Phrases.Sum(planned)));
            }

            if (party.FundingSource is FundingSource.Unspecified or FundingSource.NoMoney)
            {
                Add("funding-source-missing", "", blocking: false, $"parties[{IndexOf(terms.Parties, party)}].funding_source", values: ("party", party.DisplayName));
            }
        }

        for (var i = 0; i < terms.PaymentPlan.Count; i++)
        {
            if (terms.PaymentPlan[i].DueDate is { } due && (due < terms.StartDate || due > terms.EndDate))
            {
                Add("payment-outside-term", "", blocking: false, $"payment_plan[{i}].due_date", values: ("date", Phrases.Date(due)));
            }
        }
    }

    private void Period(AgreementTerms terms)
    {
        var rule = rules.Period;
        if (terms.StartDate is not { } start || terms.EndDate is not { } end)
        {
            // ga-agree-duration, he-agree-duration: no agreement is open-ended, whatever the pack says of its length.
            Add("period-missing", rule.RuleId, blocking: true, terms.StartDate is null ? "start_date" : "end_date");
            return;
        }

        // he-period-2-to-5-years warns only; a pack that makes its limits mandatory stops.
        if (rule.MinMonths > 0 && end < Term.End(start, rule.MinMonths))
        {
            Add("period-too-short", rule.RuleId, Binds(rule.Severity), "end_date", values: ("months", $"{rule.MinMonths}"));
        }

        if (rule.MaxMonths > 0 && end > Term.End(start, rule.MaxMonths))
        {
            Add("period-too-long", rule.RuleId, Binds(rule.Severity), "end_date", values: ("months", $"{rule.MaxMonths}"));
        }
    }

    private void Extension(AgreementTerms terms)
    {
        var (rule, agreed) = (rules.Extension, terms.Extension);
        if (agreed.Allowed && !rule.Allowed)
        {
            Add("extension-not-allowed", rule.RuleId, blocking: true, "extension.allowed");
        }

        // he-period-extension-count-length: beyond the limits there is no extension.
        if (agreed.Allowed && rule.MaxCount > 0 && agreed.MaxCount > rule.MaxCount)
        {
            Add("extension-too-many", rule.RuleId, blocking: true, "extension.max_count", values: ("count", $"{rule.MaxCount}"));
        }

        if (agreed.Allowed && rule.MaxMonths > 0 && agreed.Months > rule.MaxMonths)
        {
            Add("extension-too-long", rule.RuleId, blocking: true, "extension.months", values: ("months", $"{rule.MaxMonths}"));
        }

        if (rule.TermsRequired && terms.EndsWithoutNotice is null)
        {
            Add("ends-without-notice-unanswered", rule.RuleId, blocking: true, "ends_without_notice");
        }

        if (rule.TermsRequired && agreed.Allowed && terms.FollowUp.RenewalTalksDate is null)
        {
            Add("renewal-talks-undecided", rule.RuleId, blocking: false, "follow_up.renewal_talks_date");
        }
    }

    // he-section-contacts: at least one for each party.
    private void Contacts(AgreementTerms terms)
    {
        foreach (var party in terms.Parties.Where(party => !terms.Contacts.Any(contact => contact.PartyId == party.PartyId)))
        {
            Add("contact-missing", "", blocking: false, "contacts", values: ("party", party.DisplayName));
        }
    }

    // he-section-follow-up: how, when, who and financing.
    private void FollowUp(AgreementTerms terms)
    {
        var (rule, agreed) = (rules.FollowUp.RuleId, terms.FollowUp);
        if (agreed.HasReports && agreed.ReportingResponsibility == ReportingResponsibility.Unspecified)
        {
            Add("reporter-missing", rule, blocking: true, "follow_up.reporting_responsibility");
        }

        if (terms.StartDate is not null && terms.EndDate is not null && agreed.EvaluationDate is null)
        {
            Add("evaluation-date-missing", rule, blocking: true, "follow_up.evaluation_date");
        }

        foreach (var (field, text) in new[] { ("how", agreed.How), ("who", agreed.Who), ("financing", agreed.Financing) })
        {
            if (text.Length == 0)
            {
                Add($"follow-up-{field}-missing", rule, rules.FollowUp.RequiredFields.Contains(field), $"follow_up.{field}");
            }
        }

        if (agreed is { HasCheckIns: false, HasReports: false } && rules.FollowUp.RequiredFields.Contains("when"))
        {
            Add("follow-up-when-missing", rule, blocking: true, "follow_up.check_in_every_months");
        }
    }

    private void Add(string code, string ruleId, bool blocking, string fieldPath = "", string sectionId = "", params IReadOnlyList<(string Key, string Value)> values) =>
        _found.Add(new Finding(code, ruleId, blocking, sectionId, fieldPath, values));

    private static int IndexOf(IReadOnlyList<Party> parties, Party party) => parties.TakeWhile(other => other != party).Count();
}
