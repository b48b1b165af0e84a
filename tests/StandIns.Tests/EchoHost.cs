using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.StandIns.Tests;

/// <summary>The official server over Kestrel on a free port, with the official client in front of it.</summary>
public sealed class EchoHost : IAsyncLifetime
{
    private WebApplication? _app;
    private GrpcChannel? _channel;

    public ServerInterceptor Interceptor { get; } = new();

    public string Address { get; private set; } = "";

    public GrpcChannel Channel => _channel ?? throw new InvalidOperationException("The host has not started.");

    public Echo.EchoClient Client => new(Channel);

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(Interceptor);
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<ServerInterceptor>());
        _app = builder.Build();
        _app.MapGrpcService<EchoService>();
        await _app.StartAsync();
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _channel = GrpcChannel.ForAddress(Address);
    }

    public async Task DisposeAsync()
    {
        _channel?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
