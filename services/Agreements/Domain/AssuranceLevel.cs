namespace Iop.Agreements.Domain;

/// <summary>
/// How surely a person is identified, as an order. Issuers write it as a Swedish level (<c>loa3</c>), as that level's
/// address, or as the European word; unknown is the lowest. Source: law.md 2.9.
/// </summary>
public readonly record struct AssuranceLevel(int Rank) : IComparable<AssuranceLevel>
{
    public static readonly AssuranceLevel Unknown;

    public static AssuranceLevel Parse(string? text)
    {
        var word = (text ?? "").Trim().ToLowerInvariant();
        return new AssuranceLevel(word[(word.LastIndexOf('/') + 1)..] switch
        {
            "loa1" => 1,
            "loa2" or "low" or "eidas-low" => 2,
            "loa3" or "substantial" or "eidas-sub" => 3,
            "loa4" or "high" or "eidas-high" => 4,
            _ => 0,
        });
    }

    public int CompareTo(AssuranceLevel other) => Rank.CompareTo(other.Rank);

    public static bool operator <(AssuranceLevel left, AssuranceLevel right) => left.Rank < right.Rank;

    public static bool operator >(AssuranceLevel left, AssuranceLevel right) => left.Rank > right.Rank;

    public static bool operator <=(AssuranceLevel left, AssuranceLevel right) => left.Rank <= right.Rank;

    public static bool operator >=(AssuranceLevel left, AssuranceLevel right) => left.Rank >= right.Rank;

    public override string ToString() => $"loa{Rank}";
}
