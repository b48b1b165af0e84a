using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace Aspire.Hosting.Launcher;

/// <summary>Shows every resource: a live table on a terminal, a line for each change elsewhere.</summary>
internal sealed class StateTable(ResourceNotificationService notifications) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (Console.IsOutputRedirected) await WriteLinesAsync(stoppingToken);
            else await ShowTableAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the last state stays on the screen.
        }
    }

    private async Task WriteLinesAsync(CancellationToken stop)
    {
        var shown = new Dictionary<string, string>();
        await foreach (var change in notifications.WatchAsync(stop))
        {
            var row = Row(change);
            var line = string.Join("  ", row[0].PadRight(22), row[1].PadRight(14), row[2].PadRight(10), row[3], row[4]);
            if (shown.TryGetValue(change.ResourceId, out var last) && last == line) continue;

            shown[change.ResourceId] = line;
            await Console.Out.WriteLineAsync($"{TimeProvider.System.GetLocalNow():HH:mm:ss}  {line.TrimEnd()}");
        }
    }

    private Task ShowTableAsync(CancellationToken stop) => AnsiConsole.Live(Table()).StartAsync(async context =>
    {
        await foreach (var _ in notifications.WatchAsync(stop))
            context.UpdateTarget(Table());
    });

    private Table Table()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("resource", "state", "health", "endpoint", "log");
        foreach (var column in table.Columns)
            column.NoWrap = true;
        foreach (var change in notifications.Current())
        {
            var row = Row(change);
            table.AddRow(Markup.Escape(row[0]), $"[{Colour(change)}]{Markup.Escape(row[1])}[/]", Markup.Escape(row[2]), Markup.Escape(row[3].Replace(' ', '\n')), Markup.Escape(row[4]));
        }

        return table;
    }

    private static string Colour(ResourceEvent change) =>
        ResourceNotificationService.HasFailed(change.Snapshot) ? "red"
        : ResourceNotificationService.IsHealthy(change.Snapshot) || change.Snapshot.State?.Text == KnownResourceStates.Finished ? "green"
        : "yellow";

    private static string[] Row(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var log = snapshot.Property("log.file") is { } file ? Path.GetRelativePath(Directory.GetCurrentDirectory(), file) : "";
        var reason = snapshot.Property("reason");
        return
        [
            change.ResourceId,
            snapshot.ExitCode is { } code and not 0 ? $"{snapshot.State?.Text} ({code})" : snapshot.State?.Text ?? "",
            snapshot.HealthStatus?.ToString() ?? "",
            string.Join(' ', snapshot.Urls.Select(url => url.Url)),
            reason is null ? log : $"{log}: {reason}",
        ];
    }
}
