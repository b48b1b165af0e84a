using Iop.Organisations.Api;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Tests;

/// <summary>Every finding has its sentence, in Swedish and English, with its values filled in.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public void Every_value_that_is_explained_has_its_sentences_and_no_sentence_is_left_over()
    {
        IEnumerable<string> explained =
        [
            .. Enum.GetValues<RequirementStatus>().Select(status => $"requirement.{status.ToUpperSnake()}"),
            "requirement.RECORDED_NUMBER",
            .. Enum.GetValues<BoardListStatus>().Select(status => $"board_list.{status.ToUpperSnake()}"),
            .. Enum.GetValues<RemarkCode>().Select(code => $"remark.{code.ToUpperSnake()}"),
            .. Enum.GetValues<ConditionStatus>().Select(status => $"condition.{status.ToUpperSnake()}"),
            "condition.DECLARED_ONLY", "condition.TOLERATED",
            .. Enum.GetValues<ConditionStatus>().Select(status => $"exclusion.{status.ToUpperSnake()}"),
            "exclusion.DECLARED_ONLY", "exclusion.TOLERATED",
            .. Enum.GetValues<VettingOutcome>().Select(outcome => $"vetting.{outcome.ToUpperSnake()}"),
            "vetting.NO_CONDITIONS", "pre_check.STANDING",
            .. Enum.GetValues<OverlapCause>().Select(cause => $"overlap.{cause.ToUpperSnake()}"),
            "overlap.CUMULATES_AID",
            .. Enum.GetValues<AidResult>().Select(result => $"aid.{result.ToUpperSnake()}"),
        ];

        Assert.Equal(explained.Order(StringComparer.Ordinal), Explanations.Keys.Order(StringComparer.Ordinal));
        Assert.All(Explanations.Keys, key =>
        {
            var text = Explanations.Of(key, ("year", "2025"), ("missing", "x"), ("from", "a"), ("to", "b"), ("until", "c"), ("days", "d"), ("count", "1"), ("day", "e"), ("done", "1"), ("all", "2"), ("remarks", "0"));
            Assert.True(text.Sv.Length > 0 && text.En.Length > 0 && !text.Sv.Contains('{', StringComparison.Ordinal) && !text.En.Contains('{', StringComparison.Ordinal), key);
        });
    }
}
