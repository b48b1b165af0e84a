using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Data;

/// <summary>Keeps what other municipalities see in step with disclosures and consents, in the transaction of their change.</summary>
public static class FundingShares
{
    /// <summary>Writes anew what is shared of an organisation. To be called after what changed has been saved.</summary>
    public static async Task ShareAsync(this OrganisationsDb db, string municipality, string organisation, CancellationToken cancellation)
    {
        // One change at a time, each already saved: whoever comes later reads what the one before has committed.
        await db.HoldAsync($"shares of {organisation}", cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM funding_share s USING funding_consent c
            WHERE c.municipality = {municipality} AND c.organisation = {organisation}
                AND s.municipality = c.recipient AND s.source = c.municipality AND s.source_organisation = c.organisation;

            INSERT INTO funding_share (municipality, source, disclosure, source_organisation, organisation_number, terms, valid_until, share_time)
            SELECT DISTINCT ON (c.recipient, d.id) c.recipient, d.municipality, d.id, d.organisation, o.number, d.terms, c.valid_until, d.update_time
            FROM funding_consent c
            JOIN organisation o ON o.municipality = c.municipality AND o.key = c.organisation
            JOIN funding_disclosure d ON d.municipality = c.municipality AND d.organisation = c.organisation AND d.state = 'Disclosed'
            WHERE c.municipality = {municipality} AND c.organisation = {organisation} AND c.state = 'Given'
            ORDER BY c.recipient, d.id, c.valid_until DESC
            """,
            cancellation);
    }
}
