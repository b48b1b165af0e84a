using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Fetches an agreement for a caller who may see it, and saves what became of it with its history.</summary>
public sealed class AgreementDesk(AgreementsDb db, TenantScope tenant, CurrentCall call, PackShelf packs, Guest guest, CommitteeWall committees, TimeProvider time)
{
    /// <summary>Those of the public side who write and approve text.</summary>
    public static readonly IReadOnlyList<string> Writers = [Roles.CaseOfficer];

    /// <summary>Those of the public side who talk with the organisations about text.</summary>
    public static readonly IReadOnlyList<string> Talkers = [Roles.CaseOfficer, Roles.Lawyer];

    /// <summary>Those who record what a body has decided.</summary>
    public static readonly IReadOnlyList<string> Deciders = [Roles.DecisionMaker];

    /// <summary>Those of the public side who can have been named as signatories.</summary>
    public static readonly IReadOnlyList<string> Signers = [Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker];

    /// <summary>Those who see what the public side sees.</summary>
    public static readonly IReadOnlyList<string> Readers = [Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Integration, Roles.Auditor];

    /// <summary>The caller, who acts for the public side only by one of the roles given.</summary>
    public Actor ActorBy(IReadOnlyList<string> publicRoles)
    {
        var caller = call.RequiredCaller;

        // Whom an organisation is represented by, the municipality says in whose register it stands: a guest's token does not.
        IReadOnlyList<string> organisations = guest.Share is null && caller.Is(Roles.OrganisationRepresentative) ? caller.Organisations : [];
        return new Actor(caller.Subject, caller.DisplayName, caller.AssuranceLevel, caller.Roles.Any(publicRoles.Contains), organisations) { Municipality = guest.Municipality };
    }

    public async Task<Agreement> ReadAsync(string name, CancellationToken cancellation, string field = "name")
    {
        var id = ResourceName.IdIn(name, Agreement.Collection, tenant.Required, field);
        return Shown(await db.Agreements.AsNoTracking().FirstOrDefaultAsync(agreement => agreement.Id == id, cancellation), name, Readers).Agreement;
    }

    /// <summary>Fetches an agreement to say something about it, or to add something beside it.</summary>
    public async Task<(Agreement Agreement, Actor Actor)> TalkAsync(string name, CancellationToken cancellation, string field = "name", IReadOnlyList<string>? publicRoles = null)
    {
        var id = ResourceName.IdIn(name, Agreement.Collection, tenant.Required, field);
        return OfParty(Shown(await db.Agreements.AsNoTracking().FirstOrDefaultAsync(agreement => agreement.Id == id, cancellation), name, publicRoles ?? Talkers));
    }

    /// <summary>
    /// Fetches an agreement to change it. Its row is held until the transaction ends, so that of two who write in two
    /// sections at once the second waits, reads what the first wrote, and both succeed.
    /// </summary>
    /// <param name="name">Resource name.</param>
    /// <param name="publicRoles">Roles of the public side that may.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <param name="field">The field that held the name.</param>
    /// <param name="orHasBeen">One that has left may too.</param>
    public async Task<(Agreement Agreement, Actor Actor)> OpenAsync(
        string name, IReadOnlyList<string> publicRoles, CancellationToken cancellation, string field = "name", bool orHasBeen = false)
    {
        var id = ResourceName.IdIn(name, Agreement.Collection, tenant.Required, field);
        return OfParty(Shown(await FindAsync(id, cancellation), name, publicRoles), orHasBeen);
    }

    /// <summary>Holds an agreement that another row or an event names, whoever the caller is.</summary>
    public async Task<Agreement> HoldAsync(Guid id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) ?? throw Refusal.NotFound("AGREEMENT_NOT_FOUND", ResourceName.Of(tenant.Required, Agreement.Collection, id));

    /// <summary>Reads the agreement in force that a draft is of.</summary>
    public Task<Agreement> FindAmendedAsync(Guid id, CancellationToken cancellation) =>
        db.Agreements.AsNoTracking().FirstAsync(agreement => agreement.Id == id, cancellation);

    /// <summary>Holds an agreement that the calendar has come to; null where it is in another's hand, or seen to already.</summary>
    public Task<Agreement?> TakeDueAsync(Guid id, DateTimeOffset now, CancellationToken cancellation) => db.Agreements
        .FromSql(
            $"""
            SELECT *, xmin FROM agreement AS a
            WHERE municipality = {tenant.Required} AND id = {id} AND EXISTS (
                SELECT FROM agreement_due AS d WHERE d.municipality = a.municipality AND d.agreement = a.id AND d.due_time <= {now})
            FOR UPDATE SKIP LOCKED
            """)
        .FirstOrDefaultAsync(cancellation);

    // The agreement in force is held before a draft of its next version, whichever of the two was asked for: one who signs the
    // draft last and one who ends the agreement would otherwise each hold what the other waits for.
    private Task<Agreement?> FindAsync(Guid id, CancellationToken cancellation) => db.Agreements
        .FromSql(
            $"""
            WITH in_force AS MATERIALIZED (
                SELECT id FROM agreement
                WHERE municipality = {tenant.Required} AND id = (SELECT amends FROM agreement WHERE municipality = {tenant.Required} AND id = {id})
                FOR UPDATE)
            SELECT a.*, a.xmin FROM agreement AS a
            WHERE a.municipality = {tenant.Required} AND a.id = {id} AND (SELECT count(*) FROM in_force) >= 0
            FOR UPDATE OF a
            """)
        .FirstOrDefaultAsync(cancellation);

    /// <summary>Saves the agreement with its revision, and raises the events of the save.</summary>
    public async Task SaveAsync(
        Agreement agreement, Actor actor, CancellationToken cancellation, string reason = "", string? onBehalfOf = null, params IReadOnlyList<IntegrationEvent> events)
    {
        if (agreement.Revision == 0)
        {
            db.Add(agreement);
        }

        // Whatever changed the end changes this too.
        agreement.DeriveRetention((await packs.StrictestAsync(agreement, cancellation)).Retention, time.Now());

        db.Record(agreement, () => agreement.ToProto(V1.AgreementView.Full, etag: false), reason, onBehalfOf ?? actor.PartyIn(agreement.Terms.Parties));
        db.Add(new RevisionActor
        {
            Municipality = agreement.Municipality,
            Agreement = agreement.Id,
            Id = RevisionActor.IdOf(agreement.Revision + 1),
            Number = agreement.Revision + 1,
            DisplayName = actor.DisplayName,
        });
        foreach (var @event in events)
        {
            db.Raise(agreement, Retelling.AtHome(agreement, @event));
            if (Retelling.NewsOf(agreement, @event) is { } news)
            {
                db.Raise(agreement, news);
            }
        }

        await db.SaveChangesAsync(cancellation);
        await TellCalendarAsync(agreement, cancellation);
    }

    /// <summary>Raises an event of something that belongs to an agreement, which is saved by the caller.</summary>
    public void Tell(Aggregate beside, Agreement agreement, IntegrationEvent @event)
    {
        db.Raise(beside, @event);
        if (Retelling.NewsBeside(agreement, @event) is { } news)
        {
            db.Raise(beside, news);
        }
    }

    /// <summary>Notes when the calendar next has something to do with the agreement.</summary>
    public Task TellCalendarAsync(Agreement agreement, CancellationToken cancellation) => agreement.NextDay is { } day
        ? db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO agreement_due (municipality, agreement, due_time) VALUES ({agreement.Municipality}, {agreement.Id}, {Calendar.StartOf(day)})
            ON CONFLICT (municipality, agreement) DO UPDATE SET due_time = EXCLUDED.due_time
            """,
            cancellation)
        : db.Database.ExecuteSqlAsync($"DELETE FROM agreement_due WHERE municipality = {agreement.Municipality} AND agreement = {agreement.Id}", cancellation);

    /// <summary>From when the caller sees what belongs to an agreement: what a side does before it shares its draft stays with that side,
    /// and what all did before a municipality was invited with those who were there.</summary>
    public DateTimeOffset SeenFrom(Agreement agreement) => guest.Share is not null ? agreement.Admitted(guest.Municipality)?.InviteTime ?? DateTimeOffset.MaxValue
        : ActorBy(Readers).SideIn(agreement.Terms.Parties) == agreement.DraftingSide
        ? DateTimeOffset.MinValue
        : agreement.ShareTime ?? DateTimeOffset.MaxValue;

    /// <summary>The party that the caller acts for.</summary>
    /// <exception cref="Refusal"><c>PARTY_NOT_ALLOWED</c>, also for a party that is none: who may not act is told no more.</exception>
    /// <exception cref="Refusal"><c>PARTY_HAS_LEFT</c>.</exception>
    public static Party MustActFor(Agreement agreement, Actor actor, string partyId, bool orHasBeen = false)
    {
        var party = agreement.Terms.PartyWith(partyId) is { } own && actor.ActsFor(own) ? own : throw Refusal.Denied("PARTY_NOT_ALLOWED");
        if (!orHasBeen)
        {
            MustRemain(agreement, party);
        }

        return party;
    }

    /// <summary>Refuses one that has left, be it by what the calendar has just passed.</summary>
    /// <exception cref="Refusal"><c>PARTY_HAS_LEFT</c>.</exception>
    public static void MustRemain(Agreement agreement, Party party)
    {
        if (agreement.HasLeft(party.PartyId))
        {
            throw Refusal.Precondition("PARTY_HAS_LEFT", agreement.Name, ("party", party.PartyId));
        }
    }

    private (Agreement Agreement, Actor Actor) OfParty((Agreement Agreement, Actor Actor) shown, bool orHasBeen = false)
    {
        guest.MustBePartyTo(shown.Agreement, orHasBeen);
        return shown;
    }

    private (Agreement Agreement, Actor Actor) Shown(Agreement? agreement, string name, IReadOnlyList<string> publicRoles)
    {
        var actor = ActorBy(publicRoles);
        if (agreement is null || !guest.Sees(agreement))
        {
            // Whether an agreement of others exists is not told to one who may not see it.
            throw actor.IsPublic ? Refusal.NotFound("AGREEMENT_NOT_FOUND", name) : Refusal.Denied("PARTY_NOT_ALLOWED");
        }

        committees.MustSee(agreement);
        return agreement.IsVisibleTo(actor.SideIn(agreement.Terms.Parties)) ? (agreement, actor) : throw Refusal.Denied("PARTY_NOT_ALLOWED");
    }
}
