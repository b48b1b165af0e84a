using Iop.Eligibility.V1;
using Iop.Types.V1;
using CaseGoal = Iop.Eligibility.V1.Goal;

namespace Iop.Agreements.Tests;

/// <summary>A case and a guideline pack for tests to begin from.</summary>
public sealed partial class AgreementsFixture
{
    internal static Case SampleCase(string organisation) => new()
    {
        Name = $"{Here}/cases/{Guid.CreateVersion7()}",
        State = Case.Types.State.Approved,
        RoutedInstrument = Instrument.Iop,
        GuidelinePack = Pack,
        Title = "Öppen kväll",
        Organisation = organisation,
        Challenge = "Unga är ensamma.",
        Need = "En plats att gå till.",
        TargetGroup = "Unga 18–25 år.",
        Domain = "social-care",
        ChallengeCodes = { "loneliness" },
        TargetGroupCodes = { "young-adults" },
        BudgetPlan = "400 000 kronor om året.",
        SharedValues = "Alla är välkomna.",
        Goals = { new CaseGoal { Text = "Färre unga är ensamma." } },
        PlannedStartDate = new Date { Year = 2027, Month = 1, Day = 1 },
        PlannedTermMonths = 36,
        Parties =
        {
            new Party { PartyId = "arbete", Side = PartySide.Public, PublicPartyKind = PublicPartyKind.Administration, DisplayName = "Arbete och försörjning", Lead = true, FundingSource = FundingSource.Earmarked },
            new Party { PartyId = "forening", Side = PartySide.CivilSociety, Organisation = organisation, DisplayName = "Öppna famnen", Lead = true },
        },
        Contributions =
        {
            new Contribution { PartyId = "arbete", Type = ContributionType.Money, Value = Sum(1_200_000), Description = "Stöd" },
            new Contribution { PartyId = "forening", Type = ContributionType.VolunteerHours, Value = Sum(450_000), Hours = 2_700, ValuationMethod = "Timmar gånger 166 kronor" },
        },
    };

    internal static GuidelinePack SamplePack()
    {
        var pack = new GuidelinePack
        {
            Name = Pack,
            State = GuidelinePack.Types.State.Published,
            Sha256 = new string('a', 64),
            SigningRule = new Eligibility.V1.SigningRule { RuleId = "x-signing", MinimumAssuranceLevel = "substantial" },
            ContributionRule = new ContributionRule { RuleId = "x-both", RequiredFrom = { PartySide.Public, PartySide.CivilSociety }, Severity = Severity.Mandatory },
            PeriodRule = new PeriodRule { RuleId = "x-period", MinMonths = 12, Severity = Severity.Recommended, EndDateRequired = true },
            ExtensionRule = new ExtensionRule { RuleId = "x-extension", Allowed = true, MaxCount = 1 },
            RetentionRule = new RetentionRule { RuleId = "x-retention", YearsAfterEnd = 10 },
            FollowUpRule = new FollowUpRule
            {
                RuleId = "x-follow-up",
                CheckInEveryMonths = 3,
                ReportEveryMonths = 12,
                EvaluationMonthsBeforeEnd = 6,
                RenewalTalksMonthsBeforeEnd = 9,
                ReportingResponsibility = ReportingResponsibility.Shared,
                CheckInTopics = { new LocalizedText { Sv = "Hur går det?", En = "How is it going?" } },
                EvaluationQuestions = { new LocalizedText { Sv = "Blev det bättre?", En = "Did it get better?" } },
                ReminderDaysBefore = { 21, 3 },
                ReminderDaysAfter = { 5 },
                EscalationDaysAfter = 14,
                MinimumGroupSize = 8,
            },
            ForbiddenClauses = { new ForbiddenClause { Type = "penalty", RuleId = "x-no-sanctions", Severity = Severity.Mandatory, Markers = { "vite" }, Text = new LocalizedText { Sv = "Inga sanktioner.", En = "No sanctions." } } },
        };
        pack.Sections.Add(
        [
            Template("background", SectionMode.Consider, "challenge"), Template("parties", SectionMode.Required, "parties"), Template("values", SectionMode.Optional),
            Repeatable(Template("activity", SectionMode.Required)), Template("target-group", SectionMode.Required, "targetGroup"), Template("goals", SectionMode.Required, "goals"),
            Template("economy", SectionMode.Required, "contributions"), Template("period", SectionMode.Required, "period"),
            Template("follow-up-and-evaluation", SectionMode.Required, "followUp"), Template("signature", SectionMode.Required, "signatures"),
        ]);
        return pack;
    }

    private static SectionTemplate Repeatable(SectionTemplate template)
    {
        template.Repeatable = true;
        template.Prompts.Add(new LocalizedText { Sv = "När?", En = "When?" });
        return template;
    }

    internal static SectionTemplate Template(string key, SectionMode mode, string from = "") => new()
    {
        Key = key,
        RuleId = $"x-{key}",
        Mode = mode,
        GeneratedFrom = from,
        Heading = new LocalizedText { Sv = $"Rubrik {key}", En = key },
        Guidance = new LocalizedText { Sv = "Skriv.", En = "Write." },
    };
}
