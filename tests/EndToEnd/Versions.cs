using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Journey;
using Case = Iop.Eligibility.V1.Case;

namespace Iop.EndToEnd;

/// <summary>The steps that lead to a new version of an agreement in force.</summary>
internal static class Versions
{
    public static async Task<Agreement> ReadAsync(this Stage stage, Agreement agreement) => await stage.People.Officer.Agreements.GetAgreementAsync(
        new GetAgreementRequest { Name = agreement.Name, View = AgreementView.Full }, cancellationToken: Suite.Deadline());

    /// <summary>Plays up to an agreement that all have signed.</summary>
    public static async Task<(Case Case, Agreement Agreement)> ActiveAsync(this Stage stage)
    {
        var decided = await stage.DecidedAsync();
        var agreed = await new NegotiateAgreement(stage).RunAsync(decided, Suite.Deadline());
        return (decided, await new SignAgreement(stage).RunAsync(agreed, Suite.Deadline()));
    }

    /// <summary>Shares a draft, and lets every party approve it.</summary>
    public static async Task<Agreement> AgreeAsync(this Stage stage, Agreement draft)
    {
        var shared = await stage.People.Officer.Agreements.ShareAgreementAsync(
            new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true, RequestId = Stage.NewRequestId() });
        return await new NegotiateAgreement(stage).ApproveAsync(shared, Suite.Deadline());
    }

    /// <summary>The lawyer looks at the case again.</summary>
    public static async Task CheckAgainAsync(this Stage stage, Case @case) => await new AssessCase(stage).AssessLegallyAsync(
        await stage.ReadAsync(@case), LegalAssessment.Types.Kind.Renewal, Suite.Deadline());

    /// <summary>The sealed original, as whoever asks gets it.</summary>
    public static async Task<(OriginalHeader Header, byte[] File)> OriginalAsync(this Services by, Agreement agreement)
    {
        using var call = by.Agreements.GetOriginal(new GetOriginalRequest { Name = agreement.Name }, cancellationToken: Suite.Deadline());
        OriginalHeader? header = null;
        using var file = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            header ??= message.Header;
            message.Chunk.WriteTo(file);
        }

        return (header!, file.ToArray());
    }
}
