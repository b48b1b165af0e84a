using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>An agreement with its documents, as the caller's municipality has it.</summary>
/// <param name="Agreement">The agreement, as it lives with the lead.</param>
/// <param name="Share">What opens it; null where it lives here.</param>
/// <param name="Documents">All documents of it and of its drafts, oldest first.</param>
public sealed record OwnCopy(Agreement Agreement, AgreementShare? Share, IReadOnlyList<HeldDocument> Documents)
{
    public IReadOnlyList<HeldDocument> Held => [.. Documents.Where(document => document.IsHeld)];

    public IReadOnlyList<HeldDocument> Those(IReadOnlyCollection<Guid> ids) => [.. Documents.Where(document => ids.Contains(document.File.Id))];
}

/// <summary>
/// Opens what the caller's municipality is the authority of: its own agreements, and its copies of what it has joined. The call stays
/// in its own tenant, where its marks and decisions are kept; only what it reads is read in the lead's, as the party that it is.
/// </summary>
public sealed class OwnCopies(AgreementsDb db, AgreementDesk desk, AgreementFiles files, TenantScope tenant, Guests guests, CommitteeWall committees)
{
    /// <exception cref="Refusal"><c>AGREEMENT_NOT_FOUND</c>, <c>AGREEMENT_NOT_JOINED</c>, <c>COMMITTEE_NOT_ALLOWED</c>.</exception>
    public async Task<OwnCopy> OpenAsync(string name, CancellationToken cancellation, string field = "name")
    {
        var id = ResourceName.IdIn(name, Agreement.Collection, tenant.Required, field);
        if (await OfOtherAsync(id, cancellation) is { } copy)
        {
            return copy;
        }

        var agreement = await desk.ReadAsync(name, cancellation, field);
        var (from, annexed) = (agreement.ShareTime ?? DateTimeOffset.MaxValue, Annexed(agreement));

        // What one side received before it shared its draft is no official document, unless the text has it.
        var documents = await DocumentsAsync(db, agreement, cancellation);
        return new OwnCopy(agreement, null, [.. documents.Select(document => new HeldDocument(
            document, document.Name, document.ConfidentialityMark, (document.Agreement == id && document.CreateTime >= from) || annexed.Contains(document.Id), IsReadable: true))]);
    }

    /// <summary>The copy of an agreement that lives with another municipality; null where none is shared by that id.</summary>
    public async Task<OwnCopy?> OfOtherAsync(Guid id, CancellationToken cancellation)
    {
        if (await db.OpenShareAsync(id, cancellation) is not { } share)
        {
            return null;
        }

        committees.MustSee(share);
        var name = ResourceName.Of(tenant.Required, Agreement.Collection, id);
        if (share.State != MemberState.Joined)
        {
            throw Refusal.Precondition("AGREEMENT_NOT_JOINED", name);
        }

        var (agreement, documents) = await guests.ReadAsync(share, services => AsGuestAsync(services, id, name, cancellation));
        var ids = documents.Select(document => document.File.Id).ToList();
        var marks = await db.DocumentMarks.AsNoTracking().Where(mark => ids.Contains(mark.Id)).ToDictionaryAsync(mark => mark.Id, mark => mark.ConfidentialityMark, cancellation);
        return new OwnCopy(agreement, share, [.. documents.Select(document => document with
        {
            Name = AgreementDocument.NameOf(tenant.Required, document.File.Agreement, document.File.Id),
            ConfidentialityMark = marks.GetValueOrDefault(document.File.Id),
        })]);
    }

    /// <summary>The bytes of a document that is held.</summary>
    public Task<byte[]> ContentAsync(OwnCopy copy, Guid document, CancellationToken cancellation) => copy.Share is { } share
        ? guests.ReadAsync(share, services => services.GetRequiredService<AgreementFiles>().ContentAsync(document, cancellation))
        : files.ContentAsync(document, cancellation);

    // The lead's marks decide what is given, and go no further.
    private static async Task<(Agreement Agreement, IReadOnlyList<HeldDocument> Documents)> AsGuestAsync(
        IServiceProvider services, Guid id, string ownName, CancellationToken cancellation)
    {
        var (leads, desk, files, sight) = (
            services.GetRequiredService<AgreementsDb>(), services.GetRequiredService<AgreementDesk>(), services.GetRequiredService<AgreementFiles>(), services.GetRequiredService<DocumentSight>());
        var found = await leads.Agreements.AsNoTracking().FirstOrDefaultAsync(agreement => agreement.Id == id, cancellation);
        if (found is null || !services.GetRequiredService<Guest>().Sees(found))
        {
            throw Refusal.NotFound("AGREEMENT_NOT_FOUND", ownName);
        }

        var agreement = await desk.ReadAsync(found.Name, cancellation);
        var visible = await files.VisibleOf(agreement).Select(document => document.Id).ToListAsync(cancellation);
        var documents = await DocumentsAsync(leads, agreement, cancellation);
        return (agreement, [.. documents.Select(document => new HeldDocument(document, document.Name, null, visible.Contains(document.Id), sight.Sees(agreement, document)))]);
    }

    private static HashSet<Guid> Annexed(Agreement agreement) =>
        [.. agreement.Terms.Annexes.Where(annex => annex.IsFile).Select(annex => Guid.Parse(annex.Document[^36..]))];

    // A version is drafted in an agreement of its own, and its files are received there.
    private static Task<List<AgreementDocument>> DocumentsAsync(AgreementsDb where, Agreement agreement, CancellationToken cancellation)
    {
        var (id, annexed) = (agreement.Id, Annexed(agreement).ToList());
        return where.Documents.AsNoTracking()
            .Where(document => document.Agreement == id || annexed.Contains(document.Id) || where.Agreements.Any(draft => draft.Id == document.Agreement && draft.Amends == id))
            .OrderBy(document => document.Id)
            .ToListAsync(cancellation);
    }
}
