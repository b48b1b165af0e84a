using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Iop.Agreements.Domain.Negotiation;

namespace Iop.Agreements.Tests;

public sealed partial class TextDiffTests
{
    private static readonly string[] Words = ["parterna", "möts", "varje", "vecka", "månad", "inte", "och", "talar", "\n\n", ".", ",", "å"];

    [Theory]
    [InlineData("Parterna möts varje vecka.", "Parterna möts varje månad.", " Parterna möts varje |-vecka|+månad| .")]
    [InlineData("", "Nytt.", "+Nytt.")]
    [InlineData("Allt stryks.", "", "-Allt stryks.")]
    [InlineData("Lika.", "Lika.", " Lika.")]
    public void Words_that_came_and_went_are_told(string before, string after, string runs)
    {
        var told = TextDiff.Of(before, after);

        Assert.Equal(runs, string.Join('|', told.Select(run => Sign(run) + run.Text)));
    }

    [Fact]
    public void The_runs_make_the_old_text_and_the_new() =>
        Prop.ForAll(Texts(), pair =>
        {
            var runs = TextDiff.Of(pair.Item1, pair.Item2);
            return Old(runs) == pair.Item1 && New(runs) == pair.Item2 && runs.All(run => run.Text.Length > 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_compared_with_itself_has_no_change() =>
        Prop.ForAll(Texts(), pair => TextDiff.Of(pair.Item1, pair.Item1).All(run => run.Kind == RunKind.Equal)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_way_back_is_the_way_there_turned() =>
        Prop.ForAll(Texts(), pair =>
        {
            var (there, back) = (TextDiff.Of(pair.Item1, pair.Item2), TextDiff.Of(pair.Item2, pair.Item1));
            return Of(there, RunKind.Equal) == Of(back, RunKind.Equal)
                && Of(there, RunKind.Inserted) == Of(back, RunKind.Deleted)
                && Of(there, RunKind.Deleted) == Of(back, RunKind.Inserted);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_run_that_follows_another_is_of_the_same_kind() =>
        Prop.ForAll(Texts(), pair => TextDiff.Of(pair.Item1, pair.Item2).Zip(TextDiff.Of(pair.Item1, pair.Item2).Skip(1)).All(both => both.First.Kind != both.Second.Kind)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_shorter_change_is_possible() =>
        Prop.ForAll(Texts(), pair =>
        {
            var (before, after) = (Pieces(pair.Item1), Pieces(pair.Item2));
            var changed = TextDiff.Of(pair.Item1, pair.Item2).Where(run => run.Kind != RunKind.Equal).Sum(run => Pieces(run.Text).Length);
            return changed == before.Length + after.Length - (2 * Common(before, after));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_long_texts_without_a_word_in_common_are_one_replaced_by_the_other()
    {
        var (before, after) = (string.Join(' ', Enumerable.Range(0, 5_000)), string.Join('\n', Enumerable.Range(10_000, 5_000)).Replace("\n", "\n\n", StringComparison.Ordinal));

        Assert.Equal([new TextRun(RunKind.Deleted, before), new TextRun(RunKind.Inserted, after)], TextDiff.Of(before, after));
    }

    private static Arbitrary<(string, string)> Texts()
    {
        var text = Gen.Elements(Words).ListOf().Select(words => string.Join(' ', words));

        // Mostly two versions of one text, as in a negotiation; now and then two texts that have nothing to do with each other.
        var version = from first in text
                      from cut in Gen.Choose(0, 10)
                      from added in text
                      from tail in Gen.Choose(0, 10)
                      select (first, first[..Math.Min(cut, first.Length)] + added + first[^Math.Min(tail, first.Length)..]);
        return Gen.OneOf(version, text.Zip(text)).ToArbitrary();
    }

    private static string[] Pieces(string text) => [.. Piece().Matches(text).Select(match => match.Value)];

    private static int Common(string[] before, string[] after)
    {
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var i = 1; i <= before.Length; i++)
        {
            for (var j = 1; j <= after.Length; j++)
            {
                lengths[i, j] = before[i - 1] == after[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        return lengths[before.Length, after.Length];
    }

    private static string Old(IEnumerable<TextRun> runs) => string.Concat(runs.Where(run => run.Kind != RunKind.Inserted).Select(run => run.Text));

    private static string New(IEnumerable<TextRun> runs) => string.Concat(runs.Where(run => run.Kind != RunKind.Deleted).Select(run => run.Text));

    private static string Of(IEnumerable<TextRun> runs, RunKind kind) => string.Join('|', runs.Where(run => run.Kind == kind).Select(run => run.Text));

    private static char Sign(TextRun run) => run.Kind switch
    {
        RunKind.Inserted => '+',
        RunKind.Deleted => '-',
        _ => ' ',
    };

    [GeneratedRegex(@"[\p{L}\p{N}]+|\s+|.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Piece();
}
