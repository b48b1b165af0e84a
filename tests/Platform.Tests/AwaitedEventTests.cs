using System.Text;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Tests.Sample;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace Iop.Platform.Tests;

/// <summary>Who acts on an event misses none, whichever service of the suite is started first.</summary>
[Collection(Notes.Name)]
public sealed class AwaitedEventTests(NotesFixture notes)
{
    [Fact]
    public async Task An_awaited_event_lies_in_the_queue_of_every_service_that_acts_on_it_though_none_has_ever_run()
    {
        var subject = $"{NotesFixture.Here}/agreements/{Guid.CreateVersion7()}";

        await RaiseAsync(subject);
        await Eventually.IsAsync(0, () => notes.CountAsync($"SELECT count(*) FROM outbox WHERE subject = '{subject}'"));

        await using var connection = await new ConnectionFactory { Uri = new Uri(TestServers.Broker) }.CreateConnectionAsync();
        await using var broker = await connection.CreateChannelAsync();
        foreach (var queue in new[] { "iop-followup-agreement-activated", "iop-organisations-agreement-activated" })
        {
            var delivered = await broker.BasicGetAsync(queue, autoAck: true);
            Assert.Contains(subject, Encoding.UTF8.GetString(delivered!.Body.Span), StringComparison.Ordinal);
        }
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
            Organisations = [$"{NotesFixture.Here}/organisations/{Guid.CreateVersion7()}"],
            Version = 1,
            TextHash = new string('0', 64),
            StartDate = new DateOnly(2027, 1, 1),
            EndDate = new DateOnly(2028, 12, 31),
            FollowUp = new AgreedFollowUp { CheckInEveryMonths = 0, ReportEveryMonths = 0, EvaluationDate = new DateOnly(2028, 6, 30) },
            Partnership = new AgreedPartnership(),
        });
        await db.SaveChangesAsync();
    }
}
