using System.Text.Json;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Persistence;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;
using Finding = Iop.Agreements.V1.Finding;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed class PartnershipApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task A_draft_keeps_the_codes_and_the_budget_of_its_case_and_the_prompts_of_its_guideline()
    {
        var (agreement, _) = await service.DraftedAsync();

        Assert.Equal(("social-care", "loneliness", "young-adults"), (agreement.Domain, Assert.Single(agreement.ChallengeCodes), Assert.Single(agreement.TargetGroupCodes)));
        Assert.Equal("400 000 kronor om året.", agreement.Economy.BudgetPlan);
        var activity = agreement.Sections.Single(section => section.Key == "activity");
        Assert.Equal((true, "När?"), (activity.Repeatable, Assert.Single(activity.Prompts).Sv));
        Assert.Equal(["arbete"], agreement.Publicity.OslPartyIds);
    }

    [Fact]
    public async Task A_municipal_matter_that_is_handed_over_cannot_be_agreed_without_insight()
    {
        var (name, _) = service.ApprovedCase(found => found.FollowUpAndInsightRequired = true);
        var agreement = await service.CreateAsync(name);
        Assert.Equal(("law-kl-10", Section.Types.Mode.Required), (agreement.Sections[^2].RuleId, agreement.Sections[^2].Mode));
        Assert.Contains(await FindingsAsync(agreement), finding => finding is { RuleId: "law-kl-10", SectionId: "insight", Severity: Finding.Types.Severity.Blocking });

        agreement = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, Publicity = new PublicityTerms { Insight = "Handlingar lämnas ut på begäran." } },
        });

        Assert.DoesNotContain(await FindingsAsync(agreement), finding => finding.RuleId == "law-kl-10");
    }

    [Fact]
    public async Task Whatever_the_parties_agree_on_is_read_back_stands_in_the_text_and_reaches_the_partnership_event()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var asked = Everything(agreement);

        var changed = await service.Representative(organisation).UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = asked });

        Assert.Equal((asked.Exclusions, asked.Commitments, asked.Collaboration), (changed.Exclusions, changed.Commitments, changed.Collaboration));
        Assert.Equal(asked.Stakeholders, changed.Stakeholders);
        Assert.Equal((asked.Economy, asked.Knowledge, asked.Ending), (changed.Economy, changed.Knowledge, changed.Ending));
        Assert.Equal((asked.Entrustment, asked.Annexes), (changed.Entrustment, changed.Annexes));
        var text = (await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name, View = AgreementView.Full })).CanonicalText;
        Assert.All(
            ["Läxhjälp", "Håller öppet.", "Styrgrupp: 4 gånger per år", "Gruppen leds av ordförande.", "- Socialförvaltningen (förvaltning): Möter samma unga. Kontakt: enhetschef.", "Inventarier stannar.", "8 timmar", "prövar en ny modell", "Varför unga är ensamma", "det används i verksamheten", "6 månader från uppsägning", "Grovt brott", "Bilaga: Karta"],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Equal(text, (await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name, View = AgreementView.Full })).CanonicalText);
    }

    [Theory]
    [InlineData("unknown convener", "agreement.collaboration.convener_party_id", "PARTY_UNKNOWN")]
    [InlineData("chair outside the group", "agreement.collaboration.groups[0].chair", "CHAIR_NOT_MEMBER")]
    [InlineData("group of nobody", "agreement.collaboration.groups[0].members", "FIELD_REQUIRED")]
    [InlineData("commitment of nobody", "agreement.commitments[0].party_id", "PARTY_UNKNOWN")]
    [InlineData("commitment of no kind", "agreement.commitments[0].kind", "ENUM_VALUE_REQUIRED")]
    [InlineData("stakeholder without a name", "agreement.stakeholders[0].name", "FIELD_REQUIRED")]
    [InlineData("stakeholder of no kind", "agreement.stakeholders[0].kind", "ENUM_VALUE_REQUIRED")]
    [InlineData("stakeholder twice", "agreement.stakeholders", "DUPLICATE_VALUE")]
    [InlineData("long notice", "agreement.ending.notices[0].months", "NUMBER_OUT_OF_RANGE")]
    [InlineData("two notices", "agreement.ending.notices", "DUPLICATE_VALUE")]
    [InlineData("annex without a text", "agreement.annexes[0].text", "FIELD_REQUIRED")]
    [InlineData("too many hours", "agreement.collaboration.officer_hours_per_month", "NUMBER_OUT_OF_RANGE")]
    [InlineData("secrecy for nobody", "agreement.publicity.osl_party_ids[0]", "PARTY_UNKNOWN")]
    public async Task What_the_contract_does_not_allow_is_refused_by_field(string fault, string field, string reason)
    {
        var (agreement, _) = await service.DraftedAsync();
        var asked = Everything(agreement);
        switch (fault)
        {
            case "unknown convener": asked.Collaboration.ConvenerPartyId = "ingen"; break;
            case "chair outside the group": asked.Collaboration.Groups[0].Chair = "någon"; break;
            case "group of nobody": asked.Collaboration.Groups[0].Members.Clear(); break;
            case "commitment of nobody": asked.Commitments[0].PartyId = "ingen"; break;
            case "commitment of no kind": asked.Commitments[0].Kind = default; break;
            case "stakeholder without a name": asked.Stakeholders[0].Name = " "; break;
            case "stakeholder of no kind": asked.Stakeholders[0].Kind = default; break;
            case "stakeholder twice": asked.Stakeholders.Add(asked.Stakeholders[0].Clone()); break;
            case "long notice": asked.Ending.Notices[0].Months = 37; break;
            case "two notices": asked.Ending.Notices.Add(asked.Ending.Notices[0].Clone()); break;
            case "annex without a text": asked.Annexes[0].Text = " "; break;
            case "too many hours": asked.Collaboration.OfficerHoursPerMonth = 1_001; break;
            default: asked.Publicity = new PublicityTerms { OslPartyIds = { "ingen" } }; break;
        }

        await Refused.ForFieldAsync(field, reason, () => service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = asked }).ResponseAsync);
        Assert.Equal(agreement, await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }));
    }

    [Fact]
    public async Task The_check_tells_where_a_clause_stands_and_what_each_side_brings()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        const string text = "Vi möts som jämlikar. Vid försening utgår vitesbelopp.";
        agreement = await service.WriteAsync(agreement, "values", text, service.Representative(organisation));

        var check = await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name });

        var found = check.Findings.Single(finding => finding.ClauseType.Length > 0);
        Assert.Equal(("x-no-sanctions", Finding.Types.Severity.Blocking, "values", "penalty", "vitesbelopp"), (found.RuleId, found.Severity, found.SectionId, found.ClauseType, found.Words));
        Assert.Equal("vitesbelopp", text.Substring(found.Offset, found.Length));
        Assert.Equal([(PartySide.Public, 1_200_000L, 0L), (PartySide.CivilSociety, 0L, 450_000L)], check.ContributionSums.Where(sum => sum.Year == 0).Select(sum => (sum.Side, sum.Money.Units, sum.InKind.Units)));
        Assert.Equal([2027, 2028, 2029], check.ContributionSums.Where(sum => sum.Side == PartySide.CivilSociety && sum.Year > 0).Select(sum => sum.Year));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_CHECK_FAILED", () => ApproveAsync(service.Officer, agreement, "arbete"));
        agreement = await service.WriteAsync(agreement, "values", "Vi möts som jämlikar. Inget vite utgår.");
        Assert.Single((await ApproveAsync(service.Officer, agreement, "arbete")).Approvals);
    }

    [Fact]
    public async Task Sections_are_added_moved_and_removed_by_either_side_and_from_the_same_reading()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var read = agreement.Sections.Single(section => section.SectionId == "activity").Etag;
        AddSectionRequest Adding(string title) => new() { Name = agreement.Name, SectionId = "activity", Heading = title, Etag = read };

        await Task.WhenAll(service.Officer.AddSectionAsync(Adding("Höst")).ResponseAsync, service.Representative(organisation).AddSectionAsync(Adding("Vår")).ResponseAsync);

        var now = await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name });
        var added = now.Sections.Where(section => section.UnderSectionId == "activity").ToList();
        Assert.Equal(["Höst", "Vår"], added.Select(section => section.Heading.Sv).Order(StringComparer.Ordinal));
        var moved = await service.Officer.MoveSectionAsync(new MoveSectionRequest { Name = now.Name, SectionId = added[1].SectionId, Position = 1, Etag = added[1].Etag });
        Assert.Equal(added[1].SectionId, moved.Sections.First(section => section.UnderSectionId == "activity").SectionId);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => service.Officer.RemoveSectionAsync(new RemoveSectionRequest { Name = now.Name, SectionId = added[1].SectionId, Etag = added[1].Etag }).ResponseAsync);
        var removed = await service.Representative(organisation).RemoveSectionAsync(new RemoveSectionRequest { Name = now.Name, SectionId = added[0].SectionId, Etag = added[0].Etag });
        Assert.Single(removed.Sections, section => section.UnderSectionId == "activity");
        await Refused.ByAsync(StatusCode.FailedPrecondition, "SECTION_NOT_ADDED", () => service.Officer.RemoveSectionAsync(new RemoveSectionRequest { Name = now.Name, SectionId = "activity", Etag = read }).ResponseAsync);
        var single = await Refused.ByAsync(StatusCode.FailedPrecondition, "SECTION_NOT_REPEATABLE", () => service.Officer.AddSectionAsync(new AddSectionRequest { Name = now.Name, SectionId = "values", Heading = "Mer", Etag = "\"1\"" }).ResponseAsync);
        Assert.Contains($"”{now.Sections.Single(section => section.SectionId == "values").Heading.Sv}”", single.Swedish, StringComparison.Ordinal);
        await Refused.ForFieldAsync("heading", "FIELD_REQUIRED", () => service.Officer.AddSectionAsync(Adding("")).ResponseAsync);
        await Refused.ForFieldAsync("position", "NUMBER_OUT_OF_RANGE", () => service.Officer.MoveSectionAsync(new MoveSectionRequest { Name = now.Name, SectionId = added[1].SectionId, Etag = added[1].Etag }).ResponseAsync);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_many_write_at_once_nobody_loses_a_word_without_being_told(int seed)
    {
        var (random, (agreement, organisation)) = (new Random(seed), await service.NegotiatedAsync());
        string[] sections = ["background", "values", "activity", "target-group"];
        var before = await RevisionsAsync(agreement.Name);
        var writes = Enumerable.Range(0, 24).Select(number =>
        {
            var section = sections[random.Next(sections.Length)];
            return (Section: section, Text: $"Text {number}.", Call: service.WriteAsync(agreement, section, $"Text {number}.", random.Next(2) == 0 ? service.Officer : service.Representative(organisation)));
        }).ToList();
        List<(string Section, string Text)> kept = [];
        foreach (var write in writes)
        {
            if (await Record.ExceptionAsync(() => write.Call) is null)
            {
                kept.Add((write.Section, write.Text));
            }
            else
            {
                await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => write.Call);
            }
        }

        var now = await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name });
        Assert.Equal(writes.Select(write => write.Section).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), kept.Select(write => write.Section).Order(StringComparer.Ordinal));
        Assert.All(kept, write => Assert.Equal(write.Text, now.Sections.Single(section => section.SectionId == write.Section).Text));
        Assert.Equal(before + kept.Count, await RevisionsAsync(agreement.Name));
    }

    [Fact]
    public async Task The_activation_tells_what_the_partnership_is_about_and_what_both_bring()
    {
        var (agreement, organisation) = await service.InSigningAsync();
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        agreement = await SignAsync(service.Representative(organisation, Bo), agreement, "forening");

        var row = Assert.Single(await service.RowsAsync($"SELECT payload::text FROM outbox WHERE subject = '{agreement.Name}' AND type LIKE '%AgreementActivated'"));
        var told = JsonSerializer.Deserialize<AgreementActivated>(row, Json.Options)!.Partnership!;

        Assert.Equal(("social-care", "loneliness", "young-adults"), (told.Domain, Assert.Single(told.ChallengeCodes), Assert.Single(told.TargetGroupCodes)));
        Assert.Equal(
            [("arbete", "PUBLIC", "MONEY", 1_200_000m, 0), ("forening", "CIVIL_SOCIETY", "VOLUNTEER_HOURS", 450_000m, 2_700)],
            told.Contributions.Select(item => (item.PartyId, item.Side, item.Type, item.Value, item.Hours)));
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(Agreement agreement) =>
        (await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name })).Findings;

    private async Task<int> RevisionsAsync(string name) =>
        (await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = name, PageSize = 1 })).AgreementRevisions[0].RevisionNumber;

    private static Agreement Everything(Agreement agreement) => new()
    {
        Name = agreement.Name,
        Etag = agreement.Etag,
        Exclusions = { "Läxhjälp" },
        Commitments =
        {
            new Commitment { PartyId = "forening", Kind = Commitment.Types.Kind.Commitment, Text = "Håller öppet." },
            new Commitment { PartyId = "arbete", Kind = Commitment.Types.Kind.Expectation, Text = "Snabba svar." },
        },
        Collaboration = new Collaboration
        {
            ConvenerPartyId = "arbete",
            Groups = { new Group { Kind = Group.Types.Kind.Steering, MeetingsPerYear = 4, Members = { "enhetschef", "ordförande" }, Chair = "ordförande" } },
            OfficerFunction = "samordnare",
            OfficerHoursPerMonth = 8,
            MunicipalRole = "Sprider kunskap.",
        },
        Stakeholders = { new Stakeholder { Name = "Socialförvaltningen", Kind = Stakeholder.Types.Kind.Administration, Concern = "Möter samma unga.", ContactFunction = "enhetschef" } },
        Economy = new EconomyTerms
        {
            OtherGrantsAllowed = true,
            OtherGrantsDisclosure = "På nästa möte.",
            SurplusRule = EconomyTerms.Types.SurplusRule.Reinvest,
            CompensationBasis = "En ledares lön.",
            BudgetPlan = "400 000 kronor om året.",
            VolunteerHourValue = new Money { CurrencyCode = "SEK", Units = 166 },
        },
        Knowledge = new KnowledgeTerms { Pilot = true, Gathered = true, How = "Samtal", What = "Varför unga är ensamma", Who = "samordnaren" },
        Ending = new EndingTerms
        {
            RenegotiationPartyIds = { "arbete", "forening" },
            Notices = { new NoticeTerms { PartyId = "arbete", Months = 6 } },
            RescissionGrounds = { "Grovt brott mot överenskommelsen" },
            Hardship = "Parterna möts.",
            Disputes = "Styrgruppen talar.",
            WindDown = "Inventarier stannar.",
        },
        Entrustment = new EntrustmentTerms { Service = "Skyddat boende", Compensation = "Kostnader minus intäkter", Overcompensation = "Ses över varje år" },
        Annexes = { new Annex { Heading = "Karta", Text = "Storgatan 1" } },
    };
}
