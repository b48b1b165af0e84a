using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;
using Pack = Iop.Eligibility.V1.GuidelinePack;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class PrecedentTests(EligibilityFixture service)
{
    private const string Sharing = "2482";

    private readonly Journey _falun = new(service, EligibilityFixture.Falun);
    private readonly Journey _eslov = new(service, EligibilityFixture.Eslov);

    [Fact]
    public async Task A_decided_case_becomes_a_precedent_of_codes_figures_and_a_reviewed_summary()
    {
        var @case = await DecidedAsync(_falun);
        var precedent = await PublishAsync(EligibilityFixture.Falun, @case);

        Assert.Equal((PrecedentSource.Own, Precedent.Types.State.Published, @case.Name), (precedent.Source, precedent.State, precedent.Case));
        Assert.Equal((Decision.Types.Outcome.Approved, Instrument.Iop, LegalGround.NotProcurement, 36), (precedent.DecisionOutcome, precedent.Instrument, precedent.LegalGround, precedent.PlannedTermMonths));
        Assert.Equal((1_200_000, 180_000), (precedent.PublicContribution.Units, precedent.CivilSocietyContribution.Units));
        Assert.Contains(precedent.Findings, finding => finding is { RuleId: "fa-check-both-finance", Status: Finding.Types.Status.Met });
        Assert.Equal(@case.Domain, precedent.Domain);

        // Nothing that a person wrote in the case, and no one who took part in it.
        foreach (var text in new[] { @case.Title, @case.Challenge, @case.Need, @case.Goals[0].Text, @case.Decision.Reasons, @case.Organisation, Journey.Decider, Journey.Officer })
        {
            Assert.DoesNotContain(text, precedent.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(precedent, await Client(EligibilityFixture.Falun).GetPrecedentAsync(new GetPrecedentRequest { Name = precedent.Name }));
        Assert.Contains(precedent.Name, await NamesAsync(EligibilityFixture.Falun, new ListPrecedentsRequest()));
    }

    [Theory]
    [InlineData("mötesplatser", true)]
    [InlineData("kväll", true)]
    [InlineData("kvällsöppen mötesplats", false)]
    [InlineData("simhall", false)]
    public async Task It_is_found_by_words_in_any_form_and_by_its_codes(string query, bool found)
    {
        var precedent = await PublishAsync(EligibilityFixture.Falun, await DecidedAsync(_falun));
        Assert.Equal(found, (await NamesAsync(EligibilityFixture.Falun, new ListPrecedentsRequest { Query = query })).Contains(precedent.Name));
        Assert.Equal(precedent.Domain.Length > 0, (await NamesAsync(EligibilityFixture.Falun, new ListPrecedentsRequest { Domain = precedent.Domain.Length > 0 ? precedent.Domain : "x" })).Contains(precedent.Name));
        Assert.DoesNotContain(precedent.Name, await NamesAsync(EligibilityFixture.Falun, new ListPrecedentsRequest { ChallengeCodes = { "no-such-code" } }));
    }

    [Fact]
    public async Task It_is_found_by_any_of_its_challenges_and_target_groups_and_by_its_domain_all_together()
    {
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.SubmittedAsync(facts =>
        {
            facts.ChallengeCodes.Add(["loneliness", "mental-health"]);
            facts.TargetGroupCodes.Add("young-adults");
        }, withDocuments: true);
        @case = await journey.AsDecider.DecideCaseAsync(journey.Decide(@case));
        var precedent = await PublishAsync(EligibilityFixture.Gavle, @case);
        Assert.NotEmpty(precedent.Domain);

        async Task<bool> FoundAsync(ListPrecedentsRequest request) => (await NamesAsync(EligibilityFixture.Gavle, request)).Contains(precedent.Name);
        Assert.True(await FoundAsync(new ListPrecedentsRequest { ChallengeCodes = { "mental-health" } }));
        Assert.True(await FoundAsync(new ListPrecedentsRequest { ChallengeCodes = { "crime", "loneliness" } }));
        Assert.True(await FoundAsync(new ListPrecedentsRequest { TargetGroupCodes = { "young-adults" }, Domain = precedent.Domain, ChallengeCodes = { "loneliness" } }));
        Assert.False(await FoundAsync(new ListPrecedentsRequest { TargetGroupCodes = { "older-people" }, ChallengeCodes = { "loneliness" } }));
        Assert.False(await FoundAsync(new ListPrecedentsRequest { Domain = "another" }));
        Assert.False(await FoundAsync(new ListPrecedentsRequest { ChallengeCodes = { "crime" } }));
    }

    [Fact]
    public async Task Only_a_decided_case_does_and_only_once_at_a_time()
    {
        var draft = await _eslov.DraftAsync();
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STATE_NOT_ALLOWED", () => PublishAsync(EligibilityFixture.Eslov, draft));

        var @case = await DecidedAsync(_eslov);
        var first = await PublishAsync(EligibilityFixture.Eslov, @case);
        var refused = await Refused.ByAsync(StatusCode.AlreadyExists, "PRECEDENT_EXISTS", () => PublishAsync(EligibilityFixture.Eslov, @case));
        Assert.Equal(first.Name, refused.Metadata["name"]);

        var client = Client(EligibilityFixture.Eslov);
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => client.WithdrawPrecedentAsync(new WithdrawPrecedentRequest { Name = first.Name, Reason = "Fel" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => client.WithdrawPrecedentAsync(new WithdrawPrecedentRequest { Name = first.Name, Reason = "Fel", Etag = "\"1\"" }).ResponseAsync);
        var withdrawn = await client.WithdrawPrecedentAsync(new WithdrawPrecedentRequest { Name = first.Name, Reason = "Skrivs om", Etag = first.Etag });
        Assert.Equal((Precedent.Types.State.Withdrawn, "Skrivs om"), (withdrawn.State, withdrawn.WithdrawalReason));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PRECEDENT_STATE_NOT_ALLOWED", () => client.WithdrawPrecedentAsync(
            new WithdrawPrecedentRequest { Name = first.Name, Reason = "Igen", Etag = withdrawn.Etag }).ResponseAsync);
        Assert.DoesNotContain(first.Name, await NamesAsync(EligibilityFixture.Eslov, new ListPrecedentsRequest()));
        Assert.NotEqual(first.Name, (await PublishAsync(EligibilityFixture.Eslov, @case)).Name);
    }

    [Fact]
    public async Task A_summary_that_no_one_has_reviewed_or_that_holds_a_personal_number_is_refused()
    {
        var @case = await DecidedAsync(_eslov);
        await Refused.ForFieldAsync("reviewed", "REVIEW_REQUIRED", () => PublishAsync(EligibilityFixture.Eslov, @case, change: request => request.Reviewed = false));
        await Refused.ForFieldAsync("precedent.summary", "FIELD_REQUIRED", () => PublishAsync(EligibilityFixture.Eslov, @case, change: request => request.Precedent.Summary = " "));
        await Refused.ForFieldAsync("precedent.summary", "PERSONAL_IDENTITY_NUMBER_REFUSED", () => PublishAsync(
            EligibilityFixture.Eslov, @case, change: request => request.Precedent.Summary = "Ordföranden 811218-9876 drev det"));
    }

    [Fact]
    public async Task Precedents_pass_between_municipalities_that_both_share_and_stop_the_day_one_does_not()
    {
        await PublishPackAsync("2020-1", "2020-01-01", shares: true);
        var pack = Domain.Guidelines.GuidelinePackReader.Read(Document("2020-1", "2020-01-01", shares: true)).Pack!;
        var sharing = new Journey(service, Sharing, pack);
        var lonely = await sharing.SubmittedAsync(facts => facts.ChallengeCodes.Add("loneliness"));
        var own = await PublishAsync(Sharing, await sharing.AsDecider.DecideCaseAsync(sharing.Decide(lonely)), shared: true);
        var kept = await PublishAsync(Sharing, await DecidedAsync(new Journey(service, Sharing, pack)), shared: false);

        // Falun shares, and sees what the other shows, without the case and with nothing to change.
        var seen = Assert.Single(await SharedAsync(EligibilityFixture.Falun), precedent => precedent.Name == own.Name);
        Assert.Equal((PrecedentSource.Shared, "", "", $"municipalities/{Sharing}"), (seen.Source, seen.Case, seen.Etag, seen.Municipality));
        Assert.DoesNotContain(await SharedAsync(EligibilityFixture.Falun), precedent => precedent.Name == kept.Name);
        Assert.Contains(own.Name, await NamesAsync(EligibilityFixture.Falun, new ListPrecedentsRequest { Source = PrecedentSource.Shared, ChallengeCodes = { "loneliness" }, Query = "kväll" }));
        Assert.DoesNotContain(own.Name, await NamesAsync(EligibilityFixture.Falun, new ListPrecedentsRequest { Source = PrecedentSource.Shared, ChallengeCodes = { "crime" } }));
        Assert.DoesNotContain(await SharedAsync(Sharing), precedent => precedent.Name == own.Name);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => Client(EligibilityFixture.Falun).GetPrecedentAsync(new GetPrecedentRequest { Name = own.Name }).ResponseAsync);

        // Who does not share sees nothing of others.
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PRECEDENTS_NOT_SHARED", () => SharedAsync(EligibilityFixture.Eslov));

        // From the day that the guidelines no longer share, no one sees it, and they see no one.
        await PublishPackAsync("2021-1", "2021-01-01", shares: false);
        Assert.DoesNotContain(await SharedAsync(EligibilityFixture.Falun), precedent => precedent.Name == own.Name);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PRECEDENTS_NOT_SHARED", () => SharedAsync(Sharing));

        // What is withdrawn is gone for good, whatever is chosen later.
        await Client(Sharing).WithdrawPrecedentAsync(new WithdrawPrecedentRequest { Name = own.Name, Etag = own.Etag, Reason = "Inte längre rättvisande" });
        await PublishPackAsync("2022-1", "2022-01-01", shares: true);
        Assert.DoesNotContain(await SharedAsync(EligibilityFixture.Falun), precedent => precedent.Name == own.Name);
    }

    [Fact]
    public async Task The_public_examples_stand_beside_and_every_municipality_finds_them()
    {
        var client = Client(EligibilityFixture.Eslov, Roles.OrganisationRepresentative);
        var list = await client.ListPrecedentsAsync(new ListPrecedentsRequest { Parent = _eslov.Parent, Source = PrecedentSource.PublicExample });
        Assert.Equal(["Falu kommun och Röda Korset", "Lunds kommun och PRO", "Borås stad och PRO"], list.Precedents.Select(precedent => precedent.Title));
        Assert.All(list.Precedents, precedent => Assert.NotEmpty(precedent.SourceReference));

        var lonely = await client.ListPrecedentsAsync(new ListPrecedentsRequest { Parent = _eslov.Parent, Source = PrecedentSource.PublicExample, ChallengeCodes = { "loneliness" }, Query = "ensamma äldre" });
        Assert.Empty(lonely.Precedents);
        lonely = await client.ListPrecedentsAsync(new ListPrecedentsRequest { Parent = _eslov.Parent, Source = PrecedentSource.PublicExample, TargetGroupCodes = { "older-people" }, Query = "ensamhet" });
        Assert.Equal(["Lunds kommun och PRO"], lonely.Precedents.Select(precedent => precedent.Title));
        Assert.Equal(lonely.Precedents[0], await client.GetPrecedentAsync(new GetPrecedentRequest { Name = lonely.Precedents[0].Name }));
    }

    [Fact]
    public async Task Lists_turn_pages_and_what_is_not_there_is_told()
    {
        for (var i = 0; i < 3; i++)
        {
            await PublishAsync(EligibilityFixture.Eslov, await DecidedAsync(_eslov), change: request => request.Precedent.Title = "Sällskap i simhallen");
        }

        var request = new ListPrecedentsRequest { Parent = _eslov.Parent, Query = "simhall", PageSize = 2 };
        var first = await Client(EligibilityFixture.Eslov).ListPrecedentsAsync(request);
        var second = await Client(EligibilityFixture.Eslov).ListPrecedentsAsync(new ListPrecedentsRequest(request) { PageToken = first.NextPageToken });
        Assert.Equal((2, 1, ""), (first.Precedents.Count, second.Precedents.Count, second.NextPageToken));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => Client(EligibilityFixture.Eslov).ListPrecedentsAsync(
            new ListPrecedentsRequest { Parent = _eslov.Parent, PageToken = first.NextPageToken }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "PRECEDENT_NOT_FOUND", () => Client(EligibilityFixture.Eslov).GetPrecedentAsync(
            new GetPrecedentRequest { Name = $"{_eslov.Parent}/precedents/{Guid.CreateVersion7()}" }).ResponseAsync);
        await Refused.ForFieldAsync("source", "ENUM_VALUE_REQUIRED", () => Client(EligibilityFixture.Eslov).ListPrecedentsAsync(
            new ListPrecedentsRequest { Parent = _eslov.Parent, Source = (PrecedentSource)9 }).ResponseAsync);
    }

    [Fact]
    public async Task A_repeat_answers_as_the_first_and_publishes_once()
    {
        var @case = await DecidedAsync(_eslov);
        var id = Guid.NewGuid().ToString();
        var first = await PublishAsync(EligibilityFixture.Eslov, @case, change: request => request.RequestId = id);
        Assert.Equal(first, await PublishAsync(EligibilityFixture.Eslov, @case, change: request => request.RequestId = id));
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => PublishAsync(EligibilityFixture.Eslov, @case, change: request =>
        {
            request.RequestId = id;
            request.Precedent.Title = "En annan";
        }));
    }

    private PrecedentsService.PrecedentsServiceClient Client(string municipality, string role = Roles.CaseOfficer) => new(service.As(municipality, role));

    private static async Task<Case> DecidedAsync(Journey journey) => await journey.AsDecider.DecideCaseAsync(journey.Decide(await journey.SubmittedAsync()));

    private async Task<Precedent> PublishAsync(string municipality, Case @case, bool shared = false, Action<PublishPrecedentRequest>? change = null)
    {
        var request = new PublishPrecedentRequest
        {
            Parent = $"municipalities/{municipality}",
            Precedent = new Precedent { Case = @case.Name, Title = "Mötesplats på kvällstid", Summary = "En förening höll öppet när kommunen hade stängt.", Shared = shared },
            Reviewed = true,
        };
        change?.Invoke(request);
        return await Client(municipality).PublishPrecedentAsync(request);
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string municipality, ListPrecedentsRequest request)
    {
        request.Parent = $"municipalities/{municipality}";
        request.PageSize = 200;
        return [.. (await Client(municipality).ListPrecedentsAsync(request)).Precedents.Select(precedent => precedent.Name)];
    }

    private async Task<IReadOnlyList<Precedent>> SharedAsync(string municipality) => (await Client(municipality).ListPrecedentsAsync(
        new ListPrecedentsRequest { Parent = $"municipalities/{municipality}", Source = PrecedentSource.Shared, PageSize = 200 })).Precedents;

    private async Task PublishPackAsync(string version, string validFrom, bool shares)
    {
        var guidelines = service.Guidelines(Sharing);
        var draft = await guidelines.CreateGuidelinePackAsync(new CreateGuidelinePackRequest
        {
            Parent = $"municipalities/{Sharing}",
            GuidelinePack = new Pack { Document = Document(version, validFrom, shares) },
        });
        await guidelines.PublishGuidelinePackAsync(new PublishGuidelinePackRequest { Name = draft.Name, Etag = draft.Etag });
    }

    private static string Document(string version, string validFrom, bool shares)
    {
        var falun = Packs.Of(EligibilityFixture.Falun);
        return Packs.TextOf(EligibilityFixture.Falun)
            .Replace($"municipality: \"{falun.Municipality}\"", $"municipality: \"{Sharing}\"", StringComparison.Ordinal)
            .Replace($"version: \"{falun.Version}\"", $"version: \"{version}\"", StringComparison.Ordinal)
            .Replace($"validFrom: {falun.ValidFrom:yyyy-MM-dd}", $"validFrom: {validFrom}", StringComparison.Ordinal)
            .Replace("sharing: {precedents: true", $"sharing: {{precedents: {(shares ? "true" : "false")}", StringComparison.Ordinal);
    }
}
