using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;

namespace Iop.Eligibility.Tests.Service;

/// <summary>What a guideline lets the parties choose from and say, and what it tells those who use it.</summary>
[Collection(nameof(Eligibility))]
public sealed class GuidelineFactsTests(EligibilityFixture service)
{
    private readonly Journey _eslov = new(service, EligibilityFixture.Eslov);

    [Fact]
    public async Task Reasons_for_a_partnership_are_chosen_from_those_of_the_guideline_and_stand_in_the_memorandum()
    {
        var @case = await _eslov.DraftAsync(facts => facts.Rationales.AddRange(["complex-challenge", "synergy"]));

        Assert.Equal(["complex-challenge", "synergy"], @case.Rationales);
        var memo = await _eslov.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo", Format = DecisionMemoFormat.Markdown });
        Assert.Contains("Komplexa utmaningar klarar ingen av parterna ensam.", memo.Markdown, StringComparison.Ordinal);
        await Refused.ForFieldAsync("case.rationales[0]", "CODE_UNKNOWN", () => _eslov.DraftAsync(facts => facts.Rationales.Add("complex-challenges")));
    }

    [Fact]
    public async Task What_the_activity_covers_and_the_interest_of_the_municipality_are_facts_of_the_case()
    {
        var gavle = new Journey(service, EligibilityFixture.Gavle);
        var @case = await gavle.DraftAsync(facts => (facts.Scope, facts.MunicipalInterest) = ("Öppna kvällar, ingen behandling", "Färre unga utanför"));

        var evaluation = await gavle.EvaluateAsync(@case);

        Assert.All(["ga-delimited-activity", "ga-municipal-interest"], rule => Assert.Equal(Finding.Types.Status.Met, evaluation.Findings.Single(finding => finding.RuleId == rule).Status));
    }

    [Theory]
    [InlineData(FundingSource.Grant, Finding.Types.Status.NotMet)]
    [InlineData(FundingSource.Procured, Finding.Types.Status.NotMet)]
    [InlineData(FundingSource.WithinFrame, Finding.Types.Status.Met)]
    public async Task Money_of_a_partnership_is_neither_a_grant_nor_pay_for_a_service(FundingSource source, Finding.Types.Status expected)
    {
        var journey = new Journey(service, EligibilityFixture.Linkoping);
        var @case = await journey.DraftAsync(facts => facts.Parties[1].FundingSource = source);

        var finding = (await journey.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == "li-neither-grant-nor-procurement");

        Assert.Equal((expected, expected == Finding.Types.Status.NotMet), (finding.Status, finding.Blocking));
    }

    [Fact]
    public async Task Support_from_the_central_office_is_asked_for_and_given_in_the_case()
    {
        var @case = await RecordAsync(_eslov.AsOfficer, await _eslov.DraftAsync(), DialogueKind.SupportRequested, "Hur värderar vi lokalen?");
        var office = service.Cases(EligibilityFixture.Eslov, Roles.GuidelineOwner, "kommunledningskontoret");
        Assert.Equal("Hur värderar vi lokalen?", (await office.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).DialogueEntries[0].OtherOutcome);

        await Refused.ForFieldAsync("entry.kind", "FIELD_NOT_ALLOWED", () => RecordAsync(office, @case, DialogueKind.Dialogue, "Ett möte"));
        @case = await RecordAsync(office, @case, DialogueKind.SupportGiven, "Till självkostnad.");

        Assert.Equal(("Till självkostnad.", "kommunledningskontoret"), (@case.DialogueEntries[1].OtherOutcome, @case.DialogueEntries[1].RecordedBy));
    }

    [Fact]
    public async Task A_committee_can_take_note_of_information_without_deciding_and_that_is_no_meeting_of_the_parties()
    {
        var gavle = new Journey(service, EligibilityFixture.Gavle);
        var @case = await RecordAsync(gavle.AsOfficer, await gavle.DraftAsync(), DialogueKind.InformationNoted, "Nämnden tog emot informationen.");
        @case = await RecordAsync(gavle.AsOfficer, @case, DialogueKind.InformationNoted, "Nämnden tog emot den igen.");

        Assert.Equal((DialogueKind.InformationNoted, Case.Types.State.Draft), (@case.DialogueEntries[0].Kind, @case.State));
        Assert.Equal(GateFinding.Types.State.Pending, (await gavle.EvaluateAsync(@case)).Gates.Single(gate => gate.RuleId == "ga-several-meetings-with-concerned").State);
    }

    private static async Task<Case> RecordAsync(CasesService.CasesServiceClient by, Case @case, DialogueKind kind, string text)
    {
        var request = Journey.Dialogue(@case);
        request.Entry = new DialogueEntry { Kind = kind, Date = Journey.Today, Participants = { "Kommunledningskontoret" }, OtherOutcome = text };
        return await by.RecordDialogueAsync(request);
    }

    [Fact]
    public async Task The_lawyer_sees_what_the_guideline_rests_on()
    {
        var @case = await _eslov.DraftAsync();

        var checklist = await _eslov.AsLawyer.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = @case.Name });

        Assert.Equal("es-reference-sources", Assert.Single(checklist.References, text => text.RuleId.Length > 0).RuleId);
        Assert.Empty(checklist.SuggestedActivities);
    }

    [Fact]
    public async Task The_facts_of_a_case_point_to_the_laws_that_may_apply_and_say_why()
    {
        var @case = await _eslov.DraftAsync(facts => facts.TargetGroupCodes.Add("children"));

        var checklist = await _eslov.AsOfficer.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = @case.Name });

        var suggestion = Assert.Single(checklist.SuggestedActivities);
        Assert.Equal(("children", "target_group_codes", "children"), (suggestion.ActivityTag, suggestion.Causes[0].Field, suggestion.Causes[0].Code));
        Assert.Contains(suggestion.Questions, question => question.Question == "children-rights" && question.LawReferences.Count > 0);
        Assert.DoesNotContain(checklist.Questions, question => question.ActivityTag == "children");
        var memo = await _eslov.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        Assert.Contains("Verksamhet med barn, eftersom ärendet anger barn", memo.Sections.Single(section => section.Key == "particular").Items);

        @case = await _eslov.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, ActivityTags = { "children" } } });
        checklist = await _eslov.AsOfficer.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = @case.Name });
        Assert.Empty(checklist.SuggestedActivities);
        Assert.Contains(checklist.Questions, question => question.ActivityTag == "children");
    }

    [Fact]
    public async Task A_pack_tells_those_who_integrate_what_is_asked_where_more_is_said_and_who_decides()
    {
        var falun = await PackAsync(EligibilityFixture.Falun);
        var helsingborg = await PackAsync(EligibilityFixture.Helsingborg);
        var linkoping = await PackAsync(EligibilityFixture.Linkoping);

        Assert.All(["fa-public-information-page", "fa-named-contact"], rule => Assert.StartsWith("https://", falun.Notes.Single(note => note.RuleId == rule).Uri, StringComparison.Ordinal));
        Assert.Equal(["norm-based-grant", "targeted-grant"], falun.FundingRule.Grants.Select(grant => grant.Key));
        Assert.All(helsingborg.ConditionSets, set => Assert.Equal((2020, true), (set.AsOf.Year, set.Uri.StartsWith("https://helsingborg.se/", StringComparison.Ordinal))));
        Assert.Equal(
            ["he-period-ends-without-notice", "he-period-renegotiation-timing", "he-period-extension-count-length"], helsingborg.ExtensionRule.MustDecide.Select(settled => settled.RuleId));
        Assert.Equal(3, helsingborg.Questions.Count(question => question.Required));
        Assert.Equal([FundingSource.Grant, FundingSource.Procured], linkoping.FundingRule.ForbiddenSources);
        Assert.Equal((DecidingBody.Committee, false), (linkoping.DecisionRule.Bodies[0], linkoping.DecisionRule.SelfApprovalAllowed));
        Assert.True(linkoping.Criteria.Single(criterion => criterion.RuleId == "li-crit-5-no-market") is { EvidenceRequired: true, Evidence.Sv.Length: > 0 });
    }

    private async Task<GuidelinePack> PackAsync(string municipality) => await service.Guidelines(municipality).GetGuidelinePackAsync(
        new GetGuidelinePackRequest { Name = $"municipalities/{municipality}/guidelinePacks/{Packs.Of(municipality).Version}" });
}
