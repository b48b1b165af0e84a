using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with a text, or with bytes when the key ends in <see cref="BinaryHeaderSuffix"/>.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>Makes an entry with bytes, of which it takes a copy.</summary>
        /// <param name="key">The key, kept in lower case; it must end in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="valueBytes">The bytes.</param>
        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalise(key);
            if (!IsBinary)
            {
                throw new ArgumentException($"A key with bytes as its value must end in \"{BinaryHeaderSuffix}\".", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(valueBytes);
            _valueBytes = [.. valueBytes];
        }

        /// <summary>Makes an entry with a text.</summary>
        /// <param name="key">The key, kept in lower case; it must not end in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="value">The text.</param>
        public Entry(string key, string value)
        {
            Key = Normalise(key);
            if (IsBinary)
            {
                throw new ArgumentException($"A key that ends in \"{BinaryHeaderSuffix}\" must have bytes as its value.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(value);
            _value = value;
        }

        /// <summary>Gets the key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Gets a copy of the bytes; for a text, its ASCII encoding.</summary>
        public byte[] ValueBytes => _valueBytes is null ? Encoding.ASCII.GetBytes(_value!) : [.. _valueBytes];

        /// <summary>Gets the text; an entry with bytes has none, and throws.</summary>
        public string Value => _value
            ?? throw new InvalidOperationException("An entry with bytes as its value has no text.");

        /// <summary>Gets whether the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <inheritdoc/>
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToHexStringLower(_valueBytes!)}]"
            : $"[Entry: key={Key}, value={Value}]";

        private static string Normalise(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            var normalised = key.ToLowerInvariant();
            if (normalised.Length == 0 || normalised.AsSpan().ContainsAnyExcept(KeyCharacters))
            {
                throw new ArgumentException("A metadata key has only letters a-z, digits, hyphens, underscores and dots.", nameof(key));
            }

            return normalised;
        }
    }
}
