using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Eligibility.Domain.Precedents;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>The database of eligibility: guideline versions and cases.</summary>
public sealed class EligibilityDb(DbContextOptions<EligibilityDb> options, TenantScope tenant, CurrentCall call, TimeProvider time)
    : IopDbContext(options, tenant, call, time)
{
    public DbSet<GuidelineVersion> Guidelines => Set<GuidelineVersion>();

    public DbSet<Case> Cases => Set<Case>();

    public DbSet<Threshold> Thresholds => Set<Threshold>();

    public DbSet<OwnGoal> OwnGoals => Set<OwnGoal>();

    public IQueryable<CaseWord> CaseWords => Set<CaseWord>();

    public IQueryable<CaseOrganisation> CaseOrganisations => Set<CaseOrganisation>();

    public IQueryable<CaseCommittee> CaseCommittees => Set<CaseCommittee>();

    public DbSet<Precedent> Precedents => Set<Precedent>();

    public DbSet<SharedPrecedent> SharedPrecedents => Set<SharedPrecedent>();

    public IQueryable<Revision> Revisions => Set<Revision>().AsNoTracking();

    /// <inheritdoc/>
    protected override void MapEntities(ModelBuilder model)
    {
        model.Entity<ClosedRepresentation>().ToTable("closed_representation").HasKey(r => new { r.Municipality, r.RepresentativeKey });
        model.Entity<GuidelineVersion>(guideline =>
        {
            guideline.ToTable("guideline_version");
            guideline.Property(g => g.State).HasConversion<string>();
        });
        model.Entity<Case>(@case =>
        {
            @case.ToTable("case_file");
            @case.Property(c => c.State).HasConversion<string>();
            @case.Property(c => c.RoutedInstrument).HasConversion<string>();
            @case.Property(c => c.Facts).HasJson();
            @case.Property(c => c.Answers).HasJson();
            @case.Property(c => c.Motivations).HasJson();
            @case.Property(c => c.Dialogue).HasJson();
            @case.Property(c => c.PreliminaryAssessment).HasJson();
            @case.Property(c => c.LegalAssessments).HasJson();
            @case.Property(c => c.Assessors).HasJson();
            @case.Property(c => c.Decision).HasJson();
            @case.Property(c => c.Conflicts).HasJson();
            @case.Property(c => c.Pause).HasJson();
            @case.Property(c => c.Completion).HasJson();
            @case.Property(c => c.DocumentRequests).HasJson();
            @case.Property(c => c.Reevaluations).HasJson();
            @case.Property(c => c.Proposal).HasJson();
        });
        model.Entity<Threshold>(threshold =>
        {
            threshold.ToTable("threshold");
            threshold.Property(t => t.Law).HasConversion<string>();
            threshold.Property(t => t.Kind).HasConversion<string>();
            threshold.Property(t => t.State).HasConversion<string>();
            threshold.Ignore(t => t.Row);
        });
        model.Entity<OwnGoal>(goal =>
        {
            goal.ToTable("municipal_goal");
            goal.Property(g => g.State).HasConversion<string>();
            goal.Property(g => g.Row).HasJson();
        });
        model.Entity<CaseWord>().ToTable("case_word").HasKey(w => new { w.Municipality, w.Word, w.CaseId });
        model.Entity<CaseWordEnding>().ToTable("case_word_ending").HasKey(e => new { e.Municipality, e.Ending, e.Word });
        model.Entity<CaseOrganisation>().ToTable("case_organisation").HasKey(o => new { o.Municipality, o.Organisation, o.CaseId });
        model.Entity<CaseCommittee>().ToTable("case_committee").HasKey(c => new { c.Municipality, c.Committee, c.CaseId });
        model.Entity<Precedent>(precedent =>
        {
            precedent.ToTable("precedent");
            precedent.Property(p => p.State).HasConversion<string>();
            precedent.Property(p => p.Lesson).HasJson();
        });
        model.Entity<SharedPrecedent>(share =>
        {
            share.ToTable("precedent_share").HasKey(s => new { s.Municipality, s.Id });
            share.Property(s => s.Lesson).HasJson();
        });
    }
}
