using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using Pack = Iop.Eligibility.V1.GuidelinePack;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class ComparisonTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    [Fact]
    public async Task One_case_is_tried_under_the_guidelines_of_every_municipality_side_by_side()
    {
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync());
        var comparison = await _falun.AsOfficer.CompareGuidelinesAsync(new CompareGuidelinesRequest { Name = @case.Name });

        Assert.True(comparison.Packs[0].Pinned);
        Assert.Equal(@case.GuidelinePack, comparison.Packs[0].GuidelinePack);
        Assert.All(new[] { "0580", "1283", "1285", "2180" }, code => Assert.Contains(comparison.Packs, pack => pack.GuidelinePack.StartsWith($"municipalities/{code}/", StringComparison.Ordinal)));

        // Findings of different municipalities on the same matter stand in one row.
        var both = Assert.Single(comparison.Criteria, row => row.Key == "mutual-contribution");
        Assert.All(["fa-check-both-finance", "li-crit-6-both-finance"], rule => Assert.Contains(both.Findings, found => found.Finding.RuleId == rule));
        Assert.Equal(comparison.Criteria.Select(row => row.Key).Distinct().Count(), comparison.Criteria.Count);
        Assert.All(comparison.Criteria, row => Assert.All(row.Findings, found => Assert.Equal(row.Key, found.Finding.Key)));
    }

    [Fact]
    public async Task It_says_what_differs_and_whose_answer_was_carried_over()
    {
        // Falun asks whether there is a market, and so does Linköping in its own words.
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync(), "fa-check-no-market");
        var linkoping = PackName(EligibilityFixture.Linkoping);
        var comparison = await _falun.AsOfficer.CompareGuidelinesAsync(new CompareGuidelinesRequest { Name = @case.Name, GuidelinePacks = { linkoping, linkoping } });

        Assert.Equal([@case.GuidelinePack, linkoping], comparison.Packs.Select(pack => pack.GuidelinePack));
        var market = Assert.Single(comparison.Criteria, row => row.Key == "no-market").Findings.Single(found => found.GuidelinePack == linkoping);
        Assert.Equal((Finding.Types.Status.NotMet, "li-crit-5-no-market", "fa-check-no-market"), (market.Finding.Status, market.Finding.RuleId, market.AnsweredByRule));
        Assert.Equal("", Assert.Single(comparison.Criteria, row => row.Key == "mutual-contribution").Findings.First(found => found.GuidelinePack == linkoping).AnsweredByRule);
        Assert.All(comparison.Differences, sentence => Assert.Contains("riktlinjer", sentence.Sv, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pinned_pack_finds_what_an_evaluation_finds_and_nothing_is_stored()
    {
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync());
        var comparison = await _falun.AsOfficer.CompareGuidelinesAsync(new CompareGuidelinesRequest { Name = @case.Name, GuidelinePacks = { @case.GuidelinePack } });
        var evaluation = await _falun.EvaluateAsync(@case);

        var pack = Assert.Single(comparison.Packs);
        Assert.Equal((evaluation.Outcome, evaluation.Instrument), (pack.Outcome, pack.Instrument));
        Assert.Empty(comparison.Differences);
        Assert.Equal(@case, await _falun.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));
    }

    [Fact]
    public async Task What_the_register_says_today_is_compared_and_one_who_may_not_read_it_sees_what_was_last_known()
    {
        var gavle = new Journey(service, EligibilityFixture.Gavle);
        var @case = await gavle.InDialogueAsync();
        service.Organisations.Check(@case.Organisation, "board-checks", "inclusion", Organisations.V1.ConditionStatus.Failed);

        Assert.Equal(Finding.Types.Status.NotMet, await StatusAsync(gavle.AsOfficer));
        Assert.Equal(Finding.Types.Status.Unanswered, await StatusAsync(service.Cases(EligibilityFixture.Gavle, Roles.GuidelineOwner)));

        async Task<Finding.Types.Status> StatusAsync(CasesService.CasesServiceClient reader)
        {
            var comparison = await reader.CompareGuidelinesAsync(new CompareGuidelinesRequest { Name = @case.Name, GuidelinePacks = { @case.GuidelinePack } });
            return comparison.Criteria.SelectMany(row => row.Findings).Single(found => found.Finding.RuleId == "ga-check-inclusion").Finding.Status;
        }
    }

    // es-established-actor: what the register knows is shown under each guideline that asks for it, and never to another organisation.
    [Fact]
    public async Task Each_finding_shows_what_it_rests_on_to_those_who_may_see_it()
    {
        var today = TimeProvider.System.Today();
        var second = service.Organisations.Add(EligibilityFixture.Falun, displayName: "Andra Famnen", number: "899999-0032");
        var @case = await _falun.InDialogueAsync(facts =>
        {
            facts.Parties.Add(new Types.V1.Party { PartyId = "andra", Side = Types.V1.PartySide.CivilSociety, Organisation = second });
            service.Organisations.Found(facts.Organisation, today.AddYears(-12), today.AddYears(-8));
            service.Organisations.Found(second, today.AddYears(-2), today.AddYears(-1));
        });
        var request = new CompareGuidelinesRequest { Name = @case.Name, GuidelinePacks = { PackName(EligibilityFixture.Eslov) } };

        var officer = Evidence(await _falun.AsOfficer.CompareGuidelinesAsync(request), "es-established-actor");
        Assert.Equal([@case.Organisation, second], officer.Where(evidence => evidence.Fact == "founded").Select(evidence => evidence.Organisation));
        Assert.All(officer, evidence => Assert.NotEmpty(evidence.Sentence.Sv));

        var chair = Evidence(await service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-k", second).CompareGuidelinesAsync(request), "es-established-actor");
        Assert.Equal(["founded", "relations"], chair.Select(evidence => evidence.Fact));
        Assert.All(chair, evidence => Assert.Equal(second, evidence.Organisation));

        // The pinned pack shows what an evaluation shows.
        var evaluated = (await _falun.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == "fa-check-remains-independent").Evidence;
        Assert.Equal(evaluated, Evidence(await _falun.AsOfficer.CompareGuidelinesAsync(request), "fa-check-remains-independent"));

        static IReadOnlyList<FindingEvidence> Evidence(GuidelineComparison comparison, string rule) =>
            [.. comparison.Criteria.SelectMany(row => row.Findings).Single(found => found.Finding.RuleId == rule).Finding.Evidence];
    }

    [Fact]
    public async Task A_draft_of_another_municipality_is_not_there_and_an_own_one_is_for_its_owner()
    {
        var draft = PackName("2583");
        var document = Packs.TextOf(EligibilityFixture.Falun).Replace("municipality: \"2080\"", "municipality: \"2583\"", StringComparison.Ordinal);
        await service.Guidelines("2583").CreateGuidelinePackAsync(new CreateGuidelinePackRequest { Parent = "municipalities/2583", GuidelinePack = new Pack { Document = document } });
        var @case = await _falun.DraftAsync();
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => _falun.AsOfficer.CompareGuidelinesAsync(
            new CompareGuidelinesRequest { Name = @case.Name, GuidelinePacks = { draft.Replace("2024-1", Packs.Of(EligibilityFixture.Falun).Version, StringComparison.Ordinal) } }).ResponseAsync);

        var own = Packs.TextOf(EligibilityFixture.Falun).Replace($"version: \"{Packs.Of(EligibilityFixture.Falun).Version}\"", "version: \"2099-1\"", StringComparison.Ordinal);
        var ownDraft = await service.Guidelines(EligibilityFixture.Falun).CreateGuidelinePackAsync(
            new CreateGuidelinePackRequest { Parent = _falun.Parent, GuidelinePack = new Pack { Document = own } });
        var request = new CompareGuidelinesRequest { Name = @case.Name, GuidelinePacks = { ownDraft.Name } };
        Assert.Equal(2, (await service.Cases(EligibilityFixture.Falun, Roles.GuidelineOwner).CompareGuidelinesAsync(request)).Packs.Count);
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => _falun.AsOfficer.CompareGuidelinesAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task Names_that_are_none_and_cases_of_others_are_refused()
    {
        var @case = await _falun.DraftAsync();
        await Refused.ForFieldAsync("guideline_packs[0]", "RESOURCE_NAME_INVALID", () => _falun.AsOfficer.CompareGuidelinesAsync(
            new CompareGuidelinesRequest { Name = @case.Name, GuidelinePacks = { "municipalities/0000/guidelinePacks/x" } }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => service.Cases(EligibilityFixture.Eslov).CompareGuidelinesAsync(
            new CompareGuidelinesRequest { Name = @case.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-c",
            service.Organisations.Add(EligibilityFixture.Falun)).CompareGuidelinesAsync(new CompareGuidelinesRequest { Name = @case.Name }).ResponseAsync);
    }

    private static string PackName(string code) => $"municipalities/{code}/guidelinePacks/{(Packs.Codes.Contains(code) ? Packs.Of(code).Version : "2024-1")}";
}
