using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>
/// Who reads the bytes of a document that is marked confidential. Whoever neither handles nor sent it asks the municipality for it,
/// and the request is tried. Source: law.md 2.6.
/// </summary>
public sealed class DocumentSight(AgreementsDb db, AgreementDesk desk, Guest guest, OwnMarks own, Originals originals, TimeProvider time)
{
    /// <exception cref="Refusal"><c>DOCUMENT_CONFIDENTIAL</c>.</exception>
    public async Task MustSeeAsync(Agreement agreement, AgreementDocument document, CancellationToken cancellation)
    {
        if (!Sees(agreement, document))
        {
            throw document.ConfidentialityMark!.Hides();
        }

        if ((await own.HoldingAsync([document.Id], cancellation)).TryGetValue(document.Id, out var mark) && !SeesMarked(agreement, document))
        {
            throw mark.ConfidentialityMark!.Hides();
        }
    }

    /// <summary>Those of the documents that the caller reads, by the lead's marks and by those of its own municipality.</summary>
    public async Task<IReadOnlyList<AgreementDocument>> SeenAsync(Agreement agreement, IReadOnlyList<AgreementDocument> documents, CancellationToken cancellation)
    {
        var marked = await own.HoldingAsync([.. documents.Select(document => document.Id)], cancellation);
        return [.. documents.Where(document => Sees(agreement, document) && (!marked.ContainsKey(document.Id) || SeesMarked(agreement, document)))];
    }

    public bool Sees(Agreement agreement, AgreementDocument document) =>
        document.ConfidentialityMark.On(time.Today()) is null || Handles || Sent(agreement, document) || (IsSigned(agreement, document) && IsParty(agreement));

    // What its own municipality has marked: those who handle it there read it, and those who sign by it.
    private bool SeesMarked(Agreement agreement, AgreementDocument document) => desk.ActorBy(AgreementDesk.Talkers).IsPublic || (IsSigned(agreement, document) && IsParty(agreement));

    /// <summary>An original has its annexes in it, and is sealed: who may not read one of them does not get it.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_CONFIDENTIAL</c>.</exception>
    public async Task MustSeeOriginalAsync(Agreement agreement, int version, CancellationToken cancellation)
    {
        if (await HiddenInAsync(agreement, version, cancellation) is { } mark)
        {
            throw mark.Hides();
        }
    }

    /// <summary>The mark of the first marked document in an original, for one who may not read it; null when nothing is to be hidden.</summary>
    public async Task<ConfidentialityMark?> HiddenInAsync(Agreement agreement, int version, CancellationToken cancellation)
    {
        if (Handles || IsParty(agreement))
        {
            return null;
        }

        var annexed = await originals.AnnexDocumentsAsync(agreement, version, cancellation);
        var marked = await db.Documents.AsNoTracking()
            .Where(document => document.ConfidentialityMark != null && annexed.Contains(document.Id))
            .OrderBy(document => document.Id)
            .ToListAsync(cancellation);
        return marked.Select(document => document.ConfidentialityMark.On(time.Today())).FirstOrDefault(mark => mark is not null)
            ?? (await own.HoldingAsync(annexed, cancellation)).Values.FirstOrDefault()?.ConfidentialityMark;
    }

    private bool Handles => guest.Share is null && desk.ActorBy(AgreementDesk.Talkers).IsPublic;

    private bool Sent(Agreement agreement, AgreementDocument document) =>
        agreement.Terms.PartyWith(document.PartyId) is { } party && desk.ActorBy(AgreementDesk.Talkers).ActsFor(party);

    // What a party signs, or goes by when it signs, it must be able to read.
    private static bool IsSigned(Agreement agreement, AgreementDocument document) =>
        agreement.Terms.Annexes.Any(annex => annex.Document == document.Name) || agreement.SigningEvidence.Any(evidence => evidence.Document == document.Name);

    private bool IsParty(Agreement agreement) => agreement.Terms.Parties.Any(desk.ActorBy(AgreementDesk.Signers).ActsFor);
}
