using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Agreements.V1;
using Iop.Testing;
using Agreement = Iop.Agreements.V1.Agreement;
using Finding = Iop.Agreements.V1.Finding;
using Section = Iop.Agreements.V1.Section;

namespace Iop.Agreements.Tests;

/// <summary>
/// A guideline that guides may be departed from for stated reasons, and never where it demands (es-guidelines-guiding); and a
/// section that must not be misunderstood is approved by itself (he-activity-unambiguous).
/// </summary>
[Collection(Running.Name)]
public sealed class DepartureTests(AgreementsFixture service)
{
    [Fact]
    public async Task A_warning_is_left_standing_only_with_recorded_reasons()
    {
        var (agreement, organisation) = await ShortAsync();
        var warning = Assert.Single(await FindingsAsync(agreement), finding => finding.RuleId == "x-period");
        Assert.Equal((Finding.Types.Severity.Warning, true, ""), (warning.Severity, warning.NeedsMotivation, warning.Motivation));
        var refusal = await Refused.ByAsync(StatusCode.FailedPrecondition, "DEPARTURE_NOT_MOTIVATED", () => AgreementsFixture.ApproveAsync(service.Officer, agreement, "arbete"));
        Assert.Contains("x-period", refusal.Metadata["rules"], StringComparison.Ordinal);

        foreach (var rule in refusal.Metadata["rules"].Split(", "))
        {
            agreement = await MotivateAsync(agreement, rule, "Parterna prövar först ett halvår.");
        }

        warning = Assert.Single(await FindingsAsync(agreement), finding => finding.RuleId == "x-period");
        Assert.Equal((false, "Parterna prövar först ett halvår."), (warning.NeedsMotivation, warning.Motivation));
        Assert.Contains(agreement.Departures, departure => departure is { RuleId: "x-period", MotivatedBy.Length: > 0 });
        agreement = await AgreementsFixture.ApproveAsync(service.Officer, agreement, "arbete");
        agreement = await AgreementsFixture.ApproveAsync(service.Representative(organisation), agreement, "forening");
        Assert.Equal(Agreement.Types.State.TextAgreed, agreement.State);

        // Reasons that are taken back leave nothing to stand on when signing is opened.
        agreement = await MotivateAsync(agreement, "x-period", "");
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DEPARTURE_NOT_MOTIVATED", () => service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag }).ResponseAsync);
    }

    [Fact]
    public async Task What_stops_the_text_cannot_be_reasoned_away_and_what_is_followed_needs_no_reasons()
    {
        var (agreement, organisation) = await ShortAsync();
        agreement = await service.WriteAsync(agreement, "values", "Den som bryter överenskommelsen betalar vite.");

        await Refused.ByAsync(StatusCode.FailedPrecondition, "DEPARTURE_NOT_ALLOWED", () => MotivateAsync(agreement, "x-no-sanctions", "Vi vill ha det så."));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DEPARTURE_NOT_FOUND", () => MotivateAsync(agreement, "x-nothing", "Vi vill ha det så."));
        await Refused.ForFieldAsync("rule_id", "FIELD_REQUIRED", () => MotivateAsync(agreement, "", "Vi vill ha det så."));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => MotivateAsync(agreement, "x-period", "Skäl.", service.Representative(organisation)));
    }

    [Fact]
    public async Task Reasons_that_the_case_has_recorded_are_not_asked_for_again()
    {
        var (name, _) = service.ApprovedCase(approved =>
        {
            approved.GuidelinePack = AgreementsFixture.GuidingPack;
            approved.PlannedTermMonths = 6;
            approved.Motivations.Add(new Eligibility.V1.Motivation { RuleId = "x-period", Text = "Ett försök på ett halvår." });
        });
        var agreement = await service.CreateAsync(name);

        Assert.Equal("Ett försök på ett halvår.", Assert.Single(agreement.Departures).Text);
        Assert.False(Assert.Single(await FindingsAsync(agreement), finding => finding.RuleId == "x-period").NeedsMotivation);
    }

    [Fact]
    public async Task A_guideline_that_asks_for_no_reasons_lets_a_warning_stand()
    {
        var (agreement, _) = await service.NegotiatedAsync(Short);
        Assert.Contains(await FindingsAsync(agreement), finding => finding is { RuleId: "x-period", NeedsMotivation: false });
        await AgreementsFixture.ApproveAsync(service.Officer, agreement, "arbete");
    }

    [Fact]
    public async Task Each_party_approves_the_section_that_must_not_be_misunderstood_and_a_change_takes_that_away()
    {
        var (agreement, organisation) = await service.NegotiatedAsync(pack: AgreementsFixture.GuidingPack);
        var representative = service.Representative(organisation);
        var lacking = Assert.Single(await LackingAsync(agreement));
        Assert.Equal(("activity", true), (lacking.SectionId, lacking.NeedsMotivation));
        Assert.All(agreement.Parties, party => Assert.Contains(party.DisplayName, lacking.Sentence.Sv, StringComparison.Ordinal));

        agreement = await service.Officer.UpdateSectionAsync(new UpdateSectionRequest
        {
            Name = agreement.Name,
            Section = new Section { SectionId = "values", Etag = Section(agreement, "values").Etag },
            UpdateMask = new() { Paths = { "text" } },
        });
        await Refused.ByAsync(StatusCode.FailedPrecondition, "SECTION_WITHOUT_TEXT", () => ApproveAsync(service.Officer, agreement, "values", "arbete"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ApproveAsync(representative, agreement, "activity", "arbete"));
        agreement = await ApproveAsync(service.Officer, agreement, "activity", "arbete");
        agreement = await ApproveAsync(representative, agreement, "activity", "forening");
        Assert.Equal(["arbete", "forening"], Section(agreement, "activity").Approvals.Select(approval => approval.PartyId));
        Assert.Empty(await LackingAsync(agreement));
        Assert.Equal(agreement, await ApproveAsync(representative, agreement, "activity", "forening"));

        // What was approved was another text; the approval of another section stays.
        var old = agreement;
        agreement = await ApproveAsync(service.Officer, agreement, "background", "arbete");
        agreement = await service.WriteAsync(agreement, "activity", "En mötesplats varje kväll.");
        Assert.Empty(Section(agreement, "activity").Approvals);
        Assert.Single(Section(agreement, "background").Approvals);
        Assert.Single(await LackingAsync(agreement));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => ApproveAsync(representative, old, "activity", "forening"));
    }

    [Fact]
    public void The_first_text_on_values_refers_to_the_local_compact_and_says_nothing_that_a_guideline_forbids()
    {
        var rules = Samples.Rules with
        {
            Sections = [.. Samples.Rules.Sections, Samples.Rules.Sections[7] with { Key = "values" }],
            Compact = new CompactReference(
                "den lokala överenskommelsen", "https://kommunen.se/lok",
                ["Självständighet och oberoende: organisationen formar sitt uppdrag själv och får kritisera den som den samverkar med.", "Öppenhet och insyn: beslut, pengar och resultat går att följa."],
                ["values"]),
        };

        var sections = Draft.Sections(rules, Samples.Facts, Samples.Phrases);

        Assert.Equal(
            """
            Partnerskapet bygger på den lokala överenskommelsen:
            - Självständighet och oberoende: organisationen formar sitt uppdrag själv och får kritisera den som den samverkar med.
            - Öppenhet och insyn: beslut, pengar och resultat går att följa.
            Den finns att läsa på https://kommunen.se/lok.
            """,
            sections.Single(section => section.Key == "values").Text);
        Assert.DoesNotContain(sections.Where(section => section.Key != "values"), section => section.Text.Contains("lokala överenskommelsen", StringComparison.Ordinal));
        Assert.DoesNotContain(AgreementCheck.Run(Samples.Terms, sections, rules, Samples.Phrases), finding => finding.Place is not null);
    }

    private static void Short(Agreement asked) => asked.EndDate = new Types.V1.Date { Year = 2027, Month = 6, Day = 30 };

    private Task<(Agreement Agreement, string Organisation)> ShortAsync() => service.NegotiatedAsync(Short, AgreementsFixture.GuidingPack);

    private static Section Section(Agreement agreement, string id) => agreement.Sections.Single(section => section.SectionId == id);

    private async Task<IReadOnlyList<Finding>> FindingsAsync(Agreement agreement) =>
        [.. (await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name })).Findings];

    private async Task<IReadOnlyList<Finding>> LackingAsync(Agreement agreement) =>
        [.. (await FindingsAsync(agreement)).Where(finding => finding.RuleId == "x-unambiguous")];

    private Task<Agreement> MotivateAsync(Agreement agreement, string rule, string text, AgreementsService.AgreementsServiceClient? by = null) =>
        (by ?? service.Officer).MotivateDepartureAsync(new MotivateDepartureRequest { Name = agreement.Name, Etag = agreement.Etag, RuleId = rule, Text = text }).ResponseAsync;

    private static Task<Agreement> ApproveAsync(AgreementsService.AgreementsServiceClient by, Agreement agreement, string section, string party) =>
        by.ApproveSectionAsync(new ApproveSectionRequest { Name = agreement.Name, SectionId = section, PartyId = party, Etag = Section(agreement, section).Etag }).ResponseAsync;
}
