using Iop.Organisations.Domain;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Data;

/// <summary>Keeps the table that search reads in step with the organisations, in the transaction of their change.</summary>
public static class SearchIndex
{
    public static Task IndexAsync(this OrganisationsDb db, Organisation organisation, CancellationToken cancellation)
    {
        var (state, eligibility, text) = ($"{organisation.State}", $"{organisation.PartyEligibility}", SearchText.Of(organisation));
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO organisation_search (municipality, organisation, key, state, party_eligibility, text)
            VALUES ({organisation.Municipality}, {organisation.Id}, {organisation.Key}, {state}, {eligibility}, {text})
            ON CONFLICT (municipality, organisation) DO UPDATE
            SET state = excluded.state, party_eligibility = excluded.party_eligibility, text = excluded.text
            WHERE (organisation_search.state, organisation_search.party_eligibility, organisation_search.text)
                IS DISTINCT FROM (excluded.state, excluded.party_eligibility, excluded.text)
            """,
            cancellation);
    }
}
