using Iop.Organisations.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;

namespace Iop.Organisations.Api;

/// <summary>What a caller may see of the register.</summary>
internal static class Access
{
    /// <summary>
    /// Keys of the organisations that the caller is confined to; null for one who sees the whole register of the
    /// municipality.
    /// </summary>
    public static IReadOnlyList<string>? OnlyKeys(this Caller caller) =>
        caller.Roles.All(role => role == Roles.OrganisationRepresentative)
            ? [.. caller.Organisations.Select(name => OrganisationName.KeyIn(name, caller.Municipality)).OfType<string>()]
            : null;

    /// <summary>The organisation that the caller acts for, for the history; empty for the municipality's own people.</summary>
    public static string ActingFor(this Caller caller, string organisation) => caller.Represents(organisation) ? organisation : "";

    /// <summary>Reads the name of an organisation that the caller may act for. Decided before it is known to exist.</summary>
    /// <exception cref="Refusal"><c>RESOURCE_NAME_INVALID</c> or <c>PARTY_NOT_ALLOWED</c>.</exception>
    public static string KeyOf(this Caller caller, string name, string field)
    {
        var key = OrganisationName.RequiredKeyIn(name, caller.Municipality, field);
        caller.MustActFor(name);
        return key;
    }

    /// <summary>Reads the name of a document or signing authority of an organisation that the caller may act for.</summary>
    /// <exception cref="Refusal"><c>RESOURCE_NAME_INVALID</c> or <c>PARTY_NOT_ALLOWED</c>.</exception>
    public static (string Key, Guid Id) ChildOf(this Caller caller, string name, string collection)
    {
        var child = OrganisationName.RequiredChildIn(name, collection, caller.Municipality, "name");
        caller.MustActFor(OrganisationName.Of(caller.Municipality, child.Key));
        return child;
    }
}
