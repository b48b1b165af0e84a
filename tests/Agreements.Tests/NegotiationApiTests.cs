using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;
using Change = Iop.Agreements.V1.SectionComparison.Types.Change;
using RunKind = Iop.Agreements.V1.TextRun.Types.Kind;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed class NegotiationApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task Either_side_asks_the_other_answers_and_either_settles_it()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var representative = service.Representative(organisation);
        var request = new CreateCommentRequest { Parent = agreement.Name, Comment = Comment("activity", "Vilka kvällar?"), RequestId = $"{Guid.NewGuid()}" };

        var asked = await representative.CreateCommentAsync(request);
        Assert.Equal(asked, await representative.CreateCommentAsync(request));
        Assert.Equal((V1.Comment.Types.State.Open, PartySide.CivilSociety, "Anna Andersson", "activity"), (asked.State, asked.Side, asked.Author, asked.SectionId));

        var answered = await service.Officer.ReplyCommentAsync(new ReplyCommentRequest { Name = asked.Name, Etag = asked.Etag, Text = "Tisdag till torsdag." });
        Assert.Equal(("Tisdag till torsdag.", PartySide.Public, "Handläggaren"), (answered.Replies[0].Text, answered.Replies[0].Side, answered.Replies[0].Author));

        var settled = await representative.ResolveCommentAsync(new ResolveCommentRequest { Name = asked.Name, Etag = answered.Etag });
        Assert.Equal((V1.Comment.Types.State.Resolved, "Anna Andersson"), (settled.State, settled.ResolvedBy));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "COMMENT_STATE_NOT_ALLOWED", () => service.Officer.ResolveCommentAsync(new ResolveCommentRequest { Name = asked.Name, Etag = settled.Etag }).ResponseAsync);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => service.Officer.ReplyCommentAsync(new ReplyCommentRequest { Name = asked.Name, Etag = asked.Etag, Text = "Mer" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => service.Officer.ReplyCommentAsync(new ReplyCommentRequest { Name = asked.Name, Text = "Mer" }).ResponseAsync);

        var reopened = await service.Officer.ReplyCommentAsync(new ReplyCommentRequest { Name = asked.Name, Etag = settled.Etag, Text = "Och fredag." });
        Assert.Equal(reopened, await representative.GetCommentAsync(new GetCommentRequest { Name = asked.Name }));
        Assert.Equal((V1.Comment.Types.State.Open, ""), (reopened.State, reopened.ResolvedBy));
        Assert.Equal(agreement.TextHash, (await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name })).TextHash);
    }

    [Fact]
    public async Task Comments_are_listed_in_pages_and_by_filter()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var first = await CommentAsync(service.Officer, agreement, "activity");
        var second = await CommentAsync(service.Officer, agreement, "");
        var list = new ListCommentsRequest { Parent = agreement.Name, PageSize = 1 };

        var page = await service.Officer.ListCommentsAsync(list);
        Assert.Equal(second.Name, Assert.Single(page.Comments).Name);
        list.PageToken = page.NextPageToken;
        Assert.Equal(first.Name, Assert.Single((await service.Officer.ListCommentsAsync(list)).Comments).Name);
        Assert.Equal(first.Name, Assert.Single((await service.Officer.ListCommentsAsync(new ListCommentsRequest { Parent = agreement.Name, Filter = "section_id = \"activity\" AND state = \"OPEN\"" })).Comments).Name);
        Assert.Empty((await service.Officer.ListCommentsAsync(new ListCommentsRequest { Parent = agreement.Name, Filter = "state = \"RESOLVED\"" })).Comments);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => service.Officer.ListCommentsAsync(new ListCommentsRequest { Parent = agreement.Name, Filter = "state = \"UNSPECIFIED\"" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => service.Officer.ListCommentsAsync(new ListCommentsRequest { Parent = agreement.Name, Filter = "author = \"x\"" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "COMMENT_NOT_FOUND", () => service.Officer.GetCommentAsync(new GetCommentRequest { Name = $"{agreement.Name}/comments/{Guid.CreateVersion7()}" }).ResponseAsync);
        await Refused.ForFieldAsync("comment.text", "FIELD_REQUIRED", () => service.Officer.CreateCommentAsync(new CreateCommentRequest { Parent = agreement.Name, Comment = Comment("", " ") }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "SECTION_NOT_FOUND", () => CommentAsync(service.Officer, agreement, "none"));
    }

    [Fact]
    public async Task What_a_side_says_to_itself_about_its_draft_stays_with_it()
    {
        var (agreement, organisation) = await service.DraftedAsync();
        var own = await CommentAsync(service.Officer, agreement, "activity");
        agreement = await service.WriteAsync(agreement, "activity", "En mötesplats.");
        await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true });

        Assert.Empty((await service.Representative(organisation).ListCommentsAsync(new ListCommentsRequest { Parent = agreement.Name })).Comments);
        await Refused.ByAsync(StatusCode.NotFound, "COMMENT_NOT_FOUND", () => service.Representative(organisation).GetCommentAsync(new GetCommentRequest { Name = own.Name }).ResponseAsync);
        Assert.Equal(own.Name, (await service.Officer.GetCommentAsync(new GetCommentRequest { Name = own.Name })).Name);
    }

    [Fact]
    public async Task A_draft_is_shared_only_by_one_who_has_read_that_it_becomes_an_official_document()
    {
        var (agreement, _) = await service.DraftedAsync();
        var request = new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag };

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "OFFICIAL_DOCUMENT_NOT_ACKNOWLEDGED", () => service.Officer.ShareAgreementAsync(request).ResponseAsync);

        Assert.Contains("allmän handling", refused.Swedish, StringComparison.Ordinal);
        request.OfficialDocumentAcknowledged = true;
        Assert.Equal(Agreement.Types.State.InNegotiation, (await service.Officer.ShareAgreementAsync(request)).State);
    }

    [Fact]
    public async Task A_proposal_that_the_other_side_accepts_is_the_edit_and_voids_the_approvals()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        var representative = service.Representative(organisation);

        var proposed = await ProposeAsync(representative, agreement, "activity", "En mötesplats fyra kvällar i veckan.");
        Assert.Equal((Proposal.Types.State.Open, PartySide.CivilSociety, "En mötesplats tre kvällar i veckan."), (proposed.State, proposed.Side, proposed.BaseText));
        Assert.Equal([(RunKind.Deleted, "tre"), (RunKind.Inserted, "fyra")], proposed.Runs.Where(run => run.Kind != RunKind.Equal).Select(run => (run.Kind, run.Text)));
        Assert.Equal(agreement.Etag, (await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name })).Etag);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PROPOSAL_OF_OWN_SIDE", () => representative.AcceptProposalAsync(new AcceptProposalRequest { Name = proposed.Name, Etag = proposed.Etag }).ResponseAsync);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PROPOSAL_OF_OTHER_SIDE", () => service.Officer.WithdrawProposalAsync(new WithdrawProposalRequest { Name = proposed.Name, Etag = proposed.Etag }).ResponseAsync);

        var accepted = await service.Officer.AcceptProposalAsync(new AcceptProposalRequest { Name = proposed.Name, Etag = proposed.Etag });

        Assert.Equal((Proposal.Types.State.Accepted, "Handläggaren"), (accepted.State, accepted.AnsweredBy));
        var now = await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name });
        var section = now.Sections.Single(section => section.SectionId == "activity");
        Assert.Equal((Agreement.Types.State.InNegotiation, "En mötesplats fyra kvällar i veckan.", PartySide.CivilSociety), (now.State, section.Text, section.UpdatedBy));
        Assert.Empty(now.Approvals);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PROPOSAL_STATE_NOT_ALLOWED", () => service.Officer.AcceptProposalAsync(new AcceptProposalRequest { Name = accepted.Name, Etag = accepted.Etag }).ResponseAsync);
    }

    [Fact]
    public async Task A_proposal_is_declined_with_a_reason_taken_back_or_overtaken_by_another_edit()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var representative = service.Representative(organisation);
        var (declined, withdrawn, overtaken) = (
            await ProposeAsync(service.Officer, agreement, "values", "Ett."), await ProposeAsync(service.Officer, agreement, "values", "Två."), await ProposeAsync(service.Officer, agreement, "activity", "Tre."));

        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => representative.DeclineProposalAsync(new DeclineProposalRequest { Name = declined.Name, Etag = declined.Etag }).ResponseAsync);
        declined = await representative.DeclineProposalAsync(new DeclineProposalRequest { Name = declined.Name, Etag = declined.Etag, Reason = "Vi vill säga mer." });
        withdrawn = await service.Officer.WithdrawProposalAsync(new WithdrawProposalRequest { Name = withdrawn.Name, Etag = withdrawn.Etag });
        await service.WriteAsync(agreement, "activity", "Något annat.", representative);

        Assert.Equal((Proposal.Types.State.Declined, "Vi vill säga mer."), (declined.State, declined.Answer));
        Assert.Equal(Proposal.Types.State.Withdrawn, withdrawn.State);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PROPOSAL_OUTDATED", () => representative.AcceptProposalAsync(new AcceptProposalRequest { Name = overtaken.Name, Etag = overtaken.Etag }).ResponseAsync);
        Assert.Equal(overtaken, await representative.GetProposalAsync(new GetProposalRequest { Name = overtaken.Name }));
        var open = await representative.ListProposalsAsync(new ListProposalsRequest { Parent = agreement.Name, Filter = "state = \"OPEN\"" });
        Assert.Equal(overtaken.Name, Assert.Single(open.Proposals).Name);
        Assert.Equal(3, (await representative.ListProposalsAsync(new ListProposalsRequest { Parent = agreement.Name })).Proposals.Count);
    }

    [Fact]
    public async Task Nothing_is_proposed_in_a_draft_or_talked_about_once_it_is_being_signed()
    {
        var (draft, _) = await service.DraftedAsync();
        var (signing, _) = await service.InSigningAsync();

        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => ProposeAsync(service.Officer, draft, "values", "Ett."));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => ProposeAsync(service.Officer, signing, "values", "Ett."));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => CommentAsync(service.Officer, signing, ""));
    }

    [Fact]
    public async Task Strangers_and_readers_take_no_part_in_the_talk()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var (comment, proposal) = (await CommentAsync(service.Officer, agreement, ""), await ProposeAsync(service.Officer, agreement, "values", "Ett."));
        var stranger = service.Representative($"{Here}/organisations/{Guid.CreateVersion7()}");
        AgreementsService.AgreementsServiceClient auditor = new(service.As("1285", Roles.Auditor)), elsewhere = new(service.As("0580", Roles.CaseOfficer)), lawyer = new(service.As("1285", Roles.Lawyer));

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => stranger.GetCommentAsync(new GetCommentRequest { Name = comment.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => stranger.ListProposalsAsync(new ListProposalsRequest { Parent = agreement.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => stranger.AcceptProposalAsync(new AcceptProposalRequest { Name = proposal.Name, Etag = proposal.Etag }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => CommentAsync(stranger, agreement, ""));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => elsewhere.GetProposalAsync(new GetProposalRequest { Name = proposal.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => CommentAsync(auditor, agreement, ""));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => ProposeAsync(lawyer, agreement, "values", "Två."));
        Assert.Equal(comment, await auditor.GetCommentAsync(new GetCommentRequest { Name = comment.Name }));
        Assert.Equal(PartySide.Public, (await CommentAsync(lawyer, agreement, "values")).Side);
    }

    [Fact]
    public async Task Any_two_revisions_are_compared_by_section_by_word_and_by_term()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var from = await LatestAsync(agreement.Name);
        agreement = await service.WriteAsync(agreement, "activity", "En mötesplats fyra kvällar i veckan.");
        agreement = await service.Officer.AddSectionAsync(new AddSectionRequest { Name = agreement.Name, SectionId = "activity", Heading = "Sommar", Text = "Utflykter.", Etag = Etag(agreement, "activity") });
        agreement = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, EndDate = new Date { Year = 2028, Month = 12, Day = 31 }, Exclusions = { "Läxhjälp" } },
        });
        var to = await LatestAsync(agreement.Name);

        var compared = await service.Representative(organisation).CompareRevisionsAsync(new CompareRevisionsRequest { Name = agreement.Name, FromRevision = from, ToRevision = to });

        var activity = compared.Sections.Single(section => section.SectionId == "activity");
        Assert.Equal([Change.Text], activity.Changes);
        Assert.Equal([(RunKind.Deleted, "tre"), (RunKind.Inserted, "fyra")], activity.Runs.Where(run => run.Kind != RunKind.Equal).Select(run => (run.Kind, run.Text)));
        var added = compared.Sections.Single(section => section.SectionId == "activity-2");
        Assert.Equal(("Sommar", RunKind.Inserted, "Utflykter."), (added.Heading.Sv, Assert.Single(added.Runs).Kind, added.Runs[0].Text));
        Assert.Equal([Change.Added], added.Changes);
        Assert.Contains(compared.Terms, term => term is { FieldPath: "end_date", Before: "2029-12-31", After: "2028-12-31" });
        Assert.Contains(compared.Terms, term => term is { FieldPath: "exclusions[0]", Before: "", After: "Läxhjälp" });
        Assert.DoesNotContain(compared.Terms, term => term.FieldPath.StartsWith("contributions", StringComparison.Ordinal));
        Assert.Equal(agreement.TextHash, compared.ToTextHash);

        var back = await service.Officer.CompareRevisionsAsync(new CompareRevisionsRequest { Name = agreement.Name, FromRevision = to, ToRevision = from });
        Assert.Equal([Change.Removed], back.Sections.Single(section => section.SectionId == "activity-2").Changes);
        Assert.Equal(compared.Terms.Select(term => (term.FieldPath, term.Before, term.After)), back.Terms.Select(term => (term.FieldPath, term.After, term.Before)));
        var same = await service.Officer.CompareRevisionsAsync(new CompareRevisionsRequest { Name = agreement.Name, FromRevision = to, ToRevision = to });
        Assert.Empty(same.Sections);
        Assert.Empty(same.Terms);
    }

    [Fact]
    public async Task A_section_that_moved_or_was_left_out_is_told_so()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        agreement = await AddAsync(agreement, "Ett");
        agreement = await AddAsync(agreement, "Två");
        agreement = await AddAsync(agreement, "Tre");
        var from = await LatestAsync(agreement.Name);
        agreement = await service.Officer.MoveSectionAsync(new MoveSectionRequest { Name = agreement.Name, SectionId = "activity-4", Position = 1, Etag = Etag(agreement, "activity-4") });
        await service.Officer.UpdateSectionAsync(new UpdateSectionRequest { Name = agreement.Name, Section = new Section { SectionId = "values", Skipped = true, Etag = Etag(agreement, "values") } });

        var compared = await service.Officer.CompareRevisionsAsync(new CompareRevisionsRequest { Name = agreement.Name, FromRevision = from, ToRevision = await LatestAsync(agreement.Name) });

        Assert.Equal(
            [("values", Change.Skipped), ("activity-4", Change.Moved)],
            compared.Sections.Select(section => (section.SectionId, Assert.Single(section.Changes))));
    }

    [Fact]
    public async Task A_revision_that_the_caller_may_not_see_is_not_compared()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var compare = new CompareRevisionsRequest { Name = agreement.Name, FromRevision = 1, ToRevision = 2 };

        Assert.NotEmpty((await service.Officer.CompareRevisionsAsync(compare)).Sections);
        await Refused.ByAsync(StatusCode.NotFound, "REVISION_NOT_FOUND", () => service.Representative(organisation).CompareRevisionsAsync(compare).ResponseAsync);
        compare.ToRevision = 99;
        await Refused.ByAsync(StatusCode.NotFound, "REVISION_NOT_FOUND", () => service.Officer.CompareRevisionsAsync(compare).ResponseAsync);
        compare.FromRevision = 0;
        await Refused.ForFieldAsync("from_revision", "NUMBER_OUT_OF_RANGE", () => service.Officer.CompareRevisionsAsync(compare).ResponseAsync);
    }

    private async Task<Agreement> AddAsync(Agreement agreement, string title) =>
        await service.Officer.AddSectionAsync(new AddSectionRequest { Name = agreement.Name, SectionId = "activity", Heading = title, Text = $"Om {title}.", Etag = Etag(agreement, "activity") });

    private async Task<int> LatestAsync(string name) =>
        (await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = name, PageSize = 1 })).AgreementRevisions[0].RevisionNumber;

    private static string Etag(Agreement agreement, string section) => agreement.Sections.Single(s => s.SectionId == section).Etag;

    private static V1.Comment Comment(string section, string text) => new() { SectionId = section, Text = text };

    private static Task<V1.Comment> CommentAsync(AgreementsService.AgreementsServiceClient by, Agreement agreement, string section) =>
        by.CreateCommentAsync(new CreateCommentRequest { Parent = agreement.Name, Comment = Comment(section, "Vad menas?") }).ResponseAsync;

    private static Task<Proposal> ProposeAsync(AgreementsService.AgreementsServiceClient by, Agreement agreement, string section, string text) =>
        by.CreateProposalAsync(new CreateProposalRequest { Parent = agreement.Name, Proposal = new Proposal { SectionId = section, Text = text } }).ResponseAsync;
}
