using Iop.FollowUp.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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

    /// <summary>A plan, held until the change under way ends, so that two changes of one plan see each other.</summary>
    public IQueryable<Plan> Held(string municipality, Guid id) =>
        Plans.FromSql($"SELECT *, xmin FROM plan WHERE municipality = {municipality} AND id = {id} FOR NO KEY UPDATE");

    /// <summary>The plans of an agreement, held until the change under way ends.</summary>
    public IQueryable<Plan> HeldOf(string municipality, string agreement) =>
        Plans.FromSql($"SELECT *, xmin FROM plan WHERE municipality = {municipality} AND agreement = {agreement} FOR NO KEY UPDATE");

    /// <summary>Plans with the numbers that are counted when they are read.</summary>
    public IQueryable<PlanOverview> Overviews(IQueryable<Plan> plans) => plans.Select(plan => new PlanOverview
    {
        Plan = plan,
        CheckIns = CheckIns.Count(c => c.PlanId == plan.Id),
        HeldCheckIns = CheckIns.Count(c => c.PlanId == plan.Id && c.State == CheckInState.Held),
        Reports = Reports.Count(r => r.PlanId == plan.Id),
    });

    /// <inheritdoc/>
    protected override void MapEntities(ModelBuilder model)
    {
        model.Entity<Plan>(plan =>
        {
            plan.ToTable("plan").HasKey(p => new { p.Municipality, p.Id });
            plan.Property(p => p.State).HasConversion<string>();
            plan.Property(p => p.Reporting).HasConversion<string>();
        });
        model.Entity<CheckIn>(checkIn =>
        {
            checkIn.ToTable("check_in");
            BelongsToPlan(checkIn);
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
            BelongsToPlan(report);
            report.Property(r => r.Responsible).HasConversion<string>();
            report.Property(r => r.State).HasConversion<string>();
            report.Property(r => r.SubmittedBy).HasConversion<string>();
        });
        model.Entity<Evaluation>(evaluation =>
        {
            evaluation.ToTable("evaluation");
            BelongsToPlan(evaluation);
            evaluation.Property(e => e.State).HasConversion<string>();
            evaluation.Property(e => e.Outcome).HasJson();
        });
    }

    private static void BelongsToPlan<T>(EntityTypeBuilder<T> item)
        where T : PlanItem =>
        item.HasOne<Plan>().WithMany().HasForeignKey(i => new { i.Municipality, i.PlanId });
}
