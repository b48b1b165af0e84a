using Iop.Platform.Errors;

namespace Iop.Platform.Persistence;

/// <summary>A row that belongs to a tenant. Its key begins with the municipality.</summary>
public interface ITenantOwned
{
    /// <summary>Code of the municipality that the row belongs to.</summary>
    string Municipality { get; }
}

/// <summary>
/// The root of what is changed and saved as one. Every save of it needs a revision, and its etag is the version of its
/// row, so that two writers cannot both win.
/// </summary>
public abstract class Aggregate : ITenantOwned
{
    /// <summary>For EF Core, which fills the properties itself.</summary>
    protected Aggregate()
    {
    }

    /// <summary>Begins a new aggregate of a tenant.</summary>
    /// <param name="municipality">Code of the tenant.</param>
    /// <param name="id">Id sent by the client, or empty for a new UUIDv7.</param>
    protected Aggregate(string municipality, Guid id = default)
    {
        Municipality = municipality;
        Id = id == default ? Guid.CreateVersion7() : id;
    }

    /// <inheritdoc/>
    public string Municipality { get; private set; } = "";

    /// <summary>UUIDv7, unique within the tenant.</summary>
    public Guid Id { get; private set; }

    /// <summary>Counts the saves, from 1. The sequence of the events raised with a save.</summary>
    public int Revision { get; internal set; }

    /// <summary>When it was first saved, UTC.</summary>
    public DateTimeOffset CreateTime { get; internal set; }

    /// <summary>When it was last saved, UTC.</summary>
    public DateTimeOffset UpdateTime { get; internal set; }

    /// <summary>PostgreSQL's <c>xmin</c> of the row.</summary>
    public uint RowVersion { get; private set; }

    /// <summary>The AIP-122 resource name.</summary>
    public abstract string Name { get; }

    /// <summary>The strong, quoted etag of AIP-154.</summary>
    public string Etag => $"\"{RowVersion}\"";

    /// <summary>Holds the caller to the version that was read.</summary>
    /// <param name="etag">The etag sent.</param>
    /// <param name="field">The field that held it.</param>
    /// <exception cref="Refusal"><c>ETAG_REQUIRED</c> when it is empty, <c>ETAG_MISMATCH</c> when it is stale.</exception>
    public void MustMatch(string etag, string field = "etag")
    {
        if (etag.Length == 0)
        {
            throw Refusal.Input("ETAG_REQUIRED", field);
        }

        if (etag != Etag)
        {
            throw Refusal.StaleEtag(Name);
        }
    }
}
