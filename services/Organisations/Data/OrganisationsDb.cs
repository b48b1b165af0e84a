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

    /// <summary>Name of the unique constraint on municipality, organisation and condition set.</summary>
    public const string OneCheckForEachSet = "condition_check_once";

    /// <summary>Name of the unique constraint on municipality and organisation of what was looked into beforehand.</summary>
    public const string OnePreCheckForEach = "pre_check_once";

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<SigningAuthority> SigningAuthorities => Set<SigningAuthority>();

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<DocumentChunk> DocumentChunks => Set<DocumentChunk>();

    public DbSet<DocumentReminder> DocumentReminders => Set<DocumentReminder>();

    public DbSet<ExtractAttestation> ExtractAttestations => Set<ExtractAttestation>();

    public DbSet<Representative> Representatives => Set<Representative>();

    public DbSet<ConditionCheck> ConditionChecks => Set<ConditionCheck>();

    public DbSet<FundingDisclosure> FundingDisclosures => Set<FundingDisclosure>();

    public DbSet<FundingConsent> FundingConsents => Set<FundingConsent>();

    public DbSet<FundingShare> FundingShares => Set<FundingShare>();

    public DbSet<PreCheck> PreChecks => Set<PreCheck>();

    public DbSet<AgreementAid> AgreementAids => Set<AgreementAid>();

    public DbSet<GrantedAid> GrantedAids => Set<GrantedAid>();

    public DbSet<SigningNotice> SigningNotices => Set<SigningNotice>();

    public DbSet<PackCopy> PackCopies => Set<PackCopy>();

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
            document.Property(d => d.ConfidentialityMark).HasJson();
            document.Property(d => d.AuditOpinion).HasConversion<string>();
            document.Property(d => d.BoardMembers).HasJson();
        });
        model.Entity<DocumentChunk>().ToTable("document_chunk").HasKey(c => new { c.Municipality, c.Document, c.Number });
        MapRegister(model);
        MapVettingAndFunding(model);
        MapPlumbing(model);
    }

    private static void MapRegister(ModelBuilder model)
    {
        model.Entity<Representative>(representative =>
        {
            representative.ToTable("representative");
            representative.Property(r => r.EvidenceDocuments).HasJson();
            representative.Property(r => r.State).HasConversion<string>();
            representative.Property(r => r.ConfirmedBy).HasConversion<string>();
        });
        model.Entity<DocumentReminder>().ToTable("document_reminder").Property(r => r.Kind).HasConversion<string>();
        model.Entity<ExtractAttestation>(attestation =>
        {
            attestation.ToTable("extract_attestation");
            attestation.Property(a => a.Purpose).HasConversion<string>();
            attestation.Ignore(a => a.ValidUntil);
        });
    }

    private static void MapVettingAndFunding(ModelBuilder model)
    {
        model.Entity<ConditionCheck>().ToTable("condition_check").Property(c => c.Conditions).HasJson();
        model.Entity<FundingDisclosure>(disclosure =>
        {
            disclosure.ToTable("funding_disclosure");
            disclosure.Property(d => d.Terms).HasJson();
            disclosure.Property(d => d.AidKind).HasConversion<string>();
            disclosure.Property(d => d.Form).HasConversion<string>();
            disclosure.Property(d => d.State).HasConversion<string>();
        });
        model.Entity<FundingConsent>().ToTable("funding_consent").Property(c => c.State).HasConversion<string>();
        model.Entity<FundingShare>().ToTable("funding_share").HasKey(s => new { s.Municipality, s.Source, s.Disclosure });
        model.Entity<FundingShare>().Property(s => s.Terms).HasJson();
        model.Entity<FundingShare>().Ignore(s => s.Name);
        model.Entity<PreCheck>(check =>
        {
            check.ToTable("pre_check");
            check.Property(c => c.Results).HasJson();
            check.Property(c => c.Risk).HasJson();
        });
        model.Entity<AgreementAid>(aid =>
        {
            aid.ToTable("agreement_aid").HasKey(a => new { a.Municipality, a.Agreement });
            aid.Property(a => a.Versions).HasJson();
            aid.Property(a => a.Departures).HasJson();
            aid.Property(a => a.End).HasJson();
            aid.Ignore(a => a.Organisations);
        });
        model.Entity<GrantedAid>(aid =>
        {
            aid.ToTable("granted_aid");
            aid.Property(a => a.Grants).HasJson();
            aid.Property(a => a.End).HasJson();
            aid.Property(a => a.Settlement).HasJson();
            aid.Ignore(a => a.Counted);
        });
    }

    private static void MapPlumbing(ModelBuilder model)
    {
        model.Entity<SigningNotice>(notice =>
        {
            notice.ToTable("signing_notice").HasKey(n => new { n.Municipality, n.SigningAuthority, n.Number });
            notice.Property(n => n.Kind).HasConversion<string>();
        });
        model.Entity<OrganisationSearch>().ToTable("organisation_search").HasKey(s => new { s.Municipality, s.Organisation });
        model.Entity<EventSequence>().ToTable("event_sequence").HasKey(s => new { s.Municipality, s.Subject });
        model.Entity<PackCopy>().ToTable("pack_copy").HasKey(p => new { p.Municipality, p.Name });
    }
}

/// <summary>A guideline pack that something was recorded under, as Eligibility gave it.</summary>
public sealed class PackCopy : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    public required string Name { get; init; }

    public required string Sha256 { get; init; }

    public required byte[] Pack { get; init; }
}
