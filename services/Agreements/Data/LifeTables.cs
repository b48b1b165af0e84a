using Iop.Agreements.Domain;
using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Data;

/// <summary>A version of an agreement as it was signed. Rows are only added.</summary>
public sealed class SignedVersion : ITenantOwned
{
    public required string Municipality { get; init; }

    public required Guid Agreement { get; init; }

    public required int Version { get; init; }

    /// <summary>The draft that it was made in; the agreement itself for the first.</summary>
    public required Guid Draft { get; init; }

    public required string Title { get; init; }

    public required string CanonicalText { get; init; }

    public required string TextHash { get; init; }

    public required DateOnly StartDate { get; init; }

    public required DateOnly EndDate { get; init; }

    public required DateTimeOffset ActivateTime { get; init; }

    public static SignedVersion Of(Agreement agreement, Guid draft, DateTimeOffset now) => new()
    {
        Municipality = agreement.Municipality,
        Agreement = agreement.Id,
        Version = agreement.Version,
        Draft = draft,
        Title = agreement.Terms.Title,
        CanonicalText = agreement.CanonicalText,
        TextHash = agreement.TextHash,
        StartDate = agreement.Terms.StartDate!.Value,
        EndDate = agreement.Terms.EndDate!.Value,
        ActivateTime = now,
    };
}

/// <summary>When the calendar next does something to an agreement.</summary>
public sealed class AgreementDue : ITenantOwned
{
    public required string Municipality { get; init; }

    public required Guid Agreement { get; init; }

    public required DateTimeOffset DueTime { get; init; }
}

/// <summary>That the original of an agreement's newest version is to be made.</summary>
public sealed class OriginalDue : ITenantOwned
{
    public required string Municipality { get; init; }

    public required Guid Agreement { get; init; }

    public required DateTimeOffset DueTime { get; init; }
}

/// <summary>The mapping of an agreement's life.</summary>
internal static class LifeTables
{
    public static void MapLife(this ModelBuilder model)
    {
        model.Entity<Agreement>(agreement =>
        {
            agreement.Property(a => a.Life).HasJson();
            agreement.Property(a => a.SigningRounds).HasJson();
            agreement.Property(a => a.SigningEvidence).HasJson();
            agreement.Property(a => a.Aid).HasJson();
            agreement.Ignore(a => a.Round);
            agreement.Ignore(a => a.LastDay);
            agreement.Ignore(a => a.NextDay);
        });
        model.Entity<Dispute>(dispute =>
        {
            dispute.ToTable("dispute");
            dispute.Property(d => d.Type).HasConversion<string>();
            dispute.Property(d => d.State).HasConversion<string>();
            dispute.Property(d => d.Outcome).HasConversion<string>();
            dispute.Property(d => d.Meetings).HasJson();
        });
        model.Entity<StateAidReport>(report =>
        {
            report.ToTable("state_aid_report");
            report.Property(r => r.Organisations).HasColumnType("text[]");
            report.Property(r => r.Basis).HasConversion<string>();
            report.Property(r => r.State).HasConversion<string>();
        });
        model.Entity<SignedVersion>().ToTable("agreement_version").HasKey(version => new { version.Municipality, version.Agreement, version.Version });
        model.Entity<OriginalDue>().ToTable("original_due").HasKey(due => new { due.Municipality, due.Agreement });
        model.Entity<AgreementDue>().ToTable("agreement_due").HasKey(due => new { due.Municipality, due.Agreement });
    }
}
