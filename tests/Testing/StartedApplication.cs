using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Iop.Testing;

/// <summary>The start of a service in this process, and what it can be asked afterwards.</summary>
public static class StartedApplication
{
    private static readonly TimeSpan BusDeadline = TimeSpan.FromSeconds(60);

    /// <summary>Starts a service, and waits until it reads its queues: stopped before that, it would read on in this process.</summary>
    public static async Task StartWithBusAsync(this WebApplication app)
    {
        await app.StartAsync();
        Assert.Equal(BusHealthStatus.Healthy, await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, BusDeadline));
    }

    /// <summary>Addresses of its endpoints: Grpc, then Health, as Kestrel binds them in the order of their names.</summary>
    public static IReadOnlyList<string> Addresses(this WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
}
