using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Iop.Testing;

/// <summary>Messages of any contract, filled by chance but the same for the same seed.</summary>
public sealed class FilledMessages(int seed)
{
    private const int Deepest = 3;
    private readonly Random _random = new(seed);

    /// <summary>Every message of the contracts of an assembly, those within others too.</summary>
    public static IEnumerable<MessageDescriptor> TypesIn(System.Reflection.Assembly contracts) =>
        contracts.GetTypes().Where(type => type.IsAssignableTo(typeof(IMessage))).Select(type => ((IMessage)Activator.CreateInstance(type)!).Descriptor);

    /// <summary>A message in which each field is filled, or not, by chance.</summary>
    public IMessage One(MessageDescriptor type, int depth = 0)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        if (message is Timestamp time)
        {
            (time.Seconds, time.Nanos) = (_random.Next(), _random.Next(4) switch { 0 => 0, 1 => 120_000_000, 2 => 123_456_000, _ => 123_456_700 });
            return message;
        }

        foreach (var field in type.Fields.InFieldNumberOrder().Where(field => _random.Next(3) > 0 && (field.FieldType != FieldType.Message || depth < Deepest)))
        {
            if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                for (var i = _random.Next(3); i > 0; i--)
                {
                    list.Add(Value(field, depth));
                }
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, depth));
            }
        }

        return message;
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message => One(field.MessageType, depth + 1),
        FieldType.String => Text(),
        FieldType.Bytes => ByteString.CopyFromUtf8(Text()),
        FieldType.Bool => _random.Next(2) == 1,
        FieldType.Double => Math.Round(_random.NextDouble() * 100, 2) * _random.Next(2),
        FieldType.Int32 => _random.Next(-2, 3),
        FieldType.Int64 => (long)_random.Next(-2, 3) << 40,
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[_random.Next(field.EnumType.Values.Count)].Number),
        _ => throw new NotSupportedException($"No contract has had a field of {field.FieldType} yet."),
    };

    private string Text() => new[] { "", "Kvarnbäckens \"språk\"-café <&> 'så'\n\t\\ € 😀", "municipalities/1283" }[_random.Next(3)];
}
