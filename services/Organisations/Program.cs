using Iop.Eligibility.V1;
using Iop.Organisations.Api;
using Iop.Organisations.Consumers;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Platform;
using Iop.Scheduling;

namespace Iop.Organisations;

/// <summary>The organisations service: who the organisations are, whether they may be a party, and who signs for them.</summary>
public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync<OrganisationsDb>(args);

    /// <summary>Composes the service.</summary>
    /// <param name="args">Command line.</param>
    /// <param name="configure">What a test lays over the composition.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddPlatform<OrganisationsDb>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<ClosedToCaller>());
        builder.AddServiceClient("eligibility", invoker => new GuidelinesService.GuidelinesServiceClient(invoker));
        builder.Services.Configure<SigningOptions>(builder.Configuration.GetSection("Signing"));
        builder.Services.AddSingleton<KnownPacks>().AddSingleton(AidTables.Load(builder.Configuration["Aid:TablesFile"]));
        builder.Services.AddScoped<RegisterDoor>().AddScoped<GuidelineShelf>().AddScoped<CaseReferences>().AddScoped<EvidenceReading>().AddScoped<StandingDocuments>().AddScoped<AidDesk>();
        builder.AddScheduler<SigningScheduler>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapGrpcService<OrganisationsApi>();
        app.MapGrpcService<DocumentsApi>();
        app.MapGrpcService<DocumentRequirementsApi>();
        app.MapGrpcService<RepresentativesApi>();
        app.MapGrpcService<VettingApi>();
        app.MapGrpcService<FundingApi>();
        return app.MapPlatform();
    }
}
