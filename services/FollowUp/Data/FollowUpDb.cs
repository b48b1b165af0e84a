using Iop.FollowUp.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Data;

/// <summary>The service's database.</summary>
public sealed class FollowUpDb(DbContextOptions<FollowUpDb> options, TenantScope tenant, CurrentCall call, TimeProvider time)
    : IopDbContext(options, tenant, call, time)
{
    /// <summary>The plans.</summary>
    public DbSet<Plan> Plans => Set<Plan>();

    /// <summary>The check-ins of all plans.</summary>
    public DbSet<CheckIn> CheckIns => Set<CheckIn>();

    /// <summary>The reports of all plans.</summary>
    public DbSet<Report> Reports => Set<Report>();

    /// <summary>The evaluations, one for each plan.</summary>
    public DbSet<Evaluation> Evaluations => Set<Evaluation>();

    /// <inheritdoc/>
    protected override void MapEntities(ModelBuilder model)
    {
        model.Entity<Plan>(plan =>
        {
            plan.ToTable("plan");
            plan.Property(p => p.State).HasConversion<string>();
            plan.Property(p => p.Reporting).HasConversion<string>();
        });
        model.Entity<CheckIn>(checkIn =>
        {
            checkIn.ToTable("check_in");
            checkIn.Property(c => c.Kind).HasConversion<string>();
            checkIn.Property(c => c.State).HasConversion<string>();
            checkIn.Property(c => c.RecordedBy).HasConversion<string>();
            checkIn.Property(c => c.AgendaTopics).HasJson();
            checkIn.Property(c => c.Participants).HasJson();
            checkIn.Property(c => c.Actions).HasJson();
        });
        model.Entity<Report>(report =>
        {
            report.ToTable("report");
            report.Property(r => r.Responsible).HasConversion<string>();
            report.Property(r => r.State).HasConversion<string>();
            report.Property(r => r.SubmittedBy).HasConversion<string>();
        });
        model.Entity<Evaluation>(evaluation =>
        {
            evaluation.ToTable("evaluation");
            evaluation.Property(e => e.State).HasConversion<string>();
            evaluation.Property(e => e.Outcome).HasJson();
        });
    }
}
