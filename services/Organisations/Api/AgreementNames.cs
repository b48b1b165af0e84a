using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Organisations.Api;

/// <summary>Names of agreements, which another service owns.</summary>
internal static class AgreementNames
{
    private const string Collection = "agreements";

    public static string Of(string municipality, Guid agreement) => ResourceName.Of(municipality, Collection, agreement);

    /// <summary>Reads the name of an agreement of the municipality; null where none is given.</summary>
    public static Guid? Read(string field, string name, string municipality, Faults faults)
    {
        if (name.Length == 0)
        {
            return null;
        }

        var prefix = Of(municipality, Guid.Empty)[..^Guid.Empty.ToString().Length];
        if (name.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParseExact(name[prefix.Length..], "D", out var agreement) && Of(municipality, agreement) == name)
        {
            return agreement;
        }

        faults.Add(field, "RESOURCE_NAME_INVALID", ("pattern", $"{prefix}{{agreement}}"));
        return null;
    }
}
