using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Iop.Contracts;

namespace Iop.Agreements.Export;

/// <summary>
/// A contract's message as JSON, in protobuf's own mapping: lower camel case, values by name, what is empty left out. Protobuf's
/// formatter writes the same, from descriptors (<see cref="MessageField"/> says what they cost).
/// </summary>
public static class ContractJson
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole message, as UTF-8 text.</summary>
    public static byte[] Of(IMessage message)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            Write(writer, message);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case Timestamp time:
                writer.WriteStringValue(time.ToDateTime().ToString($"yyyy-MM-dd'T'HH:mm:ss{FractionOf(time)}'Z'", CultureInfo.InvariantCulture));
                break;
            case IMessage message:
                WriteFields(writer, message);
                break;
            case ByteString bytes:
                writer.WriteBase64StringValue(bytes.Span);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case IList list:
                WriteAll(writer, list);
                break;
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case System.Enum chosen when chosen.AsInContract() is { } name:
                writer.WriteStringValue(name);
                break;
            case System.Enum or int:
                writer.WriteNumberValue(Convert.ToInt32(value, CultureInfo.InvariantCulture));
                break;
            case long number:
                writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                throw new InvalidOperationException($"No contract holds a {value?.GetType().Name}.");
        }
    }

    // None, three, six or nine digits; nothing here is finer than 100 ns.
    private static string FractionOf(Timestamp time) => time.Nanos switch
    {
        0 => "",
        var nanos when nanos % 1_000_000 == 0 => ".fff",
        var nanos when nanos % 1_000 == 0 => ".ffffff",
        _ => ".fffffff'00'",
    };

    private static void WriteFields(Utf8JsonWriter writer, IMessage message)
    {
        writer.WriteStartObject();
        foreach (var field in MessageField.Of(message.GetType()).Where(field => field.IsFilledIn(message)))
        {
            writer.WritePropertyName(field.JsonName);
            Write(writer, field.In(message));
        }

        writer.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter writer, IList values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
        {
            Write(writer, value);
        }

        writer.WriteEndArray();
    }
}
