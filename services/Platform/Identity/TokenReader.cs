using System.Security.Claims;
using Iop.Platform.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Platform.Identity;

/// <summary>Validates bearer tokens against the trusted issuers and reads the caller out of them.</summary>
public sealed class TokenReader
{
    private const string Bearer = "Bearer ";
    private const string EveryMunicipality = "*";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    // Callers wait while metadata is fetched the first time, and many give a call no more than ten seconds.
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly Dictionary<string, (TokenValidationParameters Parameters, HashSet<string> Municipalities)> _issuers = [];

    /// <summary>Reads the issuers from configuration.</summary>
    /// <exception cref="InvalidOperationException">An issuer is incomplete, or is a development issuer outside Development.</exception>
    public TokenReader(IOptions<IdentityOptions> options, IHostEnvironment environment, TimeProvider time)
    {
        foreach (var issuer in options.Value.Issuers)
        {
            if (issuer.Development && !environment.IsDevelopment())
            {
                throw new InvalidOperationException("A development issuer is configured outside Development.");
            }

            _issuers.Add(issuer.Issuer, (ParametersOf(issuer, options.Value.Audience, time), [.. issuer.Municipalities]));
        }
    }

    /// <summary>Reads the caller out of the <c>authorization</c> header.</summary>
    /// <exception cref="Refusal">
    /// <c>TOKEN_INVALID</c> with the cause; nothing of the token is told or logged. <c>DEPENDENCY_UNAVAILABLE</c> where the
    /// issuer's keys cannot be had.
    /// </exception>
    public async Task<Caller> ReadAsync(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.Unauthenticated("missing");
        }

        var token = Parse(authorization[Bearer.Length..].Trim());
        if (!_issuers.TryGetValue(token.Issuer, out var issuer))
        {
            throw Refusal.Unauthenticated("issuer_unknown");
        }

        await RequireKeysAsync(issuer.Parameters);
        var result = await _handler.ValidateTokenAsync(token, issuer.Parameters);
        if (!result.IsValid)
        {
            throw Refusal.Unauthenticated(CauseOf(result.Exception));
        }

        var caller = CallerOf(result.ClaimsIdentity);
        return issuer.Municipalities.Contains(caller.Municipality) || issuer.Municipalities.Contains(EveryMunicipality)
            ? caller
            : throw Refusal.Unauthenticated("issuer_municipality");
    }

    // The validation passes over metadata that cannot be fetched and then finds no key: the token would be blamed for it.
    // The manager is the one that keeps what was fetched before, and says when it is fetched again.
    private static async Task RequireKeysAsync(TokenValidationParameters parameters)
    {
        try
        {
            if (parameters.ConfigurationManager is { } metadata)
            {
                await metadata.GetBaseConfigurationAsync(CancellationToken.None);
            }
        }
        catch (InvalidOperationException)
        {
            throw Refusal.Unavailable("DEPENDENCY_UNAVAILABLE", RetryAfter);
        }
    }

    private JsonWebToken Parse(string text)
    {
        try
        {
            return _handler.ReadJsonWebToken(text);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            throw Refusal.Unauthenticated("malformed");
        }
    }

    private static Caller CallerOf(ClaimsIdentity claims) => new()
    {
        Subject = Value(claims, "sub") is { Length: > 0 } subject ? subject : throw Refusal.Unauthenticated("subject"),
        Municipality = Value(claims, "municipality"),
        Roles = Values(claims, "roles"),
        Organisations = Values(claims, "organisations"),
        Committees = Values(claims, "committees"),
        DisplayName = Value(claims, "name"),
        AssuranceLevel = Value(claims, "acr"),
        ClientId = Value(claims, "azp") is { Length: > 0 } azp ? azp : Value(claims, "client_id"),
    };

    private static string Value(ClaimsIdentity claims, string type) => claims.FindFirst(type)?.Value ?? "";

    private static string[] Values(ClaimsIdentity claims, string type) => [.. claims.FindAll(type).Select(claim => claim.Value)];

    private static TokenValidationParameters ParametersOf(TrustedIssuer issuer, string audience, TimeProvider time)
    {
        if (issuer.Municipalities.Contains(EveryMunicipality) && !issuer.Development)
        {
            throw new InvalidOperationException("Only a development issuer may speak for every municipality.");
        }

        if (issuer.Issuer.Length == 0 || issuer.Municipalities.Count == 0)
        {
            throw new InvalidOperationException("Each trusted issuer needs its issuer name and the municipalities that it may speak for.");
        }

        var parameters = new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = audience,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromSeconds(30),
            LifetimeValidator = (notBefore, expires, _, p) => IsAlive(notBefore, expires, p.ClockSkew, time.GetUtcNow().UtcDateTime),
        };
        if (issuer.JwksFile.Length > 0)
        {
            parameters.IssuerSigningKeys = new JsonWebKeySet(File.ReadAllText(issuer.JwksFile)).GetSigningKeys();
        }
        else
        {
            parameters.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                issuer.MetadataAddress, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(new HttpClient { Timeout = LongestFetch }));
        }

        return parameters;
    }

    private static bool IsAlive(DateTime? notBefore, DateTime? expires, TimeSpan skew, DateTime now)
    {
        if (expires is null || now > expires + skew)
        {
            throw new SecurityTokenExpiredException();
        }

        return notBefore is null || now >= notBefore - skew;
    }

    private static string CauseOf(Exception? exception) => exception switch
    {
        SecurityTokenExpiredException => "expired",
        SecurityTokenInvalidAudienceException => "audience",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => "signature",
        SecurityTokenInvalidLifetimeException or SecurityTokenNotYetValidException => "not_yet_valid",
        _ => "invalid",
    };
}
