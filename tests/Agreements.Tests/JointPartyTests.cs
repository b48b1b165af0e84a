using System.Security.Cryptography;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;

namespace Iop.Agreements.Tests;

/// <summary>What a municipality that has joined does with the agreement, through the name that it has at home.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointPartyTests(JointFixture service)
{
    private AgreementsService.AgreementsServiceClient Theirs => service.Officer(Neighbour);

    [Fact]
    public async Task It_writes_comments_proposes_and_compares_as_the_others_do()
    {
        var (agreement, share, organisation) = await service.JoinedAsync();
        var read = await ReadAsync(Theirs, share.Agreement);

        var written = await WriteAsync(Theirs, read, "activity", "En mötesplats fyra kvällar i veckan.");
        Assert.Equal(share.Agreement, written.Name);
        var comment = await Theirs.CreateCommentAsync(new CreateCommentRequest { Parent = share.Agreement, Comment = new Comment { SectionId = "activity", Text = "Vilka kvällar?" } });
        Assert.StartsWith($"{share.Agreement}/comments/", comment.Name, StringComparison.Ordinal);
        var proposal = await Theirs.CreateProposalAsync(new CreateProposalRequest { Parent = share.Agreement, Proposal = new Proposal { SectionId = "activity", Text = "Fem kvällar.", Motivation = "Fler kommer." } });

        // The others meet it by the lead's names.
        var leads = $"{agreement.Name}/comments/{comment.Name.Split('/')[^1]}";
        var reply = await service.Officer(Lead).ReplyCommentAsync(new ReplyCommentRequest { Name = leads, Text = "Måndag till torsdag.", Etag = comment.Etag });
        Assert.Equal("Handläggaren i 0580", reply.Author);
        Assert.Equal("Måndag till torsdag.", (await Theirs.GetCommentAsync(new GetCommentRequest { Name = comment.Name })).Replies.Single().Text);
        await service.Representative(organisation).AcceptProposalAsync(
            new AcceptProposalRequest { Name = $"{agreement.Name}/proposals/{proposal.Name.Split('/')[^1]}", Etag = proposal.Etag });
        Assert.Equal("Fem kvällar.", (await ReadAsync(Theirs, share.Agreement)).Sections.Single(section => section.SectionId == "activity").Text);

        var revisions = (await Theirs.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = share.Agreement })).AgreementRevisions;
        var compared = await Theirs.CompareRevisionsAsync(new CompareRevisionsRequest { Name = share.Agreement, FromRevision = revisions[^1].RevisionNumber, ToRevision = revisions[0].RevisionNumber });
        Assert.Contains(compared.Sections, section => section.SectionId == "activity");
    }

    [Fact]
    public async Task The_history_says_who_acted_for_whom_and_begins_for_the_guest_with_the_invitation()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        await WriteAsync(Theirs, await ReadAsync(Theirs, share.Agreement), "activity", "Fyra kvällar.");

        var all = (await service.Officer(Lead).ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name })).AgreementRevisions;
        Assert.Equal(("UPDATE_SECTION", "Handläggaren i 0580", OtherParty), (all[0].Action, all[0].Actor, all[0].PartyId));
        Assert.Equal(("JOIN_AGREEMENT", "Handläggaren i 0580", OtherParty), (all[1].Action, all[1].Actor, all[1].PartyId));
        Assert.Equal(("INVITE_MUNICIPALITY", "Handläggaren i 1285"), (all[2].Action, all[2].Actor));
        Assert.Equal([$"officer-{Neighbour}"], await service.RowsAsync($"SELECT actor FROM revision WHERE municipality = '{Lead}' AND subject = '{agreement.Name}' AND number = {all[0].RevisionNumber}"));

        var seen = (await Theirs.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = share.Agreement })).AgreementRevisions;
        Assert.Equal(all.Take(3).Select(revision => revision.RevisionNumber), seen.Select(revision => revision.RevisionNumber));
        Assert.All(seen, revision => Assert.StartsWith($"{share.Agreement}/revisions/", revision.Name, StringComparison.Ordinal));
        await Refused.ByAsync(StatusCode.NotFound, "REVISION_NOT_FOUND", async () => await Theirs.GetAgreementRevisionAsync(
            new GetAgreementRevisionRequest { Name = $"{share.Agreement}/revisions/1" }));
        var snapshot = (await Theirs.GetAgreementRevisionAsync(new GetAgreementRevisionRequest { Name = seen[0].Name })).Snapshot;
        Assert.Equal((share.Agreement, share.Case), (snapshot.Name, snapshot.Case));
    }

    [Fact]
    public async Task It_acts_as_its_own_party_and_no_other_and_nobody_acts_as_it()
    {
        var (agreement, share, organisation) = await service.ReadyAsync();
        var read = await ReadAsync(Theirs, share.Agreement);

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ApproveAsync(Theirs, read, "arbete"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ApproveAsync(Theirs, read, "forening"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ApproveAsync(service.Officer(Lead), agreement, OtherParty));

        // A token of theirs that says it represents the organisation says nothing here.
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ApproveAsync(service.Representative(organisation, municipality: Neighbour), read, "forening"));
        Assert.Equal([OtherParty], (await ApproveAsync(Theirs, read, OtherParty)).Approvals.Select(approval => approval.PartyId));
    }

    [Fact]
    public async Task What_only_the_lead_does_the_guest_is_told_to_ask_for()
    {
        var (_, share, _) = await service.JoinedAsync();
        var read = await ReadAsync(Theirs, share.Agreement);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEAD_MUNICIPALITY_ONLY", async () => await Theirs.StartSigningAsync(
            new StartSigningRequest { Name = read.Name, Provider = "other-signing", Etag = read.Etag }));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEAD_MUNICIPALITY_ONLY", async () => await new AgreementsService.AgreementsServiceClient(service.As(Neighbour, Roles.Integration)).ReportSigningEventAsync(
            new ReportSigningEventRequest { Name = read.Name, Provider = "other-signing", ProviderCase = "1", Event = new SigningEvent { Kind = SigningEvent.Types.Kind.CaseHalted } }));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEAD_MUNICIPALITY_ONLY", async () => await Theirs.ArchiveAgreementAsync(new ArchiveAgreementRequest { Name = read.Name, Etag = read.Etag }));
        await Refused.ForFieldAsync("agreement.decision_required", "FIELD_NOT_ALLOWED", async () => await Theirs.UpdateAgreementAsync(
            new UpdateAgreementRequest { Agreement = new Agreement { Name = read.Name, Etag = read.Etag, DecisionRequired = true } }));
    }

    [Fact]
    public async Task It_sends_the_parties_back_as_it_reads_them()
    {
        var (agreement, share, organisation) = await service.JoinedAsync();
        var asked = await ReadAsync(Theirs, share.Agreement);
        asked.Parties.Single(party => party.PartyId == OtherParty).DisplayName = "Grannkommunens kulturnämnd";

        await Theirs.UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = asked, UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "parties" } } });

        var read = await ReadAsync(service.Officer(Lead), agreement.Name);
        Assert.Equal("Grannkommunens kulturnämnd", read.Parties.Single(party => party.PartyId == OtherParty).DisplayName);
        Assert.Equal(organisation, read.Parties.Single(party => party.PartyId == "forening").Organisation);
        Assert.Contains(read.RequiredSignatures, required => required.PartyId == OtherParty);
    }

    [Fact]
    public async Task The_check_tells_whose_rule_it_is_to_each_of_them()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        await WriteAsync(Theirs, await ReadAsync(Theirs, share.Agreement), "activity", "Föreningen har ensamrätt till lokalen. Vite utgår om den inte används.");

        var leads = (await service.Officer(Lead).CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name })).Findings;
        var theirs = (await Theirs.CheckAgreementAsync(new CheckAgreementRequest { Name = share.Agreement })).Findings;

        Assert.Equal(leads, theirs);
        Assert.Contains(leads, finding => finding is { RuleId: "x-no-sanctions", ClauseType: "penalty" } && finding.GuidelinePack == PackOf(Lead));
        Assert.Contains(leads, finding => finding is { RuleId: "o-no-exclusivity", ClauseType: "exclusivity" } && finding.GuidelinePack == PackOf(Neighbour));
        Assert.Contains(leads, finding => finding.RuleId == "x-reference-group" && finding.GuidelinePack == PackOf(Neighbour));
        Assert.Contains(leads, finding => finding.RuleId == "o-follow-up" && finding.FieldPath == "follow_up.check_in_every_months");
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_CHECK_FAILED", async () => await ApproveAsync(service.Officer(Lead), await ReadAsync(service.Officer(Lead), agreement.Name), "arbete"));
    }

    [Fact]
    public async Task It_is_active_when_every_municipality_and_every_organisation_has_signed_by_the_strictest_rules()
    {
        var (agreement, share, organisation) = await service.InSigningAsync();
        Assert.True(agreement.SigningRounds.Single().Ordered);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "TURN_NOT_COME", async () => await SignAsync(
            service.Signatory(Neighbour, OtherSignatory), await ReadAsync(Theirs, share.Agreement), OtherParty));

        await SignAsync(service.Representative(organisation), agreement, "forening");
        agreement = await SignAsync(service.Signatory(Neighbour, OtherSignatory), await ReadAsync(Theirs, share.Agreement), OtherParty);
        Assert.Equal((Agreement.Types.State.AwaitingSignatures, share.Agreement), (agreement.State, agreement.Name));
        agreement = await SignAsync(service.Signatory(Lead, Chair), await ReadAsync(service.Officer(Lead), $"{Of(Lead)}/agreements/{share.Agreement.Split('/')[^1]}"), "arbete");

        Assert.Equal(Agreement.Types.State.Active, agreement.State);
        Assert.Equal(25, agreement.Retentions[^1].KeepUntilDate.Year - agreement.EndDate.Year);
    }

    [Fact]
    public async Task A_case_that_is_no_longer_approved_at_home_stops_the_signature()
    {
        var (_, share, organisation) = await service.InSigningAsync();
        await SignAsync(service.Representative(organisation), await LeadsAsync(share), "forening");
        service.Neighbours.Cases[share.Case].State = Eligibility.V1.Case.Types.State.Withdrawn;

        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_APPROVED", async () => await SignAsync(
            service.Signatory(Neighbour, OtherSignatory), await ReadAsync(Theirs, share.Agreement), OtherParty));
    }

    [Fact]
    public async Task Every_municipality_gets_the_same_bytes_and_in_them_nobodys_case()
    {
        var (agreement, share, _) = await service.ActiveAsync();

        var (leads, theirs) = (await OriginalAsync(service.Officer(Lead), agreement.Name), await OriginalAsync(Theirs, share.Agreement));

        Assert.Equal(SHA256.HashData(leads.Bytes), SHA256.HashData(theirs.Bytes));
        Assert.Equal((agreement.Name, share.Agreement), (leads.Header.Agreement, theirs.Header.Agreement));
        Assert.Equal(leads.Header.Sha256, theirs.Header.Sha256);
    }

    [Fact]
    public async Task It_lists_the_common_agreements_among_its_own_page_by_page()
    {
        var (_, share, _) = await service.JoinedAsync();
        var own = await Theirs.CreateAgreementAsync(new CreateAgreementRequest { Parent = Of(Neighbour), Agreement = new Agreement { Case = service.ApprovedCase(Neighbour) } });
        List<string> listed = [];
        var request = new ListAgreementsRequest { Parent = Of(Neighbour), PageSize = 1 };
        do
        {
            var page = await Theirs.ListAgreementsAsync(request);
            listed.AddRange(page.Agreements.Select(agreement => agreement.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(listed.Distinct().OrderByDescending(name => Guid.Parse(name[^36..])), listed);
        Assert.Contains(share.Agreement, listed);
        Assert.Contains(own.Name, listed);
        var byCase = (await Theirs.ListAgreementsAsync(new ListAgreementsRequest { Parent = Of(Neighbour), Filter = $"case = \"{share.Case}\"" })).Agreements;
        Assert.Equal((share.Agreement, share.Case), (byCase.Single().Name, byCase.Single().Case));
        Assert.DoesNotContain((await Theirs.ListAgreementsAsync(new ListAgreementsRequest { Parent = Of(Neighbour), PageSize = 200, Filter = "state = \"ACTIVE\"" })).Agreements, agreement => agreement.Name == share.Agreement);
    }

    [Fact]
    public async Task A_body_of_its_own_decides_on_the_text_where_its_pack_says_so()
    {
        var (agreement, share, organisation) = await service.JoinedAsync(asked => Without(asked, OtherParty), Third, ThirdParty);
        Assert.True((await ReadAsync(service.Officer(Third), share.Agreement)).JointMembers.Single().DecisionRequired);
        await ApproveAsync(service.Officer(Lead), agreement, "arbete");
        await ApproveAsync(service.Officer(Third), await ReadAsync(service.Officer(Third), share.Agreement), ThirdParty);
        agreement = await ApproveAsync(service.Representative(organisation), await ReadAsync(service.Officer(Lead), agreement.Name), "forening");
        Assert.Equal(Agreement.Types.State.AwaitingDecision, agreement.State);
        Task<Agreement> DecideAsync(string municipality, string name, string body = "Nämnden") => service.Signatory(municipality, "beslutsfattaren").RecordTextDecisionAsync(new RecordTextDecisionRequest
        {
            Name = name,
            Decision = new TextDecision { Outcome = TextDecision.Types.Outcome.Approved, Body = body, Date = TimeProvider.System.Today().ToProto(), ReferenceNumber = "N 1" },
            Etag = agreement.Etag,
        }).ResponseAsync;

        await Refused.ByAsync(StatusCode.FailedPrecondition, "DECISION_NOT_REQUIRED", () => DecideAsync(Lead, agreement.Name));

        // By its own pack, whatever the lead's says.
        await Refused.ForFieldAsync("decision.body", "DECISION_BODY_NOT_ALLOWED", () => DecideAsync(Third, share.Agreement, "Kommunfullmäktige"));
        agreement = await DecideAsync(Third, share.Agreement);

        Assert.Equal((Agreement.Types.State.TextAgreed, "N 1"), (agreement.State, agreement.JointMembers.Single().TextDecision.ReferenceNumber));

        // The highest level of assurance that any of the packs asks for.
        agreement = await LeadsAsync(share);
        agreement = await service.Officer(Lead).StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "ASSURANCE_LEVEL_TOO_LOW", () => SignAsync(service.Signatory(Lead, Chair), agreement, "arbete"));
        Assert.Equal("loa4", refused.Metadata["required"]);
    }

    private Task<Agreement> LeadsAsync(AgreementShare share) => ReadAsync(service.Officer(Lead), $"{Of(Lead)}/agreements/{share.Agreement.Split('/')[^1]}");

    private static async Task<(OriginalHeader Header, byte[] Bytes)> OriginalAsync(AgreementsService.AgreementsServiceClient by, string name)
    {
        using var call = by.GetOriginal(new GetOriginalRequest { Name = name });
        OriginalHeader? header = null;
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            header ??= part.Header;
            part.Chunk.WriteTo(bytes);
        }

        return (header!, bytes.ToArray());
    }
}
