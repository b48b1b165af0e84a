using System.Text;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using ConfidentialityMark = Iop.Types.V1.ConfidentialityMark;

namespace Iop.Agreements.Tests;

/// <summary>What of an agreement may be secret: who marks it, who then reads it, and what is handed out. law.md 2.6.</summary>
[Collection(Running.Name)]
public sealed class ConfidentialityTests(AgreementsFixture service)
{
    [Fact]
    public async Task A_mark_says_on_what_ground_by_whom_and_until_when_and_each_change_is_in_the_history()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var sent = await UploadAsync(service.Documents, agreement.Name, Scan());
        var until = TimeProvider.System.Today().AddYears(1).ToProto();

        var marked = await MarkAsync(sent, until);

        var mark = marked.ConfidentialityMark;
        Assert.Equal(("OSL 31:16", "Affärsvillkor.", until), (mark.LegalReference, mark.Reason, mark.UntilDate));
        Assert.NotEmpty(mark.SetBy);
        Assert.NotNull(mark.SetTime);
        Assert.Equal(marked, await service.Documents.GetAgreementDocumentAsync(new GetAgreementDocumentRequest { Name = sent.Name }));
        var free = await service.Documents.LiftConfidentialityMarkAsync(new LiftConfidentialityMarkRequest { Name = sent.Name, Etag = marked.Etag, Reason = "Prövad på nytt." });
        Assert.Null(free.ConfidentialityMark);
        Assert.Equal(
            ["1 UploadAgreementDocument ", "2 SetConfidentialityMark Affärsvillkor.", "3 LiftConfidentialityMark Prövad på nytt."],
            await service.RowsAsync($"SELECT number || ' ' || regexp_replace(action, '.*/', '') || ' ' || reason FROM revision WHERE subject = '{sent.Name}' ORDER BY number"));
    }

    [Fact]
    public async Task A_mark_needs_a_ground_a_reason_a_day_to_come_and_the_document_as_it_is()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var sent = await UploadAsync(service.Documents, agreement.Name, Scan());

        await Refused.ForFieldAsync("confidentiality_mark.legal_reference", "FIELD_REQUIRED", () => MarkAsync(sent, ground: ""));
        await Refused.ForFieldAsync("confidentiality_mark.until_date", "DATE_ORDER", () => MarkAsync(sent, TimeProvider.System.Today().AddDays(-1).ToProto()));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CONFIDENTIALITY_MARK_NOT_SET", () => LiftAsync(sent));
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => LiftAsync(sent, ""));
        var marked = await MarkAsync(sent);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => MarkAsync(sent));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => LiftAsync(sent));
        Assert.NotEqual(sent.Etag, marked.Etag);
    }

    [Fact]
    public async Task The_bytes_go_to_those_who_handle_it_and_to_the_party_that_sent_it()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var (ours, theirs) = (await UploadAsync(service.Documents, agreement.Name, Scan()), await UploadAsync(By(Roles.OrganisationRepresentative, organisation), agreement.Name, Scan()));
        Assert.Equal(("arbete", "forening"), (ours.PartyId, theirs.PartyId));
        (ours, theirs) = (await MarkAsync(ours), await MarkAsync(theirs));

        foreach (var document in new[] { ours, theirs })
        {
            Assert.Equal(document.SizeBytes, (await DocumentsApiTests.DownloadAsync(service.Documents, document.Name)).Content.Length);
            Assert.Equal(document.SizeBytes, (await DocumentsApiTests.DownloadAsync(By(Roles.Lawyer), document.Name)).Content.Length);
            await ConfidentialAsync(By(Roles.DecisionMaker), document);
            await ConfidentialAsync(By(Roles.Integration), document);
            await ConfidentialAsync(By(Roles.Auditor), document);
        }

        Assert.Equal(theirs.SizeBytes, (await DocumentsApiTests.DownloadAsync(By(Roles.OrganisationRepresentative, organisation), theirs.Name)).Content.Length);
        await ConfidentialAsync(By(Roles.OrganisationRepresentative, organisation), ours);
        Assert.Equal(ours, await By(Roles.OrganisationRepresentative, organisation).GetAgreementDocumentAsync(new GetAgreementDocumentRequest { Name = ours.Name }));
        var free = await LiftAsync(ours);
        Assert.Equal(free, (await DocumentsApiTests.DownloadAsync(By(Roles.OrganisationRepresentative, organisation), ours.Name)).Document);
    }

    [Fact]
    public async Task What_the_parties_sign_they_read_and_nobody_else_gets_it_with_the_original_or_the_package()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var (annex, other) = (await UploadAsync(service.Documents, agreement.Name, Scan()), await UploadAsync(service.Documents, agreement.Name, Scan()));
        agreement = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, Annexes = { new Annex { Heading = "Budget", Document = annex.Name } } },
        });
        agreement = await ApproveAsync(service.Officer, agreement, "arbete");
        agreement = await ApproveAsync(service.Representative(organisation), agreement, "forening");
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        await SignAsync(service.Representative(organisation, Bo), agreement, "forening");
        Assert.True(await HasOriginalAsync(Roles.Auditor, agreement.Name));
        (annex, other) = (await MarkAsync(annex), await MarkAsync(other));

        Assert.Equal(annex.SizeBytes, (await DocumentsApiTests.DownloadAsync(By(Roles.OrganisationRepresentative, organisation), annex.Name)).Content.Length);
        Assert.Equal(annex.SizeBytes, (await DocumentsApiTests.DownloadAsync(By(Roles.DecisionMaker), annex.Name)).Content.Length);
        await ConfidentialAsync(By(Roles.Auditor), annex);
        Assert.True(await HasOriginalAsync(Roles.DecisionMaker, agreement.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "DOCUMENT_CONFIDENTIAL", () => HasOriginalAsync(Roles.Auditor, agreement.Name));

        var whole = (await Package.OfAsync(service.Officer, Here, agreement.Name)).In(agreement.Name);
        var party = (await Package.OfAsync(service.Representative(organisation), Here, agreement.Name)).In(agreement.Name);
        var audit = (await Package.OfAsync(new(service.As("1285", Roles.Auditor)), Here, agreement.Name)).In(agreement.Name);
        Assert.Equal([FileOf(annex), FileOf(other), "original-v1.pdf"], FilesIn(whole).Order(StringComparer.Ordinal));
        Assert.Equal([FileOf(annex), "original-v1.pdf"], FilesIn(party));
        Assert.Empty(FilesIn(audit));
        Assert.All([whole, party, audit], files =>
        {
            var told = ListAgreementDocumentsResponse.Parser.ParseJson(Encoding.UTF8.GetString(files["documents.json"]));
            Assert.All(told.AgreementDocuments, document => Assert.Equal("OSL 31:16", document.ConfidentialityMark.LegalReference));
        });
        await LiftAsync(annex);
        Assert.Equal([FileOf(annex), "original-v1.pdf"], FilesIn((await Package.OfAsync(new(service.As("1285", Roles.Auditor)), Here, agreement.Name)).In(agreement.Name)));
    }

    [Fact]
    public async Task The_database_lets_the_mark_change_and_nothing_of_what_was_received()
    {
        var changeable = await service.RowsAsync(
            "SELECT column_name::text FROM information_schema.column_privileges WHERE table_name LIKE 'agreement_document%' AND privilege_type = 'UPDATE' AND grantee <> grantor ORDER BY 1");

        Assert.Equal(["confidentiality_mark", "revision", "update_time"], changeable);
    }

    private static string FileOf(AgreementDocument document) => $"documents/{document.Name[^36..]}.pdf";

    private static IEnumerable<string> FilesIn(Dictionary<string, byte[]> package) => package.Keys.Where(name => name.EndsWith(".pdf", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static async Task ConfidentialAsync(AgreementDocumentsService.AgreementDocumentsServiceClient by, AgreementDocument document)
    {
        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "DOCUMENT_CONFIDENTIAL", () => DocumentsApiTests.DownloadAsync(by, document.Name));
        Assert.Equal("OSL 31:16", refused.Metadata["legal_reference"]);
    }

    private AgreementDocumentsService.AgreementDocumentsServiceClient By(string role, string organisation = "") =>
        new(service.As("1285", role, role == Roles.OrganisationRepresentative ? Anna : role, organisations: organisation));

    private async Task<bool> HasOriginalAsync(string role, string agreement)
    {
        using var call = new AgreementsService.AgreementsServiceClient(service.As("1285", role)).GetOriginal(new GetOriginalRequest { Name = agreement });
        return await call.ResponseStream.MoveNext(CancellationToken.None);
    }

    private Task<AgreementDocument> MarkAsync(AgreementDocument document, Types.V1.Date? until = null, string ground = "OSL 31:16") =>
        service.Documents.SetConfidentialityMarkAsync(new SetConfidentialityMarkRequest
        {
            Name = document.Name,
            Etag = document.Etag,
            ConfidentialityMark = new ConfidentialityMark { LegalReference = ground, Reason = "Affärsvillkor.", UntilDate = until },
        }).ResponseAsync;

    private Task<AgreementDocument> LiftAsync(AgreementDocument document, string reason = "Prövad.") =>
        service.Documents.LiftConfidentialityMarkAsync(new LiftConfidentialityMarkRequest { Name = document.Name, Etag = document.Etag, Reason = reason }).ResponseAsync;
}
