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

    // The 64-bit end record lies before the other, and has a place of the directory of its own.
    [Fact]
    public void A_directory_of_more_than_any_document_has_is_not_read_wherever_it_is_said_to_begin()
    {
        const int Entries = 300_000;
        var directory = new byte[Entries * 47];
        for (var i = 0; i < directory.Length; i += 47)
        {
            "PK\x01\x02"u8.CopyTo(directory.AsSpan(i));
            (directory[i + 28], directory[i + 46]) = (1, (byte)'a');
        }

        var begin = "PK\x03\x04"u8.Length;
        var large = new byte[56];
        "PK\x06\x06"u8.CopyTo(large);
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(4), 44);
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(24), Entries);
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(32), Entries);
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(40), (ulong)directory.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(48), (ulong)begin);
        var locator = new byte[20];
        "PK\x06\x07"u8.CopyTo(locator);
        BinaryPrimitives.WriteUInt64LittleEndian(locator.AsSpan(8), (ulong)(begin + directory.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(locator.AsSpan(16), 1);
        var small = new byte[22];
        "PK\x05\x06"u8.CopyTo(small);
        BinaryPrimitives.WriteUInt16LittleEndian(small.AsSpan(8), ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(small.AsSpan(10), ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(small.AsSpan(16), (uint)(begin + directory.Length));
        using var buffer = new DocumentBuffer();
        buffer.Append([.. "PK\x03\x04"u8, .. directory, .. large, .. locator, .. small]);
        buffer.Complete();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(MediaTypes.Of(buffer));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
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
