using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.Data;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>The original: he-original-to-each, the same file for every party.</summary>
public sealed partial class AgreementsApi
{
    private const int ChunkBytes = 64 * 1024;

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task GetOriginal(V1.GetOriginalRequest request, IServerStreamWriter<V1.GetOriginalResponse> responseStream, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Number("version", request.Version, 0, int.MaxValue);
        faults.ThrowIfAny();
        var agreement = await desk.ReadAsync(request.Name, context.CancellationToken);
        await sight.MustSeeOriginalAsync(agreement, request.Version, context.CancellationToken);
        var original = await originals.GetAsync(agreement, request.Version, context.CancellationToken);
        await responseStream.WriteAsync(new V1.GetOriginalResponse { Header = HeaderOf(original, agreement.Name) }, context.CancellationToken);
        for (var at = 0; at < original.Content.Length; at += ChunkBytes)
        {
            var chunk = original.Content.AsMemory(at, Math.Min(ChunkBytes, original.Content.Length - at));
            await responseStream.WriteAsync(new V1.GetOriginalResponse { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) }, context.CancellationToken);
        }
    }

    private static V1.OriginalHeader HeaderOf(OriginalFile original, string agreementName) => new()
    {
        Agreement = agreementName,
        Version = original.Version,
        TextHash = original.TextHash,
        Sha256 = original.Sha256,
        SizeBytes = original.Content.Length,
        MediaType = "application/pdf",
        FileName = $"overenskommelse-{original.Agreement}-v{original.Version}.pdf",
        CreateTime = original.CreateTime.ToTimestamp(),
        SealCertificateSha256 = original.SealCertificate,
        StampTime = original.StampTime?.ToTimestamp(),
    };
}
