using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Data;
using Iop.FollowUp.Schedulers;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.FollowUp.Tests;

/// <summary>The service, consuming from the test run's broker. One for the project: two would share its queue.</summary>
public sealed class FollowUpFixture() : RunningService<FollowUpDb>(Program.Build, builder => builder.Services.AddSingleton<TimeProvider>(new ShiftedClock()))
{
    /// <summary>The tenant of tests that do not care which.</summary>
    public const string Municipality = "1283";

    /// <summary>How long something asynchronous may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the service has told others.</summary>
    public EventEar Heard { get; } = new EventEar().For<DeviationRecorded>().For<EvaluationCompleted>().For<ReminderDue>().For<RenewalTalksDue>().For<RenewalTalksHeld>().For<ReportOverdue>();

    private IBusControl Bus => Services.GetRequiredService<IBusControl>();

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();

        // What is published before the queue is bound is lost, as it would be for any consumer that never ran.
        await Bus.WaitForHealthStatus(BusHealthStatus.Healthy, Patience);
        await Heard.ListenAsync(Services.GetRequiredService<IReceiveEndpointConnector>());
    }

    /// <summary>A client with a role.</summary>
    public FollowUpService.FollowUpServiceClient Client(string role, string municipality = Municipality, params string[] organisations) =>
        new(As(municipality, role, organisations: organisations));

    /// <summary>A client with a role, who works for committees.</summary>
    public FollowUpService.FollowUpServiceClient Of(string role, string municipality, params IReadOnlyList<string> committees) => new(AsOf(municipality, role, committees));

    /// <summary>A case officer.</summary>
    public FollowUpService.FollowUpServiceClient Officer(string municipality = Municipality) => Client(Roles.CaseOfficer, municipality);

    /// <summary>Publishes events as the dispatcher of another service does, all at once.</summary>
    public Task PublishAsync(params IEnumerable<AgreementActivated> events) =>
        Task.WhenAll(events.Select(e => Bus.Publish(e, context => context.MessageId = e.EventId)));

    /// <summary>Publishes any event.</summary>
    public Task PublishAsync(IntegrationEvent @event) => Bus.Publish(@event, @event.GetType(), context => context.MessageId = @event.EventId);

    /// <summary>Publishes events in their order, each when the one before has been handled.</summary>
    public async Task TellAsync(params IReadOnlyList<IntegrationEvent> events)
    {
        foreach (var @event in events)
        {
            await PublishAsync(@event);
            await Eventually.IsAsync(1L, () => CountAsync("SELECT count(*) FROM inbox WHERE event_id = $1", @event.EventId));
        }
    }

    /// <summary>Sends the reminders that are due, as many days from now as said.</summary>
    public async Task<int> RemindAsync(int daysFromNow = 0)
    {
        int sent;
        using (ShiftedClock.Shift(TimeSpan.FromDays(daysFromNow)))
        {
            sent = await Services.GetRequiredService<ReminderScheduler>().RunDueAsync(CancellationToken.None);
        }

        // The dispatcher's clock is not set forward: to it, what was just written is of a day to come.
        await CountAsync("WITH now AS (UPDATE outbox SET next_attempt_time = now() WHERE next_attempt_time > now() RETURNING pg_notify('iop_outbox', '')) SELECT count(*) FROM now");
        return sent;
    }

    /// <summary>Publishes the news of an agreement, and answers with the plan that comes of it.</summary>
    public async Task<Partnership> FollowAsync(AgreementActivated activated)
    {
        await PublishAsync(activated);
        var plan = await Eventually.SomethingAsync(async () => (await PlansOfAsync(activated)).FirstOrDefault(p => p.AgreementVersion == activated.Version));
        return new Partnership(this, activated, plan);
    }

    /// <summary>The plans of an agreement, as its municipality sees them.</summary>
    public async Task<IReadOnlyList<Plan>> PlansOfAsync(AgreementActivated activated) => (await Officer(activated.Municipality).ListPlansAsync(new ListPlansRequest
    {
        Parent = $"municipalities/{activated.Municipality}",
        Filter = $"agreement = \"{activated.Subject}\"",
    })).Plans;

    /// <summary>How many revisions a resource has.</summary>
    public Task<long> RevisionsOfAsync(string name) => CountAsync("SELECT count(*) FROM revision WHERE subject = $1", name);
}

/// <summary>The tests that run on the one service.</summary>
[CollectionDefinition(Name)]
public sealed class FollowUpTests : ICollectionFixture<FollowUpFixture>
{
    /// <summary>The collection.</summary>
    public const string Name = "follow-up";
}
