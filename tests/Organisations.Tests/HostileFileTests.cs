using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Iop.Organisations.Domain;

namespace Iop.Organisations.Tests;

/// <summary>Files made to harm whoever reads them: each is decided on in bounded time, and none ends in an exception.</summary>
public sealed class HostileFileTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Files => ["tags that never end", "bomb of tags", "a part that lies nowhere", "a part in an unknown compression", "streams upon streams", "streams that swell"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_made_to_exhaust_or_break_its_reader_is_decided_on(string file)
    {
        using var buffer = new DocumentBuffer();
        buffer.Append(Make(file));
        buffer.Complete();
        var started = Stopwatch.GetTimestamp();

        var type = MediaTypes.Of(buffer);
        Assert.NotNull(type);
        Assert.False(ExtractHints.InContent(buffer, type));

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Bound);
    }

    [Fact]
    public void What_an_extract_says_is_found_among_many_streams()
    {
        using var buffer = new DocumentBuffer();
        buffer.Append([.. SampleDocuments.DeflatedPdf(new string(' ', 100_000)), .. SampleDocuments.DeflatedPdf("(Polismyndigheten) Tj (Registerutdrag) Tj")]);
        buffer.Complete();

        Assert.True(ExtractHints.InContent(buffer, MediaTypes.Pdf));
    }

    private static byte[] Make(string file) => file switch
    {
        "tags that never end" => SampleDocuments.Zip(("mimetype", SampleDocuments.Odt), ("content.xml", new string('<', 600_000))),
        "bomb of tags" => SampleDocuments.Zip(("mimetype", SampleDocuments.Odt), ("content.xml", new string(' ', 200_000_000))),
        "a part that lies nowhere" => WithEntryOf("content.xml", SampleDocuments.OpenDocument(SampleDocuments.Odt), 42, uint.MaxValue / 2),
        "a part in an unknown compression" => WithEntryOf("content.xml", SampleDocuments.OpenDocument(SampleDocuments.Odt), 10, 99),
        "streams upon streams" => [.. "%PDF-1.7\n"u8, .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("stream\nx\u009c", 2_500_000)))],
        _ => [.. "%PDF-1.7\n"u8, .. Enumerable.Repeat(SampleDocuments.DeflatedPdf(new string(' ', 10_000_000)), 400).SelectMany(bytes => bytes)],
    };

    // Writes a number into the entry's place in the directory of the zip.
    private static byte[] WithEntryOf(string name, byte[] zip, int offset, uint value)
    {
        var entry = zip.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;
        if (offset == 10)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(entry + offset), (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(entry + offset), value);
        }

        return zip;
    }
}
