using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.V1;
using Iop.Platform;

namespace Iop.Agreements;

public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync<AgreementsDb>(args);

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddPlatform<AgreementsDb>();
        builder.AddServiceClient("organisations", invoker => new Organisations.V1.OrganisationsService.OrganisationsServiceClient(invoker));
        builder.AddServiceClient("organisations", invoker => new Organisations.V1.DocumentsService.DocumentsServiceClient(invoker));
        builder.AddServiceClient("eligibility", invoker => new Eligibility.V1.CasesService.CasesServiceClient(invoker));
        builder.AddServiceClient("eligibility", invoker => new Eligibility.V1.GuidelinesService.GuidelinesServiceClient(invoker));
        builder.Services.AddSingleton(new AgreementWriter(Phrases.Load()));
        builder.Services.AddSingleton(FindingTexts.Load());
        builder.Services.AddSingleton<KnownPacks>();
        builder.Services.AddScoped<PackShelf>();
        builder.Services.AddScoped<Neighbours>();
        builder.Services.AddScoped<AgreementDesk>();
        builder.Services.AddScoped<AgreementFiles>();
        builder.Services.AddScoped<AgreementDraftRules>();
        builder.Services.AddScoped<AgreementLives>();
        builder.Services.AddSingleton<ISigningProvider, BuiltInSigning>();
        builder.Services.AddSingleton<SigningProviders>();
        builder.AddRecurring<AgreementClock>();
        builder.AddRecurring<OriginalSealer>();
        builder.AddOriginals();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapApi<AgreementsApi>(AgreementsService.Descriptor);
        app.MapApi<AgreementDocumentsApi>(AgreementDocumentsService.Descriptor);
        app.MapApi<AgreementImportApi>(AgreementImportService.Descriptor);
        app.MapApi<StateAidApi>(StateAidService.Descriptor);
        return app.MapPlatform();
    }
}
