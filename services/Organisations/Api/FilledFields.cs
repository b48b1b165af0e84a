using Google.Protobuf;
using Iop.Contracts;

namespace Iop.Organisations.Api;

/// <summary>Which fields of a message are filled: those that an update without a mask changes. Source: AIP-134.</summary>
internal static class FilledFields
{
    public static IReadOnlySet<string> In(IMessage message, IReadOnlyCollection<string> updatable) =>
        MessageField.Of(message.GetType()).Where(field => updatable.Contains(field.Name) && field.IsFilledIn(message)).Select(field => field.Name).ToHashSet();
}
