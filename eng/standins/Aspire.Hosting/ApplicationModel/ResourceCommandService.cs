using Aspire.Hosting.Launcher;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names of commands that every process has.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts.</summary>
    public static readonly string StartCommand = "start";
    /// <summary>Stops gracefully.</summary>
    public static readonly string StopCommand = "stop";
    /// <summary>Stops, then starts.</summary>
    public static readonly string RestartCommand = "restart";
}

/// <summary>Outcome of a command.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it was done.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was cancelled.</summary>
    public bool Canceled { get; init; }

    /// <summary>Why it was not done.</summary>
    public string? ErrorMessage { get; init; }
}

/// <summary>Starts, stops and restarts resources of a running application.</summary>
public class ResourceCommandService
{
    private readonly LocalLauncher _launcher;

    internal ResourceCommandService(LocalLauncher launcher) => _launcher = launcher;

    /// <summary>Runs a command on a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource.Name, commandName, cancellationToken);

    /// <summary>Runs a command on an instance, or on all instances of a resource.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var runners = _launcher.Find(resourceId);
        if (runners.Count == 0)
            return new ExecuteCommandResult { Success = false, ErrorMessage = $"There is no resource '{resourceId}'." };

        Func<ResourceRunner, Task>? command =
            commandName == KnownResourceCommands.StartCommand ? runner => runner.StartAsync()
            : commandName == KnownResourceCommands.StopCommand ? runner => runner.StopAsync()
            : commandName == KnownResourceCommands.RestartCommand ? runner => runner.RestartAsync()
            : null;
        if (command is null)
            return new ExecuteCommandResult { Success = false, ErrorMessage = $"There is no command '{commandName}'." };

        await Task.WhenAll(runners.Select(command)).WaitAsync(cancellationToken);
        return new ExecuteCommandResult { Success = true };
    }
}
