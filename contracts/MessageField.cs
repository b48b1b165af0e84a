using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Google.Protobuf;

namespace Iop.Contracts;

/// <summary>
/// A field of a contract's message, found in the message's class. Protobuf's own descriptors know more, but make accessors of
/// every message of a contract and of those that it imports once one is asked for: 10 MB in a service that needs a few.
/// </summary>
public sealed class MessageField
{
    private const string NumberConstant = "FieldNumber";
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<MessageField>> Known = new();
    private static readonly MethodInfo ReaderOfMessage = typeof(MessageField).GetMethod(nameof(Reader), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly PropertyInfo _property;
    private readonly MethodInfo? _hasValue;
    private readonly MethodInfo? _clear;
    private readonly Lazy<Func<IMessage, object?>> _read;

    private MessageField(PropertyInfo property, FieldInfo number)
    {
        var message = property.DeclaringType!;
        Number = (int)number.GetRawConstantValue()!;
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name.TrimEnd('_'));
        JsonName = JsonNamingPolicy.CamelCase.ConvertName(property.Name.TrimEnd('_'));
        _property = property;
        _hasValue = message.GetProperty($"Has{property.Name}")?.GetMethod;
        _clear = message.GetMethod($"Clear{property.Name}", Type.EmptyTypes);
        IsRepeated = typeof(ICollection).IsAssignableFrom(property.PropertyType);
        ValueType = IsRepeated ? property.PropertyType.GetGenericArguments()[^1] : property.PropertyType;

        // A reader of what is no reference would be compiled for each message; those are read seldom.
        _read = new(() => property.PropertyType.IsValueType
            ? property.GetValue
            : (Func<IMessage, object?>)ReaderOfMessage.MakeGenericMethod(message).Invoke(null, [property])!);
    }

    /// <summary>The field's name as the contract spells it.</summary>
    public string Name { get; }

    /// <summary>Its name in protobuf's mapping to JSON.</summary>
    public string JsonName { get; }

    /// <summary>The field's number in its message.</summary>
    public int Number { get; }

    /// <summary>Whether it holds a list or a map.</summary>
    public bool IsRepeated { get; }

    /// <summary>The class of its value; of a list or a map, the class of one.</summary>
    public Type ValueType { get; }

    /// <summary>Whether its values are messages.</summary>
    public bool HoldsMessages => typeof(IMessage).IsAssignableFrom(ValueType);

    /// <summary>The fields of a message, by number.</summary>
    /// <param name="message">A message's generated class.</param>
    public static IReadOnlyList<MessageField> Of(Type message) => Known.GetOrAdd(message, type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, number: type.GetField(property.Name + NumberConstant)))
            .Where(found => found.number is not null)
            .Select(found => new MessageField(found.property, found.number!))
            .OrderBy(field => field.Number)]);

    /// <summary>The field of that name; null when the message has none.</summary>
    /// <param name="message">A message's generated class.</param>
    /// <param name="name">As the contract spells it.</param>
    public static MessageField? Find(Type message, string name) => Of(message).FirstOrDefault(field => field.Name == name);

    /// <summary>Its value in the message: a text, a number, an enumeration's value, a list, a map, or a message or null.</summary>
    public object? In(IMessage message) => _read.Value(message);

    /// <summary>
    /// Whether it says anything: where the contract tells set from not set (<c>optional</c>, messages) that it is set, else that
    /// it is other than empty or 0. Source: AIP-134.
    /// </summary>
    public bool IsFilledIn(IMessage message) => _hasValue is not null ? (bool)_hasValue.Invoke(message, null)! : In(message) switch
    {
        null or "" or false or 0 or 0L or 0d => false,
        ICollection items => items.Count > 0,
        ByteString bytes => !bytes.IsEmpty,
        Enum value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
        _ => true,
    };

    /// <summary>Makes it the same in one message as in another, empty where it is empty there.</summary>
    public void Copy(IMessage from, IMessage to)
    {
        if (IsRepeated)
        {
            var target = (IList)In(to)!;
            target.Clear();
            foreach (var item in (IList)In(from)!)
            {
                target.Add(item);
            }
        }
        else if (_clear is not null && !IsFilledIn(from))
        {
            _clear.Invoke(to, null);
        }
        else
        {
            Set(to, In(from));
        }
    }

    /// <summary>Sets a field that is no list and no map.</summary>
    public void Set(IMessage message, object? value) => _property.SetValue(message, value);

    private static Func<IMessage, object?> Reader<T>(PropertyInfo property)
        where T : class
    {
        var read = property.GetMethod!.CreateDelegate<Func<T, object?>>();
        return message => read((T)(object)message);
    }
}
