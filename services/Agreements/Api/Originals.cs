using System.Security.Cryptography;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.Export;
using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Typesetting;
using Iop.Typesetting.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>
/// The originals of signed versions. One is made when it is first asked for, from the revision that the last signature
/// wrote, which nothing can change; activation waits for no font and no certificate. Of two who ask at once both may
/// make one, and the first to be stored is the original for ever.
/// </summary>
public sealed partial class Originals(
    AgreementsDb db, TenantScope tenant, Typesetter typesetter, OriginalDocument document, SealSource seals, TimeStamps stamps, AgreementFiles files, TimeProvider time, ILogger<Originals> log)
{
    /// <summary>The original of a version; of the present one when none is named.</summary>
    public async Task<OriginalFile> GetAsync(Agreement agreement, int version, CancellationToken cancellation)
    {
        if (!agreement.HasBeenInForce)
        {
            throw Refusal.State("AGREEMENT_STATE_NOT_ALLOWED", agreement.Name, Agreement.Word(agreement.State), Agreement.Word(AgreementState.Active));
        }

        var wanted = version == 0 ? agreement.Version : version;
        if (await FindAsync(agreement.Id, wanted, cancellation) is { } kept)
        {
            return kept;
        }

        var id = agreement.Id;
        var signed = await db.SignedVersions.AsNoTracking().FirstOrDefaultAsync(row => row.Agreement == id && row.Version == wanted, cancellation)
            ?? throw Refusal.NotFound("ORIGINAL_NOT_FOUND", agreement.Name);
        await KeepAsync(await MakeAsync(signed, await SnapshotAsync(agreement.Name, signed, cancellation), cancellation), cancellation);
        return await FindAsync(agreement.Id, wanted, cancellation) ?? throw new InvalidOperationException("An original that was stored is not there.");
    }

    /// <summary>The documents that are attached to the original of a signed version; of the present one when none is named.</summary>
    public async Task<IReadOnlyList<Guid>> AnnexDocumentsAsync(Agreement agreement, int version, CancellationToken cancellation)
    {
        var (id, wanted) = (agreement.Id, version == 0 ? agreement.Version : version);
        var signed = await db.SignedVersions.AsNoTracking().FirstOrDefaultAsync(row => row.Agreement == id && row.Version == wanted, cancellation);
        return signed is null ? [] : [.. FilesOf(await SnapshotAsync(agreement.Name, signed, cancellation)).Select(annex => Guid.Parse(annex.Document[^36..]))];
    }

    private static IEnumerable<V1.Annex> FilesOf(V1.Agreement snapshot) => snapshot.Annexes.Where(annex => annex.Document.Length > 0);

    private Task<OriginalFile?> FindAsync(Guid agreement, int version, CancellationToken cancellation) =>
        db.OriginalFiles.AsNoTracking().FirstOrDefaultAsync(original => original.Agreement == agreement && original.Version == version, cancellation);

    // The agreement as the last signature of that version left it: the first revision that is in force with that text. They are
    // read from the newest, for an original is made as soon as all have signed, and there are some forty from before.
    private async Task<V1.Agreement> SnapshotAsync(string name, SignedVersion signed, CancellationToken cancellation)
    {
        var snapshots = db.Set<Revision>().AsNoTracking()
            .Where(revision => revision.Subject == name)
            .OrderByDescending(revision => revision.Number)
            .Select(revision => revision.Snapshot)
            .AsAsyncEnumerable();
        V1.Agreement? first = null;
        await foreach (var snapshot in snapshots.WithCancellation(cancellation))
        {
            var agreement = V1.Agreement.Parser.ParseFrom(snapshot);
            if (agreement.ActivateTime is not null && agreement.Version == signed.Version && agreement.TextHash == signed.TextHash)
            {
                first = agreement;
            }
            else if (first is not null)
            {
                break;
            }
        }

        return first ?? throw new InvalidOperationException("A version that was signed is in no revision.");
    }

    private async Task<OriginalFile> MakeAsync(SignedVersion signed, V1.Agreement snapshot, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (snapshot.JointMembers.Count > 0)
        {
            // The same bytes go to all, and the lead's case is nobody else's.
            snapshot.Case = "";
        }

        var seal = seals.SealFor(now);
        var facts = FactsOf(signed, snapshot, seal.Name) with { AnnexFiles = await AnnexFilesAsync(snapshot, cancellation), Evidence = await EvidenceAsync(signed, snapshot, cancellation) };
        var rendered = typesetter.RenderSealed(document.Write(facts), seal, new SealText(seal.Name, document.SealReason, document.SealDescription), now);
        var (content, stampTime) = await stamps.StampAsync(rendered, cancellation);
        LogMade(signed.Agreement, signed.Version, content.Length);
        return new OriginalFile
        {
            Municipality = tenant.Required,
            Agreement = signed.Agreement,
            Version = signed.Version,
            TextHash = signed.TextHash,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            SealCertificate = seal.Thumbprint,
            Content = content,
            CreateTime = now,
            StampTime = stampTime,
        };
    }

    private Task<int> KeepAsync(OriginalFile original, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO original_file (municipality, agreement, version, text_hash, sha256, seal_certificate, content, create_time, stamp_time)
        VALUES (
            {original.Municipality}, {original.Agreement}, {original.Version}, {original.TextHash}, {original.Sha256}, {original.SealCertificate}, {original.Content}, {original.CreateTime},
            {original.StampTime?.ToUniversalTime()})
        ON CONFLICT DO NOTHING
        """,
        cancellation);

    private OriginalFacts FactsOf(SignedVersion signed, V1.Agreement snapshot, string sealName) => new()
    {
        Name = snapshot.Name,
        PackName = string.Join(", ", snapshot.JointMembers.Select(member => member.GuidelinePack).Where(pack => pack.Length > 0).Prepend(snapshot.GuidelinePack)),
        Title = signed.Title,
        Version = signed.Version,
        Keeper = MunicipalityNames.Of(tenant.Required),
        CanonicalText = signed.CanonicalText,
        TextHash = signed.TextHash,
        Headings = [.. snapshot.Sections.Select(section => section.Heading.Sv)],
        Annexes = [.. snapshot.Annexes.Select(annex => annex.Heading)],
        Signatures = [.. snapshot.Signatures.Where(signature => !signature.Voided && signature.Version == signed.Version).Select(EvidenceOf)],
        ActivateTime = signed.ActivateTime,
        Data = ContractJson.Of(snapshot),
        SealName = sealName,
    };

    private async Task<IReadOnlyList<AnnexFile>> AnnexFilesAsync(V1.Agreement snapshot, CancellationToken cancellation)
    {
        List<AnnexFile> found = [];
        foreach (var annex in FilesOf(snapshot))
        {
            found.Add(new AnnexFile(annex.Heading, annex.FileName, annex.MediaType, await files.ContentAsync(Guid.Parse(annex.Document[^36..]), cancellation)));
        }

        return found;
    }

    // A document of the register is known by its resource name; one of the agreement's own by its file name too.
    private async Task<IReadOnlyList<EvidenceDocument>> EvidenceAsync(SignedVersion signed, V1.Agreement snapshot, CancellationToken cancellation)
    {
        var hashes = snapshot.Signatures.Where(signature => !signature.Voided && signature.Version == signed.Version).Select(signature => signature.EvidenceSha256).ToHashSet();
        List<EvidenceDocument> found = [];
        foreach (var evidence in snapshot.SigningEvidence.Where(evidence => evidence.Counts && hashes.Contains(evidence.Sha256)))
        {
            var file = await files.FileNameAsync(evidence.Document, cancellation);
            found.Add(new EvidenceDocument(file ?? evidence.Document, evidence.Sha256, string.Join(", ", evidence.Attestations.Select(word => word.AttestedBy))));
        }

        return found;
    }

    private static SignatureEvidence EvidenceOf(V1.Signature signature) => new(
        signature.PartyDisplayName, signature.DisplayName, signature.Role, signature.AssuranceLevel, $"{signature.Method}", signature.SignTime.ToDateTimeOffset())
    {
        Class = (SignatureClass)signature.SignatureClass,
        Validation = signature.Validation?.Kept(),
    };

    [LoggerMessage(EventName = "agreements.original.made", Level = LogLevel.Information, Message = "The original of agreement {AgreementId}, version {Version}, was made: {SizeBytes} bytes")]
    private partial void LogMade(Guid agreementId, int version, int sizeBytes);
}
