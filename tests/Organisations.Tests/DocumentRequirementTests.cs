using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using Status = Iop.Organisations.V1.DocumentRequirementStatus.Types.Status;

namespace Iop.Organisations.Tests;

/// <summary>What the guideline asks for, what has been asked for, and what is only shown. Scenario 8.</summary>
[Collection(Register.Name)]
public sealed class DocumentRequirementTests(RegisterFixture register)
{
    [Fact]
    public async Task Each_document_of_the_guideline_stands_as_missing_received_accepted_returned_or_declared()
    {
        var organisation = await register.RegisterAsync();
        Assert.Equal([Status.Missing, Status.Missing, Status.Missing], await StatusesAsync(organisation.Name));

        var statutes = await register.UploadAsync(RegisterFixture.Header(organisation.Name), SampleDocuments.Pdf());
        var minutes = await register.UploadAsync(RegisterFixture.Header(organisation.Name, DocumentKind.AnnualMeetingMinutes), SampleDocuments.Pdf());
        await register.Documents.DeclareDocumentNonexistentAsync(new DeclareDocumentNonexistentRequest { Parent = organisation.Name, Kind = DocumentKind.AuditReport, Reason = "Ingen revisor" });
        Assert.Equal([Status.Received, Status.Received, Status.DeclaredNonexistent], await StatusesAsync(organisation.Name));

        await register.Documents.AcceptDocumentAsync(new AcceptDocumentRequest { Name = statutes.Name, Etag = statutes.Etag });
        await register.Documents.ReturnDocumentAsync(new ReturnDocumentRequest { Name = minutes.Name, Reason = "Ojusterat", Etag = minutes.Etag });
        var listed = await ListAsync(organisation.Name);

        Assert.Equal([Status.Accepted, Status.Returned, Status.DeclaredNonexistent], listed.Requirements.Select(r => r.Status));
        Assert.Equal((GuidelinesDouble.Current, 1), (listed.GuidelinePack, listed.OpenCount));
        var first = listed.Requirements[0];
        Assert.Equal(("xx-doc-statutes", "RECOMMENDED", statutes.Name, true, false), (first.RuleId, first.Severity, first.Document, first.IfExists, first.Yearly));
        Assert.All(listed.Requirements, r => Assert.True(r.Explanation.Sv.Length > 0 && r.Explanation.En.Length > 0 && r.Text.Sv.Length > 0));
    }

    [Fact]
    public async Task A_yearly_document_is_stale_after_the_next_annual_meeting()
    {
        var today = TimeProvider.System.Today();
        var sample = RegisterFixture.Sample();
        sample.NextAnnualMeetingDate = today.AddDays(20).ToProto();
        var organisation = await register.RegisterAsync(sample);
        var fresh = today.AddDays(20).AddYears(-1).Year - 1;
        var old = await UploadYearAsync(organisation.Name, fresh - 1);
        Assert.True(old.Stale);
        Assert.Equal(Status.Stale, (await ListAsync(organisation.Name)).Requirements[2].Status);

        var current = await UploadYearAsync(organisation.Name, fresh);
        var requirement = (await ListAsync(organisation.Name)).Requirements[2];

        Assert.False(current.Stale);
        Assert.Equal((Status.Received, current.Name, fresh), (requirement.Status, requirement.Document, requirement.FinancialYear));
    }

    [Fact]
    public async Task Requirements_come_page_by_page_in_the_order_of_the_guideline()
    {
        var organisation = await register.RegisterAsync();

        var first = await ListAsync(organisation.Name, 2);
        var second = await ListAsync(organisation.Name, 2, first.NextPageToken);

        Assert.Equal(["xx-doc-statutes", "xx-doc-minutes", "xx-doc-audit"], first.Requirements.Concat(second.Requirements).Select(r => r.RuleId));
        Assert.Equal(("", 3, 3), (second.NextPageToken, first.OpenCount, second.OpenCount));
    }

    [Fact]
    public async Task Each_request_for_a_document_is_kept_with_its_day_and_counted()
    {
        var organisation = await register.RegisterAsync();
        var first = await RequestAsync(organisation.Name);
        var second = await RequestAsync(organisation.Name);
        await RequestAsync(organisation.Name, DocumentKind.Statutes);

        var audit = (await ListAsync(organisation.Name)).Requirements[2];

        Assert.Equal((Status.Missing, 2, second.CreateTime), (audit.Status, audit.ReminderCount, audit.LastReminderTime));
        Assert.Equal([1, 2], new[] { first, second }.Select(r => r.SequenceNumber));
        var representative = register.RequirementsBy(Roles.OrganisationRepresentative, organisation.Name);
        Assert.Equal([second, first], (await representative.ListDocumentRemindersAsync(new() { Parent = organisation.Name, Filter = "kind = AUDIT_REPORT" })).DocumentReminders);
        Assert.Equal(first, await representative.GetDocumentReminderAsync(new() { Name = first.Name }));
        var told = (await register.Ear.OfAsync(organisation.Name, 3)).OfType<DocumentRequested>();
        Assert.Equal([("AUDIT_REPORT", 1), ("AUDIT_REPORT", 2), ("STATUTES", 1)], told.Select(e => (e.Kind, e.SequenceNumber)));
    }

    [Fact]
    public async Task Only_the_municipality_asks_and_only_for_what_may_be_handed_in()
    {
        var organisation = await register.RegisterAsync();

        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => RequestAsync(organisation.Name, by: register.RequirementsBy(Roles.OrganisationRepresentative, organisation.Name)));
        await Refused.ByAsync(StatusCode.InvalidArgument, "CRIMINAL_RECORDS_EXTRACT_REFUSED", () => RequestAsync(organisation.Name, DocumentKind.CriminalRecordsExtract));
        await Refused.ForFieldAsync("due_date", "DATE_ORDER", () => register.Requirements.RequestDocumentAsync(new() { Parent = organisation.Name, Kind = DocumentKind.AuditReport, DueDate = RegisterFixture.Today(-1) }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => register.RequirementsBy(Roles.OrganisationRepresentative).ListDocumentRemindersAsync(new() { Parent = organisation.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_REMINDER_NOT_FOUND", () => register.Requirements.GetDocumentReminderAsync(new() { Name = $"{organisation.Name}/documentReminders/{Guid.CreateVersion7()}" }).ResponseAsync);
    }

    [Fact]
    public async Task Of_an_extract_only_that_it_was_shown_is_kept()
    {
        var organisation = await register.RegisterAsync();
        var representative = register.RequirementsBy(Roles.OrganisationRepresentative, organisation.Name);

        var noted = await AttestAsync(organisation.Name, Shown(), representative);

        Assert.Equal(noted, await register.Requirements.GetExtractAttestationAsync(new() { Name = noted.Name }));
        Assert.Equal(noted, Assert.Single((await representative.ListExtractAttestationsAsync(new() { Parent = organisation.Name })).ExtractAttestations));
        Assert.Equal(TimeProvider.System.Today().AddDays(-40).AddYears(1).ToProto(), noted.ValidUntil);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => register.RequirementsBy(Roles.Integration).GetExtractAttestationAsync(new() { Name = noted.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "EXTRACT_ATTESTATION_NOT_FOUND", () => register.Requirements.GetExtractAttestationAsync(new() { Name = noted.Name[..^1] + (noted.Name[^1] == '0' ? '1' : '0') }).ResponseAsync);
    }

    public static TheoryData<string, string, Action<ExtractAttestation>> Faults => new()
    {
        { "extract_attestation.person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED", a => a.PersonRef = "121212-1212" },
        { "extract_attestation.role", "FIELD_REQUIRED", a => a.Role = "" },
        { "extract_attestation.shown_date", "DATE_IN_FUTURE", a => a.ShownDate = RegisterFixture.Today(2) },
        { "extract_attestation.extract_date", "EXTRACT_TOO_OLD", a => a.ExtractDate = RegisterFixture.Today(-380) },
        { "extract_attestation.extract_date", "EXTRACT_TOO_OLD", a => a.ExtractDate = RegisterFixture.Today() },
        { "extract_attestation.purpose", "ENUM_VALUE_REQUIRED", a => a.Purpose = ExtractAttestation.Types.Purpose.Unspecified },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_note_that_is_wrong_is_refused_by_field(string field, string reason, Action<ExtractAttestation> spoil)
    {
        var note = Shown();
        spoil(note);
        var organisation = await register.RegisterAsync();

        await Refused.ForFieldAsync(field, reason, () => AttestAsync(organisation.Name, note));
    }

    [Fact]
    public async Task A_named_pack_is_fetched_once_with_the_callers_token_and_a_draft_counts_for_nothing()
    {
        var organisation = await register.RegisterAsync();
        await ListAsync(organisation.Name, pack: GuidelinesDouble.Strict);
        var calls = register.Guidelines.Calls;

        await ListAsync(organisation.Name, pack: GuidelinesDouble.Strict);

        Assert.Equal(calls, register.Guidelines.Calls);
        Assert.StartsWith("Bearer ", register.Guidelines.LastToken, StringComparison.Ordinal);
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => ListAsync(organisation.Name, pack: GuidelinesDouble.Draft));
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => ListAsync(organisation.Name, pack: GuidelinesDouble.Current + "x"));
        await Refused.ForFieldAsync("guideline_pack", "RESOURCE_NAME_INVALID", () => ListAsync(organisation.Name, pack: "municipalities/0580/guidelinePacks/1"));
    }

    private static ExtractAttestation Shown() => new()
    {
        PersonRef = "ledare-1",
        Role = "ledare",
        ShownDate = RegisterFixture.Today(-3),
        ExtractDate = RegisterFixture.Today(-40),
        Purpose = ExtractAttestation.Types.Purpose.WorkWithChildren,
    };

    private Task<ExtractAttestation> AttestAsync(string parent, ExtractAttestation note, DocumentRequirementsService.DocumentRequirementsServiceClient? by = null) =>
        (by ?? register.Requirements).RecordExtractAttestationAsync(new RecordExtractAttestationRequest { Parent = parent, ExtractAttestation = note }).ResponseAsync;

    private Task<Document> UploadYearAsync(string parent, int year)
    {
        var header = RegisterFixture.Header(parent, DocumentKind.AuditReport);
        header.FinancialYear = year;
        return register.UploadAsync(header, SampleDocuments.Pdf());
    }

    private Task<DocumentReminder> RequestAsync(string parent, DocumentKind kind = DocumentKind.AuditReport, DocumentRequirementsService.DocumentRequirementsServiceClient? by = null) =>
        (by ?? register.Requirements).RequestDocumentAsync(new RequestDocumentRequest { Parent = parent, Kind = kind, DueDate = RegisterFixture.Today(14), Message = "Vi saknar handlingen." }).ResponseAsync;

    private async Task<IEnumerable<Status>> StatusesAsync(string parent) => (await ListAsync(parent)).Requirements.Select(r => r.Status);

    private Task<ListDocumentRequirementsResponse> ListAsync(string parent, int size = 0, string token = "", string pack = "") =>
        register.Requirements.ListDocumentRequirementsAsync(new ListDocumentRequirementsRequest { Parent = parent, PageSize = size, PageToken = token, GuidelinePack = pack }).ResponseAsync;
}
