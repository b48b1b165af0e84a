using System.Text.Json;

namespace Iop.Platform.Requests;

/// <summary>Names of values as contracts, events, filters and refusals spell them: <c>NotYetValid</c> is <c>NOT_YET_VALID</c>.</summary>
public static class EnumNames
{
    /// <summary>The name of a value.</summary>
    public static string ToUpperSnake(this Enum value) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>The value of a name; null when there is none.</summary>
    public static T? FromUpperSnake<T>(string name)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => value!.Value.ToUpperSnake() == name);
}
