using Iop.Agreements.Domain;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Iop.Agreements.Data;

namespace Iop.Agreements.Api;

/// <summary>Opens the draft of a new version to those who are parties of the agreement that it changes.</summary>
public sealed class SharedDrafts(IServiceProvider services)
{
    // Written before the draft is committed: a row that points at a draft that never came points at nothing.
    public async Task OpenAsync(Agreement agreement, Agreement draft, CancellationToken cancellation)
    {
        foreach (var member in agreement.Joined)
        {
            await services.RunForAsync(
                MunicipalityCode.Parse(member.Municipality),
                nameof(SharedDrafts),
                scope => scope.GetRequiredService<AgreementsDb>().Database.ExecuteSqlAsync(
                    $"INSERT INTO shared_draft (municipality, id, agreement) VALUES ({member.Municipality}, {draft.Id}, {agreement.Id}) ON CONFLICT DO NOTHING",
                    cancellation),
                cancellation);
        }
    }
}
