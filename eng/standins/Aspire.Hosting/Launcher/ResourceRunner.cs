using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Launcher;

/// <summary>The life of one instance: waits, starts, is watched, is restarted when it crashes, stops.</summary>
internal sealed class ResourceRunner(
    ResourceInstance instance, ResourceDriver driver, DependencyWaiter waiter, ResourceNotificationService notifications, bool runsToCompletion)
    : IDisposable
{
    private const int CrashLimit = 5;

    private static readonly TimeSpan SteadyAfter = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _commands = new(1);
    private CancellationTokenSource? _stop;
    private Task _life = Task.CompletedTask;
    private bool _discard;

    public ResourceInstance Instance => instance;

    public ResourceDriver Driver => driver;

    /// <summary>Starts the instance, unless it lives.</summary>
    public Task StartAsync() => OneAtATimeAsync(() =>
    {
        if (!_life.IsCompleted) return Task.CompletedTask;

        _stop?.Dispose();
        _stop = new CancellationTokenSource();
        var token = _stop.Token;
        _life = Task.Run(() => LiveAsync(token));
        return Task.CompletedTask;
    });

    /// <summary>Stops the instance and returns when its process has ended.</summary>
    /// <param name="discard">Whether what the process holds in memory is of no use any more.</param>
    public Task StopAsync(bool discard = false) => OneAtATimeAsync(async () =>
    {
        _discard = discard;
        if (_stop is not null) await _stop.CancelAsync();
        await _life;
    });

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public void Dispose()
    {
        _stop?.Dispose();
        _commands.Dispose();
    }

    private async Task OneAtATimeAsync(Func<Task> command)
    {
        await _commands.WaitAsync();
        try
        {
            await command();
        }
        finally
        {
            _commands.Release();
        }
    }

    private async Task LiveAsync(CancellationToken stop)
    {
        try
        {
            await waiter.WaitAsync(instance, Set, stop);
            for (var crashes = 0; ;)
            {
                var began = TimeProvider.System.GetTimestamp();
                var exit = await RunOnceAsync(stop);
                if (exit is null || !Restarts(exit.Value)) return;

                crashes = TimeProvider.System.GetElapsedTime(began) > SteadyAfter ? 1 : crashes + 1;
                if (crashes > CrashLimit)
                {
                    Set(KnownResourceStates.FailedToStart, $"crashed {crashes} times in a row");
                    return;
                }

                // What crashes at once is not started in a tight loop.
                await Task.Delay(TimeSpan.FromMilliseconds(200 * Math.Pow(2, crashes - 1)), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Set(KnownResourceStates.Exited);
        }
        catch (Exception e)
        {
            // Whatever kept it from starting is what the operator must see, and what dependents fail with.
            Set(KnownResourceStates.FailedToStart, e.Message);
        }
    }

    /// <summary>One process from start to end; null when it was told to stop.</summary>
    private async Task<int?> RunOnceAsync(CancellationToken stop)
    {
        Set(KnownResourceStates.Starting);
        var process = await driver.StartAsync(instance, stop);
        Set(KnownResourceStates.Running, change: snapshot => snapshot with
        {
            ExitCode = null,
            StartTimeStamp = TimeProvider.System.GetUtcNow().UtcDateTime,
            HealthReports = [.. Probes().Select(probe => new HealthReportSnapshot(probe.Key, null, null, null))],
            Properties = process is null ? snapshot.Properties : snapshot.With("executable.pid", process.Id).Properties,
        });

        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var health = WatchHealthAsync(watch.Token);
        var ended = process?.Exit ?? new TaskCompletionSource<int>().Task;
        // Of one task: it ends, however that is, without throwing.
        await Task.WhenAny(ended.WaitAsync(stop));
        await watch.CancelAsync();
        await health;
        if (!stop.IsCancellationRequested)
        {
            var code = await ended;
            SetEnded(code == 0 && !Restarts(code) ? KnownResourceStates.Finished : KnownResourceStates.Exited, code);
            return code;
        }

        Set(KnownResourceStates.Stopping);
        if (process is not null) await driver.StopAsync(process, _discard);
        SetEnded(KnownResourceStates.Exited, process is null ? null : await process.Exit);
        return null;
    }

    // Something that listens is not meant to end; something that others wait to see completed is.
    private bool Restarts(int exitCode) => !runsToCompletion && (exitCode != 0 || instance.Endpoints.Any());

    private HealthProbeAnnotation[] Probes() => [.. instance.Resource.Annotations.OfType<HealthProbeAnnotation>()];

    private async Task WatchHealthAsync(CancellationToken stop)
    {
        var probes = Probes();
        while (probes.Length > 0 && !stop.IsCancellationRequested)
        {
            var reports = await Task.WhenAll(probes.Select(probe => CheckAsync(probe, stop)));
            if (stop.IsCancellationRequested) return;

            Publish(snapshot => reports.SequenceEqual(snapshot.HealthReports) ? snapshot : snapshot with { HealthReports = [.. reports] });
            var healthy = reports.All(report => report.Status == HealthStatus.Healthy);
            // A process tells nobody that it has become healthy, so it is asked: often until it is, seldom after.
            await Task.Delay(healthy ? 1000 : 75, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HealthReportSnapshot> CheckAsync(HealthProbeAnnotation probe, CancellationToken stop)
    {
        try
        {
            var wrong = await probe.Check(instance, stop).WaitAsync(TimeSpan.FromSeconds(5), stop);
            return new HealthReportSnapshot(probe.Key, wrong is null ? HealthStatus.Healthy : HealthStatus.Unhealthy, wrong, null);
        }
        catch (Exception e)
        {
            return new HealthReportSnapshot(probe.Key, HealthStatus.Unhealthy, e.GetType().Name, e.Message);
        }
    }

    private void SetEnded(string state, int? exitCode) => Set(state, change: snapshot => snapshot with
    {
        ExitCode = exitCode,
        StopTimeStamp = TimeProvider.System.GetUtcNow().UtcDateTime,
        Properties = [.. snapshot.Properties.Where(property => property.Name != "executable.pid")],
    });

    private void Set(string state, string? reason = null, Func<CustomResourceSnapshot, CustomResourceSnapshot>? change = null) => Publish(snapshot =>
    {
        var next = (change is null ? snapshot : change(snapshot)) with { State = state };
        return next.Property("reason") == reason ? next : next.With("reason", reason);
    });

    private void Publish(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        _ = notifications.PublishUpdateAsync(instance.Resource, instance.Id, change);

    /// <summary>Shows the instance before it lives.</summary>
    public void Announce(string logFile) => Publish(snapshot => snapshot.With("log.file", logFile) with
    {
        State = KnownResourceStates.NotStarted,
        Urls = [.. instance.Endpoints.Select(endpoint =>
            new UrlSnapshot(endpoint.Name, string.Create(CultureInfo.InvariantCulture, $"{endpoint.Allocated[instance.Replica].UriString}"), false))],
    });
}
