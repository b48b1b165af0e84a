using Iop.Agreements.Api;
using Iop.Platform.Errors;
using Iop.Typesetting.Sealing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Iop.Agreements.Tests;

/// <summary>An installation seals with a certificate of its own, or does not start.</summary>
public sealed class SealSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iop-seal").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Outside_Development_a_certificate_must_be_configured()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Source("Production"));

        Assert.Contains("Seal:Certificate", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Source("Production", ("Seal:DevelopmentFolder", _folder)));
    }

    [Fact]
    public void A_certificate_that_cannot_be_opened_stops_the_start()
    {
        var file = Path.Combine(_folder, "broken.p12");
        File.WriteAllText(file, "no certificate");

        Assert.Throws<InvalidOperationException>(() => Source("Production", ("Seal:Certificate", file)));
        Assert.Throws<InvalidOperationException>(() => Source("Production", ("Seal:Certificate", file + ".missing")));
    }

    [Fact]
    public void The_configured_certificate_seals_while_it_is_valid()
    {
        var made = SelfMadeSeal.OpenOrCreate(_folder, "Provkommun");
        var source = Source("Production", ("Seal:Certificate", Path.Combine(_folder, "seal.p12")));

        Assert.Equal(made.Thumbprint, source.SealFor(DateTimeOffset.UtcNow).Thumbprint);
        var refused = Assert.Throws<Refusal>(() => source.SealFor(DateTimeOffset.UtcNow.AddYears(20)));
        Assert.Equal("SEAL_UNAVAILABLE", refused.Reason);
    }

    private static SealSource Source(string environment, params (string Key, string Value)[] settings) => SealSource.Of(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build(), new Host(environment));

    private sealed class Host(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
