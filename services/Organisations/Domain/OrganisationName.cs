using System.Text.RegularExpressions;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.Organisations.Domain;

/// <summary>
/// Names of organisations and of what belongs to them. The last part of an organisation's name is a UUID or what the
/// caller chose for it, so these names are read as text where others are read as ids.
/// </summary>
public static partial class OrganisationName
{
    public const string Collection = "organisations";
    public const string Documents = "documents";
    public const string SigningAuthorities = "signingAuthorities";
    public const string Representatives = "representatives";
    public const string ConditionChecks = "conditionChecks";
    public const string FundingDisclosures = "fundingDisclosures";
    public const string FundingConsents = "fundingConsents";
    public const string PreCheck = "preCheck";
    public const string GrantedAids = "grantedAids";
    public const string DocumentReminders = "documentReminders";
    public const string ExtractAttestations = "extractAttestations";

    public static string Of(string municipality, string key) => $"{ResourceName.OfMunicipality(municipality)}/{Collection}/{key}";

    public static string OfChild(string municipality, string key, string collection, Guid id) => $"{Of(municipality, key)}/{collection}/{id}";

    /// <summary>Whether a caller may choose this last part.</summary>
    public static bool IsChoosable(string key) => char.IsAsciiLetterLower(key[0]) && Key().IsMatch(key);

    /// <summary>The last part of an organisation's name; null for what is not the name of one in the municipality.</summary>
    public static string? KeyIn(string name, string municipality)
    {
        var prefix = Of(municipality, "");
        return name.StartsWith(prefix, StringComparison.Ordinal) && Key().IsMatch(name[prefix.Length..]) ? name[prefix.Length..] : null;
    }

    /// <summary>The last part of an organisation's name.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with <c>RESOURCE_NAME_INVALID</c> on the field.</exception>
    public static string RequiredKeyIn(string name, string municipality, string field) =>
        KeyIn(name, municipality) ?? throw Refusal.Input(Invalid(field, Of(municipality, "{id}")));

    /// <summary>Reads the name of a document or signing authority; null for what is not one.</summary>
    public static (string Key, Guid Id)? ChildIn(string name, string collection, string municipality)
    {
        var end = name.LastIndexOf('/');
        var id = name[(end + 1)..];
        var suffix = $"/{collection}";

        // One spelling for each name, so that names can be compared as text.
        if (end < 0 || !name[..end].EndsWith(suffix, StringComparison.Ordinal) || !Guid.TryParseExact(id, "D", out var parsed) || parsed.ToString() != id)
        {
            return null;
        }

        return KeyIn(name[..(end - suffix.Length)], municipality) is { } key ? (key, parsed) : null;
    }

    /// <summary>Reads the name of a document or signing authority.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with <c>RESOURCE_NAME_INVALID</c> on the field.</exception>
    public static (string Key, Guid Id) RequiredChildIn(string name, string collection, string municipality, string field) =>
        ChildIn(name, collection, municipality) ?? throw Refusal.Input(Invalid(field, $"{Of(municipality, "{id}")}/{collection}/{{id}}"));

    /// <summary>A condition check is named by the key of its set, which is one for each organisation.</summary>
    public static string OfConditionCheck(string municipality, string key, string setKey) => $"{Of(municipality, key)}/{ConditionChecks}/{setKey}";

    /// <summary>Reads the name of a condition check.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with <c>RESOURCE_NAME_INVALID</c> on the field.</exception>
    public static (string Key, string SetKey) RequiredConditionCheckIn(string name, string municipality, string field)
    {
        var end = name.LastIndexOf('/');
        var suffix = $"/{ConditionChecks}";
        var owner = end > 0 && name[..end].EndsWith(suffix, StringComparison.Ordinal) ? KeyIn(name[..(end - suffix.Length)], municipality) : null;
        return owner is not null && SetKey().IsMatch(name[(end + 1)..])
            ? (owner, name[(end + 1)..])
            : throw Refusal.Input(Invalid(field, $"{Of(municipality, "{id}")}{suffix}/{{set}}"));
    }

    /// <summary>Each organisation has one list of what was looked into beforehand.</summary>
    public static string OfPreCheck(string municipality, string key) => $"{Of(municipality, key)}/{PreCheck}";

    /// <summary>The last part of the organisation's name in the name of its list.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with <c>RESOURCE_NAME_INVALID</c> on the field.</exception>
    public static string RequiredPreCheckIn(string name, string municipality, string field)
    {
        const string suffix = $"/{PreCheck}";
        return (name.EndsWith(suffix, StringComparison.Ordinal) ? KeyIn(name[..^suffix.Length], municipality) : null)
            ?? throw Refusal.Input(Invalid(field, OfPreCheck(municipality, "{id}")));
    }

    /// <summary>The fault of a name that cannot be read.</summary>
    public static FieldFault Invalid(string field, string pattern) => new(field, "RESOURCE_NAME_INVALID", ("pattern", pattern));

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{3,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^[a-z0-9-]{1,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SetKey();
}
