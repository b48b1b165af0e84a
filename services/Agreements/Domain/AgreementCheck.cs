namespace Iop.Agreements.Domain;

/// <summary>How one of several packs looks upon a text: the headings that it knows, and the parties that it speaks of.</summary>
public sealed record PackView(IReadOnlyList<Section> Headings, Func<Party, bool> Concerns);

/// <summary>Finds what is missing in an agreement, and what its guideline pack does not allow.</summary>
public sealed partial class AgreementCheck(AgreementRules rules, Phrases phrases, PackView? view = null)
{
    private readonly List<Finding> _found = [];

    /// <param name="terms">What the parties agree on.</param>
    /// <param name="sections">The text.</param>
    /// <param name="rules">What the guideline says.</param>
    /// <param name="phrases">Words for what is found.</param>
    /// <param name="origin">What the case knew.</param>
    /// <param name="isAmendment">The text is a new version, whose last extension may be used.</param>
    /// <param name="view">How one of several packs looks upon the text; null where there is one.</param>
    public static IReadOnlyList<Finding> Run(
        AgreementTerms terms, IReadOnlyList<Section> sections, AgreementRules rules, Phrases phrases, Origin? origin = null, bool isAmendment = false, PackView? view = null)
    {
        var (check, headings) = (new AgreementCheck(rules, phrases, view), view?.Headings ?? sections);
        check.Sections(headings);
        check.Contributions(terms);
        check.Money(terms, RuleOf(headings, SectionSource.Contributions));
        check.Period(terms);
        check.Extension(terms, isAmendment);
        check.Contacts(terms, RuleOf(headings, SectionSource.Contacts));
        check.FollowUp(terms, RuleOf(headings, SectionSource.FollowUp));
        check.Sayings(terms, sections);
        check.Approvals(terms, sections);
        check.Roles(terms, headings);
        check.Economy(terms);
        check.Knowledge(terms, headings);
        check.MunicipalMatter(terms, origin ?? new Origin());
        check.LegalForce(terms, origin?.Announcement);
        check.Care(terms, headings);
        check.Files(terms);
        check._found.AddRange(ClauseCheck.Run(terms, sections, rules));
        return [.. check._found.Select(finding => finding with { NeedsMotivation = rules.AsksReasons && finding is { Blocking: false, IsOfPack: true } }).OrderByDescending(finding => finding.Blocking)];
    }

    /// <summary>Whether what breaks a rule of this severity stops the approval. An unknown severity binds.</summary>
    public static bool Binds(RuleSeverity severity) =>
        severity is not (RuleSeverity.Recommended or RuleSeverity.Question or RuleSeverity.Informative or RuleSeverity.Optional);

    private static string RuleOf(IReadOnlyList<Section> sections, SectionSource source) =>
        sections.FirstOrDefault(section => section.Source == source)?.RuleId ?? "";

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
                Add("section-not-considered", section.RuleId, blocking: true, sectionId: section.SectionId, values: ("heading", section.Heading.Sv));
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
    private void Money(AgreementTerms terms, string rule)
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
                Add("money-without-payment-plan", rule, blocking: true, "payment_plan", values: ("party", party.DisplayName));
            }
            else if (planned != promised)
            {
                Add("payment-plan-differs", rule, blocking: false, "payment_plan", "", ("party", party.DisplayName), ("promised", Phrases.Sum(promised)), ("planned", Phrases.Sum(planned)));
            }

            // li-neither-grant-nor-procurement: money of a partnership is neither a grant nor pay for a service.
            if (rules.Funding.Forbidden.Contains(party.FundingSource))
            {
                Add("funding-source-forbidden", rules.Funding.RuleId, blocking: true, $"parties[{IndexOf(terms.Parties, party)}].funding_source", values: ("party", party.DisplayName));
            }

            if (party.FundingSource is FundingSource.Unspecified or FundingSource.NoMoney)
            {
                Add("funding-source-missing", rule, blocking: false, $"parties[{IndexOf(terms.Parties, party)}].funding_source", values: ("party", party.DisplayName));
            }
        }

        for (var i = 0; i < terms.PaymentPlan.Count; i++)
        {
            if (terms.PaymentPlan[i].DueDate is { } due && (due < terms.StartDate || due > terms.EndDate))
            {
                Add("payment-outside-term", rule, blocking: false, $"payment_plan[{i}].due_date", values: ("date", Phrases.Date(due)));
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

    private void Extension(AgreementTerms terms, bool isAmendment)
    {
        var (rule, agreed) = (rules.Extension, terms.Extension);
        if (agreed.Allowed && !rule.Allowed)
        {
            Add("extension-not-allowed", rule.RuleId, blocking: true, "extension.allowed");
        }

        // he-period-extension-count-length: beyond the limits there is no extension.
        if (agreed.Allowed && rule.MaxCount > 0 && agreed.MaxCount > rule.MaxCount)
        {
            Add("extension-too-many", rule.RuleOn("extension-count-length"), blocking: true, "extension.max_count", values: ("count", $"{rule.MaxCount}"));
        }

        if (agreed.Allowed && rule.MaxMonths > 0 && agreed.Months > rule.MaxMonths)
        {
            Add("extension-too-long", rule.RuleOn("extension-count-length"), blocking: true, "extension.months", values: ("months", $"{rule.MaxMonths}"));
        }

        if (rule.TermsRequired && terms.EndsWithoutNotice is null)
        {
            Add("ends-without-notice-unanswered", rule.RuleOn("ends-without-notice"), blocking: true, "ends_without_notice");
        }

        // he-period-renegotiation-timing must be answered; ga-continuation-dialogue should be. A last extension has no talks after it.
        if (terms.FollowUp.RenewalTalksDate is null && Term.RenewalTalksDate(rules.FollowUp, terms.StartDate, terms.EndDate) is not null)
        {
            var asked = rule.TermsRequired && agreed.Allowed;
            Add(
                "renewal-talks-undecided", asked ? rule.RuleOn("renegotiation-timing") : rules.FollowUp.RenewalTalksRuleId, asked && !isAmendment, "follow_up.renewal_talks_date");
        }
    }

    // he-section-contacts: at least one for each party.
    private void Contacts(AgreementTerms terms, string rule)
    {
        foreach (var party in terms.Parties.Where(party => !terms.Contacts.Any(contact => contact.PartyId == party.PartyId)))
        {
            Add("contact-missing", rule, blocking: false, "contacts", values: ("party", party.DisplayName));
        }
    }

    // he-section-follow-up: how, when, who and financing.
    private void FollowUp(AgreementTerms terms, string ruleOfSection)
    {
        var (rule, agreed) = (ruleOfSection.Length > 0 ? ruleOfSection : rules.FollowUp.RuleId, terms.FollowUp);
        if (agreed.HasReports && agreed.ReportingResponsibility == ReportingResponsibility.Unspecified)
        {
            Add("reporter-missing", rule, blocking: true, "follow_up.reporting_responsibility");
        }

        if (terms.StartDate is not null && terms.EndDate is not null && agreed.EvaluationDate is null)
        {
            Add("evaluation-date-missing", rules.FollowUp.EvaluationRuleId.Length > 0 ? rules.FollowUp.EvaluationRuleId : rule, blocking: true, "follow_up.evaluation_date");
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
        else if (!agreed.HasCheckIns && rules.FollowUp.CheckInEveryMonths > 0)
        {
            // he-continuous-check-ins, ga-regular-follow-up-dialogue: reports alone are no dialogue.
            Add("check-ins-missing", rules.FollowUp.RuleId, blocking: false, "follow_up.check_in_every_months");
        }
    }

    private void Add(string code, string ruleId, bool blocking, string fieldPath = "", string sectionId = "", params IReadOnlyList<(string Key, string Value)> values) =>
        _found.Add(new Finding(code, ruleId, blocking, sectionId, fieldPath, values));

    private static int IndexOf(IReadOnlyList<Party> parties, Party party) => parties.TakeWhile(other => other != party).Count();
}
