using System.Diagnostics;
using System.Text;
using Iop.Agreements.Domain.Linter;
using Xunit.Abstractions;
using YamlDotNet.Serialization;

namespace Iop.Agreements.Tests;

/// <summary>
/// Holds the linter to sentences of our own, half of them innocent. A third is held out by a hash of its words: when a
/// test fails it tells only how many of those, so that nobody tunes the lexicon on them.
/// </summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const double Enough = 0.95;

    private static readonly IReadOnlyList<Example> Corpus = [.. Read("clauses.yaml"), .. Read("innocent.yaml")];

    private static readonly string[] Types =
        ["penalty", "fine", "price-deduction", "unit-price", "service-order", "detailed-instruction", "control-right", "open-ended", "silent-renewal", "local-seat"];

    [Fact]
    public void The_corpus_is_large_half_innocent_and_a_third_of_it_is_held_out()
    {
        Assert.True(Corpus.Count >= 300, $"{Corpus.Count} sentences");
        Assert.Equal(Corpus.Count, Corpus.Select(example => example.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(Corpus.Count(example => example.Types.Count == 0), Corpus.Count * 45 / 100, Corpus.Count * 55 / 100);
        Assert.InRange(Corpus.Count(example => example.HeldOut), Corpus.Count * 28 / 100, Corpus.Count * 38 / 100);
        Assert.Equal(Types.Order(StringComparer.Ordinal), Corpus.SelectMany(example => example.Types).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void On_the_sentences_it_was_tuned_on_it_is_right()
    {
        var score = Score.Of(Corpus.Where(example => !example.HeldOut));
        output.WriteLine($"{score}");

        Assert.True(score is { Precision: >= Enough, Recall: >= Enough }, $"{score}\n{string.Join('\n', score.Wrong)}");
    }

    [Fact]
    public void On_the_sentences_that_were_held_out_it_is_right_in_at_least_95_of_100()
    {
        var score = Score.Of(Corpus.Where(example => example.HeldOut));
        output.WriteLine($"{score}");

        Assert.True(score is { Precision: >= Enough, Recall: >= Enough }, $"{score}");
    }

    public static TheoryData<string> Endless => new()
    {
        { $"{Times("inte ", 1_200)}{new string(',', 6_000)} men {Times("vite ", 1_500)}" },
        { $"om {Times("inte ", 1_500)}, {Times("vite ", 2_400)}" },
        { $"{Times("vite a, ", 2_400)}" },
        { $"{Times("kommunen rätt,,,,,, ", 1_000)}" },
        { new string('v', 20_000) },
        { $"{Times("avtals", 3_300)}vite" },
        { $"{Times("”vite” ", 2_800)}" },
        { $"{Times("A. ”", 5_000)}" },
    };

    [Theory]
    [MemberData(nameof(Endless))]
    public void A_text_as_long_as_a_section_can_be_is_looked_through_at_once_though_it_never_ends_a_sentence(string text)
    {
        var started = Stopwatch.GetTimestamp();

        ClauseLinter.Default.Find(text, Types);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static string Times(string words, int times) => string.Concat(Enumerable.Repeat(words, times));

    private static IEnumerable<Example> Read(string file)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Corpus", file));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<string>>>(text)
            .SelectMany(pair => pair.Value.Select(sentence => new Example(sentence, pair.Key == "none" ? [] : [.. pair.Key.Split(" + ")])));
    }

    private sealed record Example(string Text, IReadOnlyList<string> Types)
    {
        // FNV-1a: the same on every machine and in every run.
        public bool HeldOut => (Encoding.UTF8.GetBytes(Text).Aggregate(2166136261u, (hash, one) => unchecked((hash ^ one) * 16777619u)) >> 8) % 3 == 0;
    }

    private sealed record Score(int Right, int Missed, int False, IReadOnlyList<string> Wrong)
    {
        public double Precision => Right / (double)(Right + False);

        public double Recall => Right / (double)(Right + Missed);

        public static Score Of(IEnumerable<Example> examples)
        {
            var (right, missed, wrongly, wrong) = (0, 0, 0, new List<string>());
            foreach (var example in examples)
            {
                var found = ClauseLinter.Default.Find(example.Text, Types).Select(clause => clause.Type).Distinct(StringComparer.Ordinal).ToList();
                var (missing, extra) = (example.Types.Except(found).ToList(), found.Except(example.Types).ToList());
                right += example.Types.Count - missing.Count;
                missed += missing.Count;
                wrongly += extra.Count;
                wrong.AddRange(missing.Select(type => $"missed {type}: {example.Text}"));
                wrong.AddRange(extra.Select(type => $"false {type}: {example.Text}"));
            }

            return new Score(right, missed, wrongly, wrong);
        }

        public override string ToString() => $"precision {Precision:0.000}, recall {Recall:0.000} ({Right} right, {Missed} missed, {False} false)";
    }
}
