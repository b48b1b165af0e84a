using System.Globalization;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Tests;

/// <summary>Which services may be reserved for idea-based organisations, and when a direct award is documented (law.md 2.1).</summary>
public sealed class ReservationTests
{
    private static readonly DateOnly In2024 = new(2024, 5, 1);

    private static readonly ProcurementFacts Purchase = new()
    {
        Result = ProcurementGateResult.Required,
        EstimatedValue = 1_200_000,
        DirectAwardLimit = 700_000,
        AnnexTwoLimit = 8_109_450,
        IsSameKindComplete = true,
        IsAnnexTwoService = true,
        ReservedConditionsMet = true,
        ServiceCodes = ["85312000-9"],
        ReservabilitySources = ["Lagtexten"],
    };

    [Theory]
    [InlineData("85312000-9", Reservability.Listed)]
    [InlineData("85000000", Reservability.Listed)]
    [InlineData("85323000-9", Reservability.Listed)]
    [InlineData("85324000", Reservability.NotListed)]
    [InlineData("80000000-4", Reservability.Listed)]
    [InlineData("80500000-9", Reservability.Listed)]
    [InlineData("80660000-8", Reservability.Listed)]
    [InlineData("80670000-1", Reservability.NotListed)]
    [InlineData("98200000-5", Reservability.Listed)]
    [InlineData("98513100-3", Reservability.Listed)]
    [InlineData("98515000-6", Reservability.NotListed)]
    [InlineData("75231240-8", Reservability.Listed)]
    [InlineData("92500000-6", Reservability.NotListed)] // libraries and sports are in 25 § alone
    [InlineData("92600000-7", Reservability.NotListed)]
    [InlineData("98133110-8", Reservability.NotListed)]
    [InlineData("75123000-4", Reservability.NotListed)]
    [InlineData("45000000-7", Reservability.NotListed)]
    [InlineData("", Reservability.CodesMissing)]
    public void The_delivered_list_is_that_of_the_act_for_idea_based_organisations_and_of_no_others(string code, Reservability expected) =>
        Assert.Equal(expected, ReservableServices.Shipped.Of(code.Length == 0 ? [] : [code], In2024));

    [Fact]
    public void Before_the_rule_came_into_force_no_list_is_known() =>
        Assert.Equal(Reservability.ListMissing, ReservableServices.Shipped.Of(["85312000-9"], new DateOnly(2022, 12, 31)));

    [Fact]
    public void An_installation_replaces_the_list_by_one_that_it_has_verified()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """
                services:
                  - {from: 85310000, to: 85319999, validFrom: 2023-01-01, validTo: 2027-12-31, verified: true, source: "LOU 19 kap. 25 a §, läst 2026-02-01"}
                  - {from: 80110000, to: 80110000, validFrom: 2023-01-01, validTo: 2027-12-31, verified: false, source: "Uppgift från en kollega"}
                """);
            var list = ReservableServices.Load(path);
            Assert.Equal(Reservability.Listed, list.Of(["85312000-9", "85311000"], In2024));
            Assert.Equal(Reservability.ListedUnverified, list.Of(["85312000-9", "80110000-8"], In2024));
            Assert.Equal(Reservability.NotListed, list.Of(["85312000-9", "92600000-7"], In2024));
            Assert.Equal(Reservability.ListMissing, list.Of(["85312000-9"], new DateOnly(2028, 1, 1)));
            Assert.Equal(["Uppgift från en kollega"], list.SourcesOf(["80110000-8"], In2024));

            File.WriteAllText(path, """services: [{from: 85310000, to: 85319999, validFrom: 2023-13-01, validTo: 2027-12-31, verified: true, source: "x"}]""");
            Assert.Throws<InvalidOperationException>(() => ReservableServices.Load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(Reservability.Listed, Standing.Recommended, null)]
    [InlineData(Reservability.ListedUnverified, Standing.Recommended, "reserved-list-unverified")]
    [InlineData(Reservability.NotListed, Standing.NotChosen, null)]
    [InlineData(Reservability.CodesMissing, Standing.NotChosen, "reserved-service-unknown")]
    [InlineData(Reservability.ListMissing, Standing.NotChosen, "reserved-list-unknown")]
    public void A_purchase_is_reserved_only_where_its_service_is_listed_and_what_is_not_verified_is_told(Reservability standing, Standing expected, string? told)
    {
        var evaluation = With(Purchase with { Reservability = standing });
        var reserved = evaluation.Instruments.Single(finding => finding.Instrument == Instrument.ReservedProcurement);
        Assert.Equal(expected, reserved.Standing);
        Assert.Equal("law-reserved-procurement", reserved.Reasons[0].RuleId);
        Assert.Equal(told is null ? [] : [told], evaluation.LawFindings.Select(finding => finding.Code).Where(code => code.StartsWith("reserved-", StringComparison.Ordinal)));
        if (expected == Standing.NotChosen)
        {
            Assert.Contains(standing == Reservability.ListMissing ? "Listan" : "CPV-kod", reserved.Reasons[0].Sentence.Sv, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_told_of_an_unverified_list_names_the_code_and_the_source()
    {
        var finding = With(Purchase with { Reservability = Reservability.ListedUnverified }).LawFindings.Single(finding => finding.Code == "reserved-list-unverified");
        Assert.Equal((Severity.Question, false), (finding.Severity, finding.IsBlocking));
        Assert.Contains("85312000-9", finding.Sentence.Sv, StringComparison.Ordinal);
        Assert.EndsWith("Lagtexten", finding.Sentence.Sv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "aldrig")]
    [InlineData(false, "får reserveras för idéburna")]
    [InlineData(null, "inte angivet om tjänsten är primärvård")]
    public void A_system_of_choice_may_be_reserved_unless_it_is_of_primary_care(bool? primaryCare, string words)
    {
        var evaluation = With(Purchase with { HasSystemOfChoice = true, IsPrimaryCare = primaryCare, Reservability = Reservability.Listed });
        Assert.Equal(Instrument.SystemOfChoice, evaluation.Routing.Recommended);
        var reason = Assert.Single(evaluation.Routing.Reasons, reason => reason.RuleId == "law-system-of-choice-reserved");
        Assert.Contains(words, reason.Sentence.Sv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_001, 100_000, true, "direct-award-documented")]
    [InlineData(100_000, 100_000, true, null)]
    [InlineData(100_000, 100_000, false, "documentation-limit-unverified")]
    [InlineData(50_000, null, false, "documentation-limit-unknown")]
    public void A_direct_award_above_the_limit_is_documented_and_a_limit_that_is_not_known_is_told(int value, int? limit, bool verified, string? code)
    {
        var evaluation = With(Purchase with
        {
            EstimatedValue = value,
            DocumentationLimit = limit,
            IsDocumentationLimitVerified = verified,
            IsAnnexTwoService = false,
        });
        Assert.Equal(Instrument.DirectAward, evaluation.Routing.Alternatives.Append(evaluation.Routing.Recommended!.Value).First(instrument => instrument == Instrument.DirectAward));
        Assert.Equal(code is null ? [] : [code], evaluation.LawFindings.Select(finding => finding.Code).Where(found => found.StartsWith("direct-award-", StringComparison.Ordinal) || found.StartsWith("documentation-", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_limit_of_documentation_is_a_threshold_that_a_municipality_replaces()
    {
        var shipped = Thresholds.On(In2024).Of(ThresholdKind.DirectAwardDocumentation);
        Assert.True(shipped is { Amount: 100_000, IsVerified: true });
        var own = new ThresholdRow("own", ProcurementLaw.Lou, ThresholdKind.DirectAwardDocumentation, In2024, In2024, 50_000, "Kommunens jurist");
        Assert.True(Thresholds.On(In2024, [own]).Of(ThresholdKind.DirectAwardDocumentation) is { Amount: 50_000, IsVerified: true });
        Assert.Null(Thresholds.On(DateOnly.Parse("2021-12-31", CultureInfo.InvariantCulture)).Of(ThresholdKind.DirectAwardDocumentation));
    }

    private static Evaluation With(ProcurementFacts procurement)
    {
        var pack = Packs.Of("1285");
        return Evaluation.Of(Cases.AllWell(pack) with { Procurement = procurement }, pack);
    }
}
