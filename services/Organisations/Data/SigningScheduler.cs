using Iop.Contracts.Events;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Iop.Organisations.Data;

/// <summary>
/// Raises what signing authorities have to tell on their days. Several replicas share the work: a notice is taken under
/// a lock that others skip, and settled in the transaction of its event, so each is raised once.
/// </summary>
public sealed partial class SigningScheduler(
    CrossTenant crossTenant, IServiceProvider services, TimeProvider time, IOptions<SigningOptions> options, ILogger<SigningScheduler> log) : BackgroundService
{
    private const string Action = "SigningScheduler/RaiseDue";
    private const int MostAtOnce = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        do
        {
            try
            {
                await RaiseDueAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Raises everything that is due, of every tenant.</summary>
    internal async Task RaiseDueAsync(CancellationToken cancellation)
    {
        foreach (var municipality in await TenantsWithDueAsync(cancellation))
        {
            // One notice of each authority at a time, so that they leave in order.
            while (await RaiseSomeAsync(municipality, cancellation) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    // Cross-tenant: only to learn which tenants have something due. The work itself is done inside each of them.
    private async Task<IReadOnlyList<string>> TenantsWithDueAsync(CancellationToken cancellation)
    {
        await using var scope = crossTenant.Open();
        var db = scope.ServiceProvider.GetRequiredService<OrganisationsDb>();
        var today = time.Today();
        return await db.SigningNotices.Where(n => n.SettleTime == null && n.DueDate <= today).Select(n => n.Municipality).Distinct().ToListAsync(cancellation);
    }

    private async Task<int> RaiseSomeAsync(string municipality, CancellationToken cancellation)
    {
        var taken = 0;
        if (!MunicipalityCode.TryParse(municipality, out var tenant))
        {
            return taken;
        }

        await services.RunForAsync(
            tenant, Action, async scope =>
            {
                var db = scope.GetRequiredService<OrganisationsDb>();
                var today = time.Today();
                var due = await db.SigningNotices.FromSql(
                    $"""
                    SELECT * FROM signing_notice AS due
                    WHERE municipality = {municipality} AND settle_time IS NULL AND due_date <= {today} AND NOT EXISTS (
                        SELECT FROM signing_notice AS earlier
                        WHERE earlier.municipality = {municipality} AND earlier.signing_authority = due.signing_authority
                            AND earlier.settle_time IS NULL AND earlier.number < due.number)
                    ORDER BY signing_authority LIMIT {MostAtOnce} FOR UPDATE SKIP LOCKED
                    """).ToListAsync(cancellation);
                var ids = due.Select(notice => notice.SigningAuthority).Distinct().ToList();
                var authorities = await db.SigningAuthorities.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellation);
                foreach (var notice in due)
                {
                    Settle(db, notice, authorities[notice.SigningAuthority]);
                }

                await db.SaveChangesAsync(cancellation);
                taken = due.Count;
            },
            cancellation);
        if (taken > 0)
        {
            LogRaised(taken);
        }

        return taken;
    }

    // What was ended by a person tells nothing more; the ending itself was told.
    private void Settle(OrganisationsDb db, SigningNotice notice, SigningAuthority authority)
    {
        notice.Settle(time.Now());
        if (authority.EndTime is null)
        {
            db.Raise(authority.Name, notice.Number, EventOf(notice, authority));
        }
    }

    private static IntegrationEvent EventOf(SigningNotice notice, SigningAuthority authority)
    {
        var organisation = OrganisationName.Of(authority.Municipality, authority.Organisation);
        return notice.Kind == SigningNoticeKind.Lapsed
            ? new SigningAuthorityLapsed
            {
                Organisation = organisation,
                LastDay = authority.GraceUntil,
            }
            : new SigningAuthorityLapsing
            {
                Organisation = organisation,
                ValidUntil = authority.ValidUntil,
                DaysBefore = notice.DaysBefore,
            };
    }

    [LoggerMessage(EventName = "signing.notices.raised", Level = LogLevel.Information, Message = "Raised {Count} notices of signing authorities")]
    private partial void LogRaised(int count);

    [LoggerMessage(EventName = "signing.notices.failed", Level = LogLevel.Warning, Message = "Notices of signing authorities failed: {ExceptionType}; they are tried again at the next look")]
    private partial void LogFailed(string exceptionType);
}
