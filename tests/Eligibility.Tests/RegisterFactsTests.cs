using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Tests;

/// <summary>What the register knows is read by the evaluation, and stands beside the finding that rests on it.</summary>
public sealed class RegisterFactsTests
{
    private static readonly DateOnly Today = new(2024, 5, 1);
    private static readonly Thresholds Known = Thresholds.On(Today);
    private static readonly RegisteredOrganisation Famnen = new("Famnen", 8, new Dictionary<OrganisationAspect, bool>(), new Dictionary<string, DocumentStatus>());

    public static TheoryData<string?, string?, Answer?, FindingStatus> Ages => new()
    {
        { "1998-03-01", "2001-01-01", null, FindingStatus.Met },
        { "1998-03-01", null, null, FindingStatus.Unanswered },
        { "1998-03-01", "2023-01-01", null, FindingStatus.Unanswered },
        { "1998-03-01", "9999-12-31", null, FindingStatus.Unanswered },
        { "1998-03-01", null, Answer.Yes, FindingStatus.Met },
        { "2022-06-01", "2022-07-01", Answer.Yes, FindingStatus.NotMet },
        { null, null, Answer.Yes, FindingStatus.Met },
    };

    [Theory, MemberData(nameof(Ages))]
    public void Whether_an_organisation_is_established_is_read_from_its_years_and_its_relation(string? founded, string? relation, Answer? answer, FindingStatus expected)
    {
        var finding = Established(founded, relation, answer);

        Assert.Equal(expected, finding.Status);
        Assert.Equal([founded is null ? "founded-unknown" : "founded", relation is null ? "no-relations" : "relations"], finding.Evidence.Select(evidence => evidence.Fact));
        Assert.All(finding.Evidence, evidence => Assert.Equal((EvidenceSource.Register, "municipalities/1285/organisations/a"), (evidence.Source, evidence.Organisation)));
    }

    [Fact]
    public void The_evidence_says_since_when_and_for_how_long()
    {
        var evidence = Established("1998-06-01", "2001-01-01", null).Evidence;
        Assert.Equal("Famnen grundades 1998 och har funnits i 25 år enligt registret.", evidence[0].Sentence.Sv);
        Assert.Equal("The register's entries on relations to the municipality begin in 2001 (number: 1).", evidence[1].Sentence.En);
    }

    [Theory]
    [InlineData(null, FindingStatus.Met, "40 procent")]
    [InlineData(60, FindingStatus.Met, "40 procent")]
    [InlineData(49, FindingStatus.NotMet, "50 procent")]
    public void The_share_of_income_from_the_municipality_is_told_and_decides_only_where_the_guideline_sets_a_limit(int? limit, FindingStatus expected, string told)
    {
        // With 400 000 kronor of 1 000 000, and 200 000 a year more from the partnership: 40 per cent, then 50.
        var finding = Independent(limit, new OrganisationIncome("famnen", 2023, 1_000_000, 400_000));

        Assert.Equal(expected, finding.Status);
        Assert.Contains(finding.Evidence, evidence => evidence.Sentence.Sv.Contains(told, StringComparison.Ordinal));
        Assert.All(finding.Evidence, evidence => Assert.Equal(EvidenceSource.Case, evidence.Source));
    }

    [Fact]
    public void What_the_register_shows_of_the_municipalitys_money_cannot_be_told_smaller()
    {
        RegisteredFunding[] given = [new("d", OtherFundingForm.Grant, true, "Hyra", 1_200_000, new DateOnly(2023, 1, 1), new DateOnly(2024, 12, 31), false)];
        var finding = Independent(null, new OrganisationIncome("famnen", 2023, 1_000_000, 100_000), given);
        Assert.Contains("59,9 procent", finding.Evidence[0].Sentence.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_that_nobody_has_stated_is_asked_for() =>
        Assert.Equal("income-unknown", Assert.Single(Independent(null, null).Evidence).Fact);

    [Theory]
    [InlineData("2024-03-31", true, FindingStatus.NotMet)]
    [InlineData("2024-03-31", null, FindingStatus.Met)]
    [InlineData("2022-12-31", true, FindingStatus.Met)]
    public void A_grant_that_ends_as_the_partnership_begins_has_been_replaced_by_it(string end, bool? sameCost, FindingStatus expected)
    {
        var pack = Packs.Of("1285");
        var given = new RegisteredFunding("d", OtherFundingForm.Grant, true, "Lokalhyra", 50_000, new DateOnly(2020, 1, 1), Day(end)!.Value, sameCost);
        var finding = Of(pack, Famnen with { Funding = [given] }, new CaseContent(), ("es-complement-not-replace-grants", Answer.Yes)).Of("es-complement-not-replace-grants");

        Assert.Equal((expected, expected == FindingStatus.NotMet), (finding.Status, finding.NeedsMotivation));
        Assert.Equal(expected == FindingStatus.NotMet, finding.Sentence.Sv.Contains("registret", StringComparison.Ordinal));
        Assert.Equal(expected == FindingStatus.NotMet ? 1 : 0, finding.Evidence.Count);
    }

    private static Finding Established(string? founded, string? relation, Answer? answer)
    {
        var registered = Famnen with { FoundedDate = Day(founded), Relations = Day(relation) is { } start ? [new RegisteredRelation(RelationKind.Cooperation, start, null)] : [] };
        return Of(Packs.Of("1285"), registered, new CaseContent(), ("es-established-actor", answer)).Of("es-established-actor");
    }

    private static Finding Independent(int? limit, OrganisationIncome? income, params RegisteredFunding[] given)
    {
        const string Measure = "measure: {by: answer, against: remainsIndependent";
        var text = Packs.TextOf("2080");
        Assert.Contains(Measure, text, StringComparison.Ordinal);
        var pack = GuidelinePackReader.Read(limit is null ? text : text.Replace(Measure, $"{Measure}, maxIncomeShare: {limit}", StringComparison.Ordinal)).Pack!;
        var content = new CaseContent
        {
            Incomes = income is null ? [] : [income],
            PlannedTermMonths = 36,
            Contributions = [new PlannedContribution("namnden", ContributionKind.Money, "", 600_000, 0, "")],
        };
        return Of(pack, Famnen with { Funding = given }, content, ("fa-check-remains-independent", Answer.Yes)).Of("fa-check-remains-independent");
    }

    private static Evaluation Of(GuidelinePack pack, RegisteredOrganisation registered, CaseContent content, (string Rule, Answer? Value) answer)
    {
        var @case = new Case(pack.Municipality, "pack", content with
        {
            Parties =
            [
                new CaseParty("famnen", PartySide.Cso, $"municipalities/{pack.Municipality}/organisations/a", null, "Famnen", true, null, "", registered),
                new CaseParty("namnden", PartySide.Public, "", PublicPartyKind.Committee, "Nämnden", true, null, "", null),
            ],
        });
        if (answer.Value is not null)
        {
            @case.Record(new DialogueEntry { Kind = DialogueKind.Dialogue, Date = Today, RecordedBy = "officer", RecordTime = default });
            @case.Record([new RecordedAnswer(answer.Rule, "", answer.Value, "", "", "", "officer", default)], [], pack);
        }

        return Evaluation.Of(CaseMeasures.Of(@case, pack, Known), pack);
    }

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
