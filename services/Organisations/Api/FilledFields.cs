using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Iop.Organisations.Api;

/// <summary>Which fields of a message are filled: those that an update without a mask changes. Source: AIP-134.</summary>
internal static class FilledFields
{
    public static bool IsFilled(IMessage message, FieldDescriptor field) =>
        field.HasPresence ? field.Accessor.HasValue(message)
        : field.Accessor.GetValue(message) is var value && value switch
        {
            string text => text.Length > 0,
            bool yes => yes,
            ICollection items => items.Count > 0,
            _ => Convert.ToInt32(value, CultureInfo.InvariantCulture) != 0,
        };
}
