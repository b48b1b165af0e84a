using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using Comparison = Iop.Organisations.V1.BoardListComparison.Types.Status;
using Remark = Iop.Organisations.V1.VettingRemark.Types.Code;
using Status = Iop.Organisations.V1.DocumentRequirementStatus.Types.Status;

namespace Iop.Organisations.Tests;

/// <summary>What is told of the content of documents, and what follows. Source: ga-doc-audit-report, ga-doc-board-list, ga-doc-member-count.</summary>
[Collection(Register.Name)]
public sealed class ToldContentTests(RegisterFixture register)
{
    private const string Gavle = $"{RegisterFixture.Here}/guidelinePacks/2031-1";

    [Theory]
    [InlineData(AuditOpinion.DischargeNotRecommended, Remark.AuditNotRecommended)]
    [InlineData(AuditOpinion.DischargeRecommendedWithRemark, Remark.AuditWithRemark)]
    [InlineData(AuditOpinion.NoStatement, Remark.AuditNoStatement)]
    [InlineData(AuditOpinion.DischargeRecommended, null)]
    [InlineData(AuditOpinion.Unspecified, Remark.AuditOpinionNotTold)]
    public async Task What_the_auditor_says_is_kept_with_the_report_and_shown_to_the_board_that_checks(AuditOpinion opinion, Remark? remark)
    {
        var organisation = (await register.RegisterAsync()).Name;
        var header = RegisterFixture.Header(organisation, DocumentKind.AuditReport);
        header.AuditOpinion = opinion;

        var report = await register.UploadAsync(header, SampleDocuments.Pdf(), register.DocumentsBy(Roles.OrganisationRepresentative, organisation));

        Assert.Equal(opinion, (await register.Documents.GetDocumentAsync(new GetDocumentRequest { Name = report.Name })).AuditOpinion);
        Assert.Equal((report.Name, opinion), (await RequirementAsync(organisation, GuidelinesDouble.Current, "xx-doc-audit") is var asked ? (asked.Document, asked.AuditOpinion) : default));
        var vetting = await EvaluateAsync(organisation, register.VettingBy(Roles.DecisionMaker));
        Assert.Equal(remark is null ? [] : [(remark.Value, report.Name)], vetting.Remarks.Select(found => (found.Code, found.Document)));
        Assert.All(vetting.Remarks, found => Assert.True(found.Explanation.Sv.Length > 0 && found.Explanation.En.Length > 0));
        Assert.Equal(VettingOutcome.Incomplete, vetting.Outcome);
    }

    [Fact]
    public async Task The_organisation_tells_until_the_report_has_been_reviewed_and_the_municipality_afterwards()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var report = await register.UploadAsync(RegisterFixture.Header(organisation, DocumentKind.AuditReport), SampleDocuments.Pdf());
        var theirs = register.DocumentsBy(Roles.OrganisationRepresentative, organisation);

        report = await TellAsync(theirs, report, AuditOpinion.DischargeRecommended);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => TellAsync(theirs, new Document(report) { Etag = "\"1\"" }, AuditOpinion.NoStatement));
        report = await register.Documents.AcceptDocumentAsync(new AcceptDocumentRequest { Name = report.Name, Etag = report.Etag });
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_STATE_NOT_ALLOWED", () => TellAsync(theirs, report, AuditOpinion.NoStatement));
        report = await TellAsync(register.Documents, report, AuditOpinion.DischargeNotRecommended);
        Assert.Equal((AuditOpinion.DischargeNotRecommended, Document.Types.State.Accepted), (report.AuditOpinion, report.State));

        report = await register.Documents.ReturnDocumentAsync(new ReturnDocumentRequest { Name = report.Name, Reason = "Fel år", Etag = report.Etag });
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_STATE_NOT_ALLOWED", () => TellAsync(register.Documents, report, AuditOpinion.NoStatement));
        Assert.Empty((await EvaluateAsync(organisation)).Remarks);
    }

    [Fact]
    public async Task What_is_told_belongs_to_its_kind_of_document()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var statutes = await register.UploadAsync(RegisterFixture.Header(organisation), SampleDocuments.Pdf());

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_CONTENT_NOT_APPLICABLE", () => TellAsync(register.Documents, statutes, AuditOpinion.NoStatement));
        Assert.Equal("AUDIT_REPORT", refused.Metadata["kind"]);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_CONTENT_NOT_APPLICABLE", () => TellAsync(register.Documents, statutes, Member("Kim Exempel")));
        await Refused.ForFieldAsync("audit_opinion", "ENUM_VALUE_REQUIRED", () => TellAsync(register.Documents, statutes, AuditOpinion.Unspecified));
        await Refused.ForFieldAsync("board_members[1].person_ref", "DUPLICATE_VALUE", () => TellAsync(register.Documents, statutes, Member("A", "p"), Member("B", "p")));
        await Refused.ForFieldAsync("board_members[0].function", "FIELD_REQUIRED", () => TellAsync(register.Documents, statutes, new BoardMember { DisplayName = "A" }));
        await Refused.ForFieldAsync("board_members[0].person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED", () => TellAsync(register.Documents, statutes, Member("A", "19811218-9876")));
        var header = RegisterFixture.Header(organisation);
        header.AuditOpinion = AuditOpinion.NoStatement;
        await Refused.ForFieldAsync("header.audit_opinion", "FIELD_NOT_ALLOWED", () => register.UploadAsync(header, SampleDocuments.Pdf()));
        header = RegisterFixture.Header(organisation);
        header.BoardMembers.Add(Member("A"));
        await Refused.ForFieldAsync("header.board_members", "FIELD_NOT_ALLOWED", () => register.UploadAsync(header, SampleDocuments.Pdf()));
    }

    [Fact]
    public async Task Those_who_sign_are_held_to_the_list_of_the_board()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var authority = await register.AuthoriseAsync(organisation, RegisterFixture.Signing("ordf", "kassor"));
        Assert.Equal((Comparison.NotCompared, ""), (authority.BoardList.Status, authority.BoardList.Document));

        var list = await register.UploadAsync(BoardList(organisation, Member("Alex Annan", "ordf"), Member("Robin Tredje")), SampleDocuments.Pdf());
        var found = await GetAsync(authority);
        Assert.Equal((Comparison.NotAllListed, list.Name), (found.Status, found.Document));
        Assert.Equal(["kassor"], found.UnlistedPersonRefs);
        Assert.DoesNotContain("Kim", found.Explanation.Sv, StringComparison.Ordinal);
        var remark = Assert.Single((await EvaluateAsync(organisation)).Remarks);
        Assert.Equal((Remark.SignatoryNotOnBoardList, list.Name, authority.Name), (remark.Code, remark.Document, remark.SigningAuthority));

        // By name where the list has no reference, and in whatever letters and spaces.
        list = await TellAsync(register.Documents, list, Member("Alex Annan", "ordf"), Member("kim  EXEMPEL"));
        Assert.Equal(Comparison.AllListed, (await GetAsync(authority)).Status);
        Assert.Empty((await EvaluateAsync(organisation)).Remarks);
        Assert.Equal(Comparison.AllListed, Assert.Single((await register.Officer.ListSigningAuthoritiesAsync(new() { Parent = organisation })).SigningAuthorities).BoardList.Status);

        var ended = await register.Officer.EndSigningAuthorityAsync(new EndSigningAuthorityRequest { Name = authority.Name, Reason = "Nytt årsmöte", Etag = authority.Etag });
        Assert.Null(ended.BoardList);
    }

    [Fact]
    public async Task A_newer_list_takes_the_place_of_the_one_before_also_when_nobody_has_told_who_is_on_it_and_a_returned_one_does_not()
    {
        var organisation = (await register.RegisterAsync()).Name;
        await register.UploadAsync(BoardList(organisation, Member("Kim Exempel")), SampleDocuments.Pdf());
        var authority = await register.AuthoriseAsync(organisation, RegisterFixture.Signing());
        Assert.Equal(Comparison.AllListed, authority.BoardList.Status);

        var newer = await register.UploadAsync(BoardList(organisation), SampleDocuments.Pdf());
        Assert.Equal((Comparison.NotCompared, newer.Name), await GetAsync(authority) is var found ? (found.Status, found.Document) : default);
        await register.Documents.ReturnDocumentAsync(new ReturnDocumentRequest { Name = newer.Name, Reason = "Oläslig", Etag = newer.Etag });
        Assert.Equal(Comparison.AllListed, (await GetAsync(authority)).Status);
    }

    [Fact]
    public async Task Who_is_on_the_board_is_read_one_list_at_a_time_and_protected_persons_by_those_who_need_it()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var hidden = Member("Kim Exempel", "kim-1");
        hidden.ProtectedIdentity = true;
        var list = await register.UploadAsync(BoardList(organisation, hidden, Member("Robin Tredje")), SampleDocuments.Pdf());

        foreach (var role in new[] { Roles.CaseOfficer, Roles.OrganisationRepresentative })
        {
            Assert.Equal(["Kim Exempel", "Robin Tredje"], (await ReadAsync(role)).Select(member => member.DisplayName));
        }

        foreach (var role in new[] { Roles.Lawyer, Roles.DecisionMaker, Roles.Auditor, Roles.Integration })
        {
            var seen = await ReadAsync(role);
            Assert.Equal([("", "", true), ("Robin Tredje", "", false)], seen.Select(member => (member.DisplayName, member.PersonRef, member.Masked)));
            await Refused.ForFieldAsync("board_members[0]", "CONTACT_MASKED", () => TellAsync(register.Documents, list, [.. seen]));
        }

        Assert.All((await register.Documents.ListDocumentsAsync(new ListDocumentsRequest { Parent = organisation })).Documents, document => Assert.Empty(document.BoardMembers));

        // A mark hides whom the list names as it hides the list.
        await register.Documents.SetConfidentialityMarkAsync(new SetConfidentialityMarkRequest
        {
            Name = list.Name,
            ConfidentialityMark = new ConfidentialityMark { LegalReference = "OSL 21:3", Reason = "Skyddade personer" },
            Etag = list.Etag,
        });
        Assert.Equal(2, (await ReadAsync(Roles.CaseOfficer)).Count);
        Assert.Equal(2, (await ReadAsync(Roles.Lawyer)).Count);
        Assert.Equal(2, (await ReadAsync(Roles.OrganisationRepresentative)).Count);
        foreach (var role in new[] { Roles.DecisionMaker, Roles.Auditor, Roles.Integration })
        {
            Assert.Empty(await ReadAsync(role));
        }

        async Task<IReadOnlyList<BoardMember>> ReadAsync(string role) =>
            (await register.DocumentsBy(role, organisation).GetDocumentAsync(new GetDocumentRequest { Name = list.Name })).BoardMembers;
    }

    [Fact]
    public async Task A_recorded_number_of_members_answers_what_the_guideline_asks_for_until_it_is_too_old()
    {
        var pack = GuidelinesDouble.PackOf(Gavle, ConditionStatus.Declared, "case-officer");
        pack.Documents.Add(new Eligibility.V1.DocumentRequirement(pack.Documents[2]) { RuleId = "xx-doc-members", Kind = DocumentKind.MemberCount });
        register.Guidelines.Add(pack);
        var sample = RegisterFixture.Sample();
        var organisation = await register.RegisterAsync(sample);
        Assert.Equal(Status.Missing, (await RequirementAsync(organisation.Name, Gavle, "xx-doc-members")).Status);

        (organisation.MemberCount, organisation.MemberCountDate) = (120, RegisterFixture.Today(-1));
        organisation = await register.Officer.UpdateOrganisationAsync(new UpdateOrganisationRequest { Organisation = organisation });
        var asked = await RequirementAsync(organisation.Name, Gavle, "xx-doc-members");
        Assert.Equal((Status.Received, "", 120, RegisterFixture.Today(-1)), (asked.Status, asked.Document, asked.MemberCount, asked.MemberCountDate));
        Assert.Contains("120", asked.Explanation.Sv, StringComparison.Ordinal);

        organisation.MemberCountDate = RegisterFixture.Today(-3 * 366);
        organisation = await register.Officer.UpdateOrganisationAsync(new UpdateOrganisationRequest { Organisation = organisation });
        asked = await RequirementAsync(organisation.Name, Gavle, "xx-doc-members");
        Assert.Equal((Status.Stale, 120), (asked.Status, asked.MemberCount));

        // A paper that comes after is what counts then.
        var paper = await register.UploadAsync(RegisterFixture.Header(organisation.Name, DocumentKind.MemberCount), SampleDocuments.Pdf());
        asked = await RequirementAsync(organisation.Name, Gavle, "xx-doc-members");
        Assert.Equal((Status.Received, paper.Name, 0), (asked.Status, asked.Document, asked.MemberCount));
        Assert.Null(asked.MemberCountDate);
    }

    private static BoardMember Member(string name, string person = "") => new() { DisplayName = name, Function = "ledamot", PersonRef = person };

    private static UploadDocumentHeader BoardList(string organisation, params BoardMember[] members)
    {
        var header = RegisterFixture.Header(organisation, DocumentKind.BoardList);
        header.BoardMembers.Add(members);
        return header;
    }

    private static Task<Document> TellAsync(DocumentsService.DocumentsServiceClient by, Document report, AuditOpinion opinion) =>
        by.RecordAuditOpinionAsync(new RecordAuditOpinionRequest { Name = report.Name, AuditOpinion = opinion, Etag = report.Etag }).ResponseAsync;

    private static Task<Document> TellAsync(DocumentsService.DocumentsServiceClient by, Document list, params BoardMember[] members) =>
        by.RecordBoardMembersAsync(new RecordBoardMembersRequest { Name = list.Name, BoardMembers = { members }, Etag = list.Etag }).ResponseAsync;

    private async Task<BoardListComparison> GetAsync(SigningAuthority authority) =>
        (await register.Officer.GetSigningAuthorityAsync(new GetSigningAuthorityRequest { Name = authority.Name })).BoardList;

    private async Task<DocumentRequirementStatus> RequirementAsync(string organisation, string pack, string rule) =>
        (await register.Requirements.ListDocumentRequirementsAsync(new ListDocumentRequirementsRequest { Parent = organisation, GuidelinePack = pack })).Requirements.Single(r => r.RuleId == rule);

    private Task<EvaluateVettingResponse> EvaluateAsync(string organisation, VettingService.VettingServiceClient? by = null) =>
        (by ?? register.VettingBy(Roles.CaseOfficer)).EvaluateVettingAsync(new EvaluateVettingRequest { Name = organisation, GuidelinePack = GuidelinesDouble.Current }).ResponseAsync;
}
