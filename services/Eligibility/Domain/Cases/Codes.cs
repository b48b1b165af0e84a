using System.Text;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>The codes under which the contract and its events name the values of the domain.</summary>
public static class Codes
{
    /// <summary>UPPER_SNAKE_CASE: <c>PreliminaryAssessment</c> is <c>PRELIMINARY_ASSESSMENT</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Split(value.ToString(), '_').ToUpperInvariant();

    /// <summary>kebab-case, as packs spell their keys: <c>AnnualMeetingMinutes</c> is <c>annual-meeting-minutes</c>.</summary>
    public static string KeyOf<T>(T value)
        where T : struct, Enum => Split(value.ToString(), '-').ToLowerInvariant();

    private static string Split(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append(separator);
            }

            text.Append(letter);
        }

        return text.ToString();
    }
}
