using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Reads the stream of an upload: the header, then the bytes.</summary>
internal static partial class UploadReading
{
    private const int MaxChunkBytes = 1024 * 1024;
    private const int TitleLength = 200;
    private const int FileNameLength = 255;
    private const int FirstYear = 1900;
    private const int CaseReferenceLength = 60;

    // The first of January 1900.
    private const long EarliestSecond = -2_208_988_800;

    /// <summary>The first message.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_HEADER_MISSING</c>.</exception>
    public static async Task<UploadDocumentHeader> HeaderAsync(IAsyncStreamReader<UploadDocumentRequest> stream, CancellationToken cancellation) =>
        await stream.MoveNext(cancellation) && stream.Current.ContentCase == UploadDocumentRequest.ContentOneofCase.Header
            ? stream.Current.Header
            : throw Refusal.Input("DOCUMENT_HEADER_MISSING", "header");

    /// <summary>What the header says of the document.</summary>
    public static DocumentLabel ReadLabel(UploadDocumentHeader header, Caller caller, DateTimeOffset now)
    {
        var faults = new Faults();
        ReadReceived(header, caller, now, faults);
        faults.Require(header.Sha256.Length == 0 || Sha256().IsMatch(header.Sha256), "header.sha256", "SHA256_FORMAT");
        var kind = faults.Choice("header.kind", header.Kind);
        var title = faults.Text("header.title", header.Title, TitleLength, required: true);
        var fileName = faults.Text("header.file_name", header.FileName, FileNameLength);
        faults.Require(fileName.IndexOfAny(['/', '\\']) < 0, "header.file_name", "FILE_NAME_INVALID");
        ReadYear("header.financial_year", kind, header.FinancialYear, now, faults);
        var caseReference = faults.Text("header.case_reference", header.CaseReference, CaseReferenceLength);
        var label = new DocumentLabel((Domain.DocumentKind)kind, title, fileName, header.FinancialYear, caseReference).WithContent(header, faults);
        faults.ThrowIfAny();
        RefuseExtract(kind, "header.kind");
        if (ExtractHints.InName(title) || ExtractHints.InName(fileName))
        {
            throw Refusal.Input("CRIMINAL_RECORDS_EXTRACT_REFUSED", "header");
        }

        return label;
    }

    /// <summary>Holds what arrived to what was announced.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_INCOMPLETE</c>.</exception>
    public static void RequireWhole(UploadDocumentHeader header, string sha256)
    {
        if (header.Sha256.Length > 0 && !string.Equals(header.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.Input("DOCUMENT_INCOMPLETE", "chunk");
        }
    }

    // The time of receipt is a fact of the municipality's: nobody on the other side says when it was. Source: law.md 2.6.
    private static void ReadReceived(UploadDocumentHeader header, Caller caller, DateTimeOffset now, Faults faults)
    {
        const string Field = "header.receive_time";
        if (header.ReceiveTime is not { } received)
        {
            return;
        }

        faults.Require(caller.Is(Roles.CaseOfficer) || caller.Is(Roles.Integration), Field, "FIELD_NOT_ALLOWED");
        var wellFormed = received.Seconds >= EarliestSecond && received.Nanos is >= 0 and < 1_000_000_000;
        faults.Require(wellFormed, Field, "DATE_INVALID");
        faults.Require(received.Seconds <= now.ToUnixTimeSeconds(), Field, "DATE_IN_FUTURE");
    }

    [GeneratedRegex("^[0-9a-fA-F]{64}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sha256();

    /// <summary>Reads the year of a yearly document; zero where none is told. One of a year to come would never grow old.</summary>
    public static int ReadYear(string field, V1.DocumentKind kind, int year, DateTimeOffset now, Faults faults) =>
        year == 0 ? 0 : faults.Number(field, year, FirstYear, AnnualCycle.LatestYear((Domain.DocumentKind)kind, now.DayInSweden()));

    /// <exception cref="Refusal"><c>CRIMINAL_RECORDS_EXTRACT_REFUSED</c> for the one kind that is never received.</exception>
    public static void RefuseExtract(V1.DocumentKind kind, string field)
    {
        if (kind == V1.DocumentKind.CriminalRecordsExtract)
        {
            throw Refusal.Input("CRIMINAL_RECORDS_EXTRACT_REFUSED", field);
        }
    }

    /// <summary>The bytes, to the end of the stream or to what is refused in it.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_TOO_LARGE</c>, <c>DOCUMENT_EMPTY</c>, or a fault of a message.</exception>
    public static async Task<DocumentBuffer> ContentAsync(IAsyncStreamReader<UploadDocumentRequest> stream, CancellationToken cancellation)
    {
        var content = new DocumentBuffer();
        try
        {
            while (await stream.MoveNext(cancellation))
            {
                content.Append(ChunkOf(stream.Current).Span);
            }

            return content.Length > 0 ? content : throw Refusal.Input("DOCUMENT_EMPTY", "chunk");
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static ByteString ChunkOf(UploadDocumentRequest message)
    {
        var faults = new Faults();
        faults.Require(message.ContentCase != UploadDocumentRequest.ContentOneofCase.Header, "header", "FIELD_NOT_ALLOWED");
        faults.Require(message.Chunk.Length <= MaxChunkBytes, "chunk", "NUMBER_OUT_OF_RANGE", ("min", "1"), ("max", $"{MaxChunkBytes}"));
        faults.ThrowIfAny();
        return message.Chunk.Length > 0 ? message.Chunk : throw Refusal.Input("DOCUMENT_EMPTY", "chunk");
    }
}
