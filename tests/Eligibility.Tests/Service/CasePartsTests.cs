using Iop.Eligibility.V1;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Meetings of every kind and contributions of every type, and what they settle.</summary>
[Collection(nameof(Eligibility))]
public sealed class CasePartsTests(EligibilityFixture service)
{
    public static TheoryData<DialogueKind> Meetings => [.. Enum.GetValues<DialogueKind>().Where(kind => kind != DialogueKind.Unspecified)];

    public static TheoryData<ContributionType> Contributions => [.. Enum.GetValues<ContributionType>().Where(type => type != ContributionType.Unspecified)];

    [Theory]
    [MemberData(nameof(Meetings))]
    public async Task A_step_of_the_dialogue_of_any_kind_is_kept_with_all_that_came_out_of_it(DialogueKind kind)
    {
        var falun = new Journey(service, EligibilityFixture.Falun);
        var @case = await falun.DraftAsync();
        var sent = new DialogueEntry
        {
            Kind = kind,
            Date = Journey.Today,
            Participants = { "Föreningens styrelse", "Förvaltningen" },
            Topics = { "behov" },
            ActivityOutcome = "Öppna kvällar",
            TargetGroupOutcome = "Unga vuxna",
            GoalsOutcome = "Färre ensamma",
            QualityOutcome = "De kommer tillbaka",
            ValuesOutcome = "Öppenhet",
            OtherOutcome = "Nytt möte i maj",
        };
        @case = await falun.AsOfficer.RecordDialogueAsync(new RecordDialogueRequest { Name = @case.Name, Etag = @case.Etag, Entry = sent });

        var entry = Assert.Single(@case.DialogueEntries);
        // What a committee is told, and support for the work, are noted beside the talk between the parties and do not begin it.
        var isBeside = kind is DialogueKind.InformationNoted or DialogueKind.SupportRequested or DialogueKind.SupportGiven or DialogueKind.Announced;
        Assert.Equal((1, Journey.Officer, isBeside ? State.Draft : State.Dialogue), (entry.EntryNumber, entry.RecordedBy, @case.State));
        Assert.Equal(sent, new DialogueEntry(entry) { EntryNumber = 0, RecordedBy = "", RecordTime = null });

        // law.md 2.1: that others were heard is remarked on until it is recorded, and only such a meeting records it.
        Assert.Equal(kind != DialogueKind.OtherOrganisationsHeard, (await falun.EvaluateAsync(@case)).LawFindings.Any(finding => finding.Code == "others-not-heard"));
    }

    [Theory]
    [InlineData(EligibilityFixture.Gavle, "ga-idea-meeting-before-agreement", DialogueKind.IdeaMeeting)]
    [InlineData(EligibilityFixture.Helsingborg, "he-identify-challenge-together", DialogueKind.JointProblemStatement)]
    public async Task A_gate_is_passed_by_the_meeting_that_it_asks_for_and_by_no_other(string municipality, string ruleId, DialogueKind kind)
    {
        var journey = new Journey(service, municipality);
        var @case = await journey.DraftAsync();
        foreach (var other in new[] { DialogueKind.Dialogue, DialogueKind.OtherOrganisationsHeard, DialogueKind.Declaration })
        {
            @case = await MetAsync(journey, @case, other);
        }

        Assert.Equal(GateFinding.Types.State.Pending, await GateAsync());
        @case = await MetAsync(journey, @case, kind);
        Assert.Equal(GateFinding.Types.State.Passed, await GateAsync());

        async Task<GateFinding.Types.State> GateAsync() => (await journey.EvaluateAsync(@case)).Gates.First(gate => gate.RuleId == ruleId).State;
    }

    // ga-several-meetings-with-concerned: more than one, with others than the parties, and none counted twice.
    [Fact]
    public async Task Several_meetings_with_others_that_may_be_concerned_are_counted_from_what_is_recorded()
    {
        var gavle = new Journey(service, EligibilityFixture.Gavle);
        var @case = await gavle.DraftAsync();
        foreach (var of in new[] { DialogueKind.Dialogue, DialogueKind.Dialogue, DialogueKind.IdeaMeeting })
        {
            @case = await MetAsync(gavle, @case, of);
        }

        Assert.Equal((GateFinding.Types.State.Pending, 0, 2), await GateAsync());
        @case = await HeardAsync("Kamratföreningen");
        Assert.Equal((GateFinding.Types.State.Pending, 1, 2), await GateAsync());
        @case = await HeardAsync("Kamratföreningen");
        Assert.Equal((GateFinding.Types.State.Pending, 1, 2), await GateAsync());
        @case = await HeardAsync("Anhörigföreningen");
        Assert.Equal((GateFinding.Types.State.Passed, 2, 2), await GateAsync());

        async Task<Case> HeardAsync(string organisation)
        {
            var request = Journey.Dialogue(@case);
            request.Entry = new DialogueEntry { Kind = DialogueKind.OtherOrganisationsHeard, Date = Journey.Today, Participants = { organisation } };
            return await gavle.AsOfficer.RecordDialogueAsync(request);
        }

        async Task<(GateFinding.Types.State State, int Held, int Needed)> GateAsync()
        {
            var gate = (await gavle.EvaluateAsync(@case)).Gates.Single(gate => gate.RuleId == "ga-several-meetings-with-concerned");
            return (gate.State, gate.MeetingCount, gate.RequiredMeetingCount);
        }
    }

    [Theory]
    [MemberData(nameof(Contributions))]
    public async Task A_contribution_of_any_type_is_kept_and_counts_for_the_side_that_gives_it(ContributionType type)
    {
        var falun = new Journey(service, EligibilityFixture.Falun);
        var sent = new Contribution { PartyId = "famnen", Type = type, Description = "Det vi ger", Value = Journey.Sek(40_000) };
        (sent.Hours, sent.ValuationMethod) = (type == ContributionType.VolunteerHours ? 200 : 0, type == ContributionType.Money ? "" : "Uppskattat");
        var @case = await falun.DraftAsync(facts => facts.Contributions[0] = sent);

        Assert.Equal(sent, @case.Contributions[0]);
        Assert.Equal(Finding.Types.Status.Met, (await falun.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == "fa-both-contribute").Status);
        var memo = await falun.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        Assert.Contains(memo.Sections.SelectMany(section => section.Tables).SelectMany(table => table.Rows), row => row.Cells.Contains("Det vi ger"));
    }

    // law.md 2.1: the value is money and in-kind over the term with every option.
    [Fact]
    public async Task The_value_of_a_legal_assessment_is_by_default_what_the_public_side_gives_with_options_and_in_kind()
    {
        var falun = new Journey(service, EligibilityFixture.Falun);
        var @case = await falun.AssessedAsync(facts =>
        {
            facts.Contributions.Add(new Contribution { PartyId = "arbete", Type = ContributionType.Premises, Value = Journey.Sek(60_000), ValuationMethod = "Hyra" });
            (facts.PlannedExtensionCount, facts.PlannedExtensionMonths) = (2, 12);
        });
        @case = await falun.LegallyAssessedAsync(@case);
        Assert.Equal(2_100_000, Assert.Single(@case.LegalAssessments).EstimatedValue.Units);
    }

    private static async Task<Case> MetAsync(Journey journey, Case @case, DialogueKind kind)
    {
        var request = Journey.Dialogue(@case);
        request.Entry.Kind = kind;
        return await journey.AsOfficer.RecordDialogueAsync(request);
    }
}
