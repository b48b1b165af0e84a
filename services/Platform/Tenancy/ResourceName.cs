using Iop.Platform.Errors;

namespace Iop.Platform.Tenancy;

/// <summary>
/// Reads and writes AIP-122 resource names such as <c>municipalities/0580/organisations/{id}</c>. The tenant is the
/// first wall: there is no name without it.
/// </summary>
public static class ResourceName
{
    private const string Root = "municipalities";

    /// <summary>Writes the name of a resource in a collection directly under a municipality.</summary>
    public static string Of(string municipality, string collection, Guid id) => $"{Root}/{municipality}/{collection}/{id}";

    /// <summary>Writes the name of the tenant itself, the parent of its collections.</summary>
    public static string OfMunicipality(string municipality) => $"{Root}/{municipality}";

    /// <summary>Holds the parent of what is created or listed directly under a municipality to the tenant's own name.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with <c>RESOURCE_NAME_INVALID</c> on <c>parent</c>.</exception>
    public static void MustBeMunicipality(string parent, string municipality)
    {
        if (parent != OfMunicipality(municipality))
        {
            throw Invalid("parent", OfMunicipality(municipality));
        }
    }

    /// <summary>The municipality code that a name or parent begins with, well-formed or not; null when there is none.</summary>
    public static string? MunicipalityIn(string name)
    {
        var parts = name.Split('/', 3);
        return parts.Length >= 2 && string.Equals(parts[0], Root, StringComparison.Ordinal) ? parts[1] : null;
    }

    /// <summary>Reads the id out of a name of the form <c>municipalities/{m}/{collection}/{id}</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="collection">The collection that the name must be in, for example <c>organisations</c>.</param>
    /// <param name="municipality">The tenant that the name must belong to.</param>
    /// <param name="field">The field that held the name, for the violation.</param>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with <c>RESOURCE_NAME_INVALID</c> on the field.</exception>
    public static Guid IdIn(string name, string collection, string municipality, string field = "name") =>
        TryIds(name, municipality, out var ids, collection) ? ids[0] : throw Invalid(field, $"{Root}/{municipality}/{collection}/{{id}}");

    /// <summary>Reads parent and child ids out of <c>municipalities/{m}/{collection}/{id}/{childCollection}/{childId}</c>.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with <c>RESOURCE_NAME_INVALID</c> on the field.</exception>
    public static (Guid Parent, Guid Child) IdsIn(string name, string collection, string childCollection, string municipality, string field = "name") =>
        TryIds(name, municipality, out var ids, collection, childCollection)
            ? (ids[0], ids[1])
            : throw Invalid(field, $"{Root}/{municipality}/{collection}/{{id}}/{childCollection}/{{id}}");

    private static bool TryIds(string name, string municipality, out Guid[] ids, params ReadOnlySpan<string> collections)
    {
        ids = new Guid[collections.Length];
        var parts = name.Split('/');
        if (parts.Length != 2 + (2 * collections.Length) || parts[0] != Root || parts[1] != municipality)
        {
            return false;
        }

        for (var i = 0; i < collections.Length; i++)
        {
            // Exact form "D" in lower case: a name has one spelling, so that it can be compared as text.
            if (parts[2 + (2 * i)] != collections[i]
                || !Guid.TryParseExact(parts[3 + (2 * i)], "D", out ids[i])
                || ids[i].ToString() != parts[3 + (2 * i)])
            {
                return false;
            }
        }

        return true;
    }

    private static Refusal Invalid(string field, string pattern) =>
        Refusal.Input(new FieldFault(field, "RESOURCE_NAME_INVALID", ("pattern", pattern)));
}
