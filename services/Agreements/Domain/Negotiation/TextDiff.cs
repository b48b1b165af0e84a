namespace Iop.Agreements.Domain.Negotiation;

public enum RunKind
{
    Unspecified,
    Equal,
    Inserted,
    Deleted,
}

/// <summary>Words that stand in both texts, or in one of them.</summary>
public sealed record TextRun(RunKind Kind, string Text);

/// <summary>
/// Compares two texts by word: the shortest edit by Myers' algorithm, in the form that needs memory only for the words
/// themselves. Runs but the inserted make the old text, runs but the deleted the new. The way back is the way there with
/// inserted and deleted exchanged.
/// </summary>
public sealed class TextDiff
{
    // Two texts that have next to nothing in common are told as one replaced by the other, before the search gets slow.
    private const int MaxEdits = 3_000;

    private readonly IReadOnlyList<string> _old;
    private readonly IReadOnlyList<string> _new;
    private readonly List<TextRun> _runs = [];

    private TextDiff(string before, string after) => (_old, _new) = (Words(before), Words(after));

    public static IReadOnlyList<TextRun> Of(string before, string after)
    {
        // Of several shortest edits the algorithm takes one by direction. Always going one way makes both ways alike.
        if (string.CompareOrdinal(before, after) > 0)
        {
            return Tidy([.. Of(after, before).Select(Turned)]);
        }

        var diff = new TextDiff(before, after);
        diff.Compare(0, diff._old.Count, 0, diff._new.Count);
        return Tidy(diff._runs);
    }

    // A word, a run of blanks, or one other sign.
    private static List<string> Words(string text)
    {
        List<string> words = [];
        for (var start = 0; start < text.Length;)
        {
            var (end, kind) = (start + 1, KindOf(text[start]));
            while (kind != 0 && end < text.Length && KindOf(text[end]) == kind)
            {
                end++;
            }

            words.Add(text[start..end]);
            start = end;
        }

        return words;
    }

    // Half a surrogate pair is a letter here, so that no pair is split.
    private static int KindOf(char sign) => char.IsLetterOrDigit(sign) || char.IsSurrogate(sign) ? 1 : char.IsWhiteSpace(sign) ? 2 : 0;

    private void Compare(int oldFrom, int oldTo, int newFrom, int newTo)
    {
        while (oldFrom < oldTo && newFrom < newTo && _old[oldFrom] == _new[newFrom])
        {
            Add(RunKind.Equal, _old[oldFrom]);
            (oldFrom, newFrom) = (oldFrom + 1, newFrom + 1);
        }

        var tail = 0;
        while (oldFrom < oldTo - tail && newFrom < newTo - tail && _old[oldTo - tail - 1] == _new[newTo - tail - 1])
        {
            tail++;
        }

        (oldTo, newTo) = (oldTo - tail, newTo - tail);
        if (oldFrom < oldTo && newFrom < newTo && Middle(oldFrom, oldTo, newFrom, newTo) is { } middle)
        {
            Compare(oldFrom, middle.OldFrom, newFrom, middle.NewFrom);
            Compare(middle.OldFrom, oldTo, middle.NewFrom, newTo);
        }
        else
        {
            Add(RunKind.Deleted, _old, oldFrom, oldTo);
            Add(RunKind.Inserted, _new, newFrom, newTo);
        }

        Add(RunKind.Equal, _old, oldTo, oldTo + tail);
    }

    // Where the paths from both ends meet: a point that a shortest edit passes. Null when the texts differ too much.
    private (int OldFrom, int NewFrom)? Middle(int oldFrom, int oldTo, int newFrom, int newTo)
    {
        var (n, m) = (oldTo - oldFrom, newTo - newFrom);
        var (delta, max) = (n - m, Math.Min((n + m + 1) / 2, MaxEdits));
        var (forward, backward) = (new int[(2 * max) + 3], new int[(2 * max) + 3]);
        var zero = max + 1;
        for (var d = 0; d <= max; d++)
        {
            for (var k = -d; k <= d; k += 2)
            {
                var x = Furthest(forward, zero, d, k);
                var (startX, startY) = (x, x - k);
                while (x < n && x - k < m && _old[oldFrom + x] == _new[newFrom + x - k])
                {
                    x++;
                }

                forward[zero + k] = x;
                if (delta % 2 != 0 && Math.Abs(k - delta) < d && x + backward[zero + delta - k] >= n)
                {
                    return (oldFrom + startX, newFrom + startY);
                }
            }

            for (var k = -d; k <= d; k += 2)
            {
                var x = Furthest(backward, zero, d, k);
                while (x < n && x - k < m && _old[oldTo - x - 1] == _new[newTo - (x - k) - 1])
                {
                    x++;
                }

                backward[zero + k] = x;
                if (delta % 2 == 0 && Math.Abs(k - delta) <= d && x + forward[zero + delta - k] >= n)
                {
                    return (oldTo - x, newTo - (x - k));
                }
            }
        }

        return null;
    }

    private static int Furthest(int[] reached, int zero, int d, int k) =>
        k == -d || (k != d && reached[zero + k - 1] < reached[zero + k + 1]) ? reached[zero + k + 1] : reached[zero + k - 1] + 1;

    private void Add(RunKind kind, IReadOnlyList<string> words, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Add(kind, words[i]);
        }
    }

    private void Add(RunKind kind, string word) => _runs.Add(new TextRun(kind, word));

    private static TextRun Turned(TextRun run) => run.Kind switch
    {
        RunKind.Inserted => run with { Kind = RunKind.Deleted },
        RunKind.Deleted => run with { Kind = RunKind.Inserted },
        _ => run,
    };

    // Between two equal runs, what is gone stands first and what came instead after it.
    private static List<TextRun> Tidy(List<TextRun> runs)
    {
        List<TextRun> tidy = [];
        for (var start = 0; start < runs.Count;)
        {
            var end = start;
            while (end < runs.Count && runs[end].Kind == RunKind.Equal == (runs[start].Kind == RunKind.Equal))
            {
                end++;
            }

            var stretch = runs.Skip(start).Take(end - start).ToList();
            foreach (var kind in new[] { RunKind.Equal, RunKind.Deleted, RunKind.Inserted })
            {
                var text = string.Concat(stretch.Where(run => run.Kind == kind).Select(run => run.Text));
                if (text.Length > 0)
                {
                    tidy.Add(new TextRun(kind, text));
                }
            }

            start = end;
        }

        return tidy;
    }
}
