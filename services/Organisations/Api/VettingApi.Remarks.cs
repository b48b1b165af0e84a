using Iop.Eligibility.V1;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using AuditOpinion = Iop.Organisations.Domain.AuditOpinion;
using DocumentKind = Iop.Organisations.Domain.DocumentKind;

namespace Iop.Organisations.Api;

/// <summary>What the one who checks should have seen in the documents. Nothing is decided by it. Source: law.md 2.11.</summary>
public sealed partial class VettingApi
{
    private async Task<IReadOnlyList<VettingRemark>> RemarksAsync(string key, GuidelinePack pack, CancellationToken cancellation)
    {
        List<VettingRemark> remarks = [];
        if (await standing.AuditReportAsync(key, cancellation) is { } report)
        {
            var asked = pack.Documents.Any(document => (DocumentKind)document.Kind == DocumentKind.AuditReport);
            if (CodeOf(report.AuditOpinion, asked) is { } code)
            {
                remarks.Add(Remark(code, report.Name));
            }
        }

        var (today, board) = (time.Today(), (await standing.BoardListsAsync([key], cancellation))[key]);
        var authorities = await db.SigningAuthorities.AsNoTracking().Where(a => a.Organisation == key && a.EndTime == null).OrderBy(a => a.Id).ToListAsync(cancellation);
        foreach (var authority in authorities.Where(authority => authority.IsHeldToBoardList(today)))
        {
            var finding = board.Compare(authority);
            if (finding.Status == BoardListStatus.NotAllListed)
            {
                var list = OrganisationName.OfChild(tenant.Required, key, OrganisationName.Documents, finding.Document!.Value);
                remarks.Add(Remark(RemarkCode.SignatoryNotOnBoardList, list, authority.Name));
            }
        }

        return remarks;
    }

    private static RemarkCode? CodeOf(AuditOpinion? opinion, bool asked) => opinion switch
    {
        AuditOpinion.DischargeNotRecommended => RemarkCode.AuditNotRecommended,
        AuditOpinion.DischargeRecommendedWithRemark => RemarkCode.AuditWithRemark,
        AuditOpinion.NoStatement => RemarkCode.AuditNoStatement,
        null when asked => RemarkCode.AuditOpinionNotTold,
        _ => null,
    };

    private static VettingRemark Remark(RemarkCode code, string document, string authority = "") => new()
    {
        Code = (VettingRemark.Types.Code)code,
        Explanation = Explanations.Of($"remark.{code.ToUpperSnake()}"),
        Document = document,
        SigningAuthority = authority,
    };
}
