using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

/// <summary>
/// Class of an electronic signature by the eIDAS Regulation: article 3.10, article 26, article 3.12. Numbers are those of the
/// contract. A signature on paper has none. Source: law.md 2.9.
/// </summary>
public enum SignatureClass
{
    Unspecified,
    Simple,
    Advanced,
    Qualified,
}

/// <summary>What a guideline asks of a signature on one type of document: how surely the person is identified, and how strong the signature is.</summary>
public sealed record SigningMinimum(AssuranceLevel Assurance, SignatureClass Class)
{
    public static readonly SigningMinimum None = new(AssuranceLevel.Unknown, SignatureClass.Unspecified);

    /// <summary>Refuses one that is identified less surely. Paper tells no level.</summary>
    /// <exception cref="Refusal"><c>ASSURANCE_LEVEL_TOO_LOW</c>.</exception>
    public void MustBeAsSure(string? assuranceLevel)
    {
        if (AssuranceLevel.Parse(assuranceLevel) < Assurance)
        {
            throw Refusal.Denied("ASSURANCE_LEVEL_TOO_LOW", ("required", $"{Assurance}"));
        }
    }

    /// <summary>Refuses a weaker class, in the field that told of it.</summary>
    /// <exception cref="Refusal"><c>SIGNATURE_CLASS_TOO_LOW</c>.</exception>
    public void MustBeAsStrong(string field, SignatureClass given)
    {
        if (given < Class)
        {
            throw Refusal.Input("SIGNATURE_CLASS_TOO_LOW", field, ("required", Class.ToUpperSnake()), ("given", given.ToUpperSnake()));
        }
    }
}
