using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>
/// Who reads the bytes of a document that is marked confidential. Whoever neither handles nor sent it asks the municipality for it,
/// and the request is tried. Source: law.md 2.6.
/// </summary>
public sealed class DocumentSight(AgreementsDb db, AgreementDesk desk, Guest guest, Originals originals, TimeProvider time)
{
    /// <exception cref="Refusal"><c>DOCUMENT_CONFIDENTIAL</c>.</exception>
    public void MustSee(Agreement agreement, AgreementDocument document)
    {
        if (!Sees(agreement, document))
        {
            throw Hidden(document);
        }
    }

    public bool Sees(Agreement agreement, AgreementDocument document) =>
        document.MarkOn(time.Today()) is null || Handles || Sent(agreement, document) || (IsSigned(agreement, document) && IsParty(agreement));

    /// <summary>An original has its annexes in it, and is sealed: who may not read one of them does not get it.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_CONFIDENTIAL</c>.</exception>
    public async Task MustSeeOriginalAsync(Agreement agreement, int version, CancellationToken cancellation)
    {
        if (await HiddenInAsync(agreement, version, cancellation) is { } document)
        {
            throw Hidden(document);
        }
    }

    /// <summary>The first marked document in an original, for one who may not read it; null when nothing is to be hidden.</summary>
    public async Task<AgreementDocument?> HiddenInAsync(Agreement agreement, int version, CancellationToken cancellation)
    {
        if (Handles || IsParty(agreement))
        {
            return null;
        }

        // A version is drafted in an agreement of its own, and its files are received there.
        var id = agreement.Id;
        var marked = await db.Documents.AsNoTracking()
            .Where(document => document.ConfidentialityMark != null
                && (document.Agreement == id || db.Agreements.Any(draft => draft.Id == document.Agreement && draft.Amends == id)))
            .OrderBy(document => document.Id)
            .ToListAsync(cancellation);
        marked.RemoveAll(document => document.MarkOn(time.Today()) is null);
        if (marked.Count == 0)
        {
            return null;
        }

        var annexed = await originals.AnnexDocumentsAsync(agreement, version, cancellation);
        return marked.Find(document => annexed.Contains(document.Id));
    }

    private bool Handles => guest.Share is null && desk.ActorBy(AgreementDesk.Talkers).IsPublic;

    private bool Sent(Agreement agreement, AgreementDocument document) =>
        agreement.Terms.PartyWith(document.PartyId) is { } party && desk.ActorBy(AgreementDesk.Talkers).ActsFor(party);

    // What a party signs, or goes by when it signs, it must be able to read.
    private static bool IsSigned(Agreement agreement, AgreementDocument document) =>
        agreement.Terms.Annexes.Any(annex => annex.Document == document.Name) || agreement.SigningEvidence.Any(evidence => evidence.Document == document.Name);

    private bool IsParty(Agreement agreement) => agreement.Terms.Parties.Any(desk.ActorBy(AgreementDesk.Signers).ActsFor);

    private static Refusal Hidden(AgreementDocument document) =>
        Refusal.Denied("DOCUMENT_CONFIDENTIAL", ("legal_reference", document.ConfidentialityMark!.LegalReference));
}
