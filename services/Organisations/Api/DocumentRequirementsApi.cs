using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using DocumentKind = Iop.Organisations.Domain.DocumentKind;
using DocumentReminder = Iop.Organisations.Domain.DocumentReminder;
using ExtractAttestation = Iop.Organisations.Domain.ExtractAttestation;

namespace Iop.Organisations.Api;

/// <summary>What organisations are asked to hand in, have been asked for, and have only shown.</summary>
public sealed partial class DocumentRequirementsApi(
    OrganisationsDb db, RegisterDoor door, GuidelineShelf guidelines, TenantScope tenant, TimeProvider time)
    : DocumentRequirementsService.DocumentRequirementsServiceBase
{
    private const int MessageLength = 1000;
    private const int PersonLength = 200;
    private const int RoleLength = 100;

    private static readonly Dictionary<string, string[]> FilterFields = new() { ["kind"] = ["="] };

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.DocumentReminder> RequestDocument(RequestDocumentRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var key = await door.KeyOfAsync(request.Parent, "parent", cancellation);
        var faults = new Faults();
        var kind = (DocumentKind)faults.Choice("kind", request.Kind);
        var year = UploadReading.ReadYear("financial_year", request.Kind, request.FinancialYear, time.GetUtcNow(), faults);
        var due = faults.Date("due_date", request.DueDate);
        var message = faults.Text("message", request.Message, MessageLength);
        var today = time.Today();
        faults.Require(due is null || due >= today, "due_date", "DATE_ORDER", ("after", $"{today.AddDays(-1):yyyy-MM-dd}"));
        faults.ThrowIfAny();
        UploadReading.RefuseExtract(request.Kind, "kind");
        await door.RequireOrganisationAsync(key, cancellation);

        var number = await NextNumberAsync(key, kind, year, cancellation);
        var reminder = new DocumentReminder(tenant.Required, key, kind, year, due, message, number);
        db.Add(reminder);
        db.Record(reminder, () => reminder.ToProto());
        await db.RaiseAboutAsync(tenant.Required, key, new DocumentRequested
        {
            Reminder = reminder.Name,
            Kind = kind.ToUpperSnake(),
            FinancialYear = year,
            SequenceNumber = number,
        }, cancellation);
        await db.SaveChangesAsync(cancellation);
        return reminder.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.DocumentReminder> GetDocumentReminder(GetDocumentReminderRequest request, ServerCallContext context)
    {
        var (key, id) = await door.ChildOfAsync(request.Name, OrganisationName.DocumentReminders, context.CancellationToken);
        var reminder = await db.DocumentReminders.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.Organisation == key, context.CancellationToken);
        return reminder?.ToProto() ?? throw Refusal.NotFound("DOCUMENT_REMINDER_NOT_FOUND", request.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListDocumentRemindersResponse> ListDocumentReminders(ListDocumentRemindersRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListDocumentReminders), request.Parent, request.Filter);
        var query = db.DocumentReminders.AsNoTracking().Where(r => r.Organisation == key);
        foreach (var (field, _, value) in Filter.Parse(request.Filter, FilterFields))
        {
            var kind = EnumNames.FromUpperSnake<DocumentKind>(value) ?? throw OrganisationsApi.Unknown(field);
            query = query.Where(r => r.Kind == kind);
        }

        var (reminders, next) = await door.FetchAsync(page, key, query, context.CancellationToken);

        return new ListDocumentRemindersResponse { DocumentReminders = { reminders.Select(r => r.ToProto()) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.ExtractAttestation> RecordExtractAttestation(RecordExtractAttestationRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var attestation = ReadAttestation(key, request.ExtractAttestation ?? new V1.ExtractAttestation());
        await door.RequireOrganisationAsync(key, context.CancellationToken);

        db.Add(attestation);
        db.Record(attestation, () => attestation.ToProto(), onBehalfOf: door.ActingFor(key));
        await db.SaveChangesAsync(context.CancellationToken);
        return attestation.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<V1.ExtractAttestation> GetExtractAttestation(GetExtractAttestationRequest request, ServerCallContext context)
    {
        var (key, id) = await door.ChildOfAsync(request.Name, OrganisationName.ExtractAttestations, context.CancellationToken);
        var attestation = await db.ExtractAttestations.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.Organisation == key, context.CancellationToken);
        return attestation?.ToProto() ?? throw Refusal.NotFound("EXTRACT_ATTESTATION_NOT_FOUND", request.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<ListExtractAttestationsResponse> ListExtractAttestations(ListExtractAttestationsRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListExtractAttestations), request.Parent);
        var query = db.ExtractAttestations.AsNoTracking().Where(a => a.Organisation == key);
        var (attestations, next) = await door.FetchAsync(page, key, query, context.CancellationToken);

        return new ListExtractAttestationsResponse { ExtractAttestations = { attestations.Select(a => a.ToProto()) }, NextPageToken = next };
    }

    private ExtractAttestation ReadAttestation(string key, V1.ExtractAttestation from)
    {
        const string Field = "extract_attestation";
        var (faults, today) = (new Faults(), time.Today());
        var person = faults.Text($"{Field}.person_ref", from.PersonRef, PersonLength, required: true);
        faults.Require(!OrganisationNumber.MayBePersonal(person), $"{Field}.person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED");
        var role = faults.Text($"{Field}.role", from.Role, RoleLength, required: true);
        var shown = OrganisationReading.NotInFuture($"{Field}.shown_date", from.ShownDate, today, faults, required: true);
        var dated = faults.Date($"{Field}.extract_date", from.ExtractDate, required: true);
        faults.Require(shown is null || dated is null || ExtractAttestation.MayBeShown(dated.Value, shown.Value), $"{Field}.extract_date", "EXTRACT_TOO_OLD");
        var purpose = (ExtractPurpose)faults.Choice($"{Field}.purpose", from.Purpose);
        faults.ThrowIfAny();
        return new ExtractAttestation(tenant.Required, key, person, role, shown!.Value, dated!.Value, purpose);
    }

    private async Task<int> NextNumberAsync(string key, DocumentKind kind, int year, CancellationToken cancellation)
    {
        await db.HoldAsync($"reminders of {key} {kind} {year}", cancellation);
        return 1 + await db.DocumentReminders.Where(r => r.Organisation == key && r.Kind == kind && r.FinancialYear == year)
            .OrderByDescending(r => r.SequenceNumber).Select(r => r.SequenceNumber).FirstOrDefaultAsync(cancellation);
    }
}
