using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class MemoTests(EligibilityFixture service)
{
    private readonly Journey _linkoping = new(service, EligibilityFixture.Linkoping);

    [Fact]
    public async Task A_submitted_case_gets_a_memorandum_that_proposes_the_decision_and_shows_the_ground_for_it()
    {
        var @case = await _linkoping.SubmittedAsync();
        var memo = await MemoAsync(@case);

        Assert.Equal(($"{@case.Name}/decisionMemo", @case.Etag, "sv-SE", "Tjänsteskrivelse: Öppna kvällar för unga vuxna"), (memo.Name, memo.CaseEtag, memo.LanguageCode, memo.Title));
        Assert.Equal(["Diarienummer", "Beslutsorgan", "Datum", "Riktlinjer", "Ärendets läge"], memo.Heading.Select(fact => fact.Label));
        Assert.Equal("KS 2016-313", memo.Heading[0].Value);
        Assert.Equal("Linköpings riktlinjer för idéburet offentligt partnerskap, version 2024-1", memo.Heading[3].Value);
        Assert.Contains("Arbetsmarknadsnämnden beslutar att ingå ett idéburet offentligt partnerskap med Öppna Famnen.", Section(memo, "proposal").Paragraphs);

        // The four documents that the pack names, and the version that was applied.
        var basis = Section(memo, "basis");
        Assert.Equal(4, basis.Items.Count);
        Assert.Contains("Lokal överenskommelse, 2012-06-12", basis.Items);
        Assert.Contains("Riktlinjerna är antagna av kommunfullmäktige år 2017.", basis.Paragraphs);

        // Every criterion with outcome, rule and line; every contribution with its value.
        var criteria = Assert.Single(Section(memo, "assessment").Tables, table => table.Caption == "Kriterierna");
        Assert.Equal(Packs.Of(EligibilityFixture.Linkoping).Criteria.Count, criteria.Rows.Count);
        Assert.Contains(criteria.Rows, row => row.Cells is [_, "Uppfyllt", "li-crit-6-both-finance", "57-58"]);
        Assert.Contains(Section(memo, "economy").Tables[0].Rows, row => row.Cells is ["Öppna Famnen", "Ideell tid", _, "900", "180\u00A0000\u00A0kr", "200 kronor i timmen"]);
        Assert.Contains(Section(memo, "economy").Tables[1].Rows, row => row.Cells is ["Offentlig", "1\u00A0200\u00A0000\u00A0kr"]);
        Assert.Contains(Section(memo, "legal").Paragraphs, text => text.Contains("ett partnerskap är möjligt", StringComparison.Ordinal));

        // law.md 2.1: each test of procurement with its own reasons, and once.
        var tests = Assert.Single(Section(memo, "legal").Tables, table => table.Caption.StartsWith("Är det upphandling?", StringComparison.Ordinal));
        Assert.All(tests.Rows, row => Assert.Equal(["nej", "Se bedömningen"], row.Cells.Skip(1)));
        Assert.DoesNotContain(Section(memo, "legal").Tables.Single(table => table.Caption == "Juridiska frågor").Rows, row => row.Cells[0].Contains("Anskaffar kommunen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_recorded_is_said_to_be_missing()
    {
        var organisation = service.Organisations.Add(EligibilityFixture.Linkoping);
        var @case = await _linkoping.AsOfficer.CreateCaseAsync(new CreateCaseRequest { Parent = _linkoping.Parent, Case = new Case { Title = "En idé", Organisation = organisation } });
        var memo = await MemoAsync(@case);

        Assert.Equal("uppgift saknas", memo.Heading[0].Value);
        Assert.Contains("Behov: uppgift saknas.", Section(memo, "need").Paragraphs);
        Assert.Contains("Mål: uppgift saknas.", Section(memo, "goals").Paragraphs);
        Assert.Equal(["Ingen dialog är registrerad."], Section(memo, "dialogue").Paragraphs);
        Assert.Equal(["Ingen juridisk bedömning är registrerad."], Section(memo, "legal").Paragraphs);
        Assert.Contains("Inga bidrag från parterna är registrerade.", Section(memo, "economy").Paragraphs);
        Assert.Contains("Ingen har registrerat något ställningstagande om jäv.", Section(memo, "basis").Paragraphs);
        Assert.Contains("Att organisationen har hörts är inte registrerat.", Section(memo, "hearing").Paragraphs);
        Assert.Contains("Ärendet är inte färdigberett. Det finns därför inget förslag till beslut.", Section(memo, "proposal").Paragraphs);
    }

    [Fact]
    public async Task A_case_that_leads_elsewhere_says_where_why_and_what_would_have_to_be_otherwise()
    {
        var @case = await _linkoping.InDialogueAsync(facts => facts.ActivityInitiator = Types.V1.Initiator.Municipality);
        @case = await _linkoping.CompleteAsync(await _linkoping.AnsweredAsync(@case, "li-crit-4-not-normative-grant"));
        var memo = await MemoAsync(@case);

        Assert.Contains(Section(memo, "proposal").Paragraphs, text => text.Contains("föreningsbidrag", StringComparison.Ordinal));
        var routing = Section(memo, "routing");
        Assert.Contains(routing.Items, item => item.Contains("Den idéburna organisationen har tagit initiativet.", StringComparison.Ordinal));
        Assert.Contains(routing.Tables.SelectMany(table => table.Rows), row => row.Cells.Contains("föreningsbidrag"));
    }

    [Fact]
    public async Task A_decided_case_tells_the_decision()
    {
        var submitted = await _linkoping.SubmittedAsync();
        var decided = await _linkoping.AsDecider.DecideCaseAsync(_linkoping.Decide(submitted));
        var memo = await MemoAsync(decided);

        var decision = Section(memo, "proposal");
        Assert.Equal("Beslut", decision.Heading);
        Assert.StartsWith("Arbetsmarknadsnämnden beslutade den ", decision.Paragraphs[0], StringComparison.Ordinal);
        Assert.EndsWith(" att ingå partnerskapet.", decision.Paragraphs[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Journey.Decider, memo.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Journey.Officer, memo.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_markdown_says_the_same_and_lets_no_text_of_a_party_be_markup()
    {
        var @case = await _linkoping.DraftAsync(facts =>
        {
            facts.Challenge = "# Rubrik | cell <b>fet</b> [länk](https://x.se)\n- punkt";
            facts.Goals[0].Text = "Ett | två\nrader";
        });
        var memo = await MemoAsync(@case, DecisionMemoFormat.Markdown);

        Assert.Empty(memo.Sections);
        Assert.StartsWith("# Tjänsteskrivelse: Öppna kvällar", memo.Markdown, StringComparison.Ordinal);
        Assert.Contains("\n## Bedömning mot riktlinjerna\n", memo.Markdown, StringComparison.Ordinal);
        Assert.Contains(@"\# Rubrik \| cell \<b\>fet\</b\> \[länk\](https://x.se)", memo.Markdown, StringComparison.Ordinal);
        Assert.Contains("\n\\- punkt", memo.Markdown, StringComparison.Ordinal);
        Assert.Contains(@"| Ett \| två rader |", memo.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pdf_is_tagged_in_swedish_and_says_the_same()
    {
        var @case = await _linkoping.SubmittedAsync();
        var memo = await MemoAsync(@case, DecisionMemoFormat.Pdf);
        var pdf = memo.Pdf.ToByteArray();
        var structure = await PdfText.StructureAsync(pdf);

        Assert.All(["H1", "H2", "H3", "Table", "TH", "TD", "L", "LI"], tag => Assert.Matches($@"(?m)^\s*{tag}\b", structure));
        var text = await PdfText.OfAsync(pdf);
        foreach (var section in (await MemoAsync(@case)).Sections)
        {
            Assert.Contains(section.Heading, text, StringComparison.Ordinal);
        }

        Assert.Contains("Arbetsmarknadsnämnden beslutar att ingå ett idéburet offentligt partnerskap med Öppna Famnen.", text, StringComparison.Ordinal);
        Assert.Contains("1\u00A0200\u00A0000\u00A0kr".Replace('\u00A0', ' '), text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(text, await PdfText.OfAsync((await MemoAsync(@case, DecisionMemoFormat.Pdf)).Pdf.ToByteArray()));
    }

    [Theory]
    [InlineData(Roles.CaseOfficer)]
    [InlineData(Roles.Lawyer)]
    [InlineData(Roles.DecisionMaker)]
    [InlineData(Roles.GuidelineOwner)]
    [InlineData(Roles.Auditor)]
    public async Task Those_who_work_with_the_case_read_it(string role)
    {
        var @case = await _linkoping.DraftAsync();
        Assert.NotEmpty((await service.Cases(EligibilityFixture.Linkoping, role).GetDecisionMemoAsync(Request(@case))).Sections);
    }

    [Fact]
    public async Task Both_sides_read_it_and_no_other_organisation_does()
    {
        var @case = await _linkoping.DraftAsync();
        var own = service.Cases(EligibilityFixture.Linkoping, Roles.OrganisationRepresentative, "chair-m", @case.Organisation);
        var other = service.Cases(EligibilityFixture.Linkoping, Roles.OrganisationRepresentative, "chair-n", service.Organisations.Add(EligibilityFixture.Linkoping));

        Assert.Equal(@case.Name, (await own.GetDecisionMemoAsync(Request(@case))).Case);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => other.GetDecisionMemoAsync(Request(@case)).ResponseAsync);
    }

    [Fact]
    public async Task Faults_are_told()
    {
        var @case = await _linkoping.DraftAsync();
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => _linkoping.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = @case.Name }).ResponseAsync);
        await Refused.ForFieldAsync("format", "ENUM_VALUE_REQUIRED", () => _linkoping.AsOfficer.GetDecisionMemoAsync(Request(@case, (DecisionMemoFormat)9)).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "CASE_NOT_FOUND", () => _linkoping.AsOfficer.GetDecisionMemoAsync(
            new GetDecisionMemoRequest { Name = $"{_linkoping.Parent}/cases/{Guid.CreateVersion7()}/decisionMemo" }).ResponseAsync);
    }

    private async Task<DecisionMemo> MemoAsync(Case @case, DecisionMemoFormat format = default) => await _linkoping.AsOfficer.GetDecisionMemoAsync(Request(@case, format));

    private static GetDecisionMemoRequest Request(Case @case, DecisionMemoFormat format = default) => new() { Name = $"{@case.Name}/decisionMemo", Format = format };

    private static MemoSection Section(DecisionMemo memo, string key) => Assert.Single(memo.Sections, section => section.Key == key);
}
