using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Iop.Platform.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Iop.Platform;

/// <summary>
/// One channel to each called service, found under <c>services:{name}:Grpc:0</c> as the application model gives it.
/// Only what never reached the service is retried by itself.
/// </summary>
internal sealed class ServiceChannels(IConfiguration configuration, IHttpContextAccessor http) : IDisposable
{
    private readonly ConcurrentDictionary<string, GrpcChannel> _channels = new();

    public CallInvoker To(string service) => _channels.GetOrAdd(service, Open).Intercept(new TokenForwarding(http));

    public void Dispose()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }
    }

    private GrpcChannel Open(string service)
    {
        var address = configuration[$"services:{service}:Grpc:0"]
            ?? throw new InvalidOperationException($"services:{service}:Grpc:0 is not configured.");
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, ConnectTimeout = TimeSpan.FromSeconds(5) },
            HttpVersion = HttpVersion.Version20,
            ServiceConfig = new ServiceConfig
            {
                MethodConfigs =
                {
                    new MethodConfig
                    {
                        Names = { MethodName.Default },
                        RetryPolicy = new RetryPolicy
                        {
                            MaxAttempts = 3,
                            InitialBackoff = TimeSpan.FromMilliseconds(100),
                            MaxBackoff = TimeSpan.FromSeconds(1),
                            BackoffMultiplier = 2,
                            RetryableStatusCodes = { StatusCode.Unavailable },
                        },
                    },
                },
            },
        });
    }
}
