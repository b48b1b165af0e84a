namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>A municipality's committees, where it has said which they are (law.md 2.3).</summary>
/// <param name="OwnSightOnly">Cases are kept to their committees.</param>
public sealed record CommitteeRule(Provenance Provenance, bool OwnSightOnly, IReadOnlyList<ScopeDomain> All)
{
    private const int ShortestCode = 2;
    private const int LongestCode = 40;

    /// <summary>Whether a text has the form of a committee's code.</summary>
    public static bool IsCode(string text) =>
        text.Length is >= ShortestCode and <= LongestCode && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>Whether a code may be used: one of the committees, or any where none are told.</summary>
    public static bool Knows(CommitteeRule? rule, string code) =>
        rule is null ? IsCode(code) : rule.All.Any(committee => committee.Key == code);

    /// <summary>Name of a committee; null where it is not told.</summary>
    public LocalizedText? NameOf(string code) => All.FirstOrDefault(committee => committee.Key == code)?.Text;
}
