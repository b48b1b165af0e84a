using Iop.FollowUp.Data;
using Iop.Platform;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Schedulers;

/// <summary>
/// Keeps the rows by which published learning notes are shared: one for each note and reader where both municipalities
/// share, and none where either has stopped or the note was taken back.
/// </summary>
public sealed class NoteSharer(CrossTenant crossTenant, TimeProvider time, ILoggerFactory logs) : RecurringWork(TimeSpan.FromSeconds(5), time, logs)
{
    /// <summary>Brings the rows up to what is published and chosen now.</summary>
    protected override async Task LookAsync(CancellationToken cancellation)
    {
        // Cross-tenant: a row belongs to the reader and is made from what the owner has published. Rows for each reader are
        // what lets every request keep to its own municipality's rows.
        await using var scope = crossTenant.Open();
        var db = scope.ServiceProvider.GetRequiredService<FollowUpDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH wanted AS (
                SELECT reader.municipality, n.id, n.municipality AS owner, n.title, n.text, n.domain, n.challenge_codes, n.target_group_codes,
                       n.publish_time, n.create_time
                FROM learning_note AS n
                JOIN sharing_choice AS giver ON giver.municipality = n.municipality AND giver.learning_notes
                JOIN sharing_choice AS reader ON reader.municipality <> n.municipality AND reader.learning_notes
                JOIN plan AS p ON p.municipality = n.municipality AND p.id = n.plan_id

                -- What one committee keeps from another is not shared with other municipalities.
                WHERE n.state = 'Published' AND NOT p.committees_only
            ), taken_back AS (
                DELETE FROM shared_learning_note AS s
                WHERE NOT EXISTS (SELECT FROM wanted AS w WHERE w.municipality = s.municipality AND w.id = s.id)
            )
            INSERT INTO shared_learning_note SELECT * FROM wanted ON CONFLICT DO NOTHING
            """,
            cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
