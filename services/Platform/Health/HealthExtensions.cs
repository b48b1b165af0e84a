using System.Reflection;
using System.Text.Json;
using Iop.Platform.Persistence;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Iop.Platform.Health;

/// <summary>Tags that say which endpoint a check serves.</summary>
internal static class HealthTags
{
    public const string Ready = "ready";
    public const string Deep = "deep";
}

/// <summary>Health over HTTP/1 on a port of its own, in every environment.</summary>
internal static class HealthExtensions
{
    public static void AddHealth<TDb>(this IHostApplicationBuilder builder)
        where TDb : IopDbContext
    {
        builder.Services.AddSingleton<ServedContracts>();
        builder.Services.AddHealthChecks()
            .AddCheck<SchemaCheck<TDb>>("schema", HealthStatus.Unhealthy, [HealthTags.Ready, HealthTags.Deep])
            .AddCheck<OutboxCheck>("outbox", HealthStatus.Degraded, [HealthTags.Deep]);

        // A broker that is down is degraded, never unready: requests are served and rows wait.
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = false);
        builder.Services.Configure<HealthCheckServiceOptions>(options =>
        {
            foreach (var check in options.Registrations.Where(r => r.Tags.Contains("masstransit")))
            {
                check.Tags.Clear();
                check.Tags.Add(HealthTags.Deep);
                check.FailureStatus = HealthStatus.Degraded;
            }
        });
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(HealthTags.Ready) });
        app.MapHealthChecks("/health/deep", new HealthCheckOptions { Predicate = check => check.Tags.Contains(HealthTags.Deep), ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new
            {
                status = report.Status.ToString(),
                version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
                checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), entry.Value.Description, entry.Value.Data }),
            },
            Json.Options,
            context.RequestAborted);
    }
}
