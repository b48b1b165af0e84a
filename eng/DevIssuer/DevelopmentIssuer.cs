using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Iop.DevIssuer;

/// <summary>What a development token says.</summary>
public sealed record TokenClaims
{
    /// <summary>Code of the municipality.</summary>
    public required string Municipality { get; init; }

    /// <summary>Roles held.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Opaque id of the person; made from the role when it is not given.</summary>
    public string? Subject { get; init; }

    /// <summary>Name to show.</summary>
    public string? Name { get; init; }

    /// <summary>Resource names of the organisations represented.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    /// <summary>Codes of the committees that the person works for; none is claimed where there is none.</summary>
    public IReadOnlyList<string> Committees { get; init; } = [];

    /// <summary>Level of assurance.</summary>
    public string AssuranceLevel { get; init; } = "loa3";

    /// <summary>How long the token lives.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(12);
}

/// <summary>
/// An issuer of tokens for development and tests: an ES256 key in a folder, and its public half as a key set that the
/// services read. Services refuse to start with it outside Development.
/// </summary>
public sealed class DevelopmentIssuer
{
    /// <summary>The issuer's name, unless another is given.</summary>
    public const string DefaultName = "urn:iop:development";

    private const string Audience = "iop-platform";
    private readonly SigningCredentials _credentials;
    private readonly JsonWebTokenHandler _handler = new();

    private DevelopmentIssuer(string name, string keySetFile, ECDsaSecurityKey key)
    {
        Name = name;
        KeySetFile = keySetFile;
        _credentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>The <c>iss</c> claim.</summary>
    public string Name { get; }

    /// <summary>The file with the public key, as a JSON Web Key Set.</summary>
    public string KeySetFile { get; }

    /// <summary>Opens the issuer of a folder, and makes its key the first time.</summary>
    public static DevelopmentIssuer OpenOrCreate(string folder, string name = DefaultName)
    {
        Directory.CreateDirectory(folder);
        var (privateFile, keySetFile) = (Path.Combine(folder, "key.pem"), Path.Combine(folder, "keys.json"));
        var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(privateFile))
        {
            ecdsa.ImportFromPem(File.ReadAllText(privateFile));
        }
        else
        {
            using var file = new FileStream(privateFile, OwnerOnly());
            file.Write(System.Text.Encoding.ASCII.GetBytes(ecdsa.ExportPkcs8PrivateKeyPem()));
        }

        var key = new ECDsaSecurityKey(ecdsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        File.WriteAllText(keySetFile, KeySetOf(key));
        return new DevelopmentIssuer(name, keySetFile, key);
    }

    /// <summary>Writes a signed token.</summary>
    public string Token(TokenClaims claims)
    {
        var now = DateTime.UtcNow;
        Dictionary<string, object> committees = claims.Committees.Count > 0 ? new() { ["committees"] = claims.Committees } : [];
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = claims.Lifetime > TimeSpan.Zero ? now : now + (2 * claims.Lifetime),
            Expires = now + claims.Lifetime,
            SigningCredentials = _credentials,
            Subject = new ClaimsIdentity([new Claim("sub", claims.Subject ?? $"{claims.Roles[0]}-{claims.Municipality}")]),
            Claims = new Dictionary<string, object>(committees)
            {
                ["municipality"] = claims.Municipality,
                ["roles"] = claims.Roles,
                ["organisations"] = claims.Organisations,
                ["name"] = claims.Name ?? claims.Roles[0],
                ["acr"] = claims.AssuranceLevel,
                ["azp"] = "development",
            },
        });
    }

    private static string KeySetOf(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new
        {
            kty = "EC",
            crv = "P-256",
            use = "sig",
            alg = "ES256",
            kid = key.KeyId,
            x = Base64UrlEncoder.Encode(point.X!),
            y = Base64UrlEncoder.Encode(point.Y!),
        };
        return JsonSerializer.Serialize(new { keys = new[] { jwk } });
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
