using System.Reflection;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Iop.Platform.Requests;

/// <summary>Names of values as contracts, events, filters and refusals spell them: <c>NotYetValid</c> is <c>NOT_YET_VALID</c>.</summary>
public static class EnumNames
{
    /// <summary>The name of a value.</summary>
    public static string ToUpperSnake(this Enum value) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>The whole name that a contract gives to a value of its own; null when it has no such value.</summary>
    public static string? AsInContract(this Enum value) => value.GetType().GetField(value.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name;

    /// <summary>The value of a name; null when there is none.</summary>
    public static T? FromUpperSnake<T>(string name)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => value!.Value.ToUpperSnake() == name);
}
