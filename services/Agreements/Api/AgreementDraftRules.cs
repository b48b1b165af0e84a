using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>What holds for every agreement that begins, however it does.</summary>
public sealed class AgreementDraftRules(AgreementsDb db, TenantScope tenant)
{
    public void MustBeMunicipality(string parent)
    {
        var pattern = ResourceName.OfMunicipality(tenant.Required);
        if (parent != pattern)
        {
            throw Refusal.Input(new FieldFault("parent", "RESOURCE_NAME_INVALID", ("pattern", pattern)));
        }
    }

    // The first of two that come at once holds the lock until it has committed; the second then finds its agreement.
    // The unique index says the same to whatever else would write.
    public async Task MustBeOnlyOfCaseAsync(string caseName, CancellationToken cancellation)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({caseName}, 0))", cancellation);
        var existing = await db.Agreements.AsNoTracking()
            .Where(agreement => agreement.CaseName == caseName && !Agreement.Ended.Contains(agreement.State))
            .Select(agreement => new { agreement.Municipality, agreement.Id })
            .FirstOrDefaultAsync(cancellation);
        if (existing is not null)
        {
            throw Refusal.AlreadyExists("CASE_HAS_AGREEMENT", ResourceName.Of(existing.Municipality, Agreement.Collection, existing.Id));
        }
    }
}
