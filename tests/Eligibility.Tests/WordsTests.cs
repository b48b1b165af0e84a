using Iop.Eligibility.Domain;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Eligibility.Domain.Memo;

namespace Iop.Eligibility.Tests;

public sealed class WordsTests
{
    [Fact]
    public void Every_value_that_a_memorandum_or_a_comparison_names_has_its_words()
    {
        HasWords<Outcome>();
        HasWords<Instrument>();
        HasWords<CaseState>();
        HasWords<FindingStatus>();
        HasWords<Initiator>();
        HasWords<PartySide>();
        HasWords<PartyFunding>();
        HasWords<ContributionKind>();
        HasWords<DialogueKind>();
        HasWords<LegalAssessmentKind>();
        HasWords<LegalConclusion>();
        HasWords<LegalGround>();
        HasWords<StateAidBasis>();
        HasWords<DecisionOutcome>();
        HasWords<Answer>();
        HasWords<SameKindStanding>();
        HasWords<AskedDocumentState>();
        HasWords<OtherFundingForm>();
    }

    [Theory]
    [InlineData("2026-11-22", "22 november 2026")]
    [InlineData("2024-05-01", "1 maj 2024")]
    public void Dates_are_written_out(string date, string expected) =>
        Assert.Equal(expected, Swedish.Date(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "0 kr")]
    [InlineData(999, "999 kr")]
    [InlineData(1_200_000, "1 200 000 kr")]
    [InlineData(1234.5, "1 234,50 kr")]
    public void Sums_are_grouped_and_show_ören_only_where_there_are_any(double sum, string expected) =>
        Assert.Equal(expected, Swedish.Sum((decimal)sum).Replace('\u00A0', ' '));

    [Theory]
    [InlineData("", "")]
    [InlineData("A", "A")]
    [InlineData("A B", "A och B")]
    [InlineData("A B C", "A, B och C")]
    public void Enumerations_end_with_and(string items, string expected) =>
        Assert.Equal(expected, Swedish.List(items.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static void HasWords<T>()
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            var words = Words.For(value);
            Assert.True(words.Sv.Length > 0 && words.En.Length > 0, $"{typeof(T).Name}.{value}");
        }
    }
}
