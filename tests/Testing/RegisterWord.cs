using Iop.Contracts.Events.Organisations;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Sight;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Testing;

/// <summary>What the register of organisations tells of representatives, as a service hears it from the broker.</summary>
public static class RegisterWord
{
    /// <summary>Tells whether an organisation is closed to a person, and waits until the service has taken it in.</summary>
    public static async Task TellAsync<TDb>(this RunningService<TDb> service, string organisation, string person, bool closed, long sequence)
        where TDb : IopDbContext
    {
        var told = new OrganisationRepresentationChanged
        {
            EventId = Guid.CreateVersion7(),
            Municipality = ResourceName.MunicipalityIn(organisation)!,
            Subject = organisation,
            OccurredAt = TimeProvider.System.GetUtcNow(),
            Sequence = sequence,
            Representative = $"{organisation}/representatives/{Guid.CreateVersion7()}",
            State = closed ? "ENDED" : "CONFIRMED",
            RepresentativeKey = ClosedRepresentation.KeyOf(organisation, person),
            Closed = closed,
        };
        await service.Services.GetRequiredService<IBus>().Publish(told, context => context.MessageId = told.EventId);
        await Eventually.IsAsync(1L, () => service.CountAsync($"SELECT count(*) FROM inbox WHERE event_id = '{told.EventId}'"));
    }
}
