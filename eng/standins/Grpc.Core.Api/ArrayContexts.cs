using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects a message in memory, for <see cref="Marshaller{T}.Serializer"/>.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private byte[]? _payload;

    public override void Complete(byte[] payload)
    {
        CheckOpen();
        _payload = payload;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        CheckOpen();
        return _buffer;
    }

    public override void Complete()
    {
        CheckOpen();
        _payload = _buffer.WrittenSpan.ToArray();
    }

    public byte[] ToArray() => _payload ?? throw new InvalidOperationException("The serializer did not complete the message.");

    private void CheckOpen()
    {
        if (_payload is not null)
        {
            throw new InvalidOperationException("The message is complete already.");
        }
    }
}

/// <summary>Shows an array as a message, for <see cref="Marshaller{T}.Deserializer"/>.</summary>
internal sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    // The contract is that the caller owns the result, so what it gets is a copy.
    public override byte[] PayloadAsNewBuffer() => [.. payload];

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}
