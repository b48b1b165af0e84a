using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform;
using Iop.Scheduling;
using Iop.Sight;

namespace Iop.Agreements;

public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync<AgreementsDb>(args);

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddPlatform<AgreementsDb>();
        builder.FollowRepresentations();
        builder.AddServiceClient("organisations", invoker => new Organisations.V1.OrganisationsService.OrganisationsServiceClient(invoker));
        builder.AddServiceClient("organisations", invoker => new Organisations.V1.DocumentsService.DocumentsServiceClient(invoker));
        builder.AddServiceClient("organisations", invoker => new Organisations.V1.FundingService.FundingServiceClient(invoker));
        builder.AddServiceClient("eligibility", invoker => new Eligibility.V1.CasesService.CasesServiceClient(invoker));
        builder.AddServiceClient("eligibility", invoker => new Eligibility.V1.GuidelinesService.GuidelinesServiceClient(invoker));
        builder.Services.AddSingleton(new AgreementWriter(Phrases.Load()));
        builder.Services.AddSingleton(FindingTexts.Load());
        builder.Services.AddSingleton(BodyNames.Load());
        builder.Services.AddSingleton<KnownPacks>();
        builder.Services.AddScoped<PackShelf>();
        builder.Services.AddScoped<Neighbours>();
        builder.Services.AddScoped<AidRoom>();
        builder.Services.AddScoped<CommitteeWall>();
        builder.Services.AddScoped<AgreementDesk>();
        builder.Services.AddScoped<AgreementFiles>();
        builder.Services.AddScoped<DocumentSight>();
        builder.Services.AddScoped<AgreementLives>();
        builder.AddJointAgreements();
        builder.Services.AddSingleton<ISigningProvider, BuiltInSigning>();
        builder.Services.AddSingleton<SigningProviders>();
        builder.AddScheduler<AgreementClock>();
        builder.AddScheduler<OriginalSealer>();
        builder.AddOriginals();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapGrpcService<AgreementsApi>();
        app.MapGrpcService<AgreementDocumentsApi>();
        app.MapGrpcService<DisclosuresApi>();
        app.MapGrpcService<AgreementImportApi>();
        app.MapGrpcService<StateAidApi>();
        app.MapGrpcService<JointAgreementsApi>();
        return app.MapPlatform();
    }
}
