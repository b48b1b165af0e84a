using System.Text;
using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.Api;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using State = Iop.Organisations.V1.Document.Types.State;

namespace Iop.Organisations.Tests;

/// <summary>What becomes of documents after they were received. Source: law.md 2.6 and 2.7.</summary>
[Collection(Register.Name)]
public sealed class DocumentReviewTests(RegisterFixture register)
{
    [Fact]
    public async Task A_document_is_accepted_or_returned_with_a_reason_and_its_time_of_receipt_stands()
    {
        var document = await UploadAsync();

        var accepted = await AcceptAsync(document);
        var returned = await ReturnAsync(accepted, "Underskrift saknas");

        Assert.Equal((State.Accepted, State.Returned, "Underskrift saknas"), (accepted.State, returned.State, returned.StateReason));
        Assert.Equal((document.ReceiveTime, document.Sha256), (returned.ReceiveTime, returned.Sha256));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_STATE_NOT_ALLOWED", () => AcceptAsync(returned));
        Assert.Equal(("RETURNED", "RECEIVED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_STATE_NOT_ALLOWED", () => ReturnAsync(returned));
        var told = (await register.Ear.OfAsync(OrganisationOf(document), 2)).OfType<DocumentReviewed>();
        Assert.Equal([(document.Name, "ACCEPTED"), (document.Name, "RETURNED")], told.Select(e => (e.Document, e.State)));
    }

    [Fact]
    public async Task Reviewing_needs_the_right_role_the_version_last_read_and_a_reason()
    {
        var document = await UploadAsync();
        var unversioned = new Document(document) { Etag = "" };

        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => AcceptAsync(unversioned));
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => ReturnAsync(document, " "));
        foreach (var role in new[] { Roles.OrganisationRepresentative, Roles.Lawyer, Roles.Auditor, Roles.Integration })
        {
            var by = register.DocumentsBy(role, OrganisationOf(document));
            await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => AcceptAsync(document, by));
            await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => ReturnAsync(document, by: by));
        }

        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => AcceptAsync(document, register.DocumentsElsewhere));
        Assert.Equal(document, await register.Documents.GetDocumentAsync(new GetDocumentRequest { Name = document.Name }));
    }

    [Fact]
    public async Task That_a_document_does_not_exist_is_an_answer_with_a_reason_and_no_bytes()
    {
        var organisation = await register.RegisterAsync();
        var representative = register.DocumentsBy(Roles.OrganisationRepresentative, organisation.Name);

        var declared = await DeclareAsync(representative, organisation.Name);

        Assert.Equal((State.DeclaredNonexistent, "Föreningen är nybildad", "", 0L, 1), (declared.State, declared.StateReason, declared.MediaType, declared.SizeBytes, declared.VersionNumber));
        Assert.NotNull(declared.ReceiveTime);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_STATE_NOT_ALLOWED", () => DownloadAsync(register.Documents, declared.Name));
        var later = await register.UploadAsync(RegisterFixture.Header(organisation.Name, DocumentKind.AuditReport), SampleDocuments.Pdf());
        Assert.Equal(2, later.VersionNumber);
        Assert.Equal(State.Returned, (await ReturnAsync(declared, "Det finns en, se protokollet")).State);
    }

    [Fact]
    public async Task What_cannot_be_declared_is_told_by_field()
    {
        var organisation = await register.RegisterAsync();

        await Refused.ForFieldAsync("kind", "DOCUMENT_KIND_NOT_ALLOWED", () => DeclareAsync(register.Documents, organisation.Name, DocumentKind.Other));
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => DeclareAsync(register.Documents, organisation.Name, reason: ""));
        await Refused.ByAsync(StatusCode.InvalidArgument, "CRIMINAL_RECORDS_EXTRACT_REFUSED", () => DeclareAsync(register.Documents, organisation.Name, DocumentKind.CriminalRecordsExtract));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => DeclareAsync(register.DocumentsBy(Roles.OrganisationRepresentative), organisation.Name));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => DeclareAsync(register.Documents, $"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}"));
    }

    [Fact]
    public async Task A_document_is_registered_under_a_case_in_the_form_of_the_guideline()
    {
        var document = await UploadAsync();

        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "CASE_REFERENCE_FORMAT", () => RegisterUnderAsync(document, "KS 2024-1"));
        Assert.Equal(GuidelinesDouble.Pattern, refused.Metadata["pattern"]);
        var registered = await RegisterUnderAsync(document, "117/2026");
        Assert.Equal("117/2026", registered.CaseReference);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => RegisterUnderAsync(registered, "118/2026", register.DocumentsBy(Roles.OrganisationRepresentative)));

        var header = RegisterFixture.Header(OrganisationOf(document));
        header.CaseReference = "fel";
        await Refused.ByAsync(StatusCode.InvalidArgument, "CASE_REFERENCE_FORMAT", () => register.UploadAsync(header, SampleDocuments.Pdf()));
        header.CaseReference = "1/2026";
        Assert.Equal("1/2026", (await register.UploadAsync(header, SampleDocuments.Pdf())).CaseReference);
    }

    [Theory]
    [InlineData("12/2026", true)]
    [InlineData("12/2026 med mera", false)]
    [InlineData("KS 12/2026", false)]
    public void A_case_reference_has_the_form_from_its_beginning_to_its_end(string reference, bool holds)
    {
        var pack = new Eligibility.V1.GuidelinePack { DecisionRule = new() { ReferenceNumberPattern = "\\d{1,5}/\\d{4}" } };
        var fault = Record.Exception(() => CaseReferences.RequireForm([(reference, "case_reference")], pack));

        Assert.Equal(holds ? null : "CASE_REFERENCE_FORMAT", (fault as Refusal)?.Reason);
        Assert.Equal(holds, fault is null);
    }

    [Fact]
    public async Task A_municipality_without_a_guideline_registers_in_whatever_form_it_uses()
    {
        var organisation = await RegisterFixture.CreateAsync(register.OfficerElsewhere, RegisterFixture.Sample(), parent: RegisterFixture.Elsewhere);
        var header = RegisterFixture.Header(organisation.Name);
        header.CaseReference = "BN 2026-118";

        Assert.Equal("BN 2026-118", (await register.UploadAsync(header, SampleDocuments.Pdf(), register.DocumentsElsewhere)).CaseReference);
    }

    [Fact]
    public async Task A_case_reference_may_be_as_long_as_that_of_a_case()
    {
        var organisation = await RegisterFixture.CreateAsync(register.OfficerElsewhere, RegisterFixture.Sample(), parent: RegisterFixture.Elsewhere);
        var header = RegisterFixture.Header(organisation.Name);
        header.CaseReference = new string('1', 60);

        var uploaded = await register.UploadAsync(header, SampleDocuments.Pdf(), register.DocumentsElsewhere);
        var moved = await RegisterUnderAsync(uploaded, new string('2', 60), register.DocumentsElsewhere);

        Assert.Equal((header.CaseReference, new string('2', 60)), (uploaded.CaseReference, moved.CaseReference));
        await Refused.ForFieldAsync("case_reference", "TEXT_TOO_LONG", () => RegisterUnderAsync(moved, new string('3', 61), register.DocumentsElsewhere));
    }

    [Fact]
    public async Task A_confidentiality_mark_hides_the_bytes_from_those_who_need_not_see()
    {
        var document = await UploadAsync();
        var organisation = OrganisationOf(document);

        var marked = await MarkAsync(document, new ConfidentialityMark { LegalReference = "OSL 21:3", Reason = "Skyddad adress", UntilDate = RegisterFixture.Today(100) });

        Assert.Equal(("OSL 21:3", "Skyddad adress"), (marked.ConfidentialityMark.LegalReference, marked.ConfidentialityMark.Reason));
        Assert.NotEmpty(marked.ConfidentialityMark.SetBy);
        foreach (var role in new[] { Roles.CaseOfficer, Roles.Lawyer, Roles.OrganisationRepresentative })
        {
            Assert.NotEmpty(await DownloadAsync(register.DocumentsBy(role, organisation), document.Name));
        }

        foreach (var role in new[] { Roles.Auditor, Roles.DecisionMaker, Roles.Integration })
        {
            var by = register.DocumentsBy(role, organisation);
            var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "DOCUMENT_CONFIDENTIAL", () => DownloadAsync(by, document.Name));
            Assert.Equal("OSL 21:3", refused.Metadata["legal_reference"]);
            Assert.Equal(marked, await by.GetDocumentAsync(new GetDocumentRequest { Name = document.Name }));
        }

        var lifted = await LiftAsync(marked);
        Assert.Null(lifted.ConfidentialityMark);
        Assert.NotEmpty(await DownloadAsync(register.DocumentsBy(Roles.Auditor), document.Name));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CONFIDENTIALITY_MARK_NOT_SET", () => LiftAsync(lifted));
    }

    [Fact]
    public async Task A_mark_needs_its_ground_and_the_right_role()
    {
        var document = await UploadAsync();
        var mark = new ConfidentialityMark { LegalReference = "OSL 21:3", Reason = "Skyddad adress" };

        await Refused.ForFieldAsync("confidentiality_mark.legal_reference", "FIELD_REQUIRED", () => MarkAsync(document, new ConfidentialityMark { Reason = "x" }));
        await Refused.ForFieldAsync("confidentiality_mark.reason", "FIELD_REQUIRED", () => MarkAsync(document, new ConfidentialityMark { LegalReference = "x" }));
        await Refused.ForFieldAsync("confidentiality_mark.until_date", "DATE_ORDER", () => MarkAsync(document, new ConfidentialityMark(mark) { UntilDate = RegisterFixture.Today(-1) }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => MarkAsync(document, mark, register.DocumentsBy(Roles.OrganisationRepresentative, OrganisationOf(document))));
    }

    public static TheoryData<string, byte[]> Extracts => new()
    {
        { "text", Encoding.UTF8.GetBytes("Polismyndigheten\nUtdrag ur belastningsregistret\n") },
        { "pdf", SampleDocuments.Pdf("BT (Polis) (myndigheten) Tj (Utdrag ur) (belastnings) (registret) Tj ET") },
        { "deflated pdf", SampleDocuments.DeflatedPdf("BT (Polismyndigheten) Tj (Registerutdrag) Tj ET") },
        { "docx", SampleDocuments.Zip(("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""), ("word/document.xml", "<w:t>Polis</w:t><w:t>myndigheten</w:t> <w:t>Utdrag ur misstankeregistret</w:t>")) },
    };

    [Theory]
    [MemberData(nameof(Extracts))]
    public async Task An_extract_from_criminal_records_is_known_by_what_it_says_of_itself_and_never_kept(string form, byte[] content)
    {
        var organisation = await register.RegisterAsync();

        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "CRIMINAL_RECORDS_EXTRACT_REFUSED", () => register.UploadAsync(RegisterFixture.Header(organisation.Name), content));

        Assert.True(refused.Swedish.Contains("anteckna", StringComparison.Ordinal), form);
        Assert.Equal(0, await register.CountAsync("document", $"organisation = '{organisation.Name.Split('/')[3]}'"));
    }

    [Theory]
    [InlineData(DocumentKind.CriminalRecordsExtract, "Handling", "a.pdf")]
    [InlineData(DocumentKind.Other, "Registerutdrag för ledare", "a.pdf")]
    [InlineData(DocumentKind.Other, "Handling", "utdrag-belastningsregistret.pdf")]
    public async Task An_extract_is_refused_by_its_name_before_a_byte_is_read(DocumentKind kind, string title, string file)
    {
        var header = RegisterFixture.Header((await register.RegisterAsync()).Name, kind);
        (header.Title, header.FileName) = (title, file);
        using var call = register.Documents.UploadDocument();
        await call.RequestStream.WriteAsync(new UploadDocumentRequest { Header = header });

        await Refused.ByAsync(StatusCode.InvalidArgument, "CRIMINAL_RECORDS_EXTRACT_REFUSED", () => call.ResponseAsync.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_routine_that_speaks_of_extracts_is_received()
    {
        var organisation = await register.RegisterAsync();
        var routine = Encoding.UTF8.GetBytes("Våra ledare visar registerutdrag varje år. Vi sparar inga utdrag ur belastningsregistret.");

        Assert.Equal(State.Received, (await register.UploadAsync(RegisterFixture.Header(organisation.Name), routine)).State);
    }

    private static string OrganisationOf(Document document) => document.Name[..document.Name.IndexOf("/documents/", StringComparison.Ordinal)];

    private async Task<Document> UploadAsync() => await register.UploadAsync(RegisterFixture.Header((await register.RegisterAsync()).Name), SampleDocuments.Pdf());

    private Task<Document> AcceptAsync(Document document, DocumentsService.DocumentsServiceClient? by = null) =>
        (by ?? register.Documents).AcceptDocumentAsync(new AcceptDocumentRequest { Name = document.Name, Etag = document.Etag }).ResponseAsync;

    private Task<Document> ReturnAsync(Document document, string reason = "Otydlig", DocumentsService.DocumentsServiceClient? by = null) =>
        (by ?? register.Documents).ReturnDocumentAsync(new ReturnDocumentRequest { Name = document.Name, Reason = reason, Etag = document.Etag }).ResponseAsync;

    private static Task<Document> DeclareAsync(
        DocumentsService.DocumentsServiceClient by, string parent, DocumentKind kind = DocumentKind.AuditReport, string reason = "Föreningen är nybildad") =>
        by.DeclareDocumentNonexistentAsync(new DeclareDocumentNonexistentRequest { Parent = parent, Kind = kind, Reason = reason }).ResponseAsync;

    private Task<Document> RegisterUnderAsync(Document document, string reference, DocumentsService.DocumentsServiceClient? by = null) =>
        (by ?? register.Documents).SetCaseReferenceAsync(new SetCaseReferenceRequest { Name = document.Name, CaseReference = reference, Etag = document.Etag }).ResponseAsync;

    private Task<Document> MarkAsync(Document document, ConfidentialityMark mark, DocumentsService.DocumentsServiceClient? by = null) =>
        (by ?? register.Documents).SetConfidentialityMarkAsync(new SetConfidentialityMarkRequest { Name = document.Name, ConfidentialityMark = mark, Etag = document.Etag }).ResponseAsync;

    private Task<Document> LiftAsync(Document document) =>
        register.DocumentsBy(Roles.Lawyer).LiftConfidentialityMarkAsync(new LiftConfidentialityMarkRequest { Name = document.Name, Reason = "Prövad", Etag = document.Etag }).ResponseAsync;

    private static async Task<byte[]> DownloadAsync(DocumentsService.DocumentsServiceClient by, string name)
    {
        using var call = by.DownloadDocument(new DownloadDocumentRequest { Name = name });
        using var content = new MemoryStream();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            call.ResponseStream.Current.Chunk.WriteTo(content);
        }

        return content.ToArray();
    }
}
