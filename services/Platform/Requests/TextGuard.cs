using System.Collections;
using Google.Protobuf;
using Iop.Contracts;
using Iop.Platform.Errors;

namespace Iop.Platform.Requests;

/// <summary>
/// Looks through every text of a request before any code of ours sees it: unreadable UTF-8, control characters and
/// personal identity numbers are refused whatever field they stand in. Source: law.md 2.7 and 2.10.
/// </summary>
internal static class TextGuard
{
    // The protobuf runtime decodes what is not UTF-8 into this character, so its presence is the only trace.
    private const char Replacement = '\uFFFD';

    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with one fault for each field that is at fault.</exception>
    public static void Check(IMessage request)
    {
        List<FieldFault>? faults = null;
        Visit(request, "", ref faults);
        if (faults is not null)
        {
            throw Refusal.Input([.. faults]);
        }
    }

    private static void Visit(IMessage message, string path, ref List<FieldFault>? faults)
    {
        foreach (var field in MessageField.Of(message.GetType()).Where(field => field.HoldsMessages || field.ValueType == typeof(string)))
        {
            var value = field.In(message);
            if (value is null or "")
            {
                continue;
            }

            var name = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (value is IDictionary map)
            {
                VisitAll(map.Values, name, ref faults);
            }
            else if (value is IList list)
            {
                VisitAll(list, name, ref faults);
            }
            else
            {
                VisitValue(value, name, ref faults);
            }
        }
    }

    private static void VisitAll(ICollection values, string name, ref List<FieldFault>? faults)
    {
        var index = 0;
        foreach (var value in values)
        {
            VisitValue(value, $"{name}[{index++}]", ref faults);
        }
    }

    private static void VisitValue(object value, string name, ref List<FieldFault>? faults)
    {
        if (value is IMessage nested)
        {
            Visit(nested, name, ref faults);
        }
        else if (value is string text && FaultIn(text) is { } reason)
        {
            (faults ??= []).Add(new FieldFault(name, reason));
        }
    }

    private static string? FaultIn(string text)
    {
        foreach (var c in text)
        {
            if (c == Replacement)
            {
                return "TEXT_NOT_UTF8";
            }

            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                return "TEXT_CONTROL_CHARACTER";
            }
        }

        return PersonalIdentityNumbers.AnyIn(text) ? "PERSONAL_IDENTITY_NUMBER_REFUSED" : null;
    }
}
