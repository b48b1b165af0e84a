using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Agreements.Export;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Handing agreements out: as grants for those who compare, as a package for those who keep.</summary>
public sealed partial class AgreementsApi
{
    private const int ExportBatch = 20;

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task ExportAgreements(V1.ExportAgreementsRequest request, IServerStreamWriter<V1.ExportAgreementsResponse> responseStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var faults = new Faults();
        faults.Choice("format", request.Format);
        faults.ThrowIfAny();
        var only = await OnlyAsync(request.Agreement, cancellation);
        var (isGrants, name) = (request.Format == V1.ExportFormat.GrantsJson, $"iop-{tenant.Required}-{(only is { } id ? $"{id}" : "alla")}");
        var header = new V1.ExportHeader { MediaType = isGrants ? "application/json" : "application/zip", FileName = $"{name}.{(isGrants ? "json" : "zip")}" };
        await responseStream.WriteAsync(new V1.ExportAgreementsResponse { Header = header }, cancellation);

        await using var output = new ExportStream(chunk => responseStream.WriteAsync(new V1.ExportAgreementsResponse { Chunk = ByteString.CopyFrom(chunk.Span) }, cancellation));
        var count = isGrants
            ? await new GrantExport(tenant.Required, MunicipalityNames.Of(tenant.Required)).WriteAsync(GrantsAsync(only, cancellation), output, cancellation)
            : await WritePackageAsync(name, only, output, cancellation);
        await output.DrainAsync();
        var summary = new V1.ExportSummary { AgreementCount = count, SizeBytes = output.Length, Sha256 = output.Complete() };
        await responseStream.WriteAsync(new V1.ExportAgreementsResponse { Summary = summary }, cancellation);
    }

    // One agreement of the municipality's own, or one of another's that it has joined.
    private async Task<Guid?> OnlyAsync(string name, CancellationToken cancellation)
    {
        if (name.Length == 0)
        {
            return null;
        }

        var id = ResourceName.IdIn(name, Agreement.Collection, tenant.Required, "agreement");
        if (desk.ActorBy(AgreementDesk.Readers).IsPublic && await db.OpenShareAsync(id, cancellation) is { State: MemberState.Joined } share)
        {
            committees.MustSee(share);
            return id;
        }

        return (await desk.ReadAsync(name, cancellation, "agreement")).Id;
    }

    private async IAsyncEnumerable<GrantSource> GrantsAsync(Guid? only, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var agreement in ExportedAsync(only, cancellation))
        {
            yield return Source(agreement, "");
        }

        foreach (var (id, share) in await SharesToExportAsync(only, cancellation))
        {
            if (await guests.ReadAsync(share, services => SharedRowAsync(services, id, cancellation)) is { } agreement)
            {
                yield return Source(agreement, share.Municipality);
            }
        }

        static GrantSource Source(Agreement agreement, string municipality) =>
            new(agreement, agreement.Origin.Domain, agreement.Origin.ChallengeCodes, agreement.Origin.TargetGroupCodes, municipality);
    }

    // What others share, and the drafts of their next versions: each is kept by every municipality that is a party.
    private async Task<List<(Guid Id, AgreementShare Share)>> SharesToExportAsync(Guid? only, CancellationToken cancellation)
    {
        if (!desk.ActorBy(AgreementDesk.Readers).IsPublic)
        {
            return [];
        }

        var shares = await committees.Seen(db.AgreementShares.AsNoTracking()).Where(share => share.State == MemberState.Joined).ToDictionaryAsync(share => share.Id, cancellation);
        var shared = await db.SharedDrafts.AsNoTracking().Where(draft => shares.Keys.Contains(draft.Agreement)).ToListAsync(cancellation);
        return
        [
            .. shares.Values.Select(share => (share.Id, Share: share)).Concat(shared.Select(draft => (draft.Id, Share: shares[draft.Agreement])))
                .Where(door => only is null || door.Id == only).OrderBy(door => door.Id),
        ];
    }

    private static async Task<Agreement?> SharedRowAsync(IServiceProvider services, Guid id, CancellationToken cancellation)
    {
        var found = await services.GetRequiredService<AgreementsDb>().Agreements.AsNoTracking().FirstOrDefaultAsync(agreement => agreement.Id == id, cancellation);
        return found is not null && services.GetRequiredService<Guest>().Sees(found) && found.IsVisibleTo(PartySide.Public) ? found : null;
    }

    private async Task<int> WritePackageAsync(string name, Guid? only, ExportStream output, CancellationToken cancellation)
    {
        await using var package = new ArchivePackage(name, output);
        List<string> names = [];
        await foreach (var agreement in ExportedAsync(only, cancellation))
        {
            names.Add(agreement.Name);
            await AddAsync(package, agreement, names: null, cancellation);
        }

        foreach (var (id, share) in await SharesToExportAsync(only, cancellation))
        {
            var added = await guests.ReadAsync(share, async services =>
            {
                if (await SharedRowAsync(services, id, cancellation) is not { } agreement)
                {
                    return false;
                }

                await ActivatorUtilities.CreateInstance<AgreementsApi>(services).AddAsync(package, agreement, new SharedNames(share, agreement.Terms.Parties), cancellation);
                return true;
            });
            if (added)
            {
                names.Add(ResourceName.Of(tenant.Required, Agreement.Collection, id));
            }
        }

        var description = new PackageDescription(exportTexts["title"], MunicipalityNames.Of(tenant.Required), names);
        await package.FinishAsync(description, exportTexts["readme"]);
        return names.Count;
    }

    private async Task AddAsync(ArchivePackage package, Agreement agreement, SharedNames? names, CancellationToken cancellation)
    {
        var folder = $"{ArchivePackage.Data}{agreement.Id}/";
        await package.AddAsync($"{folder}agreement.json", "application/json", Json(agreement.ToProto(V1.AgreementView.Full, etag: false), names), agreement.UpdateTime);
        for (var version = 1; agreement.HasBeenInForce && version <= agreement.Version; version++)
        {
            if (await sight.HiddenInAsync(agreement, version, cancellation) is not null)
            {
                continue;
            }

            var original = await originals.GetAsync(agreement, version, cancellation);
            await package.AddAsync($"{folder}original-v{version}.pdf", "application/pdf", original.Content, original.CreateTime, original.CreateTime);
        }

        await AddDocumentsAsync(package, agreement, folder, names, cancellation);
        await AddDisputesAsync(package, agreement, folder, names, cancellation);
        await AddTalksAsync(package, agreement, folder, names, cancellation);
        var rows = await HistoryOf(agreement).OrderBy(row => row.Number).ToListAsync(cancellation);
        var history = new V1.ListAgreementRevisionsResponse();
        foreach (var row in rows)
        {
            var revision = ToProto(row, agreement.Name);
            history.AgreementRevisions.Add(revision.Clone());
            revision.Snapshot = V1.Agreement.Parser.ParseFrom(await SnapshotAsync(agreement.Name, row.Number, cancellation));
            await package.AddAsync($"{folder}revisions/{row.Number:D4}.json", "application/json", Json(revision, names), row.CreateTime);
        }

        await package.AddAsync($"{folder}log.json", "application/json", Json(history, names), agreement.UpdateTime);
    }

    // Byte for byte as they were received: a signature in a file holds in the package too. Of what the caller may not read, that it is
    // there and why it is left out.
    private async Task AddDocumentsAsync(ArchivePackage package, Agreement agreement, string folder, SharedNames? names, CancellationToken cancellation)
    {
        var documents = await files.VisibleOf(agreement).OrderBy(document => document.Id).ToListAsync(cancellation);
        var told = new V1.ListAgreementDocumentsResponse { AgreementDocuments = { await marks.ShownAsync(documents, cancellation, etag: false) } };
        foreach (var document in await sight.SeenAsync(agreement, documents, cancellation))
        {
            await package.AddAsync(
                $"{folder}documents/{document.Id}{FileTypes.EndingOf(document.MediaType)}", document.MediaType, await files.ContentAsync(document.Id, cancellation), document.CreateTime);
        }

        if (documents.Count > 0)
        {
            await package.AddAsync($"{folder}documents.json", "application/json", Json(told, names), documents.Max(document => document.UpdateTime));
        }
    }

    // Closed or not: that the parties disagreed, met and found a way on is part of what is kept.
    private async Task AddDisputesAsync(ArchivePackage package, Agreement agreement, string folder, SharedNames? names, CancellationToken cancellation)
    {
        foreach (var dispute in await db.Disputes.AsNoTracking().Where(dispute => dispute.Agreement == agreement.Id).OrderBy(dispute => dispute.Id).ToListAsync(cancellation))
        {
            var told = Seen(dispute);
            told.Etag = "";
            await package.AddAsync($"{folder}disputes/{dispute.Id}.json", "application/json", Json(told, names), dispute.UpdateTime);
        }
    }

    private Task<byte[]> SnapshotAsync(string name, int number, CancellationToken cancellation) => db.Set<Revision>().AsNoTracking()
        .Where(revision => revision.Subject == name && revision.Number == number)
        .Select(revision => revision.Snapshot)
        .FirstAsync(cancellation);

    // A few at a time, oldest first, by the key where the last batch ended.
    private async IAsyncEnumerable<Agreement> ExportedAsync(Guid? only, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var visible = Visible(desk.ActorBy(AgreementDesk.Readers)).Where(agreement => only == null || agreement.Id == only);
        var last = Guid.Empty;
        while (true)
        {
            var after = last;
            var batch = await visible.Where(agreement => agreement.Id > after).OrderBy(agreement => agreement.Id).Take(ExportBatch).ToListAsync(cancellation);
            foreach (var agreement in batch)
            {
                yield return agreement;
            }

            if (batch.Count < ExportBatch)
            {
                yield break;
            }

            last = batch[^1].Id;
        }
    }

    private static byte[] Json(IMessage message, SharedNames? names) => ContractJson.Of(names is null ? message : names.ToOwn(message));
}
