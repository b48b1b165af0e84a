using Grpc.Core;
using Grpc.Health.V1;
using Iop.Platform.Identity;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Iop.Platform.Health;

/// <summary><c>grpc.health.v1</c>: serving while the service is ready; degraded serves.</summary>
[OpenToAnyone]
internal sealed class HealthApi(HealthCheckService checks, ServedContracts served, IHostApplicationLifetime lifetime, TimeProvider time) : Grpc.Health.V1.Health.HealthBase
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(2);

    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (request.Service.Length > 0 && !served.Names.Contains(request.Service))
        {
            throw new RpcException(new Status(StatusCode.NotFound, "Unknown service"));
        }

        return new HealthCheckResponse { Status = await StatusAsync(context.CancellationToken) };
    }

    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        // Nothing tells when what the service needs has gone or come back: the checks have to ask.
        using var timer = new PeriodicTimer(WatchInterval, time);
        var known = request.Service.Length == 0 || served.Names.Contains(request.Service);
        ServingStatus? last = null;
        try
        {
            do
            {
                var status = known ? await StatusAsync(stop.Token) : ServingStatus.ServiceUnknown;
                if (status != last)
                {
                    await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, stop.Token);
                    last = status;
                }
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // A watcher learns of the stop from the stream itself.
            await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing }, context.CancellationToken);
        }
    }

    private async Task<ServingStatus> StatusAsync(CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Ready), cancellation);
        return report.Status == HealthStatus.Unhealthy ? ServingStatus.NotServing : ServingStatus.Serving;
    }
}
