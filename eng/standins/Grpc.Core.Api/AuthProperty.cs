using System.Text;

namespace Grpc.Core;

/// <summary>One property of an <see cref="AuthContext"/>.</summary>
public class AuthProperty
{
    private readonly byte[] _valueBytes;
    private readonly Lazy<string> _value;

    private AuthProperty(string name, byte[] valueBytes)
    {
        Name = name;
        _valueBytes = valueBytes;
        _value = new Lazy<string>(() => Encoding.UTF8.GetString(_valueBytes));
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the value as UTF-8 text.</summary>
    public string Value => _value.Value;

    /// <summary>Gets a copy of the value.</summary>
    public byte[] ValueBytes => [.. _valueBytes];

    /// <summary>Makes a property, which takes a copy of the value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="valueBytes">The value.</param>
    /// <returns>The property.</returns>
    public static AuthProperty Create(string name, byte[] valueBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueBytes);
        return new AuthProperty(name, [.. valueBytes]);
    }
}
