using Iop.Agreements.Domain.Negotiation;
using Change = Iop.Agreements.V1.SectionComparison.Types.Change;

namespace Iop.Agreements.Api;

/// <summary>Compares the sections of two revisions: what came, went, moved or says something else, word by word.</summary>
internal static class SectionComparison
{
    public static IReadOnlyList<V1.SectionComparison> Of(IReadOnlyList<V1.Section> before, IReadOnlyList<V1.Section> after)
    {
        var were = before.ToDictionary(section => section.SectionId);
        var kept = after.Select(section => section.SectionId).ToHashSet();
        var moved = Moved([.. before.Select(section => section.SectionId).Where(kept.Contains)], [.. after.Select(section => section.SectionId).Where(were.ContainsKey)]);
        return
        [
            .. after.Select(section => Compare(were.GetValueOrDefault(section.SectionId), section, moved.Contains(section.SectionId))).OfType<V1.SectionComparison>(),
            .. before.Where(section => !kept.Contains(section.SectionId)).Select(section => Compare(section, null, moved: false)).OfType<V1.SectionComparison>(),
        ];
    }

    private static V1.SectionComparison? Compare(V1.Section? before, V1.Section? after, bool moved)
    {
        var (was, now) = (TextOf(before), TextOf(after));
        (bool Holds, Change Change)[] changes =
        [
            (before is null, Change.Added),
            (after is null, Change.Removed),
            (before is not null && after is not null && was != now, Change.Text),
            (moved, Change.Moved),
            (before is { Skipped: false } && after is { Skipped: true }, Change.Skipped),
            (before is { Skipped: true } && after is { Skipped: false }, Change.Included),
            (before is not null && after is not null && before.Heading.Sv != after.Heading.Sv, Change.Heading),
        ];
        var (told, section) = (changes.Where(change => change.Holds).Select(change => change.Change).ToList(), after ?? before!);
        return told.Count == 0 ? null : new V1.SectionComparison
        {
            SectionId = section.SectionId,
            Heading = section.Heading,
            Changes = { told },
            Runs = { was == now ? [] : TextDiff.Of(was, now).Select(NegotiationMapping.ToProto) },
        };
    }

    private static string TextOf(V1.Section? section) =>
        section is null ? "" : string.Join("\n\n", new[] { section.GeneratedText, section.Text }.Where(text => text.Length > 0));

    // The fewest sections that must have moved: all but a longest run that kept its order.
    private static HashSet<string> Moved(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var places = before.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place);
        var (lengths, previous) = (new int[after.Count], new int[after.Count]);
        var last = -1;
        for (var i = 0; i < after.Count; i++)
        {
            (lengths[i], previous[i]) = (1, -1);
            for (var j = 0; j < i; j++)
            {
                if (places[after[j]] < places[after[i]] && lengths[j] >= lengths[i])
                {
                    (lengths[i], previous[i]) = (lengths[j] + 1, j);
                }
            }

            last = last < 0 || lengths[i] > lengths[last] ? i : last;
        }

        var moved = after.ToHashSet();
        for (; last >= 0; last = previous[last])
        {
            moved.Remove(after[last]);
        }

        return moved;
    }
}
