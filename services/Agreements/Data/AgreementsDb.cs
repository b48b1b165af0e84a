using System.Buffers.Binary;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Agreements.Domain.Negotiation;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Data;

public sealed class AgreementsDb(DbContextOptions<AgreementsDb> options, TenantScope tenant, CurrentCall call, TimeProvider time)
    : IopDbContext(options, tenant, call, time)
{
    public DbSet<Agreement> Agreements => Set<Agreement>();

    public DbSet<PackCopy> PackCopies => Set<PackCopy>();

    public DbSet<SignedVersion> SignedVersions => Set<SignedVersion>();

    public DbSet<Dispute> Disputes => Set<Dispute>();

    public DbSet<StateAidReport> StateAidReports => Set<StateAidReport>();

    public DbSet<AgreementDue> AgreementDues => Set<AgreementDue>();

    public DbSet<OriginalDue> OriginalDues => Set<OriginalDue>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<Proposal> Proposals => Set<Proposal>();

    public DbSet<OriginalFile> OriginalFiles => Set<OriginalFile>();

    public DbSet<AgreementShare> AgreementShares => Set<AgreementShare>();

    public DbSet<SharedDraft> SharedDrafts => Set<SharedDraft>();

    public DbSet<AgreementDocument> Documents => Set<AgreementDocument>();

    public DbSet<DocumentContent> DocumentContents => Set<DocumentContent>();

    public DbSet<DocumentMark> DocumentMarks => Set<DocumentMark>();

    public DbSet<Disclosure> Disclosures => Set<Disclosure>();

    public DbSet<RevisionActor> RevisionActors => Set<RevisionActor>();

    protected override void MapEntities(ModelBuilder model)
    {
        model.Entity<ClosedRepresentation>().ToTable("closed_representation").HasKey(r => new { r.Municipality, r.RepresentativeKey });
        model.MapLife();
        model.MapJoint();
        model.Entity<Agreement>(agreement =>
        {
            agreement.ToTable("agreement");
            agreement.Property(a => a.State).HasConversion<string>();
            agreement.Property(a => a.DraftingSide).HasConversion<string>();
            agreement.Property(a => a.Terms).HasJson();
            agreement.Property(a => a.Origin).HasJson();
            agreement.Property(a => a.TextDecision).HasJson();
            agreement.Property(a => a.Organisations).HasColumnType("text[]");
            agreement.Property(a => a.Committees).HasColumnType("text[]");
            agreement.Property(a => a.Sections).HasJson();
            agreement.Property(a => a.Approvals).HasJson();
            agreement.Property(a => a.Signatures).HasJson();
            agreement.Property(a => a.FixedRequirements).HasJson();
            agreement.Ignore(a => a.Requirements);
        });
        model.Entity<Comment>(comment =>
        {
            comment.ToTable("comment");
            comment.Property(c => c.State).HasConversion<string>();
            comment.Property(c => c.Side).HasConversion<string>();
            comment.Property(c => c.Replies).HasJson();
        });
        model.Entity<Proposal>(proposal =>
        {
            proposal.ToTable("proposal");
            proposal.Property(p => p.State).HasConversion<string>();
            proposal.Property(p => p.Side).HasConversion<string>();
            proposal.Ignore(p => p.Runs);
        });
        model.Entity<AgreementDocument>(document =>
        {
            document.ToTable("agreement_document");
            document.Property(d => d.Side).HasConversion<string>();
            document.Property(d => d.EmbeddedSignatures).HasJson();
            document.Property(d => d.ConfidentialityMark).HasJson();
            document.Ignore(d => d.IsBroken).Ignore(d => d.IsSignedAndIntact);
        });
        model.Entity<DocumentMark>().ToTable("document_mark").Property(mark => mark.ConfidentialityMark).HasJson();
        model.Entity<Disclosure>(disclosure =>
        {
            disclosure.ToTable("disclosure");
            disclosure.Property(d => d.WithheldParts).HasJson();
            disclosure.Property(d => d.Documents).HasColumnType("uuid[]");
        });
        model.Entity<DocumentContent>().ToTable("agreement_document_content").HasKey(content => new { content.Municipality, content.Document });
        model.Entity<PackCopy>().ToTable("pack_copy").HasKey(pack => new { pack.Municipality, pack.Name });
        model.Entity<OriginalFile>().ToTable("original_file").HasKey(original => new { original.Municipality, original.Agreement, original.Version });
        model.Entity<RevisionActor>().ToTable("revision_actor").HasKey(actor => new { actor.Municipality, actor.Agreement, actor.Id });
    }
}

/// <summary>The bytes of a document. The database lets no one alter or remove them.</summary>
public sealed class DocumentContent : ITenantOwned
{
    public required string Municipality { get; init; }

    public required Guid Document { get; init; }

    public required byte[] Content { get; init; }
}

/// <summary>A guideline pack as it was fetched. It is published, so it never changes.</summary>
public sealed class PackCopy : ITenantOwned
{
    public required string Municipality { get; init; }

    public required string Name { get; init; }

    /// <summary>Hash of the pack's document.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The contract's message, binary.</summary>
    public required byte[] Pack { get; init; }
}

/// <summary>
/// The name of the one who made a revision, as the token gave it. The parties are shown who did what; the history of
/// the platform keeps the opaque subject.
/// </summary>
public sealed class RevisionActor : ITenantOwned
{
    public required string Municipality { get; init; }

    public required Guid Agreement { get; init; }

    /// <summary>The number in the form that pages are ordered by.</summary>
    public required Guid Id { get; init; }

    public required int Number { get; init; }

    public required string DisplayName { get; init; }

    public static Guid IdOf(int revision)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt32BigEndian(bytes, revision);
        return new Guid(bytes, bigEndian: true);
    }
}
