namespace Iop.Eligibility.Domain.Assessment;

/// <summary>Finds the fewest of some changes that together do what is asked of them.</summary>
internal static class FewestChanges
{
    /// <summary>Sets that are tried at most, so that no case makes its reader wait.</summary>
    public const int MostTried = 2_000;

    /// <summary>
    /// The fewest changes, or null where none are enough. Sets are tried by growing size. Where there are more of them than
    /// may be tried, the answer is a set that no change can be left out of.
    /// </summary>
    /// <param name="needed">Changes that every answer must hold.</param>
    /// <param name="free">Changes to choose among.</param>
    /// <param name="suffice">Whether changes, in the order given, are enough.</param>
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T> needed, IReadOnlyList<T> free, Func<IReadOnlyList<T>, bool> suffice)
    {
        var irreducible = Irreducible(needed, free, suffice);
        var most = irreducible is null ? free.Count : irreducible.Count - needed.Count - 1;
        var tried = 0;
        for (var size = 0; size <= most; size++)
        {
            foreach (var chosen in Choices(free, size))
            {
                if (tried++ == MostTried)
                    return irreducible;
                IReadOnlyList<T> changes = [.. needed, .. chosen];
                if (suffice(changes))
                    return changes;
            }
        }

        return irreducible;
    }

    // A change that can be left out is left out, one after another. It need not be the fewest: leaving out one that would
    // have done alone can make two others needed.
    private static List<T>? Irreducible<T>(IReadOnlyList<T> needed, IReadOnlyList<T> free, Func<IReadOnlyList<T>, bool> suffice)
    {
        List<T> changes = [.. needed, .. free];
        if (!suffice(changes))
            return null;
        for (var i = needed.Count; i < changes.Count;)
        {
            List<T> without = [.. changes[..i], .. changes[(i + 1)..]];
            if (suffice(without))
                changes = without;
            else
                i++;
        }

        return changes;
    }

    /// <summary>Every way to choose some of the items, the first items first.</summary>
    private static IEnumerable<T[]> Choices<T>(IReadOnlyList<T> items, int size)
    {
        var at = Enumerable.Range(0, size).ToArray();
        while (size <= items.Count)
        {
            yield return [.. at.Select(index => items[index])];
            var moving = size - 1;
            while (moving >= 0 && at[moving] == items.Count - size + moving)
                moving--;
            if (moving < 0)
                yield break;
            at[moving]++;
            for (var next = moving + 1; next < size; next++)
                at[next] = at[next - 1] + 1;
        }
    }
}
