using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compression with the encoding <c>deflate</c>.</summary>
public sealed class DeflateCompressionProvider : ICompressionProvider
{
    private readonly CompressionLevel _defaultCompressionLevel;

    /// <summary>Makes a provider.</summary>
    /// <param name="defaultCompressionLevel">The level of messages that ask for none.</param>
    public DeflateCompressionProvider(CompressionLevel defaultCompressionLevel)
        => _defaultCompressionLevel = defaultCompressionLevel;

    /// <inheritdoc/>
    public string EncodingName => "deflate";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel)
        => new ZLibStream(stream, compressionLevel ?? _defaultCompressionLevel, leaveOpen: true);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream)
        => new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
}
