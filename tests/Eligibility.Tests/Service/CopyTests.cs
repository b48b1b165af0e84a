using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using Pack = Iop.Eligibility.V1.GuidelinePack;

namespace Iop.Eligibility.Tests.Service;

/// <summary>A municipality begins from the baseline or from what another has adopted.</summary>
[Collection(nameof(Eligibility))]
public sealed class CopyTests(EligibilityFixture service)
{
    private const string Ninth = "1380";

    [Theory]
    [InlineData("guidelinePacks/baseline-sou-2019-56", "2030-1")]
    [InlineData("municipalities/2180/guidelinePacks/2024-1", "2030-2")]
    public async Task A_copy_is_a_draft_of_its_own_that_is_edited_and_published(string source, string version)
    {
        var guidelines = service.Guidelines(Ninth);
        var draft = await guidelines.CopyGuidelinePackAsync(Request(source, version));
        Assert.Equal((Pack.Types.State.Draft, $"municipalities/{Ninth}/guidelinePacks/{version}"), (draft.State, draft.Name));
        Assert.StartsWith($"# Copied from {source}.", draft.Document, StringComparison.Ordinal);

        draft = await guidelines.UpdateGuidelinePackAsync(new UpdateGuidelinePackRequest
        {
            GuidelinePack = new Pack { Name = draft.Name, Etag = draft.Etag, Document = draft.Document.Replace("monthsBeforeEnd: 9", "monthsBeforeEnd: 8", StringComparison.Ordinal) },
        });
        var published = await guidelines.PublishGuidelinePackAsync(new PublishGuidelinePackRequest { Name = draft.Name, Etag = draft.Etag });
        Assert.Equal(Pack.Types.State.Published, published.State);
    }

    [Fact]
    public async Task What_cannot_be_copied_is_told_and_nothing_is_made()
    {
        var guidelines = service.Guidelines(Ninth);
        await Refused.ForFieldAsync("source", "RESOURCE_NAME_INVALID", () => guidelines.CopyGuidelinePackAsync(Request("guidelinePacks/annat", "2031-1")).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND",
            () => guidelines.CopyGuidelinePackAsync(Request("municipalities/2180/guidelinePacks/1999-1", "2031-1")).ResponseAsync);
        await Refused.ForFieldAsync("valid_from", "FIELD_REQUIRED", () => guidelines.CopyGuidelinePackAsync(
            new CopyGuidelinePackRequest { Parent = $"municipalities/{Ninth}", Source = "guidelinePacks/baseline-sou-2019-56", Version = "2031-1" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "GUIDELINE_PACK_INVALID", () => guidelines.CopyGuidelinePackAsync(Request("guidelinePacks/baseline-sou-2019-56", "2031")).ResponseAsync);
        var first = await guidelines.CopyGuidelinePackAsync(Request("guidelinePacks/baseline-sou-2019-56", "2031-2"));
        await Refused.ByAsync(StatusCode.AlreadyExists, "GUIDELINE_PACK_VERSION_TAKEN", () => guidelines.CopyGuidelinePackAsync(Request("guidelinePacks/baseline-sou-2019-56", "2031-2")).ResponseAsync);

        // Another's draft is nothing that has been adopted.
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => service.Guidelines("1480").CopyGuidelinePackAsync(
            new CopyGuidelinePackRequest { Parent = "municipalities/1480", Source = first.Name, Version = "2031-1", ValidFrom = new Date { Year = 2031, Month = 1, Day = 1 } }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => service.Guidelines(Ninth, Roles.CaseOfficer).CopyGuidelinePackAsync(
            Request("guidelinePacks/baseline-sou-2019-56", "2031-3")).ResponseAsync);
        Assert.DoesNotContain((await guidelines.ListGuidelinePacksAsync(new ListGuidelinePacksRequest { Parent = $"municipalities/{Ninth}" })).GuidelinePacks,
            pack => pack.Name.EndsWith("2031-1", StringComparison.Ordinal) || pack.Name.EndsWith("2031-3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repeat_answers_as_the_first()
    {
        var request = Request("guidelinePacks/baseline-sou-2019-56", "2032-1");
        request.RequestId = Guid.NewGuid().ToString();
        Assert.Equal(await service.Guidelines(Ninth).CopyGuidelinePackAsync(request), await service.Guidelines(Ninth).CopyGuidelinePackAsync(request));
    }

    private static CopyGuidelinePackRequest Request(string source, string version) => new()
    {
        Parent = $"municipalities/{Ninth}",
        Source = source,
        Version = version,
        ValidFrom = new Date { Year = int.Parse(version[..4], System.Globalization.CultureInfo.InvariantCulture), Month = version[^1] - '0', Day = 1 },
    };
}
