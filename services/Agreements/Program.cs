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
        builder.AddServiceClient("eligibility", invoker => new Eligibility.V1.CasesService.CasesServiceClient(invoker));
        builder.AddServiceClient("eligibility", invoker => new Eligibility.V1.GuidelinesService.GuidelinesServiceClient(invoker));
        builder.Services.AddSingleton(new AgreementWriter(Phrases.Load()));
        builder.Services.AddSingleton(FindingTexts.Load());
        builder.Services.AddSingleton<KnownPacks>();
        builder.Services.AddScoped<PackShelf>();
        builder.Services.AddScoped<Neighbours>();
        builder.Services.AddScoped<AgreementDesk>();
        builder.Services.AddScoped<AgreementLives>();
        builder.AddJointAgreements();
        builder.Services.AddSingleton<ISigningProvider, BuiltInSigning>();
        builder.Services.AddSingleton<SigningProviders>();
        builder.Services.AddSingleton<AgreementClock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AgreementClock>());
        builder.AddOriginals();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapApi<AgreementsApi>(AgreementsService.Descriptor);
        app.MapApi<StateAidApi>(StateAidService.Descriptor);
        app.MapApi<JointAgreementsApi>(JointAgreementsService.Descriptor);
        return app.MapPlatform();
    }
}
