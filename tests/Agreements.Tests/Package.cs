using System.IO.Compression;
using Grpc.Core;
using Iop.Agreements.V1;

namespace Iop.Agreements.Tests;

/// <summary>An export as it is received, and an archive package unpacked.</summary>
internal sealed record Package(ExportHeader Header, byte[] Bytes, ExportSummary Summary, IReadOnlyDictionary<string, byte[]> Files, string Root)
{
    public static async Task<Package> OfAsync(AgreementsService.AgreementsServiceClient by, string parent, string agreement = "")
    {
        var (header, bytes, summary) = await ExportAsync(by, ExportFormat.ArchivePackage, parent, agreement);
        var (files, root) = Unpacked(bytes);
        return new Package(header, bytes, summary, files, root);
    }

    public static (IReadOnlyDictionary<string, byte[]> Files, string Root) Unpacked(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        var root = archive.Entries.Select(entry => entry.FullName.Split('/')[0]).Distinct().Single();
        return (archive.Entries.ToDictionary(entry => entry.FullName[(root.Length + 1)..], Content), root);
    }

    /// <summary>The files of one agreement, by their names in its folder.</summary>
    public Dictionary<string, byte[]> In(string agreement)
    {
        var folder = $"representations/rep1/data/{agreement[^36..]}/";
        return Files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal)).ToDictionary(file => file.Key[folder.Length..], file => file.Value);
    }

    public static async Task<(ExportHeader Header, byte[] Bytes, ExportSummary Summary)> ExportAsync(
        AgreementsService.AgreementsServiceClient by, ExportFormat format, string parent, string agreement)
    {
        using var call = by.ExportAgreements(new ExportAgreementsRequest { Parent = parent, Agreement = agreement, Format = format });
        var (header, summary) = ((ExportHeader?)null, (ExportSummary?)null);
        using var bytes = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            (header, summary) = (header ?? message.Header, message.Summary);
            message.Chunk.WriteTo(bytes);
        }

        return (header!, bytes.ToArray(), summary!);
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
