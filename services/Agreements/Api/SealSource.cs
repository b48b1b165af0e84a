using System.Security.Cryptography;
using Iop.Platform.Errors;
using Iop.Typesetting.Sealing;

namespace Iop.Agreements.Api;

/// <summary>Where the certificate that originals are sealed with comes from; the configuration section <c>Seal</c>.</summary>
public sealed record SealOptions
{
    /// <summary>Path of a PKCS#12 file with certificate, key and chain.</summary>
    public string? Certificate { get; init; }

    public string? Password { get; init; }

    /// <summary>Where a self-made seal is kept. Development only.</summary>
    public string? DevelopmentFolder { get; init; }
}

/// <summary>The seal of this installation. Outside Development it must be configured, or the service does not start.</summary>
public sealed class SealSource
{
    private readonly Lazy<Seal> _seal;

    private SealSource(Lazy<Seal> seal) => _seal = seal;

    public static SealSource Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var options = configuration.GetSection("Seal").Get<SealOptions>() ?? new SealOptions();
        if (options.Certificate is { Length: > 0 } file)
        {
            // Opened now: a wrong file or password must stop the start, not the first original.
            return new SealSource(new Lazy<Seal>(Opened(file, options.Password)));
        }

        if (!environment.IsDevelopment())
        {
            throw new InvalidOperationException("Seal:Certificate is not configured. Originals must be sealed: give a PKCS#12 file, and its password in Seal:Password. See docs/original.md.");
        }

        var folder = options.DevelopmentFolder ?? Path.Combine(Path.GetTempPath(), $"iop-seal-{Environment.UserName}");
        return new SealSource(new Lazy<Seal>(() => SelfMadeSeal.OpenOrCreate(folder, "IopPlatform, utveckling")));
    }

    /// <summary>The authority that stamps the time; null when none is configured.</summary>
    /// <exception cref="InvalidOperationException">The address is none.</exception>
    public static Uri? AuthorityIn(IConfiguration configuration) => configuration["Seal:TimeStampUrl"] is not { Length: > 0 } url ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var authority) && authority.Scheme is "http" or "https" ? authority
        : throw new InvalidOperationException("Seal:TimeStampUrl is no http or https address.");

    /// <exception cref="Refusal"><c>SEAL_UNAVAILABLE</c> when the certificate is not valid at that time.</exception>
    public Seal SealFor(DateTimeOffset time) =>
        _seal.Value.IsValidAt(time) ? _seal.Value : throw Refusal.Unavailable("SEAL_UNAVAILABLE", TimeSpan.FromHours(1));

    private static Seal Opened(string file, string? password)
    {
        try
        {
            return Seal.Open(file, password);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The seal in Seal:Certificate ({file}) cannot be opened: {exception.Message}", exception);
        }
    }
}
