using Iop.DevIssuer;

namespace Iop.Journey;

/// <summary>Those who take part, each with a token of their own. No one of them is a real person.</summary>
public sealed class People(Channels channels, DevelopmentIssuer issuer, string municipality)
{
    /// <summary>Prepares the case and the agreement.</summary>
    public Services Officer { get; } = As(channels, issuer, municipality, "case-officer", "handlaggare", "Handläggaren");

    /// <summary>Assesses it legally.</summary>
    public Services Lawyer { get; } = As(channels, issuer, municipality, "lawyer", "jurist", "Kommunjuristen");

    /// <summary>Decides, and has assessed nothing.</summary>
    public Services DecisionMaker { get; } = As(channels, issuer, municipality, "decision-maker", "beslutsfattare", "Nämndens ordförande");

    /// <summary>Keeps the guideline packs.</summary>
    public Services GuidelineOwner { get; } = As(channels, issuer, municipality, "guideline-owner", "riktlinjeansvarig", "Riktlinjeansvarig");

    /// <summary>A person who signs for the public side.</summary>
    public Services PublicSignatory(string personRef) => As(channels, issuer, municipality, "decision-maker", personRef, "Undertecknare");

    /// <summary>A person who acts for an organisation.</summary>
    public Services Representative(string personRef, string organisation) =>
        As(channels, issuer, municipality, "organisation-representative", personRef, "Företrädare", organisation);

    /// <summary>The subject of a person, as tokens and signing authorities name it: opaque, and of one municipality.</summary>
    public static string Subject(string municipality, string personRef) => $"{personRef}-{municipality}";

    private static Services As(Channels channels, DevelopmentIssuer issuer, string municipality, string role, string personRef, string name, params string[] organisations) =>
        channels.With(issuer.Token(new TokenClaims
        {
            Municipality = municipality,
            Roles = [role],
            Subject = Subject(municipality, personRef),
            Name = name,
            Organisations = organisations,
        }));
}
