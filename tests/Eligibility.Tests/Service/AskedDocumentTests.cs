using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Types.V1;
using static Iop.Eligibility.Tests.Service.CaseCareTests;

namespace Iop.Eligibility.Tests.Service;

/// <summary>What the organisations of a case were asked for, and what has come.</summary>
[Collection(nameof(Eligibility))]
public sealed class AskedDocumentTests(EligibilityFixture service)
{
    // Scenario 8: the reminder log is kept, whoever asked.
    [Fact]
    public async Task What_was_asked_for_in_the_case_and_in_the_register_is_shown_on_the_case_with_what_came()
    {
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.InDialogueAsync();
        service.Organisations.Ask(@case.Organisation, DocumentKind.AuditReport, dueInDays: -3);
        service.Organisations.Ask(@case.Organisation, DocumentKind.Statutes, dueInDays: 5);
        service.Organisations.Add(@case.Organisation, DocumentKind.Statutes, Document.Types.State.Received);
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 20, dueInDays: -10));

        var audit = Of(@case.AskedDocuments, DocumentKind.AuditReport);
        Assert.Equal((AskedDocument.Types.State.Missing, 2, In(-3)), (audit.State, audit.AskCount, audit.DueDate));
        Assert.Equal([("Påminnelse", false), ("Vi saknar handlingen", true)], audit.Askings.Select(asking => (asking.Message, asking.ByRegister)));
        Assert.Equal([In(-20), In(0)], audit.Askings.Select(asking => asking.Date));
        var statutes = Of(@case.AskedDocuments, DocumentKind.Statutes);
        Assert.Equal((AskedDocument.Types.State.Received, 1, In(0)), (statutes.State, statutes.AskCount, statutes.ReceiveDate));
        Assert.Equal(@case, await journey.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));

        // What comes and what is asked after the case was last looked at is read from the register.
        service.Organisations.Add(@case.Organisation, DocumentKind.AuditReport, Document.Types.State.DeclaredNonexistent);
        var now = await journey.AsOfficer.GetAskedDocumentsAsync(new GetAskedDocumentsRequest { Name = @case.Name });
        Assert.Equal(AskedDocument.Types.State.DeclaredNonexistent, Of(now.AskedDocuments, DocumentKind.AuditReport).State);
        var memo = await journey.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        var told = memo.Sections.SelectMany(section => section.Tables).Single(table => table.Caption == "Handlingar som organisationerna har ombetts att lämna");
        Assert.Contains(told.Rows, row => row.Cells is ["Öppna Famnen", "Revisionsberättelse", "2", _, "Saknas"]);
    }

    [Fact]
    public async Task One_organisation_is_not_told_what_another_of_the_case_was_asked_for()
    {
        var second = service.Organisations.Add(EligibilityFixture.Gavle, displayName: "Andra Famnen", number: "899999-0024");
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.DraftAsync(facts => facts.Parties.Add(new Party { PartyId = "andra", Side = PartySide.CivilSociety, Organisation = second }));
        service.Organisations.Ask(@case.Organisation, DocumentKind.Statutes, dueInDays: 5);
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 1, dueInDays: 10));
        Assert.Equal(2, @case.AskedDocuments.Select(asked => asked.Organisation).Distinct().Count());

        var chair = service.Cases(EligibilityFixture.Gavle, Roles.OrganisationRepresentative, "chair-2", second);
        Assert.All((await chair.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).AskedDocuments, asked => Assert.Equal(second, asked.Organisation));
        var seen = await chair.GetAskedDocumentsAsync(new GetAskedDocumentsRequest { Name = @case.Name });
        Assert.Equal([second], seen.AskedDocuments.Select(asked => asked.Organisation).Distinct());
    }

    [Fact]
    public async Task The_memorandum_tells_one_organisation_nothing_of_what_another_was_asked_for_or_what_its_documents_show()
    {
        var second = service.Organisations.Add(EligibilityFixture.Gavle, displayName: "Andra Famnen", number: "899999-0024");
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.DraftAsync(facts => facts.Parties.Add(new Party { PartyId = "andra", Side = PartySide.CivilSociety, Organisation = second }));
        service.Organisations.Remark(@case.Organisation, "Revisorn avstyrker ansvarsfrihet.");
        service.Organisations.Remark(second, "Revisorn har en anmärkning.");
        service.Organisations.Ask(@case.Organisation, DocumentKind.Statutes, dueInDays: 5);
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 1, dueInDays: 10));
        var memo = new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" };
        string[] tables = ["Att beakta i organisationernas handlingar", "Handlingar som organisationerna har ombetts att lämna"];
        List<string> Told(DecisionMemo read) => [.. tables.SelectMany(caption => read.Sections.SelectMany(section => section.Tables).Single(table => table.Caption == caption).Rows.Select(row => row.Cells[0]).Distinct())];
        Assert.Equal(4, Told(await journey.AsOfficer.GetDecisionMemoAsync(memo)).Count);

        var chair = service.Cases(EligibilityFixture.Gavle, Roles.OrganisationRepresentative, "chair-3", second);
        Assert.Equal(["Andra Famnen", "Andra Famnen"], Told(await chair.GetDecisionMemoAsync(memo)));
    }

    // ga-doc-member-count: a number recorded with its day is as good as a paper, and of papers the latest counts.
    [Fact]
    public async Task What_is_asked_for_stands_in_the_case_as_the_register_says()
    {
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.InDialogueAsync();
        var kinds = Packs.Of(EligibilityFixture.Gavle).Documents
            .Select(document => Enum.GetValues<DocumentKind>().First(kind => Domain.Cases.Codes.KeyOf(kind) == document.Type)).Distinct().ToList();
        kinds.Remove(DocumentKind.MemberCount);
        kinds.ForEach(kind => service.Organisations.Add(@case.Organisation, kind, Document.Types.State.Accepted));
        Assert.Equal(Finding.Types.Status.Unanswered, await StatusAsync());

        service.Organisations.Count(@case.Organisation, 120);
        Assert.Equal(Finding.Types.Status.Met, await StatusAsync());

        service.Organisations.Add(@case.Organisation, DocumentKind.AuditReport, Document.Types.State.Returned);
        Assert.Equal(Finding.Types.Status.Unanswered, await StatusAsync());

        async Task<Finding.Types.Status> StatusAsync() =>
            (await journey.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == "ga-documents-request-if-exist").Status;
    }

    // ga-doc-audit-report, ga-doc-board-list: the board that checks the organisation reads it before it decides.
    [Fact]
    public async Task What_the_documents_show_that_the_body_should_see_stands_in_the_memo()
    {
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.InDialogueAsync();
        service.Organisations.Remark(@case.Organisation, "Revisorn avstyrker ansvarsfrihet. Läs revisionsberättelsen.");
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 1, dueInDays: 10));

        var memo = await journey.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        var told = memo.Sections.SelectMany(section => section.Tables).Single(table => table.Caption == "Att beakta i organisationernas handlingar");
        Assert.Equal(["Öppna Famnen", "Revisorn avstyrker ansvarsfrihet. Läs revisionsberättelsen."], Assert.Single(told.Rows).Cells);
    }

    private static AskedDocument Of(IEnumerable<AskedDocument> asked, DocumentKind kind) => asked.Single(document => document.Kind == kind);
}
