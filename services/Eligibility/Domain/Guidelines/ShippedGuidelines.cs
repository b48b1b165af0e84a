namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>The packs that the product is delivered with.</summary>
public static class ShippedGuidelines
{
    private const string Folder = "Guidelines/";

    /// <summary>Every shipped pack as text, by file name.</summary>
    public static IReadOnlyDictionary<string, string> Texts() => EmbeddedTexts.Names(Folder)
        .ToDictionary(name => name[Folder.Length..], EmbeddedTexts.Whole, StringComparer.Ordinal);
}
