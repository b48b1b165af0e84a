using System.Text.RegularExpressions;

namespace Iop.Platform.Requests;

/// <summary>
/// Recognises Swedish personal identity numbers and coordination numbers, so that they can be refused. An organisation
/// number never matches: its third and fourth digits are 20 or more, which no month is. Source: law.md 2.10.
/// </summary>
public static partial class PersonalIdentityNumbers
{
    private const int CoordinationNumberDayOffset = 60;

    /// <summary>Whether the text holds a number with a possible birth date and a right check digit.</summary>
    public static bool AnyIn(string text)
    {
        foreach (var match in Candidate().EnumerateMatches(text))
        {
            if (IsOne(text.AsSpan(match.Index, match.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOne(ReadOnlySpan<char> candidate)
    {
        Span<int> digits = stackalloc int[12];
        var count = 0;
        foreach (var c in candidate)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c - '0';
            }
        }

        var ten = digits[(count - 10)..count];
        var month = (ten[2] * 10) + ten[3];
        var day = (ten[4] * 10) + ten[5];
        return month is >= 1 and <= 12
            && day % CoordinationNumberDayOffset is >= 1 and <= 31
            && HasRightCheckDigit(ten);
    }

    private static bool HasRightCheckDigit(ReadOnlySpan<int> ten)
    {
        var sum = 0;
        for (var i = 0; i < ten.Length; i++)
        {
            var weighted = ten[i] * (i % 2 == 0 ? 2 : 1);
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }

    // Neither letters nor digits around it, and no part of a UUID or a hash: those have hexadecimal digits before a hyphen or
    // after it. The hyphen can be one of those that word processors make of it, and names of files put anything else beside.
    [GeneratedRegex(
        @"(?<![\p{L}\p{Nd}]|[0-9a-fA-F]-)(?:(?:18|19|20)\d{6}|\d{6})[-+ \u2010-\u2013\u2212\u00A0]?\d{4}(?![\p{L}\p{Nd}]|-[0-9a-fA-F])",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Candidate();
}
