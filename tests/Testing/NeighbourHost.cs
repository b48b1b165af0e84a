using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.Testing;

/// <summary>Other services as the one under test meets them: their contracts over real Kestrel on a free port, answered from memory.</summary>
public sealed class NeighbourHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    /// <summary>Makes the services ready to start.</summary>
    /// <param name="memory">What they answer from, given to each of them.</param>
    /// <param name="map">Maps each of them.</param>
    public NeighbourHost(object memory, Action<IEndpointRouteBuilder> map)
    {
        // Away from the settings of the service under test, which name its own endpoints.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(memory.GetType(), memory);
        _app = builder.Build();
        map(_app);
    }

    /// <summary>Starts them and tells their address.</summary>
    public async Task<string> StartAsync()
    {
        await _app.StartAsync();
        return _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
