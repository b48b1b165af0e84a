using Iop.Contracts.Events;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;
using Iop.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Iop.Organisations.Data;

/// <summary>
/// Raises what signing authorities have to tell on their days. A notice is settled in the transaction of its event, so
/// each is raised once.
/// </summary>
public sealed class SigningScheduler(SchedulerTools tools, IOptions<SigningOptions> options) : Scheduler<OrganisationsDb>(options.Value.Interval, tools)
{
    /// <inheritdoc/>
    protected override IQueryable<string> TenantsWithDue(OrganisationsDb db) => DueNotices(db).Select(notice => notice.Municipality);

    /// <inheritdoc/>
    protected override IQueryable<Guid> Due(OrganisationsDb db) => DueNotices(db).Select(notice => notice.SigningAuthority).Distinct().Order();

    /// <summary>Raises the notices of one authority, one after the other so that they leave in order.</summary>
    protected override async Task<int> DoAsync(IServiceProvider scope, Guid item, CancellationToken cancellation)
    {
        var db = scope.GetRequiredService<OrganisationsDb>();
        var (raised, authority) = (0, await db.SigningAuthorities.AsNoTracking().FirstAsync(a => a.Id == item, cancellation));
        while (await TakeAsync(db, authority, cancellation) is { } notice)
        {
            notice.Settle(Time.Now());

            // What was ended by a person tells nothing more; the ending itself was told.
            if (authority.EndTime is null)
            {
                db.Raise(authority.Name, notice.Number, EventOf(notice, authority));
            }

            await db.SaveChangesAsync(cancellation);
            raised++;
        }

        return raised;
    }

    private IQueryable<SigningNotice> DueNotices(OrganisationsDb db)
    {
        var today = Time.Today();
        return db.SigningNotices.Where(notice => notice.SettleTime == null && notice.DueDate <= today);
    }

    // The earliest alone: who holds it holds those that follow.
    private Task<SigningNotice?> TakeAsync(OrganisationsDb db, SigningAuthority authority, CancellationToken cancellation)
    {
        var (municipality, id, today) = (authority.Municipality, authority.Id, Time.Today());
        return db.SigningNotices.FromSql(
            $"""
            SELECT * FROM signing_notice AS due
            WHERE municipality = {municipality} AND signing_authority = {id} AND settle_time IS NULL AND due_date <= {today} AND NOT EXISTS (
                SELECT FROM signing_notice AS earlier
                WHERE earlier.municipality = {municipality} AND earlier.signing_authority = {id}
                    AND earlier.settle_time IS NULL AND earlier.number < due.number)
            FOR UPDATE SKIP LOCKED
            """).FirstOrDefaultAsync(cancellation);
    }

    private static IntegrationEvent EventOf(SigningNotice notice, SigningAuthority authority)
    {
        var organisation = OrganisationName.Of(authority.Municipality, authority.Organisation);
        return notice.Kind == SigningNoticeKind.Lapsed
            ? new SigningAuthorityLapsed { Organisation = organisation, LastDay = authority.GraceUntil }
            : new SigningAuthorityLapsing { Organisation = organisation, ValidUntil = authority.ValidUntil, DaysBefore = notice.DaysBefore };
    }
}
