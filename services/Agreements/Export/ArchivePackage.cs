using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Iop.Agreements.Export;

/// <summary>
/// An information package in the layout of E-ARK CSIP, as ZIP: what is kept under <c>representations</c>, what is told of
/// it under <c>metadata</c>, and METS at the root that names every file with its checksum. Nothing in it comes from the
/// clock: the same agreements give the same bytes.
/// </summary>
internal sealed class ArchivePackage : IAsyncDisposable
{
    public const string Data = "representations/rep1/data/";
    private const int PieceBytes = 1024 * 1024;
    private const string Preservation = "metadata/preservation/premis.xml";
    private const string Descriptive = "metadata/descriptive/dc.xml";
    private const string Documentation = "documentation/README.txt";

    // The earliest that a ZIP file can say.
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _id;
    private readonly ExportStream _output;
    private readonly ZipArchive _zip;
    private readonly List<PackageFile> _files = [];

    public ArchivePackage(string id, ExportStream output)
    {
        (_id, _output) = (id, output);
        _zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    }

    public async Task AddAsync(string path, string mediaType, byte[] content, DateTimeOffset createTime, DateTimeOffset? sealTime = null)
    {
        await WriteAsync(path, content, createTime, mediaType is "application/json" or "application/xml" or "text/plain" ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
        _files.Add(new PackageFile(path, mediaType, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), createTime) { SealTime = sealTime });
    }

    /// <summary>Writes what is told of the files, last METS, and ends the package.</summary>
    public async Task FinishAsync(PackageDescription description, string documentation)
    {
        var created = _files.Select(file => file.CreateTime).Append(Earliest).Max();
        await AddAsync(Documentation, "text/plain", Encoding.UTF8.GetBytes(documentation), created);
        var kept = _files.Where(file => file.Path.StartsWith(Data, StringComparison.Ordinal)).ToList();
        await AddAsync(Descriptive, "application/xml", Bytes(DublinCore.Write(_id, description, created)), created);
        await AddAsync(Preservation, "application/xml", Bytes(Premis.Write(_id, kept, created)), created);
        var mets = new Mets(_id, description.Title, created)
        {
            Data = kept,
            Documentation = [.. _files.Where(file => file.Path == Documentation)],
            Descriptive = _files.Single(file => file.Path == Descriptive),
            Preservation = _files.Single(file => file.Path == Preservation),
        };
        await WriteAsync("METS.xml", Bytes(mets.Write()), created, CompressionLevel.Optimal);
        await _zip.DisposeAsync();
        await _output.DrainAsync();
    }

    public ValueTask DisposeAsync() => _zip.DisposeAsync();

    private async Task WriteAsync(string path, byte[] content, DateTimeOffset time, CompressionLevel level)
    {
        var entry = _zip.CreateEntry($"{_id}/{path}", level);
        entry.LastWriteTime = time.ToUniversalTime() < Earliest ? Earliest : time.ToUniversalTime();
        await using (var writing = await entry.OpenAsync())
        {
            for (var at = 0; at < content.Length; at += PieceBytes)
            {
                await writing.WriteAsync(content.AsMemory(at, Math.Min(PieceBytes, content.Length - at)));
                await _output.DrainAsync();
            }
        }

        await _output.DrainAsync();
    }

    private static byte[] Bytes(XDocument document)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            document.Save(writer);
        }

        return bytes.ToArray();
    }
}

/// <summary>What a package is of.</summary>
internal sealed record PackageDescription(string Title, string Creator, IReadOnlyList<string> Identifiers);
