using System.Diagnostics;
using Iop.Agreements.V1;
using Iop.Journey;
using Iop.Testing;
using IopPlatform.AppHost;
using Npgsql;

namespace Iop.EndToEnd;

/// <summary>The broker is away: services serve, events wait, and each has its effect once.</summary>
[Collection(SharedSuite.Name)]
public sealed class BrokerTests(Suite suite)
{
    [Fact]
    public async Task An_event_whose_service_is_killed_between_commit_and_publish_arrives_once_in_effect()
    {
        var stage = await suite.StageAsync("1285", Told.Of("1285"));
        var awaiting = await AwaitingLastSignatureAsync(stage);
        await suite.CommandAsync(ResourceNames.Messaging, KnownResourceCommands.StopCommand);

        var active = await new SignAgreement(stage).SignAsync(awaiting, SignAgreement.Next(awaiting)!, Suite.Deadline());
        Assert.Equal(Agreement.Types.State.Active, active.State);
        Assert.Equal(1, await WaitingEventsAsync(suite, active.Name));
        await KillAsync(ResourceNames.Agreements);
        Assert.Equal(1, await WaitingEventsAsync(suite, active.Name));

        await suite.CommandAsync(ResourceNames.Messaging, KnownResourceCommands.StartCommand);
        var followUp = new FollowUpPartnership(stage);
        await followUp.PlanOfAsync(active, Suite.Deadline(250));
        await Eventually.IsAsync(0L, () => WaitingEventsAsync(suite, active.Name));
        Assert.Single(await followUp.PlansOfAsync(active, Suite.Deadline()));
    }

    /// <summary>How many events of an agreement wait in the outbox, as the database of the service says.</summary>
    internal static async Task<long> WaitingEventsAsync(Suite suite, string agreement)
    {
        var connection = await suite.App.GetConnectionStringAsync(ResourceNames.AgreementsDb, Suite.Deadline());
        await using var data = NpgsqlDataSource.Create(connection!);
        await using var command = data.CreateCommand("SELECT count(*) FROM outbox WHERE subject = $1 AND type LIKE '%AgreementActivated'");
        command.Parameters.Add(new NpgsqlParameter { Value = agreement });
        return (long)(await command.ExecuteScalarAsync(Suite.Deadline()))!;
    }

    /// <summary>Plays until one signature is missing.</summary>
    internal static async Task<Agreement> AwaitingLastSignatureAsync(Stage stage)
    {
        var decided = await stage.DecidedAsync();
        var agreed = await new NegotiateAgreement(stage).RunAsync(decided, Suite.Deadline());
        var signing = new SignAgreement(stage);
        var agreement = await signing.OpenAsync(agreed, Suite.Deadline());
        var needed = agreement.RequiredSignatures.Sum(required => required.RequiredCount);
        while (agreement.RequiredSignatures.Sum(required => required.SignedCount) < needed - 1)
        {
            agreement = await signing.SignAsync(agreement, SignAgreement.Next(agreement)!, Suite.Deadline());
        }

        return agreement;
    }

    private async Task KillAsync(string service)
    {
        var id = suite.ProcessId(service);
        using (var process = Process.GetProcessById(id))
        {
            // SIGKILL: nothing is flushed, nothing said goodbye to.
            process.Kill();
        }

        await suite.AnotherProcessAsync(service, than: id);
    }
}

/// <summary>The suite begins before its broker does.</summary>
public sealed class BrokerlessStartTests(BrokerlessSuite suite) : IClassFixture<BrokerlessSuite>
{
    [Fact]
    public async Task Without_a_broker_services_are_ready_and_serve_and_events_arrive_when_it_comes()
    {
        foreach (var service in Suite.ServiceNames)
        {
            using var health = suite.Health(service);
            Assert.True((await health.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode);
            var deep = await health.GetStringAsync(new Uri("/health/deep", UriKind.Relative));
            Assert.Contains("\"status\":\"Degraded\"", deep, StringComparison.Ordinal);
        }

        var stage = await suite.StageAsync("2180", Told.Of("2180"));
        var awaiting = await BrokerTests.AwaitingLastSignatureAsync(stage);
        var active = await new SignAgreement(stage).SignAsync(awaiting, SignAgreement.Next(awaiting)!, Suite.Deadline());
        var followUp = new FollowUpPartnership(stage);
        Assert.Equal(1, await BrokerTests.WaitingEventsAsync(suite, active.Name));
        Assert.Empty(await followUp.PlansOfAsync(active, Suite.Deadline()));

        await suite.CommandAsync(ResourceNames.Messaging, KnownResourceCommands.StartCommand);

        await followUp.PlanOfAsync(active, Suite.Deadline(250));
        await Eventually.IsAsync(0L, () => BrokerTests.WaitingEventsAsync(suite, active.Name));
        Assert.Single(await followUp.PlansOfAsync(active, Suite.Deadline()));
    }
}
