using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Launcher;

internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}

/// <summary>What to run, and as whom.</summary>
internal sealed record Command(string File, IReadOnlyList<string> Arguments, string WorkingDirectory, string LogFile)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Beginnings of inherited variables that the process must not see.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>The user to become, when the launcher is root.</summary>
    public string? User { get; init; }

    /// <summary>The signal that the process gets if the launcher dies without stopping it.</summary>
    public Signal OnLauncherDeath { get; init; } = Signal.Terminate;
}

/// <summary>A process of a resource, in a session of its own, writing to its log file.</summary>
internal sealed partial class ChildProcess
{
    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Starts = [];

    private readonly Process _process;

    // The kernel sends the parent-death signal when the *thread* that started the child ends, and pool threads come and go.
    static ChildProcess() => new Thread(StartAll) { IsBackground = true, Name = "launcher: starts processes" }.Start();

    private ChildProcess(Process process)
    {
        _process = process;
        Exit = WaitAsync(process);
    }

    public int Id => _process.Id;

    /// <summary>The exit code, when it has ended.</summary>
    public Task<int> Exit { get; }

    public static async Task<ChildProcess> StartAsync(Command command)
    {
        // sh, setsid and setpriv replace one another and in the end the command replaces them: the process id stays.
        // A session of its own keeps Ctrl-C for the launcher, which then stops things in order.
        var start = new ProcessStartInfo("sh") { WorkingDirectory = command.WorkingDirectory, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("""log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""");
        foreach (var argument in (IEnumerable<string>)["sh", command.LogFile, .. Wrapping(command), command.File, .. command.Arguments])
            start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(name => command.Withheld.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;

        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add((start, started));
        return new ChildProcess(await started.Task);
    }

    public void Send(Signal signal)
    {
        if (!Exit.IsCompleted) _ = Kill(Id, (int)signal);
    }

    /// <summary>Asks the process to end, and ends it if it does not within the grace.</summary>
    public async Task StopAsync(Signal signal, TimeSpan grace)
    {
        Send(signal);
        try
        {
            await Exit.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            _ = Kill(-Id, (int)Signal.Kill);
            Send(Signal.Kill);
            await Exit;
        }
    }

    private static IEnumerable<string> Wrapping(Command command)
    {
        if (!OperatingSystem.IsLinux()) return [];

        IEnumerable<string> user = command.User is { } name && System.Environment.IsPrivilegedProcess
            ? ["--reuid", name, "--regid", name, "--init-groups"]
            : [];
        return ["setsid", "setpriv", .. user, "--pdeathsig", command.OnLauncherDeath switch
        {
            Signal.Interrupt => "INT",
            Signal.Kill => "KILL",
            Signal.Quit => "QUIT",
            _ => "TERM",
        }, "--"];
    }

    private static void StartAll()
    {
        foreach (var (start, started) in Starts.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        }
    }

    private static async Task<int> WaitAsync(Process process)
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
