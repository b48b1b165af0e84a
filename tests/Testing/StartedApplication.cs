using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Testing;

/// <summary>What a started service can be asked.</summary>
public static class StartedApplication
{
    /// <summary>Addresses of its endpoints: Grpc, then Health, as Kestrel binds them in the order of their names.</summary>
    public static IReadOnlyList<string> Addresses(this WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
}
