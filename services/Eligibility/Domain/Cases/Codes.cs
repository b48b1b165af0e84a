using System.Text.Json;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>The codes under which the contract and its events name the values of the domain.</summary>
public static class Codes
{
    /// <summary>UPPER_SNAKE_CASE: <c>PreliminaryAssessment</c> is <c>PRELIMINARY_ASSESSMENT</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => value.ToUpperSnake();

    /// <summary>kebab-case, as packs spell their keys: <c>AnnualMeetingMinutes</c> is <c>annual-meeting-minutes</c>.</summary>
    public static string KeyOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
