using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>The facts of a case that classify and value it, several people at once, and newer guidelines.</summary>
[Collection(nameof(Eligibility))]
public sealed class CaseFactsTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    [Fact]
    public async Task Codes_are_shown_with_their_names_and_a_case_is_classified_by_them()
    {
        var codes = await _falun.AsOfficer.GetClassificationAsync(new GetClassificationRequest { Parent = _falun.Parent });
        Assert.Contains(codes.Challenges, code => code is { Code: "loneliness", Text.Sv: "Ensamhet och isolering" });
        Assert.All(codes.Challenges.Concat(codes.TargetGroups).Concat(codes.ActivityTags), code => Assert.True(code.Text.Sv.Length > 0 && code.Text.En.Length > 0));

        var @case = await _falun.DraftAsync(facts =>
        {
            facts.ChallengeCodes.Add("loneliness");
            facts.TargetGroupCodes.Add("young-adults");
            facts.ActivityTags.Add("premises");
        });
        Assert.Equal(("loneliness", "young-adults", "premises"), (@case.ChallengeCodes[0], @case.TargetGroupCodes[0], @case.ActivityTags[0]));
        await Refused.ForFieldAsync("case.challenge_codes[0]", "CODE_UNKNOWN", () => _falun.DraftAsync(facts => facts.ChallengeCodes.Add("ensamhet")));
        await Refused.ForFieldAsync("case.activity_tags[1]", "DUPLICATE_VALUE", () => _falun.DraftAsync(facts => facts.ActivityTags.Add(["care", "care"])));
    }

    [Fact]
    public async Task Volunteer_hours_are_worth_hours_times_the_hourly_value()
    {
        var @case = await _falun.DraftAsync(facts =>
        {
            facts.Contributions[0].Value = null;
            facts.Contributions[0].ValuationMethod = "";
            facts.Contributions[0].HourlyValue = Journey.Sek(220);
            facts.Contributions.Add(new Contribution { PartyId = "famnen", Type = ContributionType.Overhead, Value = Journey.Sek(20_000), ValuationMethod = "Andel av lokalhyra" });
            facts.Contributions.Add(new Contribution { PartyId = "arbete", Type = ContributionType.Marketing, Value = Journey.Sek(15_000), ValuationMethod = "Offert" });
        });
        Assert.Equal((198_000, 220), (@case.Contributions[0].Value.Units, @case.Contributions[0].HourlyValue.Units));

        await Refused.ForFieldAsync("case.contributions[0].value", "VALUE_NOT_HOURS_TIMES_RATE", () => _falun.DraftAsync(facts => facts.Contributions[0].HourlyValue = Journey.Sek(220)));
        await Refused.ForFieldAsync("case.contributions[1].hourly_value", "FIELD_NOT_ALLOWED", () => _falun.DraftAsync(facts => facts.Contributions[1].HourlyValue = Journey.Sek(220)));
        await Refused.ForFieldAsync("case.contributions[0].hourly_value", "MONEY_INVALID", () => _falun.DraftAsync(facts =>
        {
            (facts.Contributions[0].Value, facts.Contributions[0].Hours, facts.Contributions[0].HourlyValue) = (null, 1_000_000, Journey.Sek(999_999_999_999));
        }));
    }

    [Fact]
    public async Task Several_organisations_and_administrations_and_another_body_are_parties_with_one_lead_on_each_side()
    {
        var second = service.Organisations.Add(EligibilityFixture.Falun, displayName: "Andra Famnen", number: "899999-0024");
        var @case = await _falun.DraftAsync(facts =>
        {
            facts.Parties.Add(new Party { PartyId = "andra", Side = PartySide.CivilSociety, Organisation = second });
            facts.Parties.Add(new Party { PartyId = "kultur", Side = PartySide.Public, PublicPartyKind = PublicPartyKind.Administration, DisplayName = "Kulturförvaltningen", FundingSource = FundingSource.WithinFrame });
            facts.Parties.Add(new Party { PartyId = "region", Side = PartySide.Public, PublicPartyKind = PublicPartyKind.Region, DisplayName = "Regionen", FundingSource = FundingSource.NoMoney });
        });
        Assert.Equal(2, @case.Parties.Count(party => party.Lead));
        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-6", second);
        Assert.Equal(@case.Name, (await chair.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).Name);
    }

    [Fact]
    public async Task What_procurement_law_asks_is_the_municipalitys_to_say()
    {
        var @case = await _falun.DraftAsync();
        var update = new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, ProcurementFacts = new ProcurementFacts { AnnexTwoService = true } } };
        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-5", @case.Organisation);
        await Refused.ForFieldAsync("case.procurement_facts", "FIELD_NOT_ALLOWED", () => chair.UpdateCaseAsync(update).ResponseAsync);

        @case = await _falun.AsOfficer.UpdateCaseAsync(update);
        Assert.True(@case.ProcurementFacts is { AnnexTwoService: true, HasSystemOfChoice: false });
        @case = await chair.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, Need = "Fler kvällar" } });
        Assert.True(@case.ProcurementFacts.AnnexTwoService);
    }

    // li-crit-8-mutual-wish-non-market: a declaration by both parties is two recorded consents, and none speaks for the other.
    [Fact]
    public async Task A_representative_declares_and_agrees_for_the_own_organisation_alone()
    {
        var @case = await _falun.DraftAsync(facts =>
        {
            facts.Declarations.Clear();
            facts.Goals[0].AgreedPartyIds.Clear();
        });
        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-v", @case.Organisation);
        UpdateCaseRequest Declaring(params string[] parties) => new()
        {
            Case = new Case
            {
                Name = @case.Name,
                Etag = @case.Etag,
                Declarations = { parties.Select(party => new Declaration { PartyId = party, Kind = DeclarationKind.NonMarketRelation, DeclareDate = Journey.Today }) },
            },
            UpdateMask = new() { Paths = { "declarations" } },
        };
        UpdateCaseRequest Agreeing(params string[] parties) => new()
        {
            Case = new Case { Name = @case.Name, Etag = @case.Etag, Goals = { new Goal { Text = "Färre ensamma", AgreedPartyIds = { parties } } } },
        };

        await Refused.ForFieldAsync("case.declarations[1].party_id", "PARTY_NOT_OWN", () => chair.UpdateCaseAsync(Declaring("famnen", "arbete")).ResponseAsync);
        await Refused.ForFieldAsync("case.goals[0].agreed_party_ids", "PARTY_NOT_OWN", () => chair.UpdateCaseAsync(Agreeing("famnen", "arbete")).ResponseAsync);
        @case = await chair.UpdateCaseAsync(Declaring("famnen"));
        @case = await chair.UpdateCaseAsync(Agreeing("famnen"));
        @case = await _falun.AsOfficer.UpdateCaseAsync(Declaring("famnen", "arbete"));
        @case = await _falun.AsOfficer.UpdateCaseAsync(Agreeing("famnen", "arbete"));

        // What the municipality has said stands, whoever edits the rest; and no one takes it back for it.
        Assert.Equal(2, (@case = await chair.UpdateCaseAsync(Agreeing("famnen", "arbete"))).Goals[0].AgreedPartyIds.Count);
        await Refused.ForFieldAsync("case.declarations", "PARTY_NOT_OWN", () => chair.UpdateCaseAsync(Declaring("famnen")).ResponseAsync);
    }

    [Fact]
    public async Task Two_at_once_hear_of_each_other_and_their_fields_come_together()
    {
        var @case = await _falun.DraftAsync();
        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-4", @case.Organisation);
        UpdateCaseRequest Change(Action<Case> change, string path, string etag)
        {
            var request = new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = etag }, UpdateMask = new() { Paths = { path } } };
            change(request.Case);
            return request;
        }

        var first = await _falun.AsOfficer.UpdateCaseAsync(Change(sent => sent.Need = "Kvällar", "need", @case.Etag));
        var second = Change(sent => sent.Challenge = "Ensamhet bland unga", "challenge", @case.Etag);
        var conflict = await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => chair.UpdateCaseAsync(second).ResponseAsync);
        Assert.Equal(@case.Name, conflict.Metadata["name"]);
        second.Case.Etag = first.Etag;
        var merged = await chair.UpdateCaseAsync(second);
        Assert.Equal(("Kvällar", "Ensamhet bland unga"), (merged.Need, merged.Challenge));
    }

    [Fact]
    public async Task A_case_says_what_would_make_it_a_partnership()
    {
        var @case = await _falun.AnsweredAsync(
            await _falun.InDialogueAsync(facts =>
            {
                facts.Contributions.RemoveAt(0);
                facts.ContributionsComplete = true;
            }),
            "fa-check-both-finance");
        var evaluation = await _falun.EvaluateAsync(@case);

        Assert.Equal(Instrument.Grant, evaluation.Instrument);
        Assert.True(evaluation.Counterfactual.Possible);
        Assert.Contains("fa-check-both-finance", evaluation.Counterfactual.Changes.Select(change => change.RuleId));
        Assert.All(evaluation.Counterfactual.Changes, change => Assert.True(change.Sentence.Sv.Length > 0 && change.Sentence.En.Length > 0));
        Assert.Equal(8, evaluation.Instruments.Count);
        Assert.Equal(InstrumentFinding.Types.Standing.Excluded, evaluation.Instruments.Single(finding => finding.Instrument == Instrument.Iop).Standing);
        Assert.Contains(evaluation.JointFindings, joint => joint.Key == "market");
        Assert.Contains(evaluation.Gates, gate => gate is { RuleId: "fa-case-by-case-grey-zone", State: GateFinding.Types.State.Pending, Blocking: true });
    }

    [Fact]
    public async Task A_newer_pack_is_tried_beside_the_pinned_one_and_the_case_moves_only_when_told()
    {
        var journey = new Journey(service, EligibilityFixture.Helsingborg);
        var @case = await journey.AnsweredAsync(await journey.InDialogueAsync());
        @case = await journey.LegallyAssessedAsync(@case, Journey.AsGate);
        var pinned = @case.GuidelinePack;
        var newer = await PublishNewerAsync();

        ReevaluateCaseRequest Under(string pack, bool move = false) => new() { Name = @case.Name, Etag = @case.Etag, GuidelinePack = pack, Move = move };
        await Refused.ByAsync(StatusCode.FailedPrecondition, "GUIDELINE_PACK_NOT_NEWER", () => journey.AsOfficer.ReevaluateCaseAsync(Under(pinned)).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => journey.AsOfficer.ReevaluateCaseAsync(Under(pinned + "1")).ResponseAsync);
        @case = await journey.AsOfficer.ReevaluateCaseAsync(Under(newer));
        var both = Assert.Single(@case.Reevaluations);
        Assert.Equal((pinned, newer, pinned, false), (@case.GuidelinePack, both.Evaluation.GuidelinePack, both.PinnedEvaluation.GuidelinePack, both.Moved));
        Assert.NotEmpty(both.Evaluation.Findings);
        var memo = await journey.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        var told = memo.Sections.SelectMany(section => section.Tables).Single(table => table.Caption == "Prövningar mot nyare riktlinjer");
        Assert.Equal([pinned[^6..], "2090-1", "nej"], Assert.Single(told.Rows).Cells.Where((_, column) => column is 1 or 3 or 5));

        @case = await journey.AsOfficer.ReevaluateCaseAsync(Under(newer, move: true));
        Assert.Equal((newer, State.PreliminaryAssessment, 2), (@case.GuidelinePack, @case.State, @case.Reevaluations.Count));
        Assert.All(@case.LegalAssessments, assessment => Assert.True(assessment.Superseded));
        Assert.NotEmpty(@case.Answers);
    }

    // Begins to hold far ahead, so that other cases of the municipality keep beginning under the one that holds today.
    private async Task<string> PublishNewerAsync()
    {
        var text = Packs.TextOf(EligibilityFixture.Helsingborg);
        var pack = Packs.Of(EligibilityFixture.Helsingborg);
        var document = text.Replace($"version: \"{pack.Version}\"", "version: \"2090-1\"", StringComparison.Ordinal)
            .Replace($"validFrom: {pack.ValidFrom:yyyy-MM-dd}", "validFrom: 2090-01-01", StringComparison.Ordinal);
        var guidelines = service.Guidelines(EligibilityFixture.Helsingborg);
        var draft = await guidelines.CreateGuidelinePackAsync(new CreateGuidelinePackRequest
        {
            Parent = $"municipalities/{EligibilityFixture.Helsingborg}",
            GuidelinePack = new GuidelinePack { Document = document },
        });
        return (await guidelines.PublishGuidelinePackAsync(new PublishGuidelinePackRequest { Name = draft.Name, Etag = draft.Etag })).Name;
    }
}
