using System.Text;
using Grpc.Core;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Eligibility.Tests.Service;

/// <summary>What a municipality tells organisations that have never heard of a partnership (li-information-need).</summary>
[Collection(nameof(Eligibility))]
public sealed class InformationSheetTests(EligibilityFixture service)
{
    public static TheoryData<string> Codes => Packs.AllCodes;

    [Theory, MemberData(nameof(Codes))]
    public async Task Every_condition_document_and_step_of_the_guideline_stands_in_the_sheet_that_an_organisation_reads(string code)
    {
        var pack = Packs.Of(code);
        var sheet = await SheetAsync(code, Roles.OrganisationRepresentative, DecisionMemoFormat.Text);

        Assert.Equal(($"{NameOf(code)}/informationSheet", NameOf(code), "sv-SE"), (sheet.Name, sheet.GuidelinePack, sheet.LanguageCode));
        var cells = sheet.Sections.SelectMany(section => section.Tables).SelectMany(table => table.Rows).SelectMany(row => row.Cells).ToHashSet();
        Assert.All(pack.Criteria, criterion => Assert.Contains(criterion.Statement.Sv, cells));
        Assert.All(pack.Documents.Where(document => document.Set == DocumentSet.Organisation), document => Assert.Contains(document.Text.Sv, cells));
        Assert.All(pack.Vetting.SelectMany(set => set.Conditions), condition => Assert.Contains(condition.Text.Sv, cells));
        var items = sheet.Sections.SelectMany(section => section.Items).ToList();
        Assert.All(pack.Steps, step => Assert.Contains(items, item => item.EndsWith(step.Text.Sv, StringComparison.Ordinal)));
        Assert.All(pack.Guidance.Where(remark => remark.Uri.Length > 0), remark => Assert.Contains(items, item => item.Contains(remark.Uri, StringComparison.Ordinal)));

        Assert.All(Domain.Law.OfficialGuidance.All, text => Assert.Contains(items, item => item.EndsWith(text.Uri, StringComparison.Ordinal)));

        // What must hold, what should, and what is only asked are told apart.
        var must = sheet.Sections.SelectMany(section => section.Tables).Single(table => table.Caption == "Det här måste stämma");
        Assert.Equal(pack.Criteria.Count(criterion => criterion.Severity is Domain.Guidelines.Severity.Mandatory or Domain.Guidelines.Severity.Prohibited or Domain.Guidelines.Severity.Conditional), must.Rows.Count);
    }

    [Fact]
    public async Task The_sheet_comes_as_text_as_markdown_and_as_a_tagged_pdf()
    {
        var markdown = await SheetAsync(EligibilityFixture.Linkoping, Roles.Integration, DecisionMemoFormat.Markdown);
        Assert.StartsWith("# Idéburet offentligt partnerskap: så går det till hos oss\n", markdown.Markdown, StringComparison.Ordinal);
        Assert.Contains("Den idéburna organisationen har tagit initiativet.", markdown.Markdown, StringComparison.Ordinal);
        Assert.Contains("Idéburna organisationer ska bli viktiga aktörer i välfärden.", markdown.Markdown, StringComparison.Ordinal);

        var pdf = await SheetAsync(EligibilityFixture.Linkoping, Roles.CaseOfficer, DecisionMemoFormat.Pdf);
        Assert.Equal("%PDF", Encoding.ASCII.GetString(pdf.Pdf.Span[..4]));
        Assert.True(pdf.Markdown.Length + pdf.Sections.Count == 0);
    }

    [Fact]
    public async Task A_name_that_is_no_sheet_and_a_pack_that_is_not_there_are_refused()
    {
        var client = service.Guidelines(EligibilityFixture.Linkoping, Roles.CaseOfficer);
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => client.GetInformationSheetAsync(new GetInformationSheetRequest { Name = NameOf(EligibilityFixture.Linkoping) }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "GUIDELINE_PACK_NOT_FOUND", () => client.GetInformationSheetAsync(
            new GetInformationSheetRequest { Name = $"municipalities/{EligibilityFixture.Linkoping}/guidelinePacks/1999-1/informationSheet" }).ResponseAsync);
    }

    // he-six-principles-reference, li-compact-aim-welfare-actors.
    [Theory]
    [InlineData(EligibilityFixture.Helsingborg, "he-six-principles-reference", 6, false)]
    [InlineData(EligibilityFixture.Linkoping, "li-compact-aim-welfare-actors", 1, true)]
    public async Task The_local_compact_is_told_to_agreements_and_stands_in_the_memorandum(string code, string rule, int statements, bool dated)
    {
        var pack = await service.Guidelines(code).GetGuidelinePackAsync(new GetGuidelinePackRequest { Name = NameOf(code) });
        Assert.Equal((rule, statements, dated), (pack.LocalCompact.RuleId, pack.LocalCompact.Statements.Count, pack.LocalCompact.AdoptedDate is not null));
        Assert.Equal(["values"], pack.LocalCompact.Sections);

        var journey = new Journey(service, code);
        var @case = await journey.DraftAsync();
        var memo = await journey.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        var basis = memo.Sections.Single(section => section.Key == "basis");
        Assert.Contains($"Partnerskapet bygger på {pack.LocalCompact.Name.Sv}.", basis.Paragraphs);
        Assert.Equal(pack.LocalCompact.Statements.Select(statement => statement.Sv), Assert.Single(basis.Tables).Rows.Select(row => row.Cells[0]));
    }

    private static string NameOf(string code) => $"municipalities/{code}/guidelinePacks/{Packs.Of(code).Version}";

    private async Task<InformationSheet> SheetAsync(string code, string role, DecisionMemoFormat format) =>
        await service.Guidelines(code, role).GetInformationSheetAsync(new GetInformationSheetRequest { Name = $"{NameOf(code)}/informationSheet", Format = format });
}
