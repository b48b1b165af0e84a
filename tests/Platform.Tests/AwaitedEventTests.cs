using Iop.Contracts.Events.Agreements;
using Iop.Platform.Tests.Sample;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace Iop.Platform.Tests;

/// <summary>An event that a service of the suite consumes never leaves before that service's queue is there to take it.</summary>
[Collection(Notes.Name)]
public sealed class AwaitedEventTests(NotesFixture notes)
{
    private const string Exchange = "Iop.Contracts.Events.Agreements:AgreementActivated";

    [Fact]
    public async Task An_awaited_event_waits_in_the_outbox_until_a_queue_takes_it_and_nobody_calls_that_an_error()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(TestServers.Broker) }.CreateConnectionAsync();
        await using var broker = await connection.CreateChannelAsync();
        await broker.ExchangeDeleteAsync(Exchange);
        var subject = $"{NotesFixture.Here}/agreements/{Guid.CreateVersion7()}";

        await RaiseAsync(subject);

        await Eventually.IsAsync(1, () => notes.CountAsync($"SELECT count(*) FROM outbox WHERE subject = '{subject}' AND attempts > 0 AND park_time IS NULL"));
        var queue = await broker.QueueDeclareAsync();
        await broker.QueueBindAsync(queue.QueueName, Exchange, "");
        await Eventually.IsAsync(0, () => notes.CountAsync($"SELECT count(*) FROM outbox WHERE subject = '{subject}'"));
        Assert.NotNull(await broker.BasicGetAsync(queue.QueueName, autoAck: true));
        Assert.Empty(notes.Errors.Entries);
    }

    private async Task RaiseAsync(string subject)
    {
        await using var scope = notes.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenancy.TenantScope>().Enter(Tenancy.MunicipalityCode.Parse("1283"));
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        db.Raise(subject, 1, new AgreementActivated
        {
            Case = $"{NotesFixture.Here}/cases/{Guid.CreateVersion7()}",
            GuidelinePack = $"{NotesFixture.Here}/guidelinePacks/2024-1",
            OrganisationNames = [$"{NotesFixture.Here}/organisations/{Guid.CreateVersion7()}"],
            Version = 1,
            TextHash = new string('0', 64),
            StartDate = new DateOnly(2027, 1, 1),
            EndDate = new DateOnly(2028, 12, 31),
            FollowUp = new AgreedFollowUp { CheckInEveryMonths = 0, ReportEveryMonths = 0, EvaluationDate = new DateOnly(2028, 6, 30) },
        });
        await db.SaveChangesAsync();
    }
}
