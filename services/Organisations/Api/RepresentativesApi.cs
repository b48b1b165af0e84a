using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Representative = Iop.Organisations.Domain.Representative;

namespace Iop.Organisations.Api;

/// <summary>Who acts for the organisations, in the municipality's own record.</summary>
public sealed partial class RepresentativesApi(OrganisationsDb db, RegisterDoor door, EvidenceReading evidence, TenantScope tenant, CurrentCall call, TimeProvider time)
    : RepresentativesService.RepresentativesServiceBase
{
    private const int NameLength = 200;
    private const int RoleLength = 100;
    private const int ReasonLength = 500;

    private Caller Caller => call.RequiredCaller;

    // Nobody need name the caller as a representative yet: a claim is how one becomes it.
    [Access(Roles.OrganisationRepresentative)]
    public override async Task<V1.Representative> ClaimRepresentation(ClaimRepresentationRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var key = OrganisationName.RequiredKeyIn(request.Parent, Caller.Municipality, "parent");
        var faults = new Faults();
        var name = request.DisplayName.Trim().Length > 0 ? request.DisplayName : Caller.DisplayName;
        var terms = new RepresentativeTerms(
            Caller.Subject,
            faults.Text("display_name", name, NameLength, required: true),
            faults.Text("role", request.Role, RoleLength, required: true),
            evidence.Read(request.EvidenceDocuments, key, "evidence_documents", faults));
        faults.ThrowIfAny();
        await door.RequireOrganisationAsync(key, cancellation);
        await evidence.RequireAsync(key, terms.EvidenceDocuments, cancellation);
        await RefuseRecordedAsync(key, terms.PersonRef, cancellation);

        var claim = new Representative(tenant.Required, key, terms);
        db.Add(claim);
        return await SaveNewAsync(claim, cancellation);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Representative> ConfirmRepresentative(ConfirmRepresentativeRequest request, ServerCallContext context)
    {
        var (claim, side) = await LoadToDecideAsync(request.Name, request.Etag, context.CancellationToken);
        claim.Confirm(Caller.Subject, side, time.Now());
        return await SaveAsync(claim, "", context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Representative> DeclineRepresentative(DeclineRepresentativeRequest request, ServerCallContext context)
    {
        var reason = ReadReason(request.Reason);
        var (claim, _) = await LoadToDecideAsync(request.Name, request.Etag, context.CancellationToken);
        claim.Decline(Caller.Subject, reason, time.Now());
        return await SaveAsync(claim, reason, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Representative> EndRepresentative(EndRepresentativeRequest request, ServerCallContext context)
    {
        var reason = ReadReason(request.Reason);
        var representative = await LoadAsync(request.Name, context.CancellationToken);
        if (representative.PersonRef != Caller.Subject)
        {
            await RequireDeciderAsync(representative, context.CancellationToken);
        }

        representative.MustMatch(request.Etag);
        representative.End(reason, time.Now());
        return await SaveAsync(representative, reason, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Representative> HandOverRepresentation(HandOverRepresentationRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var leaving = await LoadAsync(request.Name, cancellation);
        var side = leaving.PersonRef == Caller.Subject ? ConfirmedBy.Representative : await RequireDeciderAsync(leaving, cancellation);
        leaving.MustMatch(request.Etag);
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, ReasonLength, required: true);
        var documents = evidence.Read(request.EvidenceDocuments, leaving.Organisation, "evidence_documents", faults);
        var person = faults.Text("successor_person_ref", request.SuccessorPersonRef, NameLength, required: true);
        faults.Require(!OrganisationNumber.MayBePersonal(person), "successor_person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED");
        var claim = await OpenRecordAsync(leaving.Organisation, person, cancellation);
        var name = faults.Text("successor_display_name", request.SuccessorDisplayName, NameLength, required: claim is null);
        var role = faults.Text("successor_role", request.SuccessorRole, RoleLength);
        faults.ThrowIfAny();
        await evidence.RequireAsync(leaving.Organisation, documents, cancellation);

        var successor = claim ?? new Representative(tenant.Required, leaving.Organisation, new RepresentativeTerms(person, name, role.Length > 0 ? role : leaving.Role, []));
        if (claim is null)
        {
            db.Add(successor);
        }
        else if (claim.State == RepresentativeState.Confirmed)
        {
            throw Refusal.AlreadyExists("REPRESENTATIVE_ALREADY_RECORDED", claim.Name);
        }

        leaving.HandOverTo(successor, documents, Caller.Subject, side, reason, time.Now());
        db.Record(successor, () => successor.ToProto(), reason, door.ActingFor(successor.Organisation));
        await RaiseAsync(successor, cancellation);
        db.Record(leaving, () => leaving.ToProto(), reason, door.ActingFor(leaving.Organisation));
        await RaiseAsync(leaving, cancellation);
        await SaveOnceAsync(successor, cancellation);
        return successor.ToProto();
    }

    // A claim is decided by the municipality, or by one whom the municipality's own record confirms.
    private async Task<(Representative Claim, ConfirmedBy Side)> LoadToDecideAsync(string name, string etag, CancellationToken cancellation)
    {
        var claim = await LoadAsync(name, cancellation);
        if (claim.PersonRef == Caller.Subject)
        {
            throw Refusal.Precondition("REPRESENTATIVE_OWN_CLAIM", claim.Name);
        }

        var side = await RequireDeciderAsync(claim, cancellation);
        claim.MustMatch(etag);
        return (claim, side);
    }

    private async Task<ConfirmedBy> RequireDeciderAsync(Representative about, CancellationToken cancellation)
    {
        if (Caller.Is(Roles.CaseOfficer))
        {
            return ConfirmedBy.Municipality;
        }

        await door.RequireOpenAsync(about.Organisation, cancellation);
        var (key, person) = (about.Organisation, Caller.Subject);
        return await db.Representatives.AnyAsync(r => r.Organisation == key && r.PersonRef == person && r.State == RepresentativeState.Confirmed, cancellation)
            ? ConfirmedBy.Representative
            : throw Refusal.Denied("CONFIRMED_REPRESENTATIVE_REQUIRED");
    }

    private async Task RefuseRecordedAsync(string key, string person, CancellationToken cancellation)
    {
        if (await OpenRecordAsync(key, person, cancellation) is { } recorded)
        {
            throw Refusal.AlreadyExists("REPRESENTATIVE_ALREADY_RECORDED", recorded.Name);
        }
    }

    private Task<Representative?> OpenRecordAsync(string key, string person, CancellationToken cancellation) => db.Representatives.FirstOrDefaultAsync(
        r => r.Organisation == key && r.PersonRef == person && (r.State == RepresentativeState.Claimed || r.State == RepresentativeState.Confirmed), cancellation);

    private async Task<V1.Representative> SaveNewAsync(Representative claim, CancellationToken cancellation)
    {
        db.Record(claim, () => claim.ToProto(), onBehalfOf: door.ActingFor(claim.Organisation));
        await SaveOnceAsync(claim, cancellation);
        return claim.ToProto();
    }

    private async Task SaveOnceAsync(Representative added, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same person was recorded twice at once, and the other was first.
            db.ChangeTracker.Clear();
            await RefuseRecordedAsync(added.Organisation, added.PersonRef, cancellation);
            throw;
        }
    }

    private async Task<V1.Representative> SaveAsync(Representative representative, string reason, CancellationToken cancellation)
    {
        db.Record(representative, () => representative.ToProto(), reason, door.ActingFor(representative.Organisation));
        await RaiseAsync(representative, cancellation);
        await db.SaveChangesAsync(cancellation);
        return representative.ToProto();
    }

    // What the other services follow is the rule's word and not the state alone: one who has ended can stand confirmed again.
    private async Task RaiseAsync(Representative representative, CancellationToken cancellation)
    {
        var (key, person, id) = (representative.Organisation, representative.PersonRef, representative.Id);
        var others = await db.Representatives.Where(r => r.Organisation == key && r.PersonRef == person && r.Id != id).Select(r => r.State).ToListAsync(cancellation);
        await db.RaiseAboutAsync(representative.Municipality, key, new OrganisationRepresentationChanged
        {
            Representative = representative.Name,
            State = representative.State.ToUpperSnake(),
            RepresentativeKey = ClosedRepresentation.KeyOf(OrganisationName.Of(representative.Municipality, key), person),
            Closed = RepresentativeRule.Closes(others.Append(representative.State)),
        }, cancellation);
    }

    private static string ReadReason(string text)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", text, ReasonLength, required: true);
        faults.ThrowIfAny();
        return reason;
    }
}
