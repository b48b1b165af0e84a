using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Which of the municipality's own cases are taken: by an agreement of its own, or by one of another that it has joined.</summary>
public sealed class OwnCases(AgreementsDb db, Guests guests)
{
    // The first of two that come at once holds the lock until it has committed; the second then finds its agreement.
    // The unique index says the same to whatever else would write an agreement of one's own.
    public async Task MustBeFreeAsync(string caseName, CancellationToken cancellation)
    {
        await db.HoldAsync($"agreement of {caseName}", cancellation);
        var existing = await db.Agreements.AsNoTracking()
            .Where(agreement => agreement.CaseName == caseName && !Agreement.Ended.Contains(agreement.State))
            .Select(agreement => new { agreement.Municipality, agreement.Id })
            .FirstOrDefaultAsync(cancellation);
        if (existing is not null)
        {
            throw Refusal.AlreadyExists("CASE_HAS_AGREEMENT", ResourceName.Of(existing.Municipality, Agreement.Collection, existing.Id));
        }

        var shares = await db.AgreementShares.AsNoTracking().Where(share => share.CaseName == caseName && share.State == MemberState.Joined).ToListAsync(cancellation);
        foreach (var share in shares)
        {
            if (await guests.ReadAsync(share, services => IsUnderWayAsync(services, share, cancellation)))
            {
                throw Refusal.AlreadyExists("CASE_HAS_AGREEMENT", share.DoorName);
            }
        }
    }

    // What goes on for others has ended for one that has left it.
    private static async Task<bool> IsUnderWayAsync(IServiceProvider services, AgreementShare share, CancellationToken cancellation) =>
        await services.GetRequiredService<AgreementsDb>().Agreements.AsNoTracking().FirstOrDefaultAsync(
            agreement => agreement.Id == share.Door && !Agreement.Ended.Contains(agreement.State), cancellation) is { } found
        && found.Joined.Any(member => member.Municipality == share.Municipality);
}
