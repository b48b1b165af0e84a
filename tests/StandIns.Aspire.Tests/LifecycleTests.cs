using System.Diagnostics;

namespace StandIns.Aspire.Tests;

/// <summary>Waiting, stopping, crashing.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task A_service_starts_after_its_migration_and_a_failed_one_stops_it()
    {
        var builder = Sample.Builder();
        var migrated = builder.AddProject("migrated", Sample.ProjectPath).WithArgs("migrate");
        var broken = builder.AddProject("broken", Sample.ProjectPath).WithArgs("fail");
        var first = builder.AddSample("first").WaitForCompletion(migrated);
        builder.AddSample("second").WaitFor(first);
        builder.AddSample("never").WaitForCompletion(broken);
        await using var app = await builder.BuildAsync(Sample.Deadline());
        await app.StartAsync(Sample.Deadline());

        var second = await app.HealthyAsync("second");
        var failed = await app.ResourceNotifications.WaitForResourceAsync(
            "never", change => change.Snapshot.State?.Text == KnownResourceStates.FailedToStart, Sample.Deadline());

        var done = await app.ResourceNotifications.WaitForResourceAsync("migrated", _ => true, Sample.Deadline());
        Assert.Equal((KnownResourceStates.Finished, 0), (done.Snapshot.State?.Text, done.Snapshot.ExitCode));
        var before = await app.HealthyAsync("first");
        Assert.True(done.Snapshot.StopTimeStamp <= before.Snapshot.StartTimeStamp);
        Assert.True(before.Snapshot.StartTimeStamp < second.Snapshot.StartTimeStamp);
        var reason = failed.Snapshot.Properties.Single(property => property.Name == "reason").Value!.ToString()!;
        Assert.Contains("broken", reason, StringComparison.Ordinal);
        Assert.Contains("exit code 1", reason, StringComparison.Ordinal);
        Assert.Contains("broken.log", reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DistributedApplicationException>(() => app.HealthyAsync("never"));
    }

    [Fact]
    public async Task A_killed_process_is_restarted_and_a_stopped_one_is_not()
    {
        var builder = Sample.Builder();
        builder.AddSample("service");
        await using var app = await builder.BuildAsync(Sample.Deadline());
        await app.StartAsync(Sample.Deadline());
        var first = (await app.HealthyAsync("service")).ProcessId();

        using (var process = Process.GetProcessById(first))
            process.Kill();
        var second = (await app.ResourceNotifications.WaitForResourceAsync("service", change =>
            change.Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy && change.ProcessId() != first,
            Sample.Deadline())).ProcessId();

        var stopped = await app.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.StopCommand, Sample.Deadline());
        Assert.True(stopped.Success);
        Assert.True(app.ResourceNotifications.TryGetCurrentState("service", out var state));
        // Exit code 0: it ended by itself when asked to, and was not killed.
        Assert.Equal((KnownResourceStates.Exited, 0), (state.Snapshot.State?.Text, state.Snapshot.ExitCode));
        Assert.False(Directory.Exists($"/proc/{second}"));

        await app.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.StartCommand, Sample.Deadline());
        var third = (await app.HealthyAsync("service")).ProcessId();
        await app.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.RestartCommand, Sample.Deadline());
        Assert.NotEqual(third, (await app.HealthyAsync("service")).ProcessId());
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("nothing", KnownResourceCommands.StopCommand, Sample.Deadline())).Success);
    }

    [Fact]
    public async Task A_process_that_keeps_crashing_is_given_up()
    {
        var builder = Sample.Builder();
        builder.AddProject("crashing", Sample.ProjectPath).WithArgs("fail");
        await using var app = await builder.BuildAsync(Sample.Deadline());
        await app.StartAsync(Sample.Deadline());

        var given = await app.ResourceNotifications.WaitForResourceAsync(
            "crashing", change => change.Snapshot.State?.Text == KnownResourceStates.FailedToStart, Sample.Deadline());

        Assert.Equal(1, given.Snapshot.ExitCode);
    }
}
