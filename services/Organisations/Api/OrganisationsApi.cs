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
using Microsoft.Extensions.Options;
using Npgsql;
using Organisation = Iop.Organisations.Domain.Organisation;

namespace Iop.Organisations.Api;

/// <summary>The register of organisations. This part changes organisations; the others read, and deal with signing.</summary>
public sealed partial class OrganisationsApi(
    OrganisationsDb db, RegisterDoor door, TenantScope tenant, CurrentCall call, TimeProvider time, StandingDocuments standing,
    IOptions<SigningOptions> signing)
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
        db.Record(organisation, () => organisation.ToProto(), onBehalfOf: door.ActingFor(organisation.Key));
        db.Raise(organisation, new OrganisationRegistered());
        try
        {
            await db.SaveChangesAsync(context.CancellationToken);
            await db.IndexAsync(organisation, context.CancellationToken);
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
        var organisation = await OpenAsync(request.Organisation.Name, "organisation.name", context.CancellationToken);
        organisation.MustMatch(request.Organisation.Etag, "organisation.etag");

        var faults = new Faults();
        var fields = faults.Mask(request.Organisation, request.UpdateMask, OrganisationReading.Updatable, OrganisationReading.Settled);
        var facts = OrganisationReading.Read(request.Organisation, organisation.Facts, fields, time.Today(), faults);
        OrganisationReading.RequireCivilSociety(organisation.Number, facts.LegalForm, "organisation.legal_form", faults);
        RequireUndertakingByMunicipality(facts, organisation.Facts, faults);

        // A bar to being a party may be told by anyone, and is lifted by the municipality alone.
        var isLifted = organisation.Facts.PubliclyControlled == true && facts.PubliclyControlled != true;
        faults.Require(Caller.SeesMunicipality || !isLifted, "organisation.publicly_controlled", "FIELD_NOT_ALLOWED");
        faults.ThrowIfAny();

        return await ChangeAsync(organisation, () => organisation.Change(facts), "", context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.Organisation> RecordStatutesCheck(RecordStatutesCheckRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var check = StatutesReading.Read(request.StatutesCheck, time.Today(), faults);
        faults.ThrowIfAny();
        var organisation = await OpenAsync(request.Name, "name", context.CancellationToken);
        organisation.MustMatch(request.Etag);

        return await ChangeAsync(organisation, () => organisation.Record(check), "", context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override Task<V1.Organisation> SuspendOrganisation(SuspendOrganisationRequest request, ServerCallContext context) =>
        ChangeForReasonAsync(request.Name, request.Reason, request.Etag, (organisation, reason) => organisation.Suspend(reason, time.Now()), context.CancellationToken);

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override Task<V1.Organisation> ReinstateOrganisation(ReinstateOrganisationRequest request, ServerCallContext context) =>
        ChangeForReasonAsync(request.Name, request.Reason, request.Etag, (organisation, _) => organisation.Reinstate(), context.CancellationToken);

    private async Task<V1.Organisation> ChangeForReasonAsync(
        string name, string reason, string etag, Action<Organisation, string> change, CancellationToken cancellation)
    {
        var faults = new Faults();
        var given = faults.Text("reason", reason, ReasonLength, required: true);
        faults.ThrowIfAny();
        var organisation = await OpenAsync(name, "name", cancellation);
        organisation.MustMatch(etag);

        return await ChangeAsync(organisation, () => change(organisation, given), given, cancellation);
    }

    private (OrganisationNumber Number, OrganisationFacts Facts) ReadNew(CreateOrganisationRequest request)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var faults = new Faults();
        var organisation = request.Organisation ?? new V1.Organisation();
        var facts = OrganisationReading.Read(organisation, new OrganisationFacts(), OrganisationReading.Updatable.ToHashSet(), time.Today(), faults);
        var number = OrganisationReading.ReadNumber("organisation.organisation_number", organisation.OrganisationNumber, faults);
        OrganisationReading.RequireCivilSociety(number, facts.LegalForm, "organisation.organisation_number", faults);
        RequireUndertakingByMunicipality(facts, new OrganisationFacts(), faults);
        faults.Require(request.OrganisationId.Length == 0 || OrganisationName.IsChoosable(request.OrganisationId), "organisation_id", "ORGANISATION_ID_INVALID");
        faults.ThrowIfAny();
        return (number!, facts);
    }

    // The key lets one see what others of the undertaking have been given, so no organisation chooses its own.
    private void RequireUndertakingByMunicipality(OrganisationFacts facts, OrganisationFacts before, Faults faults) =>
        faults.Require(Caller.SeesMunicipality || facts.UndertakingKey == before.UndertakingKey, "organisation.undertaking_key", "FIELD_NOT_ALLOWED");

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

    private async Task<Organisation> OpenAsync(string name, string field, CancellationToken cancellation) =>
        await door.LoadAsync(await door.KeyOfAsync(name, field, cancellation), cancellation);

    private async Task<V1.Organisation> ChangeAsync(Organisation organisation, Action change, string reason, CancellationToken cancellation)
    {
        var before = organisation.PartyEligibility;
        change();
        db.Record(organisation, () => organisation.ToProto(), reason, door.ActingFor(organisation.Key));
        if (organisation.PartyEligibility != before)
        {
            await db.RaiseAboutAsync(organisation.Municipality, organisation.Key, new OrganisationEligibilityChanged
            {
                PartyEligibility = organisation.PartyEligibility.ToUpperSnake(),
            }, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await db.IndexAsync(organisation, cancellation);
        return organisation.ToProto().For(Caller);
    }
}
