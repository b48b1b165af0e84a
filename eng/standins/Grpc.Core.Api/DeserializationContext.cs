using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a deserializer finds the bytes of a message.</summary>
public abstract class DeserializationContext
{
    /// <summary>Gets the length of the message in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>Reads the message as an array that the caller then owns.</summary>
    /// <returns>The bytes.</returns>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotSupportedException("This context does not support the operation.");

    /// <summary>Reads the message without copying; it is valid only until the deserializer returns.</summary>
    /// <returns>The bytes.</returns>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(PayloadAsNewBuffer());
}
