using System.Reflection;
using Google.Protobuf.Reflection;

namespace Iop.Contracts;

/// <summary>Values of the contracts' enumerations, found in their classes as <see cref="MessageField"/> finds fields.</summary>
public static class ContractEnum
{
    /// <summary>The whole name that a contract gives to a value, for example <c>STATE_ACTIVE</c>; null when it has no such value.</summary>
    public static string? AsInContract(this Enum value) => value.GetType().GetField(value.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name;
}
