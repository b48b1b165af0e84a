using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a serializer puts the bytes of a message.</summary>
public abstract class SerializationContext
{
    /// <summary>Hands over the whole message as an array, and ends.</summary>
    /// <param name="payload">The bytes, which must not change afterwards.</param>
    public virtual void Complete(byte[] payload) => throw Unsupported();

    /// <summary>Gets a buffer to write the message to, followed by <see cref="Complete()"/>.</summary>
    /// <returns>The buffer.</returns>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw Unsupported();

    /// <summary>Says beforehand how long the message will be.</summary>
    /// <param name="payloadLength">The length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
        // Knowing the length is only a chance to allocate once.
    }

    /// <summary>Ends a message that was written to the buffer.</summary>
    public virtual void Complete() => throw Unsupported();

    private static NotSupportedException Unsupported() => new("This context does not support the operation.");
}
