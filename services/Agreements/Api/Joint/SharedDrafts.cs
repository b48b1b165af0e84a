using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Iop.Agreements.Api;

/// <summary>Opens the draft of a new version to those who are parties of the agreement that it changes.</summary>
public sealed class SharedDrafts(IServiceProvider services, CurrentCall call)
{
    // Written before the draft is committed: a row that points at a draft that never came points at nothing.
    public async Task OpenAsync(Agreement agreement, Agreement draft, CancellationToken cancellation)
    {
        foreach (var member in agreement.Joined)
        {
            await services.RunForAsync(
                call,
                MunicipalityCode.Parse(member.Municipality),
                nameof(SharedDrafts),
                scope => scope.GetRequiredService<AgreementsDb>().Database.OpenDraftAsync(member.Municipality, draft.Id, agreement.Id, cancellation),
                cancellation);
        }
    }
}

internal static class DraftDoors
{
    public static Task<int> OpenDraftAsync(this DatabaseFacade database, string municipality, Guid draft, Guid agreement, CancellationToken cancellation) => database.ExecuteSqlAsync(
        $"INSERT INTO shared_draft (municipality, id, agreement) VALUES ({municipality}, {draft}, {agreement}) ON CONFLICT DO NOTHING", cancellation);
}
