using Iop.Agreements.Domain;
using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Data;

/// <summary>A draft of a new version of an agreement that is shared with this municipality.</summary>
public sealed class SharedDraft : ITenantOwned
{
    public required string Municipality { get; init; }

    /// <summary>Id of the draft.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the agreement, and of its share.</summary>
    public required Guid Agreement { get; init; }
}

/// <summary>The mapping of what several municipalities share.</summary>
internal static class JointTables
{
    public static void MapJoint(this ModelBuilder model)
    {
        model.Entity<Agreement>(agreement =>
        {
            agreement.Property(a => a.Members).HasJson();
            agreement.Property(a => a.Readiness).HasJson();
            agreement.Ignore(a => a.Joined);
            agreement.Ignore(a => a.PackNames);
            agreement.Ignore(a => a.RemainingParties);
        });
        model.Entity<AgreementShare>(share =>
        {
            share.ToTable("agreement_share");
            share.Property(s => s.State).HasConversion<string>();
            share.Property(s => s.Organisations).HasJson();
            share.Property(s => s.Aid).HasJson();
            share.Property(s => s.GivenAid).HasJson();
            share.Property(s => s.ReportedBasis).HasConversion<string>();
            share.Ignore(s => s.AddedAid);
            share.Ignore(s => s.MovedAid);
            share.Ignore(s => s.UnreportedAid);
            share.Property(s => s.Committees).HasColumnType("text[]");
            share.Ignore(s => s.AgreementName);
            share.Ignore(s => s.Door);
            share.Ignore(s => s.DoorName);
            share.Ignore(s => s.IsOpen);
        });
        model.Entity<SharedDraft>().ToTable("shared_draft").HasKey(draft => new { draft.Municipality, draft.Id });
    }
}
