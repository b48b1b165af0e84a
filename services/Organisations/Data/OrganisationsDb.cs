using Iop.Organisations.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Data;

/// <summary>The database of the service.</summary>
public sealed class OrganisationsDb(DbContextOptions<OrganisationsDb> options, TenantScope tenant, CurrentCall call, TimeProvider time)
    : IopDbContext(options, tenant, call, time)
{
    /// <summary>Name of the unique constraint on municipality and number.</summary>
    public const string UniqueNumber = "organisation_unique_number";

    /// <summary>Name of the unique constraint on municipality and the last part of the name.</summary>
    public const string UniqueKey = "organisation_unique_key";

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<SigningAuthority> SigningAuthorities => Set<SigningAuthority>();

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<DocumentChunk> DocumentChunks => Set<DocumentChunk>();

    /// <inheritdoc/>
    protected override void MapEntities(ModelBuilder model)
    {
        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("organisation");
            organisation.Property(o => o.Number).HasConversion(number => number.Digits, digits => OrganisationNumber.FromDigits(digits));
            organisation.Property(o => o.Facts).HasJson();
            organisation.Property(o => o.StatutesCheck).HasJson();
            organisation.Property(o => o.State).HasConversion<string>();
            organisation.Property(o => o.PartyEligibility).HasConversion<string>();
        });
        model.Entity<SigningAuthority>(authority =>
        {
            authority.ToTable("signing_authority");
            authority.Property(a => a.Rule).HasConversion<string>();
            authority.Property(a => a.Signatories).HasJson();
            authority.Property(a => a.EvidenceDocuments).HasJson();
        });
        model.Entity<Document>(document =>
        {
            document.ToTable("document");
            document.Property(d => d.Kind).HasConversion<string>();
            document.Property(d => d.State).HasConversion<string>();
        });
        model.Entity<DocumentChunk>().ToTable("document_chunk").HasKey(c => new { c.Municipality, c.Document, c.Number });
    }
}
