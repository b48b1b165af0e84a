using Iop.Eligibility.Api;
using Iop.Eligibility.Data;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Organisations.V1;
using Iop.Platform;
using Iop.Platform.Persistence;
using Iop.Sight;

namespace Iop.Eligibility;

/// <summary>The eligibility service: the municipalities' guidelines, and the cases that are tried against them.</summary>
public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync<EligibilityDb>(args);

    /// <summary>Composes the service.</summary>
    /// <param name="args">Command line.</param>
    /// <param name="configure">What a test lays over the composition.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        configure?.Invoke(builder);
        builder.AddPlatform<EligibilityDb>();
        builder.FollowRepresentations();
        builder.AddServiceClient("organisations", invoker => new OrganisationsService.OrganisationsServiceClient(invoker));
        builder.AddServiceClient("organisations", invoker => new DocumentsService.DocumentsServiceClient(invoker));
        builder.AddServiceClient("organisations", invoker => new DocumentRequirementsService.DocumentRequirementsServiceClient(invoker));
        builder.AddServiceClient("organisations", invoker => new VettingService.VettingServiceClient(invoker));
        builder.AddServiceClient("organisations", invoker => new FundingService.FundingServiceClient(invoker));
        builder.Services.AddSingleton<PackLibrary>();
        builder.Services.AddScoped<Packs>();
        builder.Services.AddSingleton<AdoptedPacks>();
        builder.Services.AddScoped<CaseSearch>();
        builder.Services.AddSingleton(ReservableServices.Load(builder.Configuration["Procurement:ReservableServicesFile"]));
        builder.Services.AddScoped<ThresholdTable>();
        builder.Services.AddScoped<SameKindPurchases>();
        builder.Services.AddScoped<GoalTable>();
        builder.Services.AddScoped<OrganisationRegister>();

        // A fresh installation knows the guidelines that the product is delivered with.
        builder.AfterMigration(ShippedPacks.PublishAsync);

        var app = builder.Build();
        app.MapGrpcService<GuidelinesApi>();
        app.MapGrpcService<CasesApi>();
        app.MapGrpcService<PrecedentsApi>();
        return app.MapPlatform();
    }
}
