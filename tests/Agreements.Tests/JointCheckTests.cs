using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>The check of a text that two packs bind: what either forbids or demands is found, with the pack that it comes from.</summary>
public sealed class JointCheckTests
{
    private const string Other = "0580";
    private const string OtherPack = "municipalities/0580/guidelinePacks/2024-1";
    private const string Neighbour = "grannen";
    private const string Number = "899999-0016";

    private static readonly AgreementRules Mild = Samples.Rules with
    {
        Sections = [],
        ForbiddenClauses = [],
        Contributions = new ContributionRule("y-both", [], [], RuleSeverity.Mandatory),
        Period = new PeriodRule("y-period", 0, 0, RuleSeverity.Recommended),
        Extension = new ExtensionRule("y-extension", Allowed: true, 0, 0, TermsRequired: false),
        FollowUp = new FollowUpRule("y-follow-up", 0, 0, 0, 0, ReportingResponsibility.Unspecified),
    };

    /// <summary>A rule of the one that joins, and what it then finds in a text that the lead's pack lets pass.</summary>
    private static readonly Dictionary<string, (Func<AgreementRules, AgreementRules> Rules, Func<AgreementTerms, AgreementTerms> Terms, string Code, string Rule)> Cases = new()
    {
        ["a clause that it forbids"] = (
            r => r with { ForbiddenClauses = [new ForbiddenClause("exclusivity", "y-no-exclusivity", new LocalizedText("Nej.", "No."), RuleSeverity.Mandatory, ["ensamrätt"])] },
            t => t with { Goals = [new Goal("goal-1", "Föreningen har ensamrätt till lokalen.")] }, "clause-not-allowed", "y-no-exclusivity"),
        ["a heading that it requires"] = (
            r => r with { Sections = [new SectionTemplate("hardship", "y-hardship", new LocalizedText("Rubrik", "Heading"), new LocalizedText("", ""), SectionMode.Required, "", Repeatable: false)] },
            t => t with { Ending = new EndingTerms() }, "section-empty", "y-hardship"),
        ["a shorter longest term"] = (r => r with { Period = new PeriodRule("y-period", 0, 24, RuleSeverity.Mandatory) }, t => t, "period-too-long", "y-period"),
        ["fewer extensions"] = (r => r with { Extension = r.Extension with { MaxCount = 1 } }, t => t with { Extension = t.Extension with { MaxCount = 2 } }, "extension-too-many", "y-extension"),
        ["shorter extensions"] = (r => r with { Extension = r.Extension with { MaxMonths = 6 } }, t => t, "extension-too-long", "y-extension"),
        ["no extension at all"] = (r => r with { Extension = r.Extension with { Allowed = false } }, t => t, "extension-not-allowed", "y-extension"),
        ["its own contribution"] = (r => r with { Contributions = r.Contributions with { RequiredFrom = [PartySide.Public] } }, t => t with { Contributions = [.. t.Contributions.Where(item => item.PartyId != Neighbour)] }, "side-contributes-nothing", "y-both"),
        ["check-ins more often"] = (r => r with { FollowUp = r.FollowUp with { CheckInEveryMonths = 2 } }, t => t, "check-ins-too-seldom", "y-follow-up"),
        ["check-ins, in days named one by one"] = (
            r => r with { FollowUp = r.FollowUp with { CheckInEveryMonths = 12 } },
            t => t with { FollowUp = t.FollowUp with { CheckInDates = [new DateOnly(2027, 6, 1), new DateOnly(2028, 9, 1)] } }, "check-ins-too-seldom", "y-follow-up"),
        ["reports more often"] = (r => r with { FollowUp = r.FollowUp with { ReportEveryMonths = 6 } }, t => t, "reports-too-seldom", "y-follow-up"),
        ["an earlier evaluation"] = (r => r with { FollowUp = r.FollowUp with { EvaluationMonthsBeforeEnd = 8 } }, t => t, "evaluation-too-late", "y-follow-up"),
        ["earlier talks about going on"] = (r => r with { FollowUp = r.FollowUp with { RenewalTalksMonthsBeforeEnd = 12 } }, t => t, "renewal-talks-too-late", "y-follow-up"),
        ["what the text must say of follow-up"] = (
            r => r with { FollowUp = r.FollowUp with { RequiredFields = ["who"] } }, t => t with { FollowUp = t.FollowUp with { Who = "" } }, "follow-up-who-missing", "y-follow-up"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>The sentences that only an agreement of several municipalities can lead to.</summary>
    public static IEnumerable<string> JointCodes =>
        [.. Cases.Values.Select(found => found.Code).Where(code => code.Contains("too-seldom", StringComparison.Ordinal) || code is "evaluation-too-late" or "renewal-talks-too-late").Distinct(), "municipality-not-joined", "party-not-assessed"];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_one_that_joins_demands_stops_the_common_text_by_its_own_rule(string name)
    {
        var (rules, terms, code, rule) = Cases[name];
        var agreement = Joined(rules(Mild), terms);

        var found = Check(agreement, rules(Mild));

        var finding = Assert.Single(found, finding => finding.Code == code && finding.RuleId == rule);
        Assert.Equal((true, OtherPack), (finding.Blocking, finding.PackName));
        Assert.DoesNotContain(Check(agreement, Mild), finding => finding.Code == code && finding.RuleId == rule && finding.Blocking);
    }

    [Fact]
    public void What_both_forbid_is_found_for_each_and_what_the_law_says_of_it_no_more()
    {
        var rules = Mild with { ForbiddenClauses = [new ForbiddenClause("penalty", "y-no-sanctions", new LocalizedText("Nej.", "No."), RuleSeverity.Mandatory, [])] };
        var found = Check(Joined(rules, terms => terms with { Goals = [new Goal("goal-1", "Vite utgår.")] }), rules);

        Assert.Equal([("x-no-sanctions", Samples.Facts.PackName), ("y-no-sanctions", OtherPack)], found.Where(finding => finding.Place is not null).Select(finding => (finding.RuleId, finding.PackName)));
    }

    [Fact]
    public void A_mild_word_in_one_pack_does_not_soften_what_the_other_or_the_law_says()
    {
        var rules = Mild with { ForbiddenClauses = [new ForbiddenClause("penalty", "y-reconsider", new LocalizedText("Tänk.", "Think."), RuleSeverity.Recommended, [])] };
        var found = Check(Joined(rules, terms => terms with { Goals = [new Goal("goal-1", "Vite utgår.")] }), rules).Where(finding => finding.Place is not null).ToList();

        Assert.Contains(found, finding => finding is { RuleId: "x-no-sanctions", Blocking: true });
        Assert.Contains(found, finding => finding is { RuleId: "y-reconsider", Blocking: false });
    }

    [Fact]
    public void What_is_missing_whatever_the_pack_is_told_once_and_of_no_pack()
    {
        var found = Check(Joined(Mild, terms => terms with { PaymentPlan = [] }), Mild);

        Assert.Equal(2, found.Count(finding => finding.Code == "money-without-payment-plan"));
        Assert.All(found.Where(finding => finding.RuleId.Length == 0), finding => Assert.Empty(finding.PackName));
    }

    [Theory]
    [InlineData(MemberState.Invited)]
    [InlineData(MemberState.Declined)]
    [InlineData(MemberState.Withdrawn)]
    [InlineData(MemberState.Left)]
    public void A_party_whose_municipality_has_not_joined_stops_the_text_until_it_is_taken_out(MemberState state)
    {
        var agreement = Drafted();
        agreement.Invite(Other, Neighbour, "", Samples.Writer, Samples.Now);
        switch (state)
        {
            case MemberState.Declined:
                agreement.DeclineInvitation(Other, "Nej.", Samples.Now);
                break;
            case MemberState.Withdrawn:
                agreement.WithdrawInvitation(Other, "Fel.", Samples.Now);
                break;
            case MemberState.Left:
                agreement.Join(Other, Joining(Mild), Samples.Writer, Samples.Now);
                agreement.Leave(Other, "Nej.", [Samples.Rules], Samples.Writer, Samples.Now);
                break;
            default:
                break;
        }

        Assert.Contains(Own(agreement), finding => finding is { Code: "municipality-not-joined", Blocking: true });
        if (state != MemberState.Invited)
        {
            agreement.ChangeTerms(Without(agreement.Terms), Samples.Writer);
            Assert.DoesNotContain(Own(agreement), finding => finding.Code == "municipality-not-joined");
            Assert.Empty(agreement.Members);
        }
    }

    [Fact]
    public void An_organisation_that_the_one_who_joins_has_not_assessed_stops_the_text()
    {
        var agreement = Drafted();
        agreement.Invite(Other, Neighbour, "", Samples.Writer, Samples.Now);
        agreement.Join(Other, Joining(Mild) with { OrganisationNumbers = ["899999-0024"] }, Samples.Writer, Samples.Now);

        Assert.Contains(Check(agreement, Mild), finding => finding is { Code: "party-not-assessed", Blocking: true });
    }

    [Fact]
    public void Each_body_that_must_decide_does_and_one_that_sends_the_text_back_sends_it_back_for_all()
    {
        var rules = Mild with { Sayings = [new SayingRule("text-decision", "y-decides", new LocalizedText("Nämnden.", "The committee."), RuleSeverity.Mandatory, [])] };
        var agreement = Joined(rules, terms => terms);
        agreement.Share(Samples.Now);
        ApproveAll(agreement);
        Assert.Equal(AgreementState.AwaitingDecision, agreement.State);
        Assert.Equal("DECISION_NOT_REQUIRED", Assert.Throws<Iop.Platform.Errors.Refusal>(() => agreement.RecordDecision(Samples.Decision(), "lead-decider", "Kim")).Reason);

        agreement.RecordDecision(Samples.Decision(TextDecisionOutcome.Returned), "their-decider", "Lo", Other);
        Assert.Equal((AgreementState.InNegotiation, 0), (agreement.State, agreement.Approvals.Count));
        ApproveAll(agreement);
        agreement.RecordDecision(Samples.Decision(), "their-decider", "Lo", Other);
        Assert.Equal(AgreementState.TextAgreed, agreement.State);

        agreement.ChangeTerms(agreement.Terms with { Title = "Annat" }, Samples.Writer);
        Assert.Null(agreement.Members.Single().TextDecision);
    }

    private static void ApproveAll(Agreement agreement)
    {
        foreach (var party in agreement.Terms.Parties)
        {
            agreement.Approve(party.PartyId, party.DisplayName, agreement.TextHash, [], Samples.Now, party.PartyId);
        }
    }

    private static IReadOnlyList<Finding> Check(Agreement agreement, AgreementRules rules) =>
        JointCheck.Run(agreement, [new BindingPack(agreement.PackName, "", Samples.Rules), new BindingPack(OtherPack, Other, rules)], Samples.Phrases);

    private static IReadOnlyList<Finding> Own(Agreement agreement) => JointCheck.Run(agreement, [new BindingPack(agreement.PackName, "", Samples.Rules)], Samples.Phrases);

    private static Agreement Joined(AgreementRules rules, Func<AgreementTerms, AgreementTerms> change)
    {
        var agreement = Drafted();
        agreement.Invite(Other, Neighbour, "", Samples.Writer, Samples.Now);
        agreement.Join(Other, Joining(rules), Samples.Writer, Samples.Now);
        agreement.ChangeTerms(change(agreement.Terms), Samples.Writer);
        return agreement;
    }

    private static Joining Joining(AgreementRules rules) => new(OtherPack, rules, [Number], new Origin());

    private static Agreement Drafted() => Agreement.DrawUp(Samples.Municipality, Samples.Facts, Terms, Samples.Sections, PartySide.Public, Samples.Writer);

    private static AgreementTerms Terms => Samples.Terms with
    {
        Parties = [.. Samples.Terms.Parties, new Party(Neighbour, PartySide.Public, "Grannkommunen") { Kind = PublicPartyKind.OtherMunicipality }],
        Contributions = [.. Samples.Terms.Contributions, new Contribution(Neighbour, ContributionType.Money, 300_000m)],
        PaymentPlan = [new PaymentPlanItem(1_200_000m, new DateOnly(2027, 2, 1), Samples.Committee, Samples.Association), new PaymentPlanItem(300_000m, new DateOnly(2027, 3, 1), Neighbour, Samples.Association)],
        FollowUp = Samples.Terms.FollowUp with { How = "Samtal.", Who = "Alla.", Financing = "Inom ram." },
    };

    private static AgreementTerms Without(AgreementTerms terms) => terms with
    {
        Parties = [.. terms.Parties.Where(party => party.PartyId != Neighbour)],
        Contributions = [.. terms.Contributions.Where(item => item.PartyId != Neighbour)],
        PaymentPlan = [.. terms.PaymentPlan.Where(item => item.PayerPartyId != Neighbour)],
    };
}
