using Iop.Platform;
using Iop.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Iop.Scheduling;

/// <summary>What a scheduler works with.</summary>
public sealed record SchedulerTools(IServiceProvider Services, CrossTenant CrossTenant, TimeProvider Time, ILoggerFactory Logs);

/// <summary>Registers schedulers.</summary>
public static class Schedulers
{
    /// <summary>Adds what the calendar asks of a service. Call it after <c>AddPlatform</c>.</summary>
    /// <typeparam name="TScheduler">The scheduler, which derives from <see cref="Scheduler{TDb}"/>.</typeparam>
    public static WebApplicationBuilder AddScheduler<TScheduler>(this WebApplicationBuilder builder)
        where TScheduler : RecurringWork
    {
        builder.Services.TryAddSingleton<SchedulerTools>();
        return builder.AddRecurring<TScheduler>();
    }
}
