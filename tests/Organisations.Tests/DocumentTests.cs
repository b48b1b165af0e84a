using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Document = Iop.Organisations.V1.Document;
using DocumentKind = Iop.Organisations.V1.DocumentKind;

namespace Iop.Organisations.Tests;

/// <summary>Handing in documents and getting them back.</summary>
[Collection(Register.Name)]
public sealed class DocumentTests(RegisterFixture register)
{
    [Theory]
    [InlineData(1)]
    [InlineData(DocumentBuffer.BlockBytes - 9)]
    [InlineData((3 * DocumentBuffer.BlockBytes) + 5)]
    public async Task A_document_comes_back_exactly_as_it_was_handed_in(int padding)
    {
        var organisation = await register.RegisterAsync();
        byte[] content = [.. "%PDF-1.7\n"u8, .. RandomNumberGenerator.GetBytes(padding)];
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        var header = RegisterFixture.Header(organisation.Name);
        header.FinancialYear = 2025;
        var uploaded = await register.UploadAsync(header, content);
        var (document, bytes) = await DownloadAsync(register.Documents, uploaded.Name);

        Assert.Equal(content, bytes);
        Assert.Equal(uploaded, document);
        Assert.Equal(uploaded, await GetAsync(register.Documents, uploaded.Name));
        Assert.Equal(
            ("Stadgar", "stadgar.bin", "application/pdf", content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), 2025, 1, Document.Types.State.Received),
            (uploaded.Title, uploaded.FileName, uploaded.MediaType, uploaded.SizeBytes, uploaded.Sha256, uploaded.FinancialYear, uploaded.VersionNumber, uploaded.State));
        Assert.InRange(uploaded.ReceiveTime.ToDateTimeOffset(), before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.StartsWith($"{organisation.Name}/documents/", uploaded.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_document_passes_and_one_byte_more_is_refused()
    {
        var organisation = await register.RegisterAsync();
        var content = new byte[DocumentBuffer.MaxBytes + 1];
        SampleDocuments.Pdf().CopyTo(content, 0);

        var uploaded = await register.UploadAsync(RegisterFixture.Header(organisation.Name), content[..^1]);
        var (_, bytes) = await DownloadAsync(register.Documents, uploaded.Name);

        Assert.Equal((DocumentBuffer.MaxBytes, uploaded.Sha256), (uploaded.SizeBytes, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "DOCUMENT_TOO_LARGE", () => register.UploadAsync(RegisterFixture.Header(organisation.Name), content));
        Assert.Equal($"{DocumentBuffer.MaxBytes}", refused.Metadata["limit"]);
        Assert.Equal(uploaded, Assert.Single((await ListAsync(organisation.Name)).Documents));
    }

    [Theory]
    [InlineData("MZ\u0090\u0000", "DOCUMENT_TYPE_NOT_ALLOWED", "chunk")]
    [InlineData("", "DOCUMENT_EMPTY", "chunk")]
    public async Task What_is_not_a_document_is_refused_and_not_kept(string content, string reason, string field)
    {
        var organisation = await register.RegisterAsync();

        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, reason, () => register.UploadAsync(RegisterFixture.Header(organisation.Name), System.Text.Encoding.Latin1.GetBytes(content)));

        Assert.Equal([(field, reason)], refused.Fields);
        Assert.Empty((await ListAsync(organisation.Name)).Documents);
    }

    public static TheoryData<string, string, Action<UploadDocumentHeader>> HeaderFaults => new()
    {
        { "header.kind", "ENUM_VALUE_REQUIRED", h => h.Kind = DocumentKind.Unspecified },
        { "header.kind", "ENUM_VALUE_REQUIRED", h => h.Kind = (DocumentKind)99 },
        { "header.title", "FIELD_REQUIRED", h => h.Title = " " },
        { "header.title", "TEXT_TOO_LONG", h => h.Title = new string('a', 201) },
        { "header.file_name", "TEXT_TOO_LONG", h => h.FileName = new string('a', 256) },
        { "header.file_name", "FILE_NAME_INVALID", h => h.FileName = "../stadgar.pdf" },
        { "header.file_name", "FILE_NAME_INVALID", h => h.FileName = "C:\\stadgar.pdf" },
        { "header.financial_year", "NUMBER_OUT_OF_RANGE", h => h.FinancialYear = 1899 },
        { "header.financial_year", "NUMBER_OUT_OF_RANGE", h => h.FinancialYear = -1 },
        { "header.financial_year", "NUMBER_OUT_OF_RANGE", h => (h.Kind, h.FinancialYear) = (DocumentKind.FinancialReport, RegisterFixture.Today().Year + 1) },
        { "header.financial_year", "NUMBER_OUT_OF_RANGE", h => (h.Kind, h.FinancialYear) = (DocumentKind.ActivityPlan, RegisterFixture.Today().Year + 2) },
        { "header.sha256", "SHA256_FORMAT", h => h.Sha256 = "abc" },
        { "header.parent", "RESOURCE_NAME_INVALID", h => h.Parent = RegisterFixture.Here },
        { "header.parent", "MUNICIPALITY_REQUIRED", h => h.Parent = "" },
    };

    [Theory]
    [MemberData(nameof(HeaderFaults))]
    public async Task A_header_is_checked_before_the_bytes_are_read(string field, string reason, Action<UploadDocumentHeader> spoil)
    {
        var header = RegisterFixture.Header((await register.RegisterAsync()).Name);
        spoil(header);

        // The stream is left open: the answer must not wait for its end.
        using var call = register.Documents.UploadDocument();
        await call.RequestStream.WriteAsync(new UploadDocumentRequest { Header = header });

        await Refused.ForFieldAsync(field, reason, () => call.ResponseAsync.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_stream_in_the_wrong_order_is_refused()
    {
        var parent = (await register.RegisterAsync()).Name;
        var header = new UploadDocumentRequest { Header = RegisterFixture.Header(parent) };
        var chunk = new UploadDocumentRequest { Chunk = ByteString.CopyFrom(SampleDocuments.Pdf()) };

        await Refused.ByAsync(StatusCode.InvalidArgument, "DOCUMENT_HEADER_MISSING", () => RegisterFixture.SendAsync(register.Documents, [chunk]));
        await Refused.ByAsync(StatusCode.InvalidArgument, "DOCUMENT_HEADER_MISSING", () => RegisterFixture.SendAsync(register.Documents, []));
        await Refused.ForFieldAsync("header", "FIELD_NOT_ALLOWED", () => RegisterFixture.SendAsync(register.Documents, [header, chunk, header]));
        await Refused.ByAsync(StatusCode.InvalidArgument, "DOCUMENT_EMPTY", () => RegisterFixture.SendAsync(register.Documents, [header, chunk, new() { Chunk = ByteString.Empty }]));
        await Refused.ForFieldAsync("chunk", "NUMBER_OUT_OF_RANGE", () => RegisterFixture.SendAsync(register.Documents, [header, new() { Chunk = ByteString.CopyFrom(new byte[(1024 * 1024) + 1]) }]));
        Assert.Empty((await ListAsync(parent)).Documents);
    }

    [Fact]
    public async Task A_new_text_of_the_same_kind_and_year_is_the_next_version_and_the_old_one_stays()
    {
        var organisation = await register.RegisterAsync();
        var header = RegisterFixture.Header(organisation.Name);
        var first = await register.UploadAsync(header, SampleDocuments.Pdf("1"));
        var second = await register.UploadAsync(header, SampleDocuments.Pdf("2"));
        var otherYear = header.Clone();
        otherYear.FinancialYear = 2025;
        var third = await register.UploadAsync(otherYear, SampleDocuments.Pdf("3"));

        Assert.Equal([1, 2, 1], new[] { first, second, third }.Select(d => d.VersionNumber));
        Assert.Equal(SampleDocuments.Pdf("1"), (await DownloadAsync(register.Documents, first.Name)).Content);
        Assert.Equal([third, second, first], (await ListAsync(organisation.Name)).Documents);
    }

    [Fact]
    public async Task Uploads_at_once_get_each_their_version()
    {
        var organisation = await register.RegisterAsync();

        var uploaded = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => register.UploadAsync(RegisterFixture.Header(organisation.Name), SampleDocuments.Pdf($"{i}"))));

        Assert.Equal(Enumerable.Range(1, 8), uploaded.Select(d => d.VersionNumber).Order());
    }

    [Fact]
    public async Task A_repeated_upload_answers_as_the_first_and_another_content_is_refused()
    {
        var organisation = await register.RegisterAsync();
        var header = RegisterFixture.Header(organisation.Name);
        header.RequestId = Guid.NewGuid().ToString();

        var (first, second) = (await register.UploadAsync(header, SampleDocuments.Pdf()), await register.UploadAsync(header, SampleDocuments.Pdf()));

        Assert.Equal(first, second);
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => register.UploadAsync(header, SampleDocuments.Pdf("other")));
        header.Title = "Annan rubrik";
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => register.UploadAsync(header, SampleDocuments.Pdf()));
        Assert.Single((await ListAsync(organisation.Name)).Documents);
        Assert.Equal(1, await register.CountAsync("revision", $"subject = '{first.Name}'"));
    }

    [Fact]
    public async Task Documents_are_listed_by_kind_and_state_page_by_page()
    {
        var organisation = await register.RegisterAsync();
        var statutes = await register.UploadAsync(RegisterFixture.Header(organisation.Name), SampleDocuments.Pdf());
        var plan = await register.UploadAsync(RegisterFixture.Header(organisation.Name, DocumentKind.ActivityPlan), SampleDocuments.Png);

        Assert.Equal(statutes, Assert.Single((await ListAsync(organisation.Name, filter: "kind = \"STATUTES\" AND state = \"RECEIVED\"")).Documents));
        Assert.Empty((await ListAsync(organisation.Name, filter: "state = ACCEPTED")).Documents);
        var first = await ListAsync(organisation.Name, size: 1);
        Assert.Equal([plan, statutes], [.. first.Documents, .. (await ListAsync(organisation.Name, size: 1, token: first.NextPageToken)).Documents]);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => ListAsync(organisation.Name, filter: "title = x"));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => ListAsync(organisation.Name, filter: "kind = NOVEL"));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => ListAsync(organisation.Name, token: "x"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var (organisation, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var document = await register.UploadAsync(RegisterFixture.Header(organisation.Name), SampleDocuments.Pdf());
        var missing = $"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}";
        var moved = document.Name.Replace(organisation.Name, other.Name, StringComparison.Ordinal);

        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => GetAsync(register.Documents, moved));
        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => DownloadAsync(register.Documents, moved));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => ListAsync(missing));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => register.UploadAsync(RegisterFixture.Header(missing), SampleDocuments.Pdf()));
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => GetAsync(register.Documents, organisation.Name));
    }

    [Fact]
    public async Task Each_acts_within_what_they_represent()
    {
        var (mine, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var representative = register.DocumentsBy(Roles.OrganisationRepresentative, mine.Name);
        var own = await register.UploadAsync(RegisterFixture.Header(mine.Name), SampleDocuments.Pdf(), representative);
        var foreign = await register.UploadAsync(RegisterFixture.Header(other.Name), SampleDocuments.Pdf());

        Assert.Equal(own, (await DownloadAsync(representative, own.Name)).Document);
        Assert.Equal(1, await register.CountAsync("revision", $"subject = '{own.Name}' AND on_behalf_of = '{mine.Name}'"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => GetAsync(representative, foreign.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => DownloadAsync(representative, foreign.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ListAsync(other.Name, by: representative));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => register.UploadAsync(RegisterFixture.Header(other.Name), SampleDocuments.Pdf(), representative));
        foreach (var name in new[] { own.Name, own.Name[..^1] + (own.Name[^1] == '0' ? '1' : '0') })
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => DownloadAsync(register.DocumentsElsewhere, name));
        }

        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => register.UploadAsync(RegisterFixture.Header(mine.Name), SampleDocuments.Pdf(), register.DocumentsElsewhere));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => register.UploadAsync(RegisterFixture.Header(mine.Name), SampleDocuments.Pdf(), register.DocumentsBy(Roles.Auditor)));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => DownloadAsync(register.DocumentsBy(Roles.Operator), own.Name));
        Assert.Equal(own, await GetAsync(register.DocumentsBy(Roles.Auditor), own.Name));
    }

    private static Task<Document> GetAsync(DocumentsService.DocumentsServiceClient by, string name) =>
        by.GetDocumentAsync(new GetDocumentRequest { Name = name }).ResponseAsync;

    private Task<ListDocumentsResponse> ListAsync(string parent, int size = 0, string token = "", string filter = "", DocumentsService.DocumentsServiceClient? by = null) =>
        (by ?? register.Documents).ListDocumentsAsync(new ListDocumentsRequest { Parent = parent, PageSize = size, PageToken = token, Filter = filter }).ResponseAsync;

    private static async Task<(Document Document, byte[] Content)> DownloadAsync(DocumentsService.DocumentsServiceClient by, string name)
    {
        using var call = by.DownloadDocument(new DownloadDocumentRequest { Name = name });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var document = call.ResponseStream.Current.Document;
        using var content = new MemoryStream();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            Assert.InRange(call.ResponseStream.Current.Chunk.Length, 1, 1024 * 1024);
            call.ResponseStream.Current.Chunk.WriteTo(content);
        }

        return (document, content.ToArray());
    }
}
