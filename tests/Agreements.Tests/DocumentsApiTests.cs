using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Identity;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>Files of an agreement: what is received, who sees it, and that it stays as it was.</summary>
[Collection(Running.Name)]
public sealed class DocumentsApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task A_file_is_kept_byte_for_byte_and_both_sides_read_it()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var content = Scan(700_000);

        var sent = await UploadAsync(Theirs(organisation), agreement.Name, content, "bilaga å.pdf");

        Assert.Equal(("bilaga å.pdf", "application/pdf", content.LongLength), (sent.FileName, sent.MediaType, sent.SizeBytes));
        Assert.Equal((Hash(content), Types.V1.PartySide.CivilSociety, "Anna Andersson"), (sent.Sha256, sent.Side, sent.ReceivedFrom));
        var (described, read) = await DownloadAsync(service.Documents, sent.Name);
        Assert.Equal(sent, described);
        Assert.Equal(content, read);
        Assert.Equal(sent, await service.Documents.GetAgreementDocumentAsync(new GetAgreementDocumentRequest { Name = sent.Name }));
        Assert.Equal([sent], (await service.Documents.ListAgreementDocumentsAsync(new ListAgreementDocumentsRequest { Parent = agreement.Name })).AgreementDocuments);
        Assert.Equal([nameof(AgreementDocumentReceived)], await service.RowsAsync($"SELECT split_part(type, '.', 5) FROM outbox WHERE subject = '{sent.Name}'"));
    }

    [Fact]
    public async Task The_database_lets_no_one_change_or_remove_a_file()
    {
        var grants = await service.RowsAsync(
            "SELECT DISTINCT privilege_type::text FROM information_schema.role_table_grants WHERE table_name LIKE 'agreement_document%' AND grantee <> grantor ORDER BY 1");

        Assert.Equal(["INSERT", "SELECT"], grants);
    }

    [Fact]
    public async Task A_repeat_is_the_first_answer_and_another_file_under_its_id_is_refused()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var (content, id) = (Scan(), $"{Guid.NewGuid()}");

        var first = await UploadAsync(service.Documents, agreement.Name, content, requestId: id);

        Assert.Equal(first, await UploadAsync(service.Documents, agreement.Name, content, requestId: id));
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => UploadAsync(service.Documents, agreement.Name, Scan(), requestId: id));
        Assert.Single((await service.Documents.ListAgreementDocumentsAsync(new ListAgreementDocumentsRequest { Parent = agreement.Name })).AgreementDocuments);
    }

    [Theory]
    [InlineData("text/plain och inget annat", "DOCUMENT_TYPE_NOT_ALLOWED")]
    [InlineData("<html><script>alert(1)</script></html>", "DOCUMENT_TYPE_NOT_ALLOWED")]
    [InlineData("", "DOCUMENT_EMPTY")]
    public async Task What_is_no_document_is_refused(string content, string reason)
    {
        var (agreement, _) = await service.NegotiatedAsync();

        await Refused.ByAsync(StatusCode.InvalidArgument, reason, () => UploadAsync(service.Documents, agreement.Name, System.Text.Encoding.UTF8.GetBytes(content), "fil.pdf"));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_nothing_of_it_is_kept()
    {
        var (agreement, _) = await service.NegotiatedAsync();

        await Refused.ByAsync(StatusCode.InvalidArgument, "DOCUMENT_TOO_LARGE", () => UploadAsync(service.Documents, agreement.Name, Scan(25 * 1024 * 1024)));
        await Refused.ForFieldAsync("header.file_name", "FILE_NAME_INVALID", () => UploadAsync(service.Documents, agreement.Name, Scan(), "../fil.pdf"));

        Assert.Empty((await service.Documents.ListAgreementDocumentsAsync(new ListAgreementDocumentsRequest { Parent = agreement.Name })).AgreementDocuments);
    }

    [Fact]
    public async Task Bytes_without_a_header_are_refused()
    {
        using var call = service.Documents.UploadAgreementDocument();
        await call.RequestStream.WriteAsync(new UploadAgreementDocumentRequest { Chunk = ByteString.CopyFrom(1) });
        await call.RequestStream.CompleteAsync();

        await Refused.ByAsync(StatusCode.InvalidArgument, "DOCUMENT_HEADER_MISSING", () => call.ResponseAsync);
    }

    [Fact]
    public async Task When_nothing_can_come_of_it_no_more_is_received()
    {
        var (agreement, _) = await service.ActiveAsync();

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => UploadAsync(service.Documents, agreement.Name, Scan()));

        Assert.Equal("ACTIVE", refused.Metadata["state"]);
    }

    [Fact]
    public async Task What_a_side_received_before_it_shared_its_draft_stays_with_it_unless_the_text_has_it()
    {
        var (agreement, organisation) = await service.DraftedAsync();
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => UploadAsync(Theirs(organisation), agreement.Name, Scan()));
        var kept = await UploadAsync(service.Documents, agreement.Name, Scan());
        var annexed = await UploadAsync(service.Documents, agreement.Name, Scan());
        agreement = await AnnexAsync(agreement, annexed);
        agreement = await service.WriteAsync(agreement, "activity", "En mötesplats.");
        await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true });

        var theirs = await Theirs(organisation).ListAgreementDocumentsAsync(new ListAgreementDocumentsRequest { Parent = agreement.Name });
        Assert.Equal([annexed.Name], theirs.AgreementDocuments.Select(document => document.Name));
        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => DownloadAsync(Theirs(organisation), kept.Name));
        Assert.Equal(annexed.SizeBytes, (await DownloadAsync(Theirs(organisation), annexed.Name)).Content.Length);
    }

    [Fact]
    public async Task Outsiders_and_other_tenants_get_nothing()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var document = await UploadAsync(service.Documents, agreement.Name, Scan());
        var (_, other) = service.ApprovedCase();

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => DownloadAsync(Theirs(other), document.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => DownloadAsync(new(service.As("1283", Roles.CaseOfficer)), document.Name));
        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => DownloadAsync(service.Documents, $"{agreement.Name}/documents/{Guid.CreateVersion7()}"));
    }

    private AgreementDocumentsService.AgreementDocumentsServiceClient Theirs(string organisation) =>
        new(service.As("1285", Roles.OrganisationRepresentative, Anna, "Anna Andersson", "loa3", organisation));

    private Task<Agreement> AnnexAsync(Agreement agreement, AgreementDocument document) => service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest
    {
        Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, Annexes = { new Annex { Heading = "Karta", Document = document.Name } } },
    }).ResponseAsync;

    internal static async Task<(AgreementDocument? Document, byte[] Content)> DownloadAsync(AgreementDocumentsService.AgreementDocumentsServiceClient client, string name)
    {
        using var call = client.DownloadAgreementDocument(new DownloadAgreementDocumentRequest { Name = name });
        AgreementDocument? document = null;
        using var content = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            document ??= message.Document;
            message.Chunk.WriteTo(content);
        }

        return (document, content.ToArray());
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
