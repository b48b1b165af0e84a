using System.Globalization;
using Iop.Eligibility.Domain;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Tests;

/// <summary>What the law says under every guideline: thresholds, instruments, red flags and the lawyer's questions.</summary>
public sealed class LawTests
{
    private static readonly DateOnly In2024 = new(2024, 5, 1);
    private static readonly ProcurementFacts Procured = new()
    {
        Result = ProcurementGateResult.Required,
        EstimatedValue = 1_200_000,
        DirectAwardLimit = 700_000,
        AnnexTwoLimit = 8_109_450,
        IsSameKindComplete = true,
    };

    [Theory]
    [InlineData("2021-12-31", ThresholdKind.DirectAward, null)]
    [InlineData("2022-01-01", ThresholdKind.DirectAward, 700_000)]
    [InlineData("2023-12-31", ThresholdKind.AnnexTwoServices, 7_802_550)]
    [InlineData("2023-06-01", ThresholdKind.ServicesEu, 2_236_731)]
    [InlineData("2024-01-01", ThresholdKind.AnnexTwoServices, 8_109_450)]
    [InlineData("2025-12-31", ThresholdKind.ServicesEu, 2_389_585)]
    [InlineData("2026-01-01", ThresholdKind.AnnexTwoServices, null)]
    public void A_threshold_holds_on_its_days_and_on_no_other(string date, ThresholdKind kind, int? amount) =>
        Assert.Equal(amount, (int?)Thresholds.On(Day(date)).Of(kind)?.Amount);

    [Fact]
    public void A_municipalitys_own_threshold_goes_before_the_shipped_one_and_fills_what_is_not_known()
    {
        ThresholdRow Own(string from, string to, decimal amount) => new("own", ProcurementLaw.Lou, ThresholdKind.DirectAward, Day(from), Day(to), amount, "");

        Assert.Equal(800_000, Thresholds.On(In2024, [Own("2024-01-01", "2024-12-31", 800_000)]).Of(ThresholdKind.DirectAward)?.Amount);
        var in2026 = Thresholds.On(Day("2026-03-01"), [Own("2026-01-01", "2027-12-31", 750_000)]);
        Assert.Equal(750_000, in2026.Of(ThresholdKind.DirectAward)?.Amount);
        Assert.Equal([ThresholdKind.ServicesEu, ThresholdKind.AnnexTwoServices], in2026.Missing.Select(missing => missing.Kind));
    }

    [Theory]
    [InlineData(true, ThresholdKind.AnnexTwoServices)]
    [InlineData(false, ThresholdKind.DirectAward)]
    [InlineData(null, ThresholdKind.DirectAward)]
    public void Where_the_route_hangs_on_a_threshold_that_is_not_known_the_evaluation_says_so(bool? annexTwo, ThresholdKind kind)
    {
        var evaluation = With("1285", Procured with { DirectAwardLimit = null, AnnexTwoLimit = null, IsAnnexTwoService = annexTwo, AsOf = Day("2026-03-01") });
        Assert.Equal([new MissingThreshold(ProcurementLaw.Lou, kind, Day("2026-03-01"))], evaluation.MissingThresholds);
        Assert.Contains(evaluation.LawFindings, finding => finding is { Code: "threshold-missing", IsBlocking: true });
    }

    [Fact]
    public void Where_nothing_is_bought_or_nothing_is_paid_no_threshold_is_missed()
    {
        Assert.Empty(With("1285", Procured with { Result = ProcurementGateResult.NotRequired, DirectAwardLimit = null }).MissingThresholds);
        Assert.Empty(With("1285", Procured with { EstimatedValue = null, DirectAwardLimit = null }).MissingThresholds);
    }

    public static TheoryData<string, ProcurementFacts, string?, Instrument> Routes => new()
    {
        { "1285", new ProcurementFacts { Result = ProcurementGateResult.NotRequired }, null, Instrument.Iop },
        { "1285", new ProcurementFacts { Result = ProcurementGateResult.NotRequired }, "ordinary-grant-fits", Instrument.Grant },
        { "1285", Procured, null, Instrument.Procurement },
        { "1285", Procured with { IsAnnexTwoService = true, ReservedConditionsMet = true, Reservability = Reservability.Listed }, null, Instrument.ReservedProcurement },
        { "1285", Procured with { HasSystemOfChoice = true }, null, Instrument.SystemOfChoice },
        { "1285", new ProcurementFacts { Result = ProcurementGateResult.NotRequired, IsOwnOperation = true }, null, Instrument.OwnOperation },
    };

    [Theory, MemberData(nameof(Routes))]
    public void Each_instrument_is_reached_by_the_facts_that_lead_to_it(string code, ProcurementFacts procurement, string? yes, Instrument expected)
    {
        var pack = Packs.Of(code);
        var facts = Cases.AllWell(pack) with { Procurement = procurement };
        var evaluation = Evaluation.Of(yes is null ? facts : facts.Yes(yes), pack);
        Assert.Equal(expected, evaluation.Routing.Recommended);
        Assert.Equal(Standing.Recommended, Of(evaluation, expected).Standing);
    }

    [Fact]
    public void Below_the_limit_a_purchase_may_be_awarded_directly_and_a_market_without_a_buyer_leads_nowhere()
    {
        Assert.Equal(Standing.Alternative, Of(With("2080", Procured with { IsAnnexTwoService = true }), Instrument.DirectAward).Standing);
        Assert.Equal(Standing.NotChosen, Of(With("2080", Procured with { IsAnnexTwoService = false }), Instrument.DirectAward).Standing);

        var pack = Packs.Of("1285");
        var market = Evaluation.Of(Cases.AllWell(pack).No("es-crit-4-no-market-competition"), pack);
        Assert.Equal(Standing.Recommended, Of(market, Instrument.None).Standing);
    }

    [Theory, MemberData(nameof(Packs.AllCodes), MemberType = typeof(Packs))]
    public void Every_instrument_is_told_of_with_reasons_whether_chosen_or_not(string code)
    {
        var pack = Packs.Of(code);
        foreach (var facts in new[] { Cases.AllWell(pack), new CaseFacts(), Cases.AllWell(pack) with { Procurement = Procured } })
        {
            var instruments = Evaluation.Of(facts, pack).Instruments;
            Assert.Equal(Enum.GetValues<Instrument>().Order(), instruments.Select(finding => finding.Instrument).Order());
            Assert.All(instruments, finding => Assert.NotEmpty(finding.Reasons));
            Assert.All(instruments.SelectMany(finding => finding.Reasons), reason => Assert.True(
                reason.Sentence is { Sv.Length: > 0, En.Length: > 0 } && (pack.RuleIds.Contains(reason.RuleId ?? "") || LawRules.Ids.Contains(reason.RuleId ?? ""))));
        }
    }

    [Fact]
    public void A_value_above_the_general_limit_asks_whether_the_service_is_one_of_annex_two()
    {
        Assert.Contains(With("2080", Procured).LawFindings, finding => finding is { Code: "annex-two-unknown", Severity: Severity.Question });
        Assert.DoesNotContain(With("2080", Procured with { IsAnnexTwoService = false }).LawFindings, finding => finding.Code == "annex-two-unknown");
    }

    [Theory]
    [InlineData(2_400_000, 2_389_585, false, "eu-threshold-passed")]
    [InlineData(2_300_000, 2_389_585, false, null)]
    [InlineData(2_400_000, null, null, "eu-threshold-unknown")]
    [InlineData(9_000_000, 2_389_585, true, null)]
    public void A_purchase_is_held_to_the_eu_threshold_of_ordinary_services_and_one_that_is_not_known_is_told(int value, int? threshold, bool? annexTwo, string? code)
    {
        var findings = With("1285", Procured with { EstimatedValue = value, ServicesEuThreshold = threshold, IsAnnexTwoService = annexTwo }).LawFindings;
        Assert.Equal(code is null ? [] : [code], findings.Select(finding => finding.Code).Where(found => found.StartsWith("eu-threshold", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_activity_that_the_municipality_runs_itself_would_be_an_IOP_if_it_did_not()
    {
        var pack = Packs.Of("1285");
        var facts = Cases.AllWell(pack) with { Procurement = new ProcurementFacts { Result = ProcurementGateResult.NotRequired, IsOwnOperation = true } };
        Assert.Equal([(ChangeKind.Fact, "law-own-operation")], Counterfactual.Of(facts, pack).Changes.Select(change => (change.Kind, change.Key)));
    }

    // law.md 2.1, EU-domstolen C-436/20: a municipality's own criteria are held to the law as the texts of a case are.
    [Theory]
    [InlineData("Organisationen ska ha sitt säte i kommunen.", true)]
    [InlineData("Organisationen är verksam i kommunen.", false)]
    public void A_guideline_that_demands_a_seat_in_the_municipality_is_warned_of(string statement, bool warned)
    {
        var shipped = Packs.Of("1285");
        var pack = shipped with { Criteria = [shipped.Criteria[0] with { Statement = new LocalizedText(statement, statement) }, .. shipped.Criteria.Skip(1)] };

        var told = Evaluation.Of(Cases.AllWell(pack), pack).LawFindings.Where(finding => finding.Code == "local-seat-criterion").ToList();

        Assert.Equal(warned, told.Count == 1);
        Assert.All(told, finding => Assert.Contains(statement, finding.Sentence.Sv, StringComparison.Ordinal));
        Assert.DoesNotContain(Evaluation.Of(Cases.AllWell(shipped), shipped).LawFindings, finding => finding.Code == "local-seat-criterion");
    }

    [Fact]
    public void The_facts_of_a_care_home_propose_the_flags_of_the_Alingsas_case()
    {
        var cso = new CaseParty("cso", PartySide.Cso, "o", null, "Stiftelsen", true, null, "", null);
        var committee = new CaseParty("namnd", PartySide.Public, "", PublicPartyKind.Committee, "Nämnden", true, null, "", null);
        var facts = new CaseContent
        {
            Parties = [cso, committee],
            Title = "Vårdboende med 24 platser",
            PlannedTermMonths = 36,
            PlannedExtensionCount = 10,
            PlannedExtensionMonths = 12,
            Contributions = [new PlannedContribution("namnd", ContributionKind.Money, "Fast ersättning, pris per plats, med vite", 18_000_000, 0, "")],
        };
        Assert.Equal(
            ["fixed-yearly-fee", "no-cso-contribution", "open-ended-extension", "operates-statutory-service", "penalty", "price-per-unit", "value-above-threshold"],
            RedFlags.ProposedBy(facts, 78_000_000, 8_109_450).Order(StringComparer.Ordinal));
        Assert.Empty(RedFlags.ProposedBy(new CaseContent(), null, 700_000));
        Assert.DoesNotContain("value-above-threshold", RedFlags.ProposedBy(facts, 78_000_000, null));
    }

    [Fact]
    public void Each_activity_tag_adds_questions_and_no_question_is_asked_without_its_tag()
    {
        var always = LegalQuestions.For([]).ToList();
        Assert.DoesNotContain(always, question => question.Tag.Length > 0);
        Assert.Equal(4, LegalQuestions.TestsOfAid.Count(test => always.Exists(question => question.Code == test)));
        Assert.All(Classification.ActivityTags, tag => Assert.Contains(LegalQuestions.For([tag.Key]), question => question.Tag == tag.Key));
        Assert.Equal(LegalQuestions.All.Count, LegalQuestions.All.Select(question => question.Code).Distinct().Count());
    }

    [Fact]
    public void Consensus_clears_a_warning_only_when_both_have_declared_it_and_a_lawyer_has_looked()
    {
        const string rule = "es-crit-3-not-already-municipal";
        var pack = Packs.Of("1285");
        var well = Cases.AllWell(pack).No(rule);
        FindingStatus Status(CaseFacts facts) => Evaluation.Of(facts, pack).Of(rule).Status;

        Assert.Equal(FindingStatus.Motivated, Status(well));
        Assert.Equal(FindingStatus.NotMet, Status(well with { Declarations = [] }));
        Assert.Equal(FindingStatus.NotMet, Status(well with { LegalAssessment = LegalAssessmentState.NotDone, Procurement = new ProcurementFacts() }));
        Assert.Equal(FindingStatus.NotMet, Status(well.Answer("es-crit-3-complementary-exception", new GivenAnswer(null))));
    }

    [Fact]
    public void Whether_others_were_heard_is_remarked_on_and_decides_nothing()
    {
        var pack = Packs.Of("1285");
        LawFinding? Remark(bool heard) => Evaluation.Of(Cases.AllWell(pack) with { OthersHeard = heard }, pack).LawFindings.FirstOrDefault(finding => finding.Code == "others-not-heard");
        Assert.Equal((Severity.Informative, false), (Remark(false)!.Severity, Remark(false)!.IsBlocking));
        Assert.Null(Remark(true));
    }

    private static Evaluation With(string code, ProcurementFacts procurement)
    {
        var pack = Packs.Of(code);
        return Evaluation.Of(Cases.AllWell(pack) with { Procurement = procurement }, pack);
    }

    private static InstrumentFinding Of(Evaluation evaluation, Instrument instrument) => evaluation.Instruments.Single(finding => finding.Instrument == instrument);

    private static DateOnly Day(string date) => DateOnly.Parse(date, CultureInfo.InvariantCulture);
}
