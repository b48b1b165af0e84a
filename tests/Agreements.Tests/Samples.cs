using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>A small agreement and a small guideline that the domain tests vary.</summary>
internal static class Samples
{
    public const string Municipality = "1285";
    public const string Organisation = "municipalities/1285/organisations/01900000-0000-7000-8000-000000000001";
    public const string Committee = "arbete";
    public const string Association = "forening";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    public static readonly Phrases Phrases = Phrases.Load();
    public static readonly AgreementWriter Writer = new(Phrases);

    public static readonly AgreementRules Rules = new()
    {
        Sections =
        [
            Template("background", SectionMode.Consider, "challenge"),
            Template("parties", SectionMode.Required, "parties"),
            Template("activity", SectionMode.Required) with { Repeatable = true },
            Template("goals", SectionMode.Required, "goals"),
            Template("economy", SectionMode.Required, "contributions"),
            Template("period", SectionMode.Required, "period"),
            Template("follow-up-and-evaluation", SectionMode.Required, "followUp"),
            Template("hardship", SectionMode.Optional),
            Template("signature", SectionMode.Required, "signatures"),
        ],
        ForbiddenClauses =
        [
            new ForbiddenClause("penalty", "x-no-sanctions", new LocalizedText("Sanktioner hör inte hemma här.", "No sanctions."), RuleSeverity.Mandatory, ["vite"]),
            new ForbiddenClause("priceDeduction", "x-no-sanctions", new LocalizedText("Sanktioner hör inte hemma här.", "No sanctions."), RuleSeverity.Mandatory, []),
            new ForbiddenClause("dispute", "x-talk", new LocalizedText("Tala med varandra.", "Talk."), RuleSeverity.Mandatory, ["skiljeförfarande"]),
            new ForbiddenClause("serviceOrder", "x-avoid-orders", new LocalizedText("Undvik beställningar.", "Avoid orders."), RuleSeverity.Recommended, ["beställaren"]),
        ],
        Contributions = new ContributionRule("x-both-contribute", [PartySide.Public, PartySide.CivilSociety], [], RuleSeverity.Mandatory),
        Period = new PeriodRule("x-period", 24, 60, RuleSeverity.Recommended),
        Extension = new ExtensionRule("x-extension", Allowed: true, 2, 24, TermsRequired: true)
        {
            MustDecide = new Dictionary<string, string> { ["ends-without-notice"] = "x-notice", ["renegotiation-timing"] = "x-talks", ["extension-count-length"] = "x-count" },
        },
        FollowUp = new FollowUpRule("x-follow-up", 3, 12, 6, 9, ReportingResponsibility.Shared) { EvaluationRuleId = "x-evaluation" },
        Signing = new SigningRule("x-signing", AssuranceLevel.Parse("substantial")),
    };

    public static readonly CaseFacts Facts = new()
    {
        CaseName = "municipalities/1285/cases/01900000-0000-7000-8000-0000000000ca",
        PackName = "municipalities/1285/guidelinePacks/2024-1",
        Title = "Öppen kväll",
        Parties =
        [
            new Party(Committee, PartySide.Public, "Arbete och försörjning") { Kind = PublicPartyKind.Administration, Lead = true, FundingSource = FundingSource.Earmarked, BudgetCode = "4711" },
            new Party(Association, PartySide.CivilSociety, "Öppna Famnen Eslöv") { Organisation = Organisation, OrganisationNumber = "899999-0016", Lead = true },
        ],
        Contributions =
        [
            new Contribution(Committee, ContributionType.Money, 1_200_000m) { Description = "Stöd till verksamheten" },
            new Contribution(Association, ContributionType.VolunteerHours, 450_000m) { Hours = 2_700, ValuationMethod = "Timmar gånger 166 kronor" },
        ],
        Goals = ["Färre unga är ensamma."],
        PlannedStart = new DateOnly(2027, 1, 1),
        TermMonths = 36,
        ExtensionCount = 1,
        ExtensionMonths = 12,
        Texts = new Dictionary<string, string> { ["challenge"] = "Unga är ensamma.", ["need"] = "En plats att gå till." },
    };

    public static readonly AgreementTerms Terms = Draft.Terms(Facts, Rules) with
    {
        EndsWithoutNotice = true,
        PaymentPlan = [new PaymentPlanItem(1_200_000m, new DateOnly(2027, 2, 1), Committee, Association)],
        Contacts = [new ContactPerson(Committee, "Handläggare", "", "arbete@example.se", ""), new ContactPerson(Association, "Verksamhetsledare", "", "", "070-174 06 05")],
        PublicSignatories = [new Signatory(Committee, "chair", "Kim Ordförande", "ordförande")],
    };

    private static readonly EndingTerms Ending = new()
    {
        Notices = [new NoticeTerms(Committee, 6), new NoticeTerms(Association, 3)],
        RescissionGrounds = ["Verksamheten strider mot lag."],
    };

    public static readonly IReadOnlyList<Section> Sections =
        [.. Draft.Sections(Rules, Facts, Phrases).Select(section => section.Key == "activity" ? section with { Text = "En mötesplats tre kvällar i veckan." } : section)];

    public static readonly DateOnly Today = new(2026, 11, 22);

    public static readonly SigningPlan Plan = new(Now, Today, Today.AddDays(30), 7);

    public static Agreement Drafted(PartySide side = PartySide.Public) => Agreement.DrawUp(Municipality, Facts, Terms with { Ending = Ending }, Sections, side, Writer);

    public static Agreement Negotiated()
    {
        var agreement = Drafted();
        agreement.Share(Now);
        return agreement;
    }

    public static Agreement TextAgreed()
    {
        var agreement = Negotiated();
        agreement.Approve(Committee, "Handläggaren", agreement.TextHash, [], Now);
        agreement.Approve(Association, "Företrädaren", agreement.TextHash, [], Now);
        return agreement;
    }

    public static Agreement AwaitingDecision()
    {
        var agreement = Negotiated();
        agreement.ChangeTerms(agreement.Terms with { DecisionRequired = true }, Writer);
        agreement.Approve(Committee, "Handläggaren", agreement.TextHash, [], Now, "officer");
        agreement.Approve(Association, "Företrädaren", agreement.TextHash, [], Now, "anna");
        return agreement;
    }

    public static Agreement InSigning(int jointly = 2)
    {
        var agreement = TextAgreed();
        agreement.OpenForSignatures(Requirements(jointly), Plan);
        return agreement;
    }

    public static Agreement Active()
    {
        var agreement = InSigning(jointly: 1);
        agreement.Sign(Committee, Signer("chair"), agreement.TextHash, Rules.Signing.MinimumFor(SignedDocument.Agreement), Now);
        agreement.Sign(Association, Signer("anna"), agreement.TextHash, Rules.Signing.MinimumFor(SignedDocument.Agreement), Now);
        return agreement;
    }

    public static IReadOnlyList<SignatureRequirement> Requirements(int jointly = 2) =>
    [
        SignatureRequirement.OfPublic(Terms, Committee),
        new SignatureRequirement(Association, jointly, [new Signatory(Association, "anna", "Anna", "ordförande"), new Signatory(Association, "bo", "Bo", "kassör")]),
    ];

    public static TextDecision Decision(TextDecisionOutcome outcome = TextDecisionOutcome.Approved) =>
        new(outcome, "Arbetsmarknadsnämnden", new DateOnly(2026, 11, 20), "AMN 2026-17", outcome == TextDecisionOutcome.Returned ? "Målgruppen är oklar." : "");

    public static Signer Signer(string person, string level = "loa3", bool authorised = true) => new(person, level, authorised) { Class = SignatureClass.Simple };

    public static IReadOnlyList<Finding> Check(AgreementTerms terms, IReadOnlyList<Section>? sections = null, AgreementRules? rules = null, Origin? origin = null) =>
        AgreementCheck.Run(terms, Writer.Write(terms, sections ?? Sections).Sections, rules ?? Rules, Phrases, origin);

    public static Section Heading(string key, SectionMode mode, SectionSource source) => new()
    {
        SectionId = key,
        Key = key,
        RuleId = $"x-{key}",
        Heading = new LocalizedText($"Rubrik {key}", key),
        Guidance = new LocalizedText("Skriv här.", "Write here."),
        Mode = mode,
        Source = source,
    };

    private static SectionTemplate Template(string key, SectionMode mode, string generatedFrom = "") =>
        new(key, $"x-{key}", new LocalizedText($"Rubrik {key}", key), new LocalizedText("Skriv här.", "Write here."), mode, generatedFrom, Repeatable: false);
}
