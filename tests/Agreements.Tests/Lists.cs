using Grpc.Core;
using Iop.Agreements.V1;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>All that a caller is shown, page by page.</summary>
internal static class Lists
{
    public static async Task<IReadOnlyList<string>> NamesAsync(AgreementsService.AgreementsServiceClient agreements)
    {
        var request = new ListAgreementsRequest { Parent = Here, PageSize = 200 };
        List<string> names = [];
        do
        {
            var page = await agreements.ListAgreementsAsync(request);
            names.AddRange(page.Agreements.Select(agreement => agreement.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return names;
    }

    public static async Task<string> GrantsAsync(AgreementsService.AgreementsServiceClient agreements)
    {
        using var call = agreements.ExportAgreements(new ExportAgreementsRequest { Parent = Here, Format = ExportFormat.GrantsJson });
        var text = new System.Text.StringBuilder();
        await foreach (var piece in call.ResponseStream.ReadAllAsync())
        {
            text.Append(piece.Chunk.ToStringUtf8());
        }

        return text.ToString();
    }
}
