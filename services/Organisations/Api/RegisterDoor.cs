using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Api;

/// <summary>
/// Lets callers through to what belongs to an organisation. A representative comes in on the issuer's word, the token's
/// <c>organisations</c>, unless the municipality's own record says no. Decided before the organisation is known to exist.
/// </summary>
public sealed class RegisterDoor(OrganisationsDb db, CurrentCall call, TenantScope tenant)
{
    private Caller Caller => call.RequiredCaller;

    private List<string> Named => [.. Caller.Organisations.Select(name => OrganisationName.KeyIn(name, Caller.Municipality)).OfType<string>()];

    /// <summary>Reads the name of an organisation that the caller may act for.</summary>
    /// <exception cref="Refusal"><c>RESOURCE_NAME_INVALID</c>, <c>PARTY_NOT_ALLOWED</c> or <c>REPRESENTATION_ENDED</c>.</exception>
    public async Task<string> KeyOfAsync(string name, string field, CancellationToken cancellation)
    {
        var key = OrganisationName.RequiredKeyIn(name, Caller.Municipality, field);
        await RequireOpenAsync(key, cancellation);
        return key;
    }

    /// <summary>Reads the name of something that belongs to an organisation that the caller may act for.</summary>
    /// <exception cref="Refusal"><c>RESOURCE_NAME_INVALID</c>, <c>PARTY_NOT_ALLOWED</c> or <c>REPRESENTATION_ENDED</c>.</exception>
    public async Task<(string Key, Guid Id)> ChildOfAsync(string name, string collection, CancellationToken cancellation, string field = "name")
    {
        var child = OrganisationName.RequiredChildIn(name, collection, Caller.Municipality, field);
        await RequireOpenAsync(child.Key, cancellation);
        return child;
    }

    /// <summary>Holds a representative to the organisations represented.</summary>
    /// <exception cref="Refusal"><c>PARTY_NOT_ALLOWED</c> or <c>REPRESENTATION_ENDED</c>.</exception>
    public async Task RequireOpenAsync(string key, CancellationToken cancellation)
    {
        Caller.MustActFor(OrganisationName.Of(Caller.Municipality, key));
        if (!Caller.SeesMunicipality && (await ClosedAsync([key], cancellation)).Count > 0)
        {
            throw Refusal.Denied("REPRESENTATION_ENDED");
        }
    }

    /// <summary>
    /// Keys of the organisations that the caller is confined to; null for one who sees the whole register of the
    /// municipality.
    /// </summary>
    public async Task<IReadOnlyList<string>?> OnlyKeysAsync(CancellationToken cancellation)
    {
        if (Caller.SeesMunicipality)
        {
            return null;
        }

        var named = Named;
        var closed = await ClosedAsync(named, cancellation);
        return [.. named.Except(closed)];
    }

    /// <summary>Names of the caller's organisations that the municipality's record closes.</summary>
    public async Task<IEnumerable<string>> ClosedNamesAsync(CancellationToken cancellation) =>
        (await ClosedAsync(Named, cancellation)).Select(key => OrganisationName.Of(Caller.Municipality, key));

    /// <summary>The organisation, loaded to be changed.</summary>
    /// <exception cref="Refusal"><c>ORGANISATION_NOT_FOUND</c>.</exception>
    public async Task<Organisation> LoadAsync(string key, CancellationToken cancellation) =>
        await db.Organisations.FirstOrDefaultAsync(o => o.Key == key, cancellation) ?? throw NotFound(key);

    /// <exception cref="Refusal"><c>ORGANISATION_NOT_FOUND</c>.</exception>
    public async Task RequireOrganisationAsync(string key, CancellationToken cancellation)
    {
        if (!await db.Organisations.AnyAsync(o => o.Key == key, cancellation))
        {
            throw NotFound(key);
        }
    }

    /// <summary>Fetches a page of what belongs to an organisation: of one that is there, even where the page is empty.</summary>
    /// <exception cref="Refusal"><c>ORGANISATION_NOT_FOUND</c>.</exception>
    public async Task<(IReadOnlyList<T> Items, string NextPageToken)> FetchAsync<T>(Page page, string key, IQueryable<T> query, CancellationToken cancellation)
        where T : Aggregate
    {
        var fetched = await page.FetchAsync(query, item => item.Id, cancellation);
        if (fetched.Items.Count == 0)
        {
            await RequireOrganisationAsync(key, cancellation);
        }

        return fetched;
    }

    /// <summary>The organisation that the caller acts for, for the history; empty for the municipality's own people.</summary>
    public string ActingFor(string key)
    {
        var organisation = OrganisationName.Of(tenant.Required, key);
        return Caller.Represents(organisation) ? organisation : "";
    }

    // One whose claim was declined, or whose time has ended, stays out until the municipality's record says otherwise.
    private async Task<IReadOnlyList<string>> ClosedAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var person = Caller.Subject;
        var states = await db.Representatives.AsNoTracking()
            .Where(r => keys.Contains(r.Organisation) && r.PersonRef == person)
            .Select(r => new { r.Organisation, r.State })
            .ToListAsync(cancellation);
        return [.. states.GroupBy(r => r.Organisation, r => r.State).Where(group => RepresentativeRule.Closes(group)).Select(group => group.Key)];
    }

    private Refusal NotFound(string key) => Refusal.NotFound("ORGANISATION_NOT_FOUND", OrganisationName.Of(tenant.Required, key));
}
