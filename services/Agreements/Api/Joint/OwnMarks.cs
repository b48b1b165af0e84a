using Iop.Agreements.Data;
using Iop.Agreements.Domain.Documents;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Documents as the municipality that asks has marked them: a guest's marks stand in its own tenant, and the lead's are not told it.</summary>
public sealed class OwnMarks(Guest guest, IServiceProvider services, CurrentCall call, TimeProvider time)
{
    public async Task<V1.AgreementDocument> ShownAsync(AgreementDocument document, CancellationToken cancellation) => (await ShownAsync([document], cancellation))[0];

    public async Task<IReadOnlyList<V1.AgreementDocument>> ShownAsync(IReadOnlyList<AgreementDocument> documents, CancellationToken cancellation, bool etag = true)
    {
        var (today, marks) = (time.Today(), await OfGuestAsync([.. documents.Select(document => document.Id)], cancellation));
        return [.. documents.Select(document => guest.Share is not { } share
            ? document.ToProto(today, etag)
            : document.ToProto(marks.GetValueOrDefault(document.Id) ?? DocumentMark.On(share.Municipality, document), today, etag))];
    }

    /// <summary>Those of the documents that the guest has marked, with marks that hold today; none where the caller is at home.</summary>
    public async Task<IReadOnlyDictionary<Guid, DocumentMark>> HoldingAsync(IReadOnlyCollection<Guid> documents, CancellationToken cancellation) =>
        (await OfGuestAsync(documents, cancellation)).Where(mark => mark.Value.ConfidentialityMark.On(time.Today()) is not null).ToDictionary();

    private async Task<Dictionary<Guid, DocumentMark>> OfGuestAsync(IReadOnlyCollection<Guid> documents, CancellationToken cancellation)
    {
        Dictionary<Guid, DocumentMark> found = [];
        if (guest.Share is { } share && documents.Count > 0)
        {
            await services.RunForAsync(call, MunicipalityCode.Parse(share.Municipality), call.Action, async home =>
                found = await home.GetRequiredService<AgreementsDb>().DocumentMarks.AsNoTracking().Where(mark => documents.Contains(mark.Id)).ToDictionaryAsync(mark => mark.Id, cancellation), cancellation);
        }

        return found;
    }
}
