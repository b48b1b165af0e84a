using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Takes work into the tenant of the lead, through a share of the caller's own municipality.</summary>
public sealed class Guests(IServiceProvider services, CurrentCall call)
{
    public Task<T> ReadAsync<T>(AgreementShare share, Func<IServiceProvider, Task<T>> work) =>
        services.RunAsGuestAsync(call, MunicipalityCode.Parse(share.Lead), scope =>
        {
            scope.GetRequiredService<Guest>().Enter(share);
            return work(scope);
        });

    /// <summary>
    /// Keeps at home what the municipality's own case says. It is written beside the call's own transaction, which does not
    /// touch the share.
    /// </summary>
    public async Task NoteAsync(AgreementShare share, OwnCase own, CancellationToken cancellation)
    {
        // What the rest of the call goes by is a copy that nobody saves.
        if (!share.Note(own))
        {
            return;
        }

        await services.RunForAsync(call, MunicipalityCode.Parse(share.Municipality), call.Action, async scope =>
        {
            var db = scope.GetRequiredService<AgreementsDb>();
            var kept = await db.AgreementShares.FirstAsync(row => row.Id == share.Id, cancellation);
            if (kept.Note(own))
            {
                db.Record(kept, () => kept.ToProto(etag: false));
                await db.SaveChangesAsync(cancellation);
            }
        }, cancellation);
    }

    /// <summary>Changes something there, in one transaction.</summary>
    public Task<T> ChangeAsync<T>(AgreementShare share, Func<IServiceProvider, Task<T>> work, CancellationToken cancellation) =>
        ReadAsync(share, async scope =>
        {
            await using var transaction = await scope.GetRequiredService<IopDbContext>().Database.BeginTransactionAsync(cancellation);
            var result = await work(scope);
            await transaction.CommitAsync(cancellation);
            return result;
        });
}
