namespace Grpc.Core;

/// <summary>Hints for one write.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The write may be buffered and sent with later ones.</summary>
    BufferHint = 0x1,

    /// <summary>The message is sent uncompressed even when the call is compressed.</summary>
    NoCompress = 0x2,
}

/// <summary>Options of a write.</summary>
public class WriteOptions
{
    /// <summary>Options without any flag.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Makes options with the given flags.</summary>
    /// <param name="flags">The flags.</param>
    public WriteOptions(WriteFlags flags = default) => Flags = flags;

    /// <summary>Gets the flags.</summary>
    public WriteFlags Flags { get; }
}
