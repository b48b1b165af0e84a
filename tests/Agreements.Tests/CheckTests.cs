using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

public sealed class CheckTests
{
    private static readonly Dictionary<string, (Func<AgreementTerms, AgreementTerms> Change, Func<AgreementRules, AgreementRules> Rules, string Rule, bool Blocking)> Cases = new()
    {
        ["side-contributes-nothing"] = (t => t with { Contributions = [t.Contributions[0]] }, r => r, "x-both-contribute", true),
        ["party-contributes-nothing"] = (t => t with { Parties = [.. t.Parties, new Party("kultur", PartySide.Public, "Kultur") { Kind = PublicPartyKind.Committee }] }, r => r, "x-both-contribute", false),
        ["money-without-payment-plan"] = (t => t with { PaymentPlan = [] }, r => r, "x-economy", true),
        ["payment-plan-differs"] = (t => t with { PaymentPlan = [t.PaymentPlan[0] with { Amount = 5 }] }, r => r, "x-economy", false),
        ["payment-before-legal-force"] = (t => t with { PaymentPlan = [t.PaymentPlan[0] with { DueDate = new DateOnly(2027, 1, 31) }] }, r => r, "law-kl-13", false),
        ["payment-outside-term"] = (t => t with { PaymentPlan = [t.PaymentPlan[0] with { DueDate = new DateOnly(2030, 1, 1) }] }, r => r, "x-economy", false),
        ["funding-source-missing"] = (t => t with { Parties = [t.Parties[0] with { FundingSource = FundingSource.Unspecified }, t.Parties[1]] }, r => r, "x-economy", false),
        ["period-missing"] = (t => t with { EndDate = null }, r => r, "x-period", true),
        ["period-too-short"] = (t => t with { EndDate = new DateOnly(2028, 12, 30) }, r => r, "x-period", false),
        ["period-too-long"] = (t => t with { EndDate = new DateOnly(2032, 1, 1) }, r => r with { Period = r.Period with { Severity = RuleSeverity.Mandatory } }, "x-period", true),
        ["extension-not-allowed"] = (t => t, r => r with { Extension = r.Extension with { Allowed = false } }, "x-extension", true),
        ["extension-too-many"] = (t => t with { Extension = t.Extension with { MaxCount = 3 } }, r => r, "x-count", true),
        ["extension-too-long"] = (t => t with { Extension = t.Extension with { Months = 25 } }, r => r, "x-count", true),
        ["ends-without-notice-unanswered"] = (t => t with { EndsWithoutNotice = null }, r => r, "x-notice", true),
        ["renewal-talks-undecided"] = (t => t with { FollowUp = t.FollowUp with { RenewalTalksDate = null } }, r => r, "x-talks", true),
        ["contact-missing"] = (t => t with { Contacts = [] }, r => r, "", false),
        ["reporter-missing"] = (t => t with { FollowUp = t.FollowUp with { ReportingResponsibility = ReportingResponsibility.Unspecified } }, r => r, "x-follow-up-and-evaluation", true),
        ["evaluation-date-missing"] = (t => t with { FollowUp = t.FollowUp with { EvaluationDate = null } }, r => r, "x-evaluation", true),
        ["follow-up-how-missing"] = (t => t with { FollowUp = t.FollowUp with { How = "" } }, r => r, "x-follow-up-and-evaluation", false),
        ["follow-up-who-missing"] = (t => t with { FollowUp = t.FollowUp with { Who = "" } }, r => r, "x-follow-up-and-evaluation", false),
        ["follow-up-financing-missing"] = (t => t with { FollowUp = t.FollowUp with { Financing = "" } }, r => r, "x-follow-up-and-evaluation", false),
        ["section-empty"] = (t => t with { Goals = [] }, r => r, "x-goals", true),
        ["section-not-considered"] = (t => t, r => r, "x-background", true),
        ["clause-not-allowed"] = (t => t with { Goals = [new Goal("goal-1", "Vite utgår.")] }, r => r, "x-no-sanctions", true),
        ["clause-to-reconsider"] = (t => t with { FollowUp = t.FollowUp with { How = "Beställaren granskar." } }, r => r, "x-avoid-orders", false),
        ["follow-up-when-missing"] = (t => t with { FollowUp = t.FollowUp with { CheckInEveryMonths = 0, ReportEveryMonths = 0 } }, r => r with { FollowUp = r.FollowUp with { RequiredFields = ["when"] } }, "x-follow-up-and-evaluation", true),
        ["rule-unsaid"] = (t => t, r => r with { Sayings = [new SayingRule("surplus", "x-surplus", new LocalizedText("Överskottet hanteras.", "The surplus."), RuleSeverity.Recommended, ["economy"])] }, "x-surplus", false),
        ["section-not-approved"] = (t => t, r => r with { Sayings = [new SayingRule("unambiguous", "x-unambiguous", new LocalizedText("Tydligt.", "Clear."), RuleSeverity.Recommended, ["activity"]) { EachPartyApproves = true }] }, "x-unambiguous", false),
        ["funding-source-forbidden"] = (t => t with { Parties = [t.Parties[0] with { FundingSource = FundingSource.Grant }, t.Parties[1]] }, r => r with { Funding = new FundingRule("x-funding", [FundingSource.Grant]) }, "x-funding", true),
        ["check-ins-missing"] = (t => t with { FollowUp = t.FollowUp with { CheckInEveryMonths = 0 } }, r => r, "x-follow-up", false),
        ["party-without-role"] = (t => t with { Parties = [.. t.Parties, new Party("kultur", PartySide.Public, "Kultur") { Kind = PublicPartyKind.Committee }] }, r => r, "x-roles", true),
        ["compensation-basis-missing"] = (t => t with { Economy = t.Economy with { CompensationBasis = "" } }, r => r, "", false),
        ["budget-plan-missing"] = (t => t with { Economy = t.Economy with { BudgetPlan = "" } }, r => r, "", false),
        ["disclosure-missing"] = (t => t with { Economy = t.Economy with { OtherGrantsDisclosure = "" } }, r => r, "", false),
        ["volunteer-value-differs"] = (t => t with { Economy = t.Economy with { VolunteerHourValue = 100 } }, r => r, "", true),
        ["knowledge-how-missing"] = (t => t with { Knowledge = t.Knowledge with { How = "" } }, r => r, "x-knowledge-gathering", true),
        ["knowledge-what-missing"] = (t => t with { Knowledge = t.Knowledge with { What = "" } }, r => r, "x-knowledge-gathering", true),
        ["knowledge-who-missing"] = (t => t with { Knowledge = t.Knowledge with { Who = "" } }, r => r, "x-knowledge-gathering", true),
        ["officer-hours-missing"] = (t => t with { Collaboration = t.Collaboration with { OfficerHoursPerMonth = 0 } }, r => r, "x-municipal-role", false),
        ["stakeholders-missing"] = (t => t with { Stakeholders = [] }, r => r, "", false),
        ["wind-down-missing"] = (t => t with { Ending = t.Ending with { WindDown = "" } }, r => r, "", false),
        ["municipal-matter-not-followed-up"] = (t => t with { FollowUp = t.FollowUp with { CheckInEveryMonths = 0, ReportEveryMonths = 0, ReportingResponsibility = ReportingResponsibility.Unspecified } }, r => r, "law-kl-10", true),
        ["clause-impossible"] = (t => t with { Goals = [new Goal("goal-1", "Avtalet gäller tills vidare.")] }, r => r, "x-period", true),
        ["annex-not-read"] = (t => t with { Annexes = [new Annex("Karta", "") { Document = "documents/1", FileName = "karta.pdf" }] }, r => r, "", false),
        ["clause-risky"] = (t => t with { Goals = [new Goal("goal-1", "Kommunen betalar 300 kronor per besök.")] }, r => r, "law-lou-1", false),
    };

    private static readonly AgreementTerms Complete = Samples.Terms with
    {
        FollowUp = Samples.Terms.FollowUp with { How = "Vi möts.", Who = "Styrgruppen", Financing = "Inom ram" },
        Economy = new EconomyTerms { CompensationBasis = "Lokalens hyra och en ledare.", BudgetPlan = "400 000 kr om året.", OtherGrantsAllowed = true, OtherGrantsDisclosure = "På nästa möte." },
        Knowledge = new KnowledgeTerms { Gathered = true, How = "Samtal", What = "Varför unga är ensamma", Who = "Samordnaren" },
        Collaboration = new Collaboration { OfficerFunction = "Samordnare", OfficerHoursPerMonth = 8 },
        Stakeholders = [new Stakeholder("Socialförvaltningen", StakeholderKind.Administration, "Möter samma unga.", "enhetschef")],
        Ending = Samples.Terms.Ending with { WindDown = "Inventarier stannar hos föreningen." },
    };

    private static readonly Origin HandedOver = new() { MunicipalMatter = true, Announcement = new Announcement(null, new DateOnly(2027, 2, 1)) };

    private static readonly IReadOnlyList<Section> Headings =
    [
        .. Samples.Sections,
        Samples.Heading("roles", SectionMode.Required, SectionSource.Roles),
        Samples.Heading("knowledge-gathering", SectionMode.Optional, SectionSource.Knowledge),
        Samples.Heading("municipal-role", SectionMode.Consider, SectionSource.MunicipalRole),
    ];

    public static TheoryData<string> Codes => [.. Cases.Keys];

    [Fact]
    public void A_complete_agreement_has_no_findings() => Assert.Empty(Samples.Check(Complete, Headings, origin: HandedOver));

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_is_missing_is_found_with_its_rule_and_weight(string code)
    {
        var (change, rules, rule, blocking) = Cases[code];
        IReadOnlyList<Section> sections = code == "section-not-considered"
            ? [.. Headings.Select(section => section.Key == "background" ? section with { Text = "" } : section)]
            : Headings;

        var found = Samples.Check(change(Complete), sections, rules(Samples.Rules), HandedOver).First(finding => finding.Code == code);

        Assert.Equal((rule, blocking), (found.RuleId, found.Blocking));
        Assert.True(found.SectionId.Length + found.FieldPath.Length > 0, "a finding names its place");
        var sentence = FindingTexts.Load().Sentence(found);
        Assert.DoesNotContain('{', sentence.Sv + sentence.En);
        Assert.All(found.Values.Where(value => value.Key is not ("reason_en" or "rule_en" or "side")), value => Assert.Contains(value.Value, sentence.Sv, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_sentence_belongs_to_a_finding_that_is_tested() =>
        Assert.Equal(Cases.Keys.Concat(JointCheckTests.JointCodes).Concat(AidRoomApiTests.Codes).Order(StringComparer.Ordinal), FindingTexts.Load().Codes.Order(StringComparer.Ordinal));

    [Fact]
    public void Talks_about_a_continuation_are_advised_where_the_guideline_does_not_ask_for_them_and_where_the_last_extension_is_used()
    {
        var silent = Complete with { FollowUp = Complete.FollowUp with { RenewalTalksDate = null } };
        var advises = Samples.Rules with { Extension = Samples.Rules.Extension with { TermsRequired = false }, FollowUp = Samples.Rules.FollowUp with { RenewalTalksRuleId = "x-continue" } };

        Assert.Equal(("x-continue", false), Talks(Samples.Check(silent, rules: advises)));
        Assert.Equal(("x-talks", false), Talks(AgreementCheck.Run(silent, Samples.Writer.Write(silent, Headings).Sections, Samples.Rules, Samples.Phrases, isAmendment: true)));

        static (string, bool) Talks(IReadOnlyList<Finding> found) => found.Where(finding => finding.Code == "renewal-talks-undecided").Select(finding => (finding.RuleId, finding.Blocking)).Single();
    }

    [Theory]
    [InlineData("officer-time", "collaboration.officer_hours_per_month", true)]
    [InlineData("budget-plan", "economy.budget_plan", true)]
    [InlineData("compensation-basis", "economy.compensation_basis", true)]
    [InlineData("officer-time", "collaboration.officer_hours_per_month", false)]
    [InlineData("budget-plan", "economy.budget_plan", false)]
    [InlineData("compensation-basis", "economy.compensation_basis", false)]
    public void A_term_that_the_guideline_asks_for_is_said_under_that_rule_and_told_of_once(string key, string field, bool isSaid)
    {
        var rules = Samples.Rules with { Sayings = [new SayingRule(key, "x-said", new LocalizedText("Så ska det stå.", "So it says."), RuleSeverity.Recommended, [])] };
        var terms = isSaid ? Complete : Complete with { Collaboration = Complete.Collaboration with { OfficerFunction = "" }, Economy = new EconomyTerms() };

        var found = Samples.Check(terms, Headings, rules).Where(finding => finding.FieldPath == field).ToList();

        Assert.Equal(isSaid ? [] : [("rule-unsaid", "x-said", false)], found.Select(finding => (finding.Code, finding.RuleId, finding.Blocking)));
    }

    // he-budget-plan, he-reasonable-compensation: what a party shall do is no advice.
    [Theory]
    [InlineData("budget-plan", RuleSeverity.Mandatory, true)]
    [InlineData("compensation-basis", RuleSeverity.Mandatory, true)]
    [InlineData("budget-plan", RuleSeverity.Recommended, false)]
    [InlineData("compensation-basis", RuleSeverity.Recommended, false)]
    public void A_budget_plan_or_a_basis_of_the_compensation_that_the_guideline_demands_stops_the_approval(string key, RuleSeverity severity, bool stops)
    {
        var rules = Samples.Rules with { Sayings = [new SayingRule(key, "x-demanded", new LocalizedText("Det ska stå.", "It shall say."), severity, [])] };

        var found = Samples.Check(Complete with { Economy = new EconomyTerms() }, Headings, rules).Where(finding => finding.RuleId == "x-demanded").ToList();

        Assert.Equal([("rule-unsaid", stops)], found.Select(finding => (finding.Code, finding.Blocking)));
        Assert.DoesNotContain(Samples.Check(Complete, Headings, rules), finding => finding.RuleId == "x-demanded");
    }

    [Fact]
    public void An_agreement_without_public_money_needs_no_basis_of_compensation_even_where_the_guideline_demands_one()
    {
        var rules = Samples.Rules with { Sayings = [new SayingRule("compensation-basis", "x-demanded", new LocalizedText("Det ska stå.", "It shall say."), RuleSeverity.Mandatory, [])] };
        var unpaid = Complete with
        {
            Contributions = [Complete.Contributions[0] with { Type = ContributionType.Staff }, Complete.Contributions[1]],
            PaymentPlan = [],
            Economy = Complete.Economy with { CompensationBasis = "" },
        };

        Assert.DoesNotContain(Samples.Check(unpaid, Headings, rules), finding => finding.RuleId == "x-demanded");
    }

    [Theory]
    [InlineData("goals", true)]
    [InlineData("hardship", false)]
    public void What_the_guideline_wants_said_under_a_heading_is_said_when_the_heading_has_a_text(string heading, bool said)
    {
        var rules = Samples.Rules with { Sayings = [new SayingRule("agree-purpose", "x-purpose", new LocalizedText("Syftet.", "The purpose."), RuleSeverity.Mandatory, [heading])] };

        Assert.Equal(!said, Samples.Check(Complete, rules: rules).Any(finding => finding is { Code: "rule-unsaid", RuleId: "x-purpose", Blocking: true } && finding.SectionId == heading));
    }

    [Fact]
    public void A_clause_is_told_with_its_type_its_words_and_its_place()
    {
        const string text = "Vi träffas varje vecka. Kommer rapporten sent utgår förseningsvite.";
        IReadOnlyList<Section> sections = [.. Samples.Sections.Select(section => section.Key == "activity" ? section with { Text = text } : section)];

        var found = Assert.Single(Samples.Check(Complete, sections));

        Assert.Equal(new ClausePlace("penalty", "förseningsvite", text.IndexOf("förseningsvite", StringComparison.Ordinal)), found.Place);
    }

    [Fact]
    public void What_a_pack_permits_is_no_finding_and_a_type_of_its_own_is_found_by_its_words()
    {
        var permits = Samples.Rules with { ForbiddenClauses = [Samples.Rules.ForbiddenClauses[0] with { Severity = RuleSeverity.Optional }] };

        Assert.Empty(Samples.Check(Complete with { Goals = [new Goal("goal-1", "Vite utgår.")] }, rules: permits));
        Assert.Contains(Samples.Check(Complete with { Goals = [new Goal("goal-1", "Tvister avgörs genom skiljeförfarande.")] }), finding => finding is { RuleId: "x-talk", Place.ClauseType: "dispute" });
        Assert.Empty(Samples.Check(Complete with { Goals = [new Goal("goal-1", "Tvister avgörs inte genom skiljeförfarande.")] }));
    }

    [Fact]
    public void A_contribution_of_a_kind_that_does_not_count_is_none()
    {
        var rules = Samples.Rules with { Contributions = Samples.Rules.Contributions with { Types = [ContributionType.Money] } };

        Assert.Contains(Samples.Check(Complete, rules: rules), finding => finding is { Code: "side-contributes-nothing", Blocking: true });
    }

    [Fact]
    public void A_section_to_consider_that_is_skipped_is_considered()
    {
        IReadOnlyList<Section> sections = [.. Samples.Sections.Select(section => section.Key == "background" ? section with { Text = "", Skipped = true, SkipReason = "Känd." } : section)];

        Assert.Empty(Samples.Check(Complete, sections));
    }

    [Theory]
    [InlineData("Vid försening utgår vite.", true)]
    [InlineData("VITE", true)]
    [InlineData("Kommunen har rätt att  hålla\ninne pengar.", true)]
    [InlineData("Kommunen drar av vitesbelopp från nästa utbetalning.", true)]
    [InlineData("Inget vite utgår.", false)]
    [InlineData("Ordet ”vite” hör inte hemma här.", false)]
    [InlineData("Invitera alla till mötet.", false)]
    [InlineData("Viter och gula bollar.", false)]
    [InlineData("Kommunen har rätt att hålla innebandy.", false)]
    public void A_marker_is_found_as_a_whole_word_and_with_its_place(string text, bool found)
    {
        IReadOnlyList<Section> sections = [.. Samples.Sections.Select(section => section.Key == "activity" ? section with { Text = text } : section)];

        var findings = Samples.Check(Complete, sections);

        Assert.Equal(found, findings.Any(finding => finding is { RuleId: "x-no-sanctions", SectionId: "activity", FieldPath: "sections[2].text", Blocking: true }));
        Assert.Equal(found, findings.Count > 0);
    }

    [Fact]
    public void A_marker_in_a_section_that_is_left_out_is_no_finding()
    {
        IReadOnlyList<Section> sections = [.. Samples.Sections.Select(section => section.Key == "hardship" ? section with { Text = "Vite utgår.", Skipped = true } : section)];

        Assert.Empty(Samples.Check(Complete, sections));
    }
}
