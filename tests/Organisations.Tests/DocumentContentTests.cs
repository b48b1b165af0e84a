using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Grpc.Core;
using Iop.Organisations.Api;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;

namespace Iop.Organisations.Tests;

/// <summary>What is received and as what, told from the bytes alone.</summary>
public sealed class DocumentContentTests
{
    private const string MainPart = ".main+xml";

    public static TheoryData<string, byte[], string?> Contents => new()
    {
        { "PDF", SampleDocuments.Pdf(), MediaTypes.Pdf },
        { "PNG", SampleDocuments.Png, MediaTypes.Png },
        { "JPEG", SampleDocuments.Jpeg, MediaTypes.Jpeg },
        { "DOCX", SampleDocuments.Ooxml(SampleDocuments.Docx + MainPart), SampleDocuments.Docx },
        { "XLSX", SampleDocuments.Ooxml(SampleDocuments.Xlsx + MainPart, "xl/workbook.xml"), SampleDocuments.Xlsx },
        { "ODT", SampleDocuments.OpenDocument(SampleDocuments.Odt), SampleDocuments.Odt },
        { "ODS", SampleDocuments.OpenDocument(SampleDocuments.Ods), SampleDocuments.Ods },
        { "text", "Föreningens stadgar\r\n\t§ 1"u8.ToArray(), MediaTypes.Text },
        { "text of several blocks", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("åäö€", DocumentBuffer.BlockBytes / 7))), MediaTypes.Text },
        { "one letter", "a"u8.ToArray(), MediaTypes.Text },
        { "text with a control character", "a\u0007b"u8.ToArray(), null },
        { "text in Latin-1", Encoding.Latin1.GetBytes("Föreningen"), null },
        { "text cut within a letter", "aå"u8[..2].ToArray(), null },
        { "PNG signature alone", SampleDocuments.Png[..10], null },
        { "program", [0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0], null },
        { "macro document", SampleDocuments.Ooxml("application/vnd.ms-word.document.macroEnabled" + MainPart), null },
        { "presentation", SampleDocuments.Ooxml("application/vnd.openxmlformats-officedocument.presentationml.presentation" + MainPart), null },
        { "OOXML whose main part is missing", SampleDocuments.Ooxml(SampleDocuments.Docx + MainPart, declared: "word/other.xml"), null },
        { "OOXML with a document type definition", SampleDocuments.Zip(("[Content_Types].xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>")), null },
        { "ODF of another type", SampleDocuments.OpenDocument("application/vnd.oasis.opendocument.graphics"), null },
        { "ODF without content", SampleDocuments.OpenDocument(SampleDocuments.Odt, "other.xml"), null },
        { "any zip", SampleDocuments.Zip(("readme.txt", "x")), null },
        { "broken zip", SampleDocuments.Ooxml(SampleDocuments.Docx + MainPart)[..80], null },
        { "zip signature alone", "PK\u0003\u0004"u8.ToArray(), null },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void The_type_is_decided_from_the_content(string what, byte[] content, string? expected)
    {
        using var buffer = Buffer(content);
        buffer.Complete();

        Assert.Equal((what, expected), (what, MediaTypes.Of(buffer)));
    }

    [Fact]
    public void A_zip_with_a_directory_made_to_exhaust_the_reader_is_refused_unread()
    {
        var entries = Enumerable.Range(0, 12_000).Select(i => ($"{i:D80}", "")).Prepend(("mimetype", SampleDocuments.Odt)).Append(("content.xml", "x"));
        using var buffer = Buffer(SampleDocuments.Zip([.. entries]));
        buffer.Complete();

        Assert.Null(MediaTypes.Of(buffer));
    }

    [Fact]
    public void The_bytes_and_their_hash_are_the_same_however_they_are_cut() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(Gen.Choose(1, 400_000).ListOf(4).ToArbitrary(), lengths =>
        {
            var content = new byte[lengths.Sum()];
            new Random(content.Length).NextBytes(content);
            using var buffer = new DocumentBuffer();
            var start = 0;
            foreach (var length in lengths)
            {
                buffer.Append(content.AsSpan(start, length));
                start += length;
            }

            var hash = buffer.Complete();
            using var stream = buffer.OpenRead();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return hash.SequenceEqual(SHA256.HashData(content))
                && copy.ToArray().SequenceEqual(content)
                && buffer.Blocks.SelectMany(block => block).SequenceEqual(content)
                && buffer.Blocks.SkipLast(1).All(block => block.Length == DocumentBuffer.BlockBytes);
        }));

    [Fact]
    public void The_last_allowed_byte_is_taken_and_the_next_refused()
    {
        using var buffer = Buffer(new byte[DocumentBuffer.MaxBytes]);

        var refused = Assert.Throws<Refusal>(() => buffer.Append([0]));

        Assert.Equal(("DOCUMENT_TOO_LARGE", RefusalKind.InvalidArgument, DocumentBuffer.MaxBytes), (refused.Reason, refused.Kind, buffer.Length));
    }

    public static TheoryData<UploadDocumentRequest[]> Headless => new()
    {
        Array.Empty<UploadDocumentRequest>(),
        new UploadDocumentRequest[] { new() },
        new UploadDocumentRequest[] { new() { Chunk = ByteString.CopyFromUtf8("text") } },
    };

    [Theory]
    [MemberData(nameof(Headless))]
    public async Task An_upload_that_does_not_begin_with_its_header_is_refused(UploadDocumentRequest[] messages)
    {
        var refused = await Assert.ThrowsAsync<Refusal>(() => UploadReading.HeaderAsync(new Messages(messages), CancellationToken.None));

        Assert.Equal("DOCUMENT_HEADER_MISSING", refused.Reason);
    }

    private static DocumentBuffer Buffer(byte[] content)
    {
        var buffer = new DocumentBuffer();
        buffer.Append(content);
        return buffer;
    }

    private sealed class Messages(UploadDocumentRequest[] messages) : IAsyncStreamReader<UploadDocumentRequest>
    {
        private int _at = -1;

        public UploadDocumentRequest Current => messages[_at];

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(++_at < messages.Length);
    }
}
