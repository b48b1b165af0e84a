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
using Npgsql;
using Organisation = Iop.Organisations.Domain.Organisation;

namespace Iop.Organisations.Api;

/// <summary>The register of organisations. This part changes organisations; the others read, and deal with signing.</summary>
public sealed partial class OrganisationsApi(OrganisationsDb db, TenantScope tenant, CurrentCall call, TimeProvider time)
    : OrganisationsService.OrganisationsServiceBase
{
    private Caller Caller => call.RequiredCaller;

    // A representative may register too: until it is done, no token can name the organisation.
    [Access(Roles.CaseOfficer, Roles.Integration, Roles.OrganisationRepresentative)]
    public override async Task<V1.Organisation> CreateOrganisation(CreateOrganisationRequest request, ServerCallContext context)
    {
        var (number, facts) = ReadNew(request);
        var organisation = new Organisation(tenant.Required, request.OrganisationId, number, facts);
        await RefuseTakenAsync(organisation, context.CancellationToken);

        db.Add(organisation);
        db.Record(organisation, () => organisation.ToProto(), onBehalfOf: Caller.ActingFor(organisation.Name));
        db.Raise(new OrganisationRegistered
        {
            EventId = Guid.CreateVersion7(),
            Municipality = organisation.Municipality,
            Subject = organisation.Name,
            OccurredAt = time.GetUtcNow(),
            Sequence = organisation.Revision + 1,
        });
        try
        {
            await db.SaveChangesAsync(context.CancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Another caller was first between the look and the save, which has been rolled back to its savepoint.
            await RefuseTakenAsync(organisation, context.CancellationToken);
            throw;
        }

        return organisation.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Organisation> UpdateOrganisation(UpdateOrganisationRequest request, ServerCallContext context)
    {
        var key = Caller.KeyOf(request.Organisation.Name, "organisation.name");
        var organisation = await LoadAsync(key, context.CancellationToken);
        organisation.MustMatch(request.Organisation.Etag, "organisation.etag");

        var faults = new Faults();
        var fields = OrganisationReading.FieldsToChange(request.Organisation, request.UpdateMask, faults);
        var facts = OrganisationReading.Read(request.Organisation, organisation.Facts, fields, time.Today(), faults);
        OrganisationReading.RequireCivilSociety(organisation.Number, facts.LegalForm, "organisation.legal_form", faults);
        faults.ThrowIfAny();

        organisation.Change(facts);
        return await SaveAsync(organisation, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.Organisation> RecordStatutesCheck(RecordStatutesCheckRequest request, ServerCallContext context)
    {
        var key = Caller.KeyOf(request.Name, "name");
        var faults = new Faults();
        var check = OrganisationReading.ReadCheck(request.StatutesCheck, time.Today(), faults);
        faults.ThrowIfAny();
        var organisation = await LoadAsync(key, context.CancellationToken);
        organisation.MustMatch(request.Etag);

        organisation.Record(check);
        return await SaveAsync(organisation, context.CancellationToken);
    }

    private (OrganisationNumber Number, OrganisationFacts Facts) ReadNew(CreateOrganisationRequest request)
    {
        var faults = new Faults();
        RequireMunicipality(request.Parent, faults);
        var organisation = request.Organisation ?? new V1.Organisation();
        var facts = OrganisationReading.Read(organisation, new OrganisationFacts(), OrganisationReading.Updatable.ToHashSet(), time.Today(), faults);
        var number = OrganisationReading.ReadNumber("organisation.organisation_number", organisation.OrganisationNumber, faults);
        OrganisationReading.RequireCivilSociety(number, facts.LegalForm, "organisation.organisation_number", faults);
        faults.Require(request.OrganisationId.Length == 0 || OrganisationName.IsChoosable(request.OrganisationId), "organisation_id", "ORGANISATION_ID_INVALID");
        faults.ThrowIfAny();
        return (number!, facts);
    }

    private void RequireMunicipality(string parent, Faults faults)
    {
        var municipality = ResourceName.OfMunicipality(tenant.Required);
        faults.Require(parent == municipality, "parent", "RESOURCE_NAME_INVALID", ("pattern", municipality));
    }

    private async Task RefuseTakenAsync(Organisation wanted, CancellationToken cancellation)
    {
        var (number, key) = (wanted.Number, wanted.Key);
        var existing = await db.Organisations.AsNoTracking()
            .Where(o => o.Number == number || o.Key == key)
            .OrderByDescending(o => o.Number == number)
            .FirstOrDefaultAsync(cancellation);
        if (existing is not null)
        {
            throw Refusal.AlreadyExists(existing.Number == number ? "ORGANISATION_NUMBER_TAKEN" : "ORGANISATION_ID_TAKEN", existing.Name);
        }
    }

    private async Task<Organisation> LoadAsync(string key, CancellationToken cancellation) =>
        await db.Organisations.FirstOrDefaultAsync(o => o.Key == key, cancellation)
            ?? throw Refusal.NotFound("ORGANISATION_NOT_FOUND", OrganisationName.Of(tenant.Required, key));

    private async Task<V1.Organisation> SaveAsync(Organisation organisation, CancellationToken cancellation)
    {
        db.Record(organisation, () => organisation.ToProto(), onBehalfOf: Caller.ActingFor(organisation.Name));
        await db.SaveChangesAsync(cancellation);
        return organisation.ToProto();
    }
}
