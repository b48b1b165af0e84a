using System.Globalization;
using Google.Protobuf;
using Iop.Contracts;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>Compares the structured terms of two revisions, field by field of the contract, so that no term is forgotten.</summary>
internal static class TermComparison
{
    public static IReadOnlyList<V1.TermComparison> Of(V1.Agreement before, V1.Agreement after) =>
        [.. MessageField.Of(typeof(V1.Agreement)).Where(field => TermsInput.IsTerm(field.Name))
            .SelectMany(field => Compare(field.Name, field, field.In(before), field.In(after)))];

    private static IEnumerable<V1.TermComparison> Compare(string path, MessageField field, object? before, object? after)
    {
        if (field.IsRepeated)
        {
            return Lists(path, field, [.. ((System.Collections.IList)before!).Cast<object>()], [.. ((System.Collections.IList)after!).Cast<object>()]);
        }

        return IsComposite(field)
            ? Messages(path, field.ValueType, (IMessage?)before, (IMessage?)after)
            : Values(path, before, after);
    }

    // Items that stand in both, in the same order, are left out; the others are told in pairs, as changed.
    private static IEnumerable<V1.TermComparison> Lists(string path, MessageField field, List<object> before, List<object> after)
    {
        var (gone, come) = Unmatched(before, after);
        for (var i = 0; i < Math.Max(gone.Count, come.Count); i++)
        {
            var (was, now) = (i < gone.Count ? before[gone[i]] : null, i < come.Count ? after[come[i]] : null);
            var at = $"{path}[{(i < come.Count ? come[i] : gone[i])}]";
            var found = IsComposite(field) ? Messages(at, field.ValueType, (IMessage?)was, (IMessage?)now) : Values(at, was, now);
            foreach (var difference in found)
            {
                yield return difference;
            }
        }
    }

    private static (List<int> Gone, List<int> Come) Unmatched(List<object> before, List<object> after)
    {
        var common = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                common[i, j] = before[i].Equals(after[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (gone, come, x, y) = (new List<int>(), new List<int>(), 0, 0);
        while (x < before.Count || y < after.Count)
        {
            if (x < before.Count && y < after.Count && before[x].Equals(after[y]))
            {
                (x, y) = (x + 1, y + 1);
            }
            else if (y == after.Count || (x < before.Count && common[x + 1, y] >= common[x, y + 1]))
            {
                gone.Add(x++);
            }
            else
            {
                come.Add(y++);
            }
        }

        return (gone, come);
    }

    private static IEnumerable<V1.TermComparison> Messages(string path, Type type, IMessage? before, IMessage? after)
    {
        var empty = (IMessage)Activator.CreateInstance(type)!;
        return MessageField.Of(type).SelectMany(field => Compare(
            $"{path}.{field.Name}", field, field.In(before ?? empty), field.In(after ?? empty)));
    }

    private static IEnumerable<V1.TermComparison> Values(string path, object? before, object? after)
    {
        var (was, now) = (InWords(before), InWords(after));
        return was == now ? [] : [new V1.TermComparison { FieldPath = path, Before = was, After = now }];
    }

    private static bool IsComposite(MessageField field) => field.HoldsMessages && field.ValueType != typeof(Types.V1.Date) && field.ValueType != typeof(Types.V1.Money);

    private static string InWords(object? value) => value switch
    {
        null => "",
        Types.V1.Date date => date.ToDateOnly().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Types.V1.Money money => money.ToDecimal().ToString("0.00", CultureInfo.InvariantCulture),
        bool said => said ? "true" : "false",
        System.Enum chosen => chosen.AsInContract() is { } name && !name.EndsWith("_UNSPECIFIED", StringComparison.Ordinal) ? name : "",
        int number => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
