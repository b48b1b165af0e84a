using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Api;

/// <summary>Reads names of documents that are given as evidence, and holds them to the organisation and to those that stand.</summary>
public sealed class EvidenceReading(OrganisationsDb db, TenantScope tenant)
{
    private const int MaxDocuments = 10;

    /// <summary>The ids of the documents named.</summary>
    public IReadOnlyList<Guid> Read(IReadOnlyList<string> names, string key, string field, Faults faults)
    {
        faults.Number(field, names.Count, 0, MaxDocuments);
        var read = new List<Guid>(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            var at = $"{field}[{i}]";
            if (OrganisationName.ChildIn(names[i], OrganisationName.Documents, tenant.Required) is not { } document || document.Key != key)
            {
                faults.Add(at, "RESOURCE_NAME_INVALID", ("pattern", $"{OrganisationName.Of(tenant.Required, key)}/{OrganisationName.Documents}/{{id}}"));
                continue;
            }

            faults.Require(!read.Contains(document.Id), at, "DUPLICATE_VALUE");
            read.Add(document.Id);
        }

        return read;
    }

    /// <summary>Holds the documents to those that the organisation has.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_NOT_FOUND</c>.</exception>
    public async Task<IReadOnlyDictionary<Guid, DocumentState>> RequireAsync(string key, IReadOnlyList<Guid> documents, CancellationToken cancellation)
    {
        if (documents.Count == 0)
        {
            return new Dictionary<Guid, DocumentState>();
        }

        var found = await db.Documents.AsNoTracking().Where(d => d.Organisation == key && documents.Contains(d.Id))
            .Select(d => new { d.Id, d.State }).ToDictionaryAsync(d => d.Id, d => d.State, cancellation);
        foreach (var missing in documents.Where(id => !found.ContainsKey(id)))
        {
            throw Refusal.NotFound("DOCUMENT_NOT_FOUND", OrganisationName.OfChild(tenant.Required, key, OrganisationName.Documents, missing));
        }

        return found;
    }
}
