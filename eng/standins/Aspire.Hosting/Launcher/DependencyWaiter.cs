using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Launcher;

/// <summary>Holds a resource back until those it waits for are as it wants them.</summary>
internal sealed class DependencyWaiter(ResourceNotificationService notifications)
{
    public async Task WaitAsync(ResourceInstance dependent, Action<string, string?, Func<CustomResourceSnapshot, CustomResourceSnapshot>?> set, CancellationToken stop)
    {
        var waits = dependent.Resource.Annotations.OfType<WaitAnnotation>().ToArray();
        if (waits.Length == 0) return;

        set(KnownResourceStates.Waiting, null, null);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var all = waits.SelectMany(wait => ResourceInstance.Of(wait.Resource).Select(instance => WaitAsync(wait, instance, first.Token))).ToList();
        try
        {
            // The first that fails decides: the others may never come.
            await foreach (var done in Task.WhenEach(all))
                await done;
        }
        finally
        {
            await first.CancelAsync();
        }
    }

    private async Task WaitAsync(WaitAnnotation wait, ResourceInstance dependency, CancellationToken stop)
    {
        var patient = wait.WaitBehavior == WaitBehavior.WaitOnResourceUnavailable;
        var reached = await notifications.WaitForResourceAsync(dependency.Id, change => wait.WaitType switch
        {
            WaitType.WaitForCompletion => HasEnded(change.Snapshot),
            WaitType.WaitUntilStarted => IsRunning(change.Snapshot) || HasFailed(change.Snapshot),
            _ => ResourceNotificationService.IsHealthy(change.Snapshot) || HasFailed(change.Snapshot),
        }, stop);

        var asWanted = wait.WaitType switch
        {
            WaitType.WaitForCompletion => reached.Snapshot.ExitCode == wait.ExitCode && !HasFailed(reached.Snapshot),
            _ => !HasFailed(reached.Snapshot),
        };
        if (!asWanted)
            throw new DistributedApplicationException($"{dependency.Id} is {reached.Describe()}");

        bool HasFailed(CustomResourceSnapshot snapshot) => !patient && ResourceNotificationService.HasFailed(snapshot);
    }

    private static bool IsRunning(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.Running;

    private static bool HasEnded(CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);
}
