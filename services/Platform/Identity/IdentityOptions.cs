namespace Iop.Platform.Identity;

/// <summary>Configuration section <c>Identity</c>: whom the installation believes.</summary>
public sealed class IdentityOptions
{
    /// <summary>The audience that every token must be meant for.</summary>
    public string Audience { get; set; } = "iop-platform";

    /// <summary>The trusted issuers.</summary>
    public IList<TrustedIssuer> Issuers { get; set; } = [];
}

/// <summary>An issuer and the municipalities that it may speak for.</summary>
public sealed class TrustedIssuer
{
    /// <summary>The <c>iss</c> claim, letter for letter.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Codes of the municipalities that it may speak for. A token that claims another is refused. A
    /// development issuer may have <c>*</c>, for all.</summary>
    public IList<string> Municipalities { get; set; } = [];

    /// <summary>Address of its OpenID Connect metadata; keys are fetched and rotated from there.</summary>
    public string MetadataAddress { get; set; } = "";

    /// <summary>File with its keys as a JSON Web Key Set, instead of a metadata address.</summary>
    public string JwksFile { get; set; } = "";

    /// <summary>Whether this is a development issuer. The service refuses to start with one outside Development.</summary>
    public bool Development { get; set; }
}
