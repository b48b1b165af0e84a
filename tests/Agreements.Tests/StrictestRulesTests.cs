using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>Of several packs the strictest rule holds, whichever of them has it.</summary>
public sealed class StrictestRulesTests
{
    private static readonly AgreementRules Silent = Samples.Rules with
    {
        ForbiddenClauses = [],
        Contributions = new ContributionRule("y-both", [], [], RuleSeverity.Mandatory),
        Period = new PeriodRule("y-period", 0, 0, RuleSeverity.Recommended),
        Extension = new ExtensionRule("y-extension", Allowed: true, 0, 0, TermsRequired: false),
        FollowUp = new FollowUpRule("y-follow-up", 0, 0, 0, 0, ReportingResponsibility.Unspecified),
        Signing = new SigningRule("y-signing", AssuranceLevel.Parse("low")),
        Retention = RetentionRule.None,
    };

    private static readonly Dictionary<string, (Func<AgreementRules, AgreementRules> One, Func<AgreementRules, AgreementRules> Other, Func<AgreementRules, object> Of, object Strictest)> Rules = new()
    {
        ["the shortest longest term"] = (r => Period(r, 12, 60), r => Period(r, 0, 36), r => r.Period.MaxMonths, 36),
        ["the longest shortest term"] = (r => Period(r, 12, 60), r => Period(r, 24, 0), r => r.Period.MinMonths, 24),
        ["a longest term that only one names"] = (r => Period(r, 0, 0), r => Period(r, 0, 48), r => r.Period.MaxMonths, 48),
        ["a limit of the term that binds in one"] = (r => r, r => r with { Period = r.Period with { Severity = RuleSeverity.Mandatory } }, r => r.Period.Severity, RuleSeverity.Mandatory),
        ["no extension where one allows none"] = (r => Extension(r, true, 2, 24), r => Extension(r, false, 0, 0), r => (r.Extension.Allowed, r.Extension.RuleId), (false, "y-extension")),
        ["the fewest extensions"] = (r => Extension(r, true, 2, 24), r => Extension(r, true, 1, 36), r => (r.Extension.MaxCount, r.Extension.MaxMonths), (1, 24)),
        ["terms of extension that one requires"] = (r => r, r => r with { Extension = r.Extension with { TermsRequired = true } }, r => r.Extension.TermsRequired, true),
        ["contributions that one requires from both sides"] = (r => r, r => r with { Contributions = r.Contributions with { RequiredFrom = [PartySide.Public, PartySide.CivilSociety] } }, r => r.Contributions.RequiredFrom.Count, 2),
        ["only what counts in both"] = (r => Types(r, ContributionType.Money, ContributionType.Staff), r => Types(r, ContributionType.Staff, ContributionType.Premises), r => r.Contributions.Counts(ContributionType.Money), false),
        ["the highest level for each type of document"] = (r => Level(r, "substantial", SignedDocument.Extension, "high"), r => Level(r, "high", SignedDocument.Extension, "low"), r => r.Signing.MinimumFor(SignedDocument.Extension).Assurance, AssuranceLevel.Parse("high")),
        ["the level of a document that one names and the other has for all"] = (r => Level(r, "low", SignedDocument.Amendment, "substantial"), r => r with { Signing = new SigningRule("z", AssuranceLevel.Parse("high")) }, r => r.Signing.MinimumFor(SignedDocument.Amendment).Assurance, AssuranceLevel.Parse("high")),
        ["a level to end it that only one names"] = (r => Level(r, "high", SignedDocument.Ending, "low"), r => r with { Signing = new SigningRule("z", AssuranceLevel.Parse("high")) }, r => r.Signing.MinimumFor(SignedDocument.Ending).Assurance, AssuranceLevel.Parse("low")),
        ["the highest class for each type of document"] = (r => Class(r, SignatureClass.Simple, SignedDocument.Extension, SignatureClass.Qualified), r => Class(r, SignatureClass.Advanced, SignedDocument.Amendment, SignatureClass.Simple), r => r.Signing.MinimumFor(SignedDocument.Extension).Class, SignatureClass.Qualified),
        ["the class that one has for all where the other names a lower one"] = (r => Class(r, SignatureClass.Simple, SignedDocument.Extension, SignatureClass.Qualified), r => Class(r, SignatureClass.Advanced, SignedDocument.Amendment, SignatureClass.Simple), r => r.Signing.MinimumFor(SignedDocument.Agreement).Class, SignatureClass.Advanced),
        ["no class to end it"] = (r => Class(r, SignatureClass.Qualified, SignedDocument.Extension, SignatureClass.Qualified), r => r, r => r.Signing.MinimumFor(SignedDocument.Ending).Class, SignatureClass.Unspecified),
        ["the highest level of assurance"] = (r => r, r => r with { Signing = new SigningRule("z", AssuranceLevel.Parse("high")) }, r => r.Signing.MinimumAssurance, AssuranceLevel.Parse("high")),
        ["turns in signing that one asks for"] = (r => r, r => r with { Signing = r.Signing with { Ordered = true } }, r => r.Signing.Ordered, true),
        ["the shortest time between check-ins"] = (r => FollowUp(r, 3, 12), r => FollowUp(r, 6, 6), r => (r.FollowUp.CheckInEveryMonths, r.FollowUp.ReportEveryMonths), (3, 6)),
        ["check-ins that only one asks for"] = (r => FollowUp(r, 0, 0), r => FollowUp(r, 4, 0), r => r.FollowUp.CheckInEveryMonths, 4),
        ["the earliest evaluation"] = (r => r, r => r with { FollowUp = r.FollowUp with { EvaluationMonthsBeforeEnd = 9 } }, r => r.FollowUp.EvaluationMonthsBeforeEnd, 9),
        ["reports by both where they differ"] = (r => Reporter(r, ReportingResponsibility.Organisation), r => Reporter(r, ReportingResponsibility.Municipality), r => r.FollowUp.ReportingResponsibility, ReportingResponsibility.Shared),
        ["the largest least group"] = (r => Group(r, 5), r => Group(r, 12), r => r.FollowUp.Reminders!.MinimumGroupSize, 12),
        ["what the text must say of follow-up by any"] = (r => Fields(r, "how"), r => Fields(r, "who"), r => r.FollowUp.RequiredFields.Count, 2),
        ["the longest retention"] = (r => r with { Retention = new RetentionRule("a", false, 10) }, r => r with { Retention = new RetentionRule("b", false, 25) }, r => (r.Retention.RuleId, r.Retention.YearsAfterEnd), ("b", 25)),
        ["preservation before any years"] = (r => r with { Retention = new RetentionRule("a", false, 90) }, r => r with { Retention = new RetentionRule("b", true, 0) }, r => r.Retention.Preserve, true),
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_strictest_of_two_packs_holds_in_whichever_order_they_come(string name)
    {
        var (one, other, of, strictest) = Rules[name];
        var (first, second) = (one(Silent), other(Silent));

        Assert.Equal(strictest, of(StrictestRules.Of([first, second])));
        Assert.Equal(strictest, of(StrictestRules.Of([second, first])));
        Assert.Equal(strictest, of(StrictestRules.Of([Silent, first, second])));
    }

    [Fact]
    public void One_pack_alone_is_itself() => Assert.Same(Samples.Rules, StrictestRules.Of([Samples.Rules]));

    private static AgreementRules Period(AgreementRules rules, int least, int most) => rules with { Period = rules.Period with { MinMonths = least, MaxMonths = most } };

    private static AgreementRules Extension(AgreementRules rules, bool allowed, int count, int months) => rules with { Extension = rules.Extension with { Allowed = allowed, MaxCount = count, MaxMonths = months } };

    private static AgreementRules FollowUp(AgreementRules rules, int checkIns, int reports) => rules with { FollowUp = rules.FollowUp with { CheckInEveryMonths = checkIns, ReportEveryMonths = reports } };

    private static AgreementRules Reporter(AgreementRules rules, ReportingResponsibility who) => rules with { FollowUp = rules.FollowUp with { ReportingResponsibility = who } };

    private static AgreementRules Group(AgreementRules rules, int least) => rules with { FollowUp = rules.FollowUp with { Reminders = new ReminderRule([], [], 0, least) } };

    private static AgreementRules Fields(AgreementRules rules, string field) => rules with { FollowUp = rules.FollowUp with { RequiredFields = [field] } };

    private static AgreementRules Level(AgreementRules rules, string usual, SignedDocument document, string level) => rules with
    {
        Signing = new SigningRule("z", AssuranceLevel.Parse(usual)) { Levels = new Dictionary<SignedDocument, AssuranceLevel> { [document] = AssuranceLevel.Parse(level) } },
    };

    private static AgreementRules Class(AgreementRules rules, SignatureClass usual, SignedDocument document, SignatureClass other) => rules with
    {
        Signing = rules.Signing with { MinimumClass = usual, Classes = new Dictionary<SignedDocument, SignatureClass> { [document] = other } },
    };

    private static AgreementRules Types(AgreementRules rules, params ContributionType[] types) => rules with { Contributions = rules.Contributions with { Types = types } };
}
