using Iop.Eligibility.Domain.Cases;
using Iop.Platform.Identity;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>Finds cases of the tenant by words, by organisations and by the committees that see them.</summary>
public sealed class CaseSearch(EligibilityDb db, TenantScope tenant)
{
    // What begins like a word of three letters or more may be a form of it; a shorter one would match nearly anything.
    private const int ShortestBeginning = 3;

    // A beginning that very many words share is narrowed to the words nearest to it.
    private const int MostForms = 256;

    /// <summary>Cases in which every word of the query is found, in any form, alone or in a compound.</summary>
    public async Task<IQueryable<Case>> WithWordsAsync(IQueryable<Case> cases, string query, CancellationToken cancellation)
    {
        var municipality = tenant.Required;
        var words = await db.Database.SqlQuery<Word>(
            $"""
            SELECT stem AS "Stem", ARRAY(
                SELECT e.word FROM case_word_ending e
                WHERE e.municipality = {municipality} AND e.ending >= stem COLLATE "C"
                  AND e.ending <= (CASE WHEN length(stem) < {ShortestBeginning} THEN stem ELSE stem || chr(1114111) END) COLLATE "C"
                GROUP BY e.word ORDER BY bool_or(e.ending = e.word) DESC, length(e.word) LIMIT {MostForms}) AS "Forms"
            FROM unnest(case_stems({query})) AS stem
            """).ToListAsync(cancellation);
        foreach (var forms in words.Select(word => word.Forms))
        {
            cases = cases.Where(@case => db.CaseWords.Any(word => word.CaseId == @case.Id && forms.Contains(word.Word)));
        }

        // Small words alone (and, in, on) say nothing to look for.
        return words.Count > 0 ? cases : cases.Where(_ => false);
    }

    /// <summary>Cases in which any of the organisations is a party.</summary>
    public IQueryable<Case> OfOrganisations(IQueryable<Case> cases, IReadOnlyList<string> organisations) =>
        cases.Where(@case => db.CaseOrganisations.Any(party => party.CaseId == @case.Id && organisations.Contains(party.Organisation)));

    /// <summary>Cases that the caller's committees see.</summary>
    public IQueryable<Case> SeenBy(IQueryable<Case> cases, Caller caller)
    {
        if (CommitteeSight.SeesAll(caller))
        {
            return cases;
        }

        IReadOnlyList<string> seeing = [CaseCommittee.Every, .. caller.Committees];
        return cases.Where(@case => db.CaseCommittees.Any(row => row.CaseId == @case.Id && seeing.Contains(row.Committee)));
    }

    private sealed record Word(string Stem, string[] Forms);
}
