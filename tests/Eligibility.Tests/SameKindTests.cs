using FsCheck;
using FsCheck.Fluent;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Tests;

/// <summary>The year's purchases of one kind, added up (law.md 2.1), and the register of the Act (2022:900) (law.md 2.5).</summary>
public sealed class SameKindTests
{
    private const decimal Limit = 700_000;

    [Theory]
    [InlineData(null, 0, false, SameKindStanding.NoValue)]
    [InlineData(600_000, 0, false, SameKindStanding.Unanswered)]
    [InlineData(600_000, 0, true, SameKindStanding.Within)]
    [InlineData(600_000, 99_999, true, SameKindStanding.Within)]
    [InlineData(600_000, 100_000, true, SameKindStanding.AboveTogether)] // LOU 19 a kap. 2 §: below the limit, and not on it
    [InlineData(600_000, 100_001, false, SameKindStanding.AboveTogether)] // more answers could only add to it
    [InlineData(699_999, 0, true, SameKindStanding.Within)]
    [InlineData(700_000, 0, true, SameKindStanding.Above)]
    [InlineData(700_001, 0, false, SameKindStanding.Above)]
    public void The_sum_and_not_each_purchase_is_held_to_the_limit(int? own, int others, bool complete, SameKindStanding expected) =>
        Assert.Equal(expected, SameKindReview.Of(own, others, complete, Limit));

    [Fact]
    public void Without_a_limit_nothing_is_said_of_the_sum() =>
        Assert.Equal(SameKindStanding.LimitUnknown, SameKindReview.Of(600_000, 0, true, null));

    [Fact]
    public void Only_purchases_of_the_year_are_added_up()
    {
        var review = new SameKindReview("promenader", 2025, [new("Våren", "Kultur", 2025, 100, ""), new("Förra året", "Kultur", 2024, 1_000, "")], true);
        Assert.Equal(100, review.OtherValue);
    }

    [Fact]
    public void A_purchase_more_never_brings_a_sum_below_the_limit() =>
        FsCheck.Fluent.Prop.ForAll(
            Arb.From(from own in Gen.Choose(0, 1_500_000)
                     from others in Gen.Choose(0, 1_500_000)
                     from more in Gen.Choose(0, 1_500_000)
                     from complete in Gen.Elements(true, false)
                     select (own, others, more, complete)),
            at => IsAbove(SameKindReview.Of(at.own, at.others, at.complete, Limit)) ? IsAbove(SameKindReview.Of(at.own, at.others + at.more, at.complete, Limit)) : true)
            .QuickCheckThrowOnFailure();

    // law.md 2.1: splitting is forbidden, so what is below the limit alone is not awarded directly when the whole is above.
    [Theory]
    [InlineData(0, true, Standing.Alternative)]
    [InlineData(99_999, true, Standing.Alternative)]
    [InlineData(100_000, true, Standing.NotChosen)]
    public void Routing_awards_directly_by_the_sum(int others, bool complete, Standing expected)
    {
        var evaluation = Evaluate(others, complete);
        var direct = Of(evaluation, Instrument.DirectAward);
        Assert.Equal(expected, direct.Standing);
        Assert.Equal("law-direct-award", expected == Standing.NotChosen ? direct.Reasons[0].RuleId : "law-direct-award");
        Assert.Equal(others >= 100_000, evaluation.LawFindings.Any(finding => finding.Code == "same-kind-above-limit"));
        Assert.Equal(expected == Standing.Alternative, evaluation.LawFindings.Any(finding => finding.Code == "direct-award-documented"));
        Assert.False(evaluation.IsSameKindOpen);
    }

    [Fact]
    public void A_sum_that_nobody_has_established_holds_the_assessment_and_is_asked_for()
    {
        var evaluation = Evaluate(0, complete: false);
        Assert.True(evaluation.IsSameKindOpen);
        Assert.Empty(evaluation.MissingThresholds);
        Assert.Contains(evaluation.LawFindings, finding => finding is { Code: "same-kind-unanswered", IsBlocking: true });
        Assert.Equal(Standing.NotChosen, Of(evaluation, Instrument.DirectAward).Standing);
    }

    [Fact]
    public void Where_nothing_is_bought_the_sum_is_not_asked_for() => Assert.False(Evaluate(0, complete: false, ProcurementGateResult.NotRequired).IsSameKindOpen);

    [Theory]
    [InlineData(null, ActStatus.Registered, true)] // the register shows what nobody has looked into
    [InlineData(null, ActStatus.NotRegistered, false)]
    [InlineData(null, ActStatus.Deregistered, false)]
    [InlineData(null, ActStatus.Unknown, false)]
    [InlineData(true, ActStatus.NotRegistered, true)] // never required
    [InlineData(true, ActStatus.Unknown, true)]
    [InlineData(true, ActStatus.Deregistered, true)]
    [InlineData(false, ActStatus.Registered, false)] // and never enough against what the municipality has found
    public void A_procurement_is_reserved_by_the_municipalitys_finding_or_the_register(bool? found, ActStatus status, bool reserved)
    {
        var evaluation = Reserved(found, status);
        Assert.Equal(reserved ? Instrument.ReservedProcurement : Instrument.Procurement, evaluation.Routing.Recommended);
        Assert.Equal("law-reserved-procurement", Of(evaluation, Instrument.ReservedProcurement).Reasons[0].RuleId);
    }

    [Theory]
    [InlineData(ActStatus.Registered, "registrerad som idéburen enligt lagen sedan 2024-03-01")]
    [InlineData(ActStatus.NotRegistered, "inte registrerad som idéburen")]
    [InlineData(ActStatus.Deregistered, "avregistrerades enligt lagen 2024-03-01")]
    [InlineData(ActStatus.Unknown, "inte känt om organisationen är registrerad")]
    public void The_reasons_for_and_against_say_what_the_register_says(ActStatus status, string told)
    {
        foreach (var found in new[] { true, false })
        {
            var reasons = Of(Reserved(found, status), Instrument.ReservedProcurement).Reasons;
            Assert.Contains(reasons, reason => reason.Sentence.Sv.Contains(told, StringComparison.Ordinal) && reason.Law.Any(law => law.Contains("2022:900", StringComparison.Ordinal)));
            Assert.All(reasons, reason => Assert.DoesNotContain("{date}", reason.Sentence.Sv + reason.Sentence.En, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(ActStatus.Registered, ActStatus.Registered, ActStatus.Registered)]
    [InlineData(ActStatus.Registered, ActStatus.Unknown, ActStatus.Unknown)]
    [InlineData(ActStatus.Unknown, ActStatus.NotRegistered, ActStatus.NotRegistered)]
    [InlineData(ActStatus.NotRegistered, ActStatus.Deregistered, ActStatus.Deregistered)]
    public void Of_several_organisations_the_least_favourable_status_stands(ActStatus first, ActStatus second, ActStatus expected)
    {
        CaseParty Party(string id, ActStatus status) => new(id, PartySide.Cso, $"municipalities/1283/organisations/{id}", null, id, id == "a", null, "",
            new RegisteredOrganisation(id, 8, new Dictionary<OrganisationAspect, bool>(), new Dictionary<string, DocumentStatus>()) { Act = status, ActDate = new DateOnly(2024, 3, 1) });

        var @case = new Case("1283", "pack", new CaseContent { Parties = [Party("a", first), Party("b", second)] });
        Assert.Equal(expected, CaseMeasures.Of(@case, Packs.Of("1283"), Thresholds.On(new DateOnly(2024, 5, 1))).Procurement.Registration);
    }

    private static bool IsAbove(SameKindStanding standing) => standing is SameKindStanding.Above or SameKindStanding.AboveTogether;

    private static Evaluation Evaluate(decimal others, bool complete, ProcurementGateResult result = ProcurementGateResult.Required) => With(new ProcurementFacts
    {
        Result = result,
        EstimatedValue = 600_000,
        DirectAwardLimit = Limit,
        SameKindValue = others,
        IsSameKindComplete = complete,
        DocumentationLimit = 100_000,
        IsDocumentationLimitVerified = true,
    });

    private static Evaluation Reserved(bool? found, ActStatus status) => With(new ProcurementFacts
    {
        Result = ProcurementGateResult.Required,
        EstimatedValue = 30_000_000,
        AnnexTwoLimit = 8_109_450,
        IsAnnexTwoService = true,
        ReservedConditionsMet = found,
        Reservability = Reservability.Listed,
        Registration = status,
        RegistrationDate = new DateOnly(2024, 3, 1),
    });

    private static Evaluation With(ProcurementFacts procurement)
    {
        var pack = Packs.Of("1285");
        return Evaluation.Of(Cases.AllWell(pack) with { Procurement = procurement }, pack);
    }

    private static InstrumentFinding Of(Evaluation evaluation, Instrument instrument) => evaluation.Instruments.Single(finding => finding.Instrument == instrument);
}
