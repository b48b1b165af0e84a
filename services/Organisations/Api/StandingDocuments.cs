using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Api;

/// <summary>The documents that stand: of each kind the latest that has not been returned.</summary>
public sealed class StandingDocuments(OrganisationsDb db, TimeProvider time)
{
    /// <summary>The lists of the boards, by organisation.</summary>
    public async Task<IReadOnlyDictionary<string, BoardList>> BoardListsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var (latest, today) = (await LatestAsync(keys, DocumentKind.BoardList, cancellation), time.Today());
        return keys.ToDictionary(key => key, key => latest.TryGetValue(key, out var found)
            ? new BoardList(found.Document.Id, found.Document.BoardMembers, found.Cycle.IsStale(DocumentKind.BoardList, found.Document.FinancialYear, found.Document.ReceivedTime.DayInSweden(), today))
            : new BoardList(null, null, false));
    }

    /// <summary>The audit report of an organisation.</summary>
    public async Task<Document?> AuditReportAsync(string key, CancellationToken cancellation) =>
        (await LatestAsync([key], DocumentKind.AuditReport, cancellation)).TryGetValue(key, out var found) ? found.Document : null;

    private async Task<Dictionary<string, (Document Document, AnnualCycle Cycle)>> LatestAsync(IReadOnlyCollection<string> keys, DocumentKind kind, CancellationToken cancellation)
    {
        var documents = await db.Documents.AsNoTracking()
            .Where(d => keys.Contains(d.Organisation) && d.Kind == kind && (d.State == DocumentState.Received || d.State == DocumentState.Accepted))
            .ToListAsync(cancellation);
        if (documents.Count == 0)
        {
            return [];
        }

        var facts = await db.Organisations.AsNoTracking().Where(o => keys.Contains(o.Key)).Select(o => new { o.Key, o.Facts }).ToListAsync(cancellation);
        var cycles = facts.ToDictionary(o => o.Key, o => new AnnualCycle(o.Facts.NextAnnualMeetingDate));
        return documents.GroupBy(document => document.Organisation).ToDictionary(
            group => group.Key,
            group => (group.OrderByDescending(d => cycles[group.Key].YearOf(kind, d.FinancialYear, d.ReceivedTime.DayInSweden()))
                .ThenByDescending(d => d.ReceivedTime).ThenByDescending(d => d.VersionNumber).First(), cycles[group.Key]));
    }
}
