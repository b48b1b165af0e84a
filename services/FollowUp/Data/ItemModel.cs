using Iop.FollowUp.Domain;
using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.FollowUp.Data;

/// <summary>How what belongs to a plan is stored.</summary>
internal static class ItemModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<CheckIn>(checkIn =>
        {
            checkIn.ToTable("check_in");
            IsExpected(checkIn);
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
            IsExpected(report);
            report.Property(r => r.Responsible).HasConversion<string>();
            report.Property(r => r.State).HasConversion<string>();
            report.Property(r => r.Kind).HasConversion<string>();
            report.Property(r => r.SubmittedBy).HasConversion<string>();
            report.Property(r => r.Earlier).HasJson();
        });
        model.Entity<Evaluation>(evaluation =>
        {
            evaluation.ToTable("evaluation");
            IsExpected(evaluation);
            evaluation.Property(e => e.State).HasConversion<string>();
            evaluation.Property(e => e.Outcome).HasJson();
            evaluation.Property(e => e.Questions).HasJson();
            evaluation.Property(e => e.Earlier).HasJson();
        });
        model.Entity<Deviation>(deviation =>
        {
            deviation.ToTable("deviation");
            IsExpected(deviation);
            deviation.Property(d => d.Type).HasConversion<string>();
            deviation.Property(d => d.State).HasConversion<string>();
            deviation.Property(d => d.RecordedBy).HasConversion<string>();
            deviation.Property(d => d.ResolvedBy).HasConversion<string>();
            deviation.Property(d => d.Steps).HasJson();
        });
        model.Entity<OvercompensationCheck>(check =>
        {
            check.ToTable("overcompensation_check");
            IsExpected(check);
            check.Property(c => c.State).HasConversion<string>();
            check.Property(c => c.Finding).HasJson();
            check.Property(c => c.Earlier).HasJson();
        });
        MapParts(model);
    }

    private static void MapParts(ModelBuilder model)
    {
        model.Entity<Indicator>(indicator =>
        {
            indicator.ToTable("indicator").Property(i => i.Values).HasJson();
            indicator.Property(i => i.Earlier).HasJson();
            indicator.Ignore(i => i.Outcome);
            BelongsToPlan(indicator);
        });
        model.Entity<ContributionEntry>(entry =>
        {
            entry.ToTable("contribution_entry").Property(e => e.Side).HasConversion<string>();
            entry.Property(e => e.State).HasConversion<string>();
            BelongsToPlan(entry);
        });
        model.Entity<KnowledgeNote>(note =>
        {
            note.ToTable("knowledge_note").Property(n => n.RecordedBy).HasConversion<string>();
            BelongsToPlan(note);
        });
    }

    private static void IsExpected<T>(EntityTypeBuilder<T> item)
        where T : PlanItem
    {
        BelongsToPlan(item);
        item.Ignore(i => i.IsWaitedFor);
        item.Property(i => i.DueKey).ValueGeneratedOnAddOrUpdate();
    }

    private static void BelongsToPlan<T>(EntityTypeBuilder<T> part)
        where T : PlanPart =>
        part.HasOne<Plan>().WithMany().HasForeignKey(p => new { p.Municipality, p.PlanId });
}
