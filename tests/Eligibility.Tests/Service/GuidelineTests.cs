using Grpc.Core;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using Pack = Iop.Eligibility.V1.GuidelinePack;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class GuidelineTests(EligibilityFixture service)
{
    // Municipalities without a shipped pack, one for each test that publishes.
    private const string Sixth = "1480";
    private const string Seventh = "0180";
    private const string Eighth = "1280";
    private const string Ninth = "1281";

    [Fact]
    public async Task A_sixth_municipality_is_onboarded_through_the_api_alone()
    {
        var guidelines = service.Guidelines(Sixth);
        var draft = await CreateAsync(Sixth, "2026-1");
        Assert.Equal((Pack.Types.State.Draft, $"municipalities/{Sixth}/guidelinePacks/2026-1"), (draft.State, draft.Name));

        // A draft is nothing to begin under, and not shown to others.
        var officer = new Journey(service, Sixth);
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => OpenAsync(Sixth));
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => service.Guidelines(Sixth, Roles.CaseOfficer)
            .GetGuidelinePackAsync(new GetGuidelinePackRequest { Name = draft.Name }).ResponseAsync);

        draft = await guidelines.UpdateGuidelinePackAsync(new UpdateGuidelinePackRequest
        {
            GuidelinePack = new Pack { Name = draft.Name, Etag = draft.Etag, Document = Document(Sixth, "2026-1").Replace("checklista för", "lista för", StringComparison.Ordinal) },
        });
        var published = await guidelines.PublishGuidelinePackAsync(new PublishGuidelinePackRequest { Name = draft.Name, Etag = draft.Etag });

        Assert.Equal(Pack.Types.State.Published, published.State);
        Assert.IsType<GuidelinePackPublished>(Assert.Single(await service.EventsOfAsync(published.Name)));
        Assert.Equal(published, await service.Guidelines(Sixth, Roles.CaseOfficer).GetGuidelinePackAsync(new GetGuidelinePackRequest { Name = draft.Name }));
        Assert.Equal(published.Name, (await OpenAsync(Sixth)).GuidelinePack);

        // What is published never changes, and what is retired takes no new case while the old keep it.
        await Refused.ByAsync(StatusCode.FailedPrecondition, "GUIDELINE_PACK_STATE_NOT_ALLOWED", () => guidelines.UpdateGuidelinePackAsync(
            new UpdateGuidelinePackRequest { GuidelinePack = new Pack { Name = published.Name, Etag = published.Etag, Document = published.Document } }).ResponseAsync);
        var @case = await OpenAsync(Sixth);
        var retired = await guidelines.RetireGuidelinePackAsync(new RetireGuidelinePackRequest { Name = published.Name, Etag = published.Etag });
        Assert.Equal(Pack.Types.State.Retired, retired.State);
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => OpenAsync(Sixth));
        Assert.Equal(published.Name, (await officer.EvaluateAsync(@case)).GuidelinePack);
    }

    [Fact]
    public async Task A_mask_names_the_text_and_what_is_read_from_it_is_passed_over()
    {
        var draft = await CreateAsync(Ninth, "2018-1");
        var sent = new Pack { Name = draft.Name, Etag = draft.Etag, Document = draft.Document.Replace("checklista för", "lista för", StringComparison.Ordinal), Title = new() { Sv = "En annan" } };

        Assert.Equal(draft, await UpdateAsync(sent, "title", "state"));
        Assert.Equal(draft, await UpdateAsync(new Pack { Name = draft.Name, Etag = draft.Etag }));
        await Refused.ForFieldAsync("update_mask", "UPDATE_MASK_INVALID", () => UpdateAsync(sent, "colour"));
        var updated = await UpdateAsync(sent, "title", "document");

        Assert.Equal((sent.Document, Pack.Types.State.Draft), (updated.Document, updated.State));
        Assert.NotEqual(sent.Title.Sv, updated.Title.Sv);

        Task<Pack> UpdateAsync(Pack pack, params string[] mask) => service.Guidelines(Ninth).UpdateGuidelinePackAsync(
            new UpdateGuidelinePackRequest { GuidelinePack = pack, UpdateMask = new() { Paths = { mask } } }).ResponseAsync;
    }

    [Fact]
    public async Task A_pack_with_faults_is_refused_with_every_fault_named_by_its_path()
    {
        var document = Document(Seventh, "2026-9")
            .Replace("scale: binary", "scale: trinary", StringComparison.Ordinal)
            .Replace("severity: mandatory", "severity: absolute", StringComparison.Ordinal)
            + "\nunknownKey: 1\n";

        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "GUIDELINE_PACK_INVALID", () => service.Guidelines(Seventh).CreateGuidelinePackAsync(
            new CreateGuidelinePackRequest { Parent = $"municipalities/{Seventh}", GuidelinePack = new Pack { Document = document } }).ResponseAsync);

        Assert.Contains(("guideline_pack.document:criteria[3].severity", "UNKNOWN_VALUE"), refused.Fields);
        Assert.Contains(("guideline_pack.document:answers.scale", "UNKNOWN_VALUE"), refused.Fields);
        Assert.Contains(("guideline_pack.document:unknownKey", "UNKNOWN_KEY"), refused.Fields);
        var sentence = refused.Detail<Google.Rpc.BadRequest>().FieldViolations[0].Description;
        Assert.Matches("^[A-Z_]+: .*[a-zåäö]", sentence);
    }

    // What is told of faults travels in a trailer, which no client reads without end.
    [Fact]
    public async Task Of_very_many_faults_the_first_are_told()
    {
        var document = Document(Seventh, "2026-9").Replace("scale: binary", $"scale: {new string('å', 100_000)}", StringComparison.Ordinal) + "\n" + string.Concat(Enumerable.Range(1, 5_000).Select(number => $"unknownKey{number}: 1\n"));

        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "GUIDELINE_PACK_INVALID", () => service.Guidelines(Seventh).CreateGuidelinePackAsync(
            new CreateGuidelinePackRequest { Parent = $"municipalities/{Seventh}", GuidelinePack = new Pack { Document = document } }).ResponseAsync);

        Assert.InRange(refused.Fields.Count, 100, 1_000);
        Assert.Contains(("guideline_pack.document:answers.scale", "UNKNOWN_VALUE"), refused.Fields);
        Assert.Contains(("guideline_pack.document:unknownKey1", "UNKNOWN_KEY"), refused.Fields);
    }

    [Fact]
    public async Task A_pack_says_by_type_of_document_how_surely_and_how_strongly_it_is_signed_or_says_one_level_for_all()
    {
        const string Levels = "\n  minimumClass: advanced\n  levels: [{document: agreement, minimumAssurance: high, minimumClass: qualified}, {document: amendment, minimumAssurance: low, minimumClass: simple}, "
            + "{document: extension, minimumAssurance: substantial}, {document: ending, minimumAssurance: high}]";
        var draft = await service.Guidelines(Ninth).CreateGuidelinePackAsync(new CreateGuidelinePackRequest
        {
            Parent = $"municipalities/{Ninth}",
            GuidelinePack = new Pack { Document = Document(Ninth, "2019-1").Replace("minimumAssurance: substantial", "minimumAssurance: substantial" + Levels, StringComparison.Ordinal) },
        });

        Assert.Equal("substantial", draft.SigningRule.MinimumAssuranceLevel);
        Assert.Equal(
            [(SignedDocument.Agreement, "high"), (SignedDocument.Amendment, "low"), (SignedDocument.Extension, "substantial"), (SignedDocument.Ending, "high")],
            draft.SigningRule.DocumentLevels.Select(level => (level.Document, level.MinimumAssuranceLevel)));
        Assert.Equal(SignatureClass.Advanced, draft.SigningRule.MinimumSignatureClass);
        Assert.Equal(
            [SignatureClass.Qualified, SignatureClass.Simple, SignatureClass.Unspecified, SignatureClass.Unspecified], draft.SigningRule.DocumentLevels.Select(level => level.MinimumSignatureClass));
        var silent = (await CreateAsync(Ninth, "2019-2")).SigningRule;
        Assert.Equal((0, SignatureClass.Simple), (silent.DocumentLevels.Count, silent.MinimumSignatureClass));
    }

    [Fact]
    public async Task The_pack_that_began_last_holds_and_one_that_collides_is_refused()
    {
        await PublishAsync(Seventh, "2020-1", "2020-01-01");
        await PublishAsync(Seventh, "2025-1", "2025-01-01");

        Assert.EndsWith("2020-1", (await ResolveAsync(Seventh, 2024)).Name, StringComparison.Ordinal);
        Assert.EndsWith("2025-1", (await ResolveAsync(Seventh, 2025)).Name, StringComparison.Ordinal);
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => ResolveAsync(Seventh, 2019));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "GUIDELINE_PACK_PERIOD_TAKEN", () => PublishAsync(Seventh, "2025-2", "2025-01-01"));
        await PublishAsync(Seventh, "2010-1", "2010-01-01\nvalidTo: 2010-12-31");
        await Refused.ByAsync(StatusCode.FailedPrecondition, "GUIDELINE_PACK_PERIOD_TAKEN", () => PublishAsync(Seventh, "2010-2", "2010-06-01"));
        Assert.EndsWith("2010-1", (await ResolveAsync(Seventh, 2010)).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_show_drafts_to_the_owner_only_and_turn_pages()
    {
        foreach (var version in new[] { "2026-1", "2026-2", "2026-3" })
        {
            await CreateAsync(Eighth, version);
        }

        var request = new ListGuidelinePacksRequest { Parent = $"municipalities/{Eighth}", PageSize = 2 };
        var first = await service.Guidelines(Eighth).ListGuidelinePacksAsync(request);
        var second = await service.Guidelines(Eighth).ListGuidelinePacksAsync(new ListGuidelinePacksRequest(request) { PageToken = first.NextPageToken });

        Assert.Equal(["2026-3", "2026-2", "2026-1"], first.GuidelinePacks.Concat(second.GuidelinePacks).Select(pack => pack.Name.Split('/')[^1]));
        Assert.All(first.GuidelinePacks, pack => Assert.Empty(pack.Document));
        Assert.Empty(second.NextPageToken);
        Assert.Empty((await service.Guidelines(Eighth, Roles.CaseOfficer).ListGuidelinePacksAsync(request)).GuidelinePacks);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => service.Guidelines(Eighth).ListGuidelinePacksAsync(
            new ListGuidelinePacksRequest(request) { PageToken = first.NextPageToken, View = GuidelinePackView.Full }).ResponseAsync);
    }

    [Fact]
    public async Task A_version_is_taken_once_and_belongs_to_its_municipality()
    {
        var guidelines = service.Guidelines(EligibilityFixture.Falun);
        CreateGuidelinePackRequest Request(string document) =>
            new() { Parent = $"municipalities/{EligibilityFixture.Falun}", GuidelinePack = new Pack { Document = document } };

        await Refused.ByAsync(StatusCode.AlreadyExists, "GUIDELINE_PACK_VERSION_TAKEN",
            () => guidelines.CreateGuidelinePackAsync(Request(Packs.TextOf(EligibilityFixture.Falun))).ResponseAsync);
        await Refused.ForFieldAsync("guideline_pack.document:municipality", "PACK_OF_OTHER_MUNICIPALITY",
            () => guidelines.CreateGuidelinePackAsync(Request(Packs.TextOf(EligibilityFixture.Gavle))).ResponseAsync);
        await Refused.ForFieldAsync("guideline_pack.document", "FIELD_REQUIRED", () => guidelines.CreateGuidelinePackAsync(Request("")).ResponseAsync);
    }

    [Theory]
    [InlineData(Roles.CaseOfficer)]
    [InlineData(Roles.OrganisationRepresentative)]
    [InlineData(Roles.Auditor)]
    public async Task Only_the_guideline_owner_changes_packs(string role)
    {
        var guidelines = service.Guidelines(EligibilityFixture.Eslov, role);
        var name = $"municipalities/{EligibilityFixture.Eslov}/guidelinePacks/2024-1";
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => guidelines.CreateGuidelinePackAsync(
            new CreateGuidelinePackRequest { Parent = $"municipalities/{EligibilityFixture.Eslov}" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => guidelines.RetireGuidelinePackAsync(new RetireGuidelinePackRequest { Name = name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => guidelines.PublishGuidelinePackAsync(new PublishGuidelinePackRequest { Name = name }).ResponseAsync);
    }

    private static string Document(string municipality, string version, string validFrom = "2024-01-01") => Packs.TextOf(EligibilityFixture.Falun)
        .Replace("municipality: \"2080\"", $"municipality: \"{municipality}\"", StringComparison.Ordinal)
        .Replace("version: \"2024-1\"", $"version: \"{version}\"", StringComparison.Ordinal)
        .Replace("validFrom: 2024-01-01", $"validFrom: {validFrom}", StringComparison.Ordinal);

    private async Task<Pack> CreateAsync(string municipality, string version, string validFrom = "2024-01-01") =>
        await service.Guidelines(municipality).CreateGuidelinePackAsync(new CreateGuidelinePackRequest
        {
            Parent = $"municipalities/{municipality}",
            GuidelinePack = new Pack { Document = Document(municipality, version, validFrom) },
        });

    private async Task PublishAsync(string municipality, string version, string validFrom)
    {
        var draft = await CreateAsync(municipality, version, validFrom);
        await service.Guidelines(municipality).PublishGuidelinePackAsync(new PublishGuidelinePackRequest { Name = draft.Name, Etag = draft.Etag });
    }

    private async Task<Pack> ResolveAsync(string municipality, int year) => await service.Guidelines(municipality).ResolveGuidelinePackAsync(
        new ResolveGuidelinePackRequest { Parent = $"municipalities/{municipality}", Date = new Date { Year = year, Month = 7, Day = 1 } });

    private async Task<V1.Case> OpenAsync(string municipality) => await service.Cases(municipality).CreateCaseAsync(new CreateCaseRequest
    {
        Parent = $"municipalities/{municipality}",
        Case = new V1.Case { Title = "En idé", Organisation = service.Organisations.Add(municipality) },
    });
}
