using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>The files that an agreement's text and signatures rest on: all of them are held here or in the register, and none is only said to exist.</summary>
public sealed class AgreementFiles(AgreementsDb db, AgreementDesk desk, Neighbours neighbours, TenantScope tenant)
{
    /// <summary>The documents of an agreement that the caller sees. What a side received before it shared its draft stays with it, save what the text has as an annex.</summary>
    public IQueryable<AgreementDocument> VisibleOf(Agreement agreement)
    {
        var (id, from) = (agreement.Id, desk.SeenFrom(agreement));
        var annexed = agreement.Terms.Annexes.Where(annex => annex.IsFile).Select(annex => Guid.Parse(annex.Document[^36..])).ToList();
        return db.Documents.AsNoTracking().Where(document => document.Agreement == id && (document.CreateTime >= from || annexed.Contains(document.Id)));
    }

    /// <summary>Fills in what is known of the files that annexes name. A file that the text has already stays as it is.</summary>
    public async Task<IReadOnlyList<Annex>> FilledAsync(Agreement? agreement, IReadOnlyList<Annex> annexes, CancellationToken cancellation)
    {
        List<Annex> filled = [];
        for (var i = 0; i < annexes.Count; i++)
        {
            filled.Add(annexes[i].IsFile ? await FilledAsync(agreement, annexes[i], $"agreement.annexes[{i}].document", cancellation) : annexes[i]);
        }

        return filled;
    }

    /// <summary>The document that a piece of evidence is, which must be held and have the hash that is told, and what its own signatures say.</summary>
    public async Task<(string Name, bool IsSignedAndIntact)> EvidenceAsync(Agreement agreement, string document, string sha256, bool mayNotBeBroken, CancellationToken cancellation)
    {
        if (document.StartsWith($"{ResourceName.OfMunicipality(tenant.Required)}/organisations/", StringComparison.Ordinal))
        {
            return (await RegisteredAsync(agreement, document, sha256, cancellation), false);
        }

        var held = document.Length == 0
            ? await db.Documents.AsNoTracking().Where(one => one.Agreement == agreement.Id && one.Sha256 == sha256).OrderBy(one => one.Id).FirstOrDefaultAsync(cancellation)
                ?? throw Refusal.Precondition("EVIDENCE_DOCUMENT_MISSING", agreement.Name)
            : await OwnAsync(agreement, document, "document", cancellation) ?? throw Refusal.NotFound("DOCUMENT_NOT_FOUND", document);
        MustBe(sha256, held.Sha256, held.Name);
        if (mayNotBeBroken && held.IsBroken)
        {
            throw Refusal.Precondition("EVIDENCE_SIGNATURE_BROKEN", held.Name);
        }

        return (held.Name, held.IsSignedAndIntact);
    }

    /// <summary>The bytes of a document of an agreement.</summary>
    public Task<byte[]> ContentAsync(Guid document, CancellationToken cancellation) =>
        db.DocumentContents.AsNoTracking().Where(content => content.Document == document).Select(content => content.Content).SingleAsync(cancellation);

    /// <summary>The file name of a document of an agreement; null for one that is held elsewhere.</summary>
    public async Task<string?> FileNameAsync(string document, CancellationToken cancellation) =>
        document.Contains($"/{Agreement.Collection}/", StringComparison.Ordinal) && Guid.TryParse(document[^36..], out var id)
            ? await db.Documents.AsNoTracking().Where(one => one.Id == id).Select(one => one.FileName).FirstOrDefaultAsync(cancellation)
            : null;

    private async Task<Annex> FilledAsync(Agreement? agreement, Annex annex, string field, CancellationToken cancellation)
    {
        if (agreement?.Terms.Annexes.FirstOrDefault(other => other.Document == annex.Document) is { } kept)
        {
            return kept with { Heading = annex.Heading, Text = annex.Text };
        }

        var found = agreement is null ? null : await OwnAsync(agreement, annex.Document, field, cancellation);
        return found is null
            ? throw Refusal.Input(new FieldFault(field, "ANNEX_DOCUMENT_UNKNOWN"))
            : annex with { FileName = found.FileName, MediaType = found.MediaType, Sha256 = found.Sha256 };
    }

    private async Task<AgreementDocument?> OwnAsync(Agreement agreement, string name, string field, CancellationToken cancellation)
    {
        var (owner, id) = ResourceName.IdsIn(name, Agreement.Collection, AgreementDocument.Collection, tenant.Required, field);
        return owner == agreement.Id ? await db.Documents.AsNoTracking().FirstOrDefaultAsync(document => document.Agreement == owner && document.Id == id, cancellation) : null;
    }

    private async Task<string> RegisteredAsync(Agreement agreement, string document, string sha256, CancellationToken cancellation)
    {
        var (organisation, _) = ResourceName.IdsIn(document, "organisations", AgreementDocument.Collection, tenant.Required, "document");
        if (!agreement.Organisations.Contains(ResourceName.Of(tenant.Required, "organisations", organisation)))
        {
            throw Refusal.Input(new FieldFault("document", "ORGANISATION_UNKNOWN"));
        }

        MustBe(sha256, await neighbours.HashOfAsync(document, cancellation), document);
        return document;
    }

    private static void MustBe(string told, string held, string document)
    {
        if (told != held)
        {
            throw Refusal.Precondition("EVIDENCE_HASH_MISMATCH", document, ("sha256", held));
        }
    }
}
