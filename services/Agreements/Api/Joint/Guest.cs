using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Whom the work in this scope is done for, when that is another municipality than the one whose tenant it is.</summary>
public sealed class Guest
{
    public AgreementShare? Share { get; private set; }

    /// <summary>Code of that municipality; empty for the tenant's own work.</summary>
    public string Municipality => Share?.Municipality ?? "";

    internal void Enter(AgreementShare share) => Share = share;

    /// <summary>Whether the share opens this agreement, or the draft of its next version, and the lead says the same.</summary>
    public bool Sees(Agreement agreement) =>
        Share is null || ((agreement.Id == Share.Id || agreement.Amends == Share.Id) && agreement.Admitted(Municipality) is not null);

    /// <exception cref="Refusal"><c>AGREEMENT_NOT_JOINED</c>, <c>PARTY_HAS_LEFT</c>: one who is only invited reads, and so does one who has left.</exception>
    public void MustBePartyTo(Agreement agreement, bool orHasBeen = false)
    {
        if (Share is null)
        {
            return;
        }

        if (agreement.Admitted(Municipality) is not { State: MemberState.Joined } member)
        {
            throw Refusal.Precondition("AGREEMENT_NOT_JOINED", agreement.Name);
        }

        if (member.LeaveTime is not null && !orHasBeen)
        {
            throw Refusal.Precondition("PARTY_HAS_LEFT", agreement.Name, ("party", member.PartyId));
        }
    }

    /// <summary>Refuses what only the municipality that the agreement lives with can do.</summary>
    public void MustBeLead(Agreement agreement)
    {
        if (Share is not null)
        {
            throw Refusal.Precondition("LEAD_MUNICIPALITY_ONLY", agreement.Name);
        }
    }
}

/// <summary>Marks a call that only the municipality that the agreement lives with can make.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LeadOnlyAttribute : Attribute;

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

        await services.RunForAsync(MunicipalityCode.Parse(share.Municipality), call.Action, async scope =>
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
