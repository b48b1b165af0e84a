using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Typesetting;
using Iop.Typesetting.Fonts;

namespace Iop.Agreements.Api;

/// <summary>What originals and exports are made with.</summary>
internal static class OriginalServices
{
    public static void AddOriginals(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => SealSource.Of(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()));
        builder.Services.AddHostedService<SealCheck>();
        var authority = SealSource.AuthorityIn(builder.Configuration);
        builder.Services.AddHttpClient(nameof(TimeStamps), http => http.Timeout = TimeStamps.Patience);
        builder.Services.AddTransient(services => new TimeStamps(
            services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(TimeStamps)), authority, services.GetRequiredService<ILogger<TimeStamps>>()));
        builder.Services.AddSingleton(new Typesetter(FontLibrary.OfSystem));
        builder.Services.AddSingleton(OriginalDocument.Load());
        builder.Services.AddScoped<Originals>();
        var texts = Phrases.Load("Export.yaml");
        builder.Services.AddSingleton(new ExportTexts(texts));
        builder.Services.AddSingleton(services => new MaskedText(services.GetRequiredService<AgreementWriter>(), texts));
    }
}

/// <summary>What an archive package says of itself.</summary>
public sealed class ExportTexts(Phrases texts)
{
    public string this[string key] => texts[key];
}

/// <summary>Opens the seal when the service starts to serve: a wrong setting must stop the start. Migrations need none.</summary>
internal sealed class SealCheck(SealSource seals) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seals);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
