using System.Collections.Frozen;

namespace Iop.Eligibility.Api;

/// <summary>Between an enum of the contract and the one of the domain whose values bear the same names.</summary>
internal static class Enums
{
    public static TTo To<TFrom, TTo>(TFrom value)
        where TFrom : struct, Enum
        where TTo : struct, Enum => Map<TFrom, TTo>.Values[value];

    /// <summary>The value of the domain; null for the contract's unspecified zero and for values unknown to this build.</summary>
    public static TTo? ToOrNull<TFrom, TTo>(TFrom value)
        where TFrom : struct, Enum
        where TTo : struct, Enum => Map<TFrom, TTo>.Values.TryGetValue(value, out var found) ? found : null;

    private static class Map<TFrom, TTo>
        where TFrom : struct, Enum
        where TTo : struct, Enum
    {
        public static readonly FrozenDictionary<TFrom, TTo> Values = Enum.GetValues<TFrom>()
            .Where(value => Enum.TryParse<TTo>(value.ToString(), out _))
            .ToFrozenDictionary(value => value, value => Enum.Parse<TTo>(value.ToString()));
    }
}
