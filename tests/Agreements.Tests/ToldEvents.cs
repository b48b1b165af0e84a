using System.Text.Json;
using Iop.Agreements.V1;
using Iop.Contracts.Events;
using Iop.Platform.Persistence;

namespace Iop.Agreements.Tests;

internal static class ToldEvents
{
    /// <summary>What the service has told of an agreement, in order.</summary>
    public static async Task<List<T>> EventsAsync<T>(this AgreementsFixture service, Agreement agreement)
        where T : IntegrationEvent =>
        [.. (await service.RowsAsync($"SELECT payload::text FROM outbox WHERE subject = '{agreement.Name}' AND type = '{typeof(T).FullName}' ORDER BY position"))
            .Select(row => JsonSerializer.Deserialize<T>(row, Json.Options)!)];
}
