using Iop.FollowUp.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Sight;
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

    /// <summary>The deviations of all plans.</summary>
    public DbSet<Deviation> Deviations => Set<Deviation>();

    /// <summary>The checks against overcompensation of all plans.</summary>
    public DbSet<OvercompensationCheck> OvercompensationChecks => Set<OvercompensationCheck>();

    /// <summary>The indicators of all plans.</summary>
    public DbSet<Indicator> Indicators => Set<Indicator>();

    /// <summary>What came in, of all plans.</summary>
    public DbSet<ContributionEntry> ContributionEntries => Set<ContributionEntry>();

    /// <summary>The knowledge gathered in all plans.</summary>
    public DbSet<KnowledgeNote> KnowledgeNotes => Set<KnowledgeNote>();

    /// <summary>The municipality's own learning notes.</summary>
    public DbSet<LearningNote> LearningNotes => Set<LearningNote>();

    /// <summary>What others share with the municipality.</summary>
    public DbSet<SharedLearningNote> SharedLearningNotes => Set<SharedLearningNote>();

    /// <summary>Whether the municipality shares.</summary>
    public DbSet<SharingChoice> SharingChoices => Set<SharingChoice>();

    /// <summary>What has been told of agreements.</summary>
    public DbSet<ToldNews> News => Set<ToldNews>();

    /// <summary>Reminders, planned and sent.</summary>
    public DbSet<Reminder> Reminders => Set<Reminder>();

    /// <summary>Everything that is expected and not done.</summary>
    public DbSet<ExpectedItem> Expected => Set<ExpectedItem>();

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
        model.Entity<ClosedRepresentation>().ToTable("closed_representation").HasKey(r => new { r.Municipality, r.RepresentativeKey });
        model.Entity<Plan>(plan =>
        {
            plan.ToTable("plan").HasKey(p => new { p.Municipality, p.Id });
            plan.Property(p => p.State).HasConversion<string>();
            plan.Property(p => p.Reporting).HasConversion<string>();
            plan.Property(p => p.Facts).HasJson();
            plan.Property(p => p.Chosen).HasJson();
            plan.Property(p => p.Promises).HasJson();
            plan.Property(p => p.Contacts).HasJson();
            plan.Property(p => p.Committees).HasColumnType("text[]");
        });
        ItemModel.Map(model);
        model.Entity<LearningNote>(note =>
        {
            note.ToTable("learning_note").Property(n => n.State).HasConversion<string>();
            note.HasOne<Plan>().WithMany().HasForeignKey(n => new { n.Municipality, n.PlanId });
        });
        model.Entity<SharingChoice>().ToTable("sharing_choice");
        model.Entity<SharedLearningNote>().ToTable("shared_learning_note").HasKey(n => new { n.Municipality, n.Id });
        model.Entity<ToldNews>(news =>
        {
            news.ToTable("agreement_news").HasKey(n => new { n.Municipality, n.Agreement, n.Sequence, n.Type });
            news.Property(n => n.Payload).HasColumnType("jsonb");
        });
        model.Entity<Reminder>(reminder =>
        {
            reminder.ToTable("reminder").HasKey(r => new { r.Municipality, r.Id });
            reminder.Property(r => r.Occasion).HasConversion<string>();
            reminder.Property(r => r.State).HasConversion<string>();
            reminder.Property(r => r.RemindKey).ValueGeneratedOnAddOrUpdate();
        });
        model.Entity<ExpectedItem>().ToView("expected_item").HasNoKey();
    }
}
