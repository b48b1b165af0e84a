using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;
using MemberState = Iop.Agreements.V1.JointMember.Types.State;

namespace Iop.Agreements.Tests;

/// <summary>Inviting another municipality, and what it answers.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointAgreementTests(JointFixture service)
{
    [Fact]
    public async Task The_one_invited_finds_the_invitation_in_its_own_tenant_and_reads_the_agreement_in_its_own_names()
    {
        var (agreement, share, organisation) = await service.InvitedAsync();

        Assert.Equal((Of(Lead), "Eslöv", agreement.Title, OtherParty, "Vill ni vara med?"), (share.LeadMunicipality, share.LeadDisplayName, share.Title, share.PartyId, share.Message));
        Assert.Equal((MemberState.Invited, Of(Neighbour)), (Assert.Single(agreement.JointMembers).State, agreement.JointMembers[0].Municipality));
        var read = await ReadAsync(service.Officer(Neighbour), share.Agreement);
        Assert.Equal((share.Agreement, agreement.TextHash, "", ""), (read.Name, read.TextHash, read.Case, read.GuidelinePack));
        Assert.NotEmpty(read.CanonicalText);
        Assert.DoesNotContain(agreement.Case, $"{read}", StringComparison.Ordinal);
        Assert.DoesNotContain(organisation, $"{read}", StringComparison.Ordinal);
        Assert.DoesNotContain($"{Of(Lead)}/cases", $"{read}", StringComparison.Ordinal);
        Assert.Equal(share, await service.Joint(Neighbour, Roles.Auditor).GetAgreementShareAsync(new GetAgreementShareRequest { Name = share.Name }));
    }

    [Fact]
    public async Task One_who_is_only_invited_reads_and_changes_nothing()
    {
        var (_, share, _) = await service.InvitedAsync();
        var read = await ReadAsync(service.Officer(Neighbour), share.Agreement);

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_NOT_JOINED", () => WriteAsync(service.Officer(Neighbour), read, "activity", "Nytt."));

        Assert.DoesNotContain(Of(Lead), string.Join(' ', refused.Metadata.Values), StringComparison.Ordinal);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_NOT_JOINED", () => ApproveAsync(service.Officer(Neighbour), read, OtherParty));
        Assert.Equal(read.TextHash, (await ReadAsync(service.Officer(Neighbour), share.Agreement)).TextHash);
    }

    [Fact]
    public async Task Joining_keeps_the_case_at_home_and_brings_the_pack_to_the_text()
    {
        var (before, share, _) = await service.InvitedAsync();
        var caseName = service.ApprovedCase(Neighbour);

        share = await service.JoinAsync(share, caseName);

        Assert.Equal((MemberState.Joined, caseName, PackOf(Neighbour)), (share.State, share.Case, share.GuidelinePack));
        var agreement = await ReadAsync(service.Officer(Lead), before.Name);
        var member = Assert.Single(agreement.JointMembers);
        Assert.Equal((MemberState.Joined, PackOf(Neighbour), OtherParty), (member.State, member.GuidelinePack, member.PartyId));
        Assert.DoesNotContain($"{Of(Neighbour)}/cases", $"{agreement}", StringComparison.Ordinal);
        Assert.Empty(await service.RowsAsync($"SELECT id::text FROM agreement WHERE municipality = '{Lead}' AND (agreement::text LIKE '%{caseName}%')"));
        var section = agreement.Sections.Single(section => section.Key == "reference-group");
        Assert.Equal((Section.Types.Mode.Required, "x-reference-group"), (section.Mode, section.RuleId));
        Assert.Equal(Section.Types.Mode.Required, agreement.Sections.Single(section => section.Key == "background").Mode);
        Assert.Equal(Section.Types.Mode.Consider, agreement.Sections.Single(section => section.Key == "values").Mode);
        var seen = await ReadAsync(service.Officer(Neighbour), share.Agreement);
        Assert.Equal((caseName, PackOf(Neighbour)), (seen.Case, seen.GuidelinePack));
        Assert.StartsWith($"{Of(Neighbour)}/organisations/", seen.Parties.Single(party => party.PartyId == "forening").Organisation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approvals_given_before_a_municipality_is_invited_or_joins_are_void()
    {
        var (agreement, organisation) = await service.DraftedAsync(asked => Without(asked, ThirdParty));
        agreement = await AgreementsFixture.ApproveAsync(service.Officer(Lead), agreement, OtherParty);
        agreement = await ApproveAsync(service.Representative(organisation), agreement, "forening");

        agreement = await service.InviteAsync(agreement);

        Assert.Empty(agreement.Approvals);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_CHECK_FAILED", () => ApproveAsync(service.Representative(organisation), agreement, "forening"));
    }

    [Theory]
    [InlineData(Case.Types.State.DecisionPending, Instrument.Iop)]
    [InlineData(Case.Types.State.Declined, Instrument.Iop)]
    [InlineData(Case.Types.State.Approved, Instrument.Grant)]
    public async Task Nobody_joins_without_a_case_of_its_own_that_is_approved_as_a_partnership(Case.Types.State state, Instrument instrument)
    {
        var (agreement, share, _) = await service.InvitedAsync();
        var caseName = service.ApprovedCase(Neighbour, found => (found.State, found.RoutedInstrument) = (state, instrument));

        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_APPROVED", () => service.JoinAsync(share, caseName));

        await AssertStillInvitedAsync(agreement, share);
    }

    [Fact]
    public async Task Nobody_joins_with_the_case_of_another_municipality_or_of_another_organisation_or_with_one_that_is_taken()
    {
        var (agreement, share, _) = await service.InvitedAsync();
        await Refused.ForFieldAsync("case", "RESOURCE_NAME_INVALID", () => service.JoinAsync(share, agreement.Case));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_OF_OTHERS", () => service.JoinAsync(share, service.ApprovedCase(Neighbour, number: "899999-0024")));
        await AssertStillInvitedAsync(agreement, share);
        var taken = service.ApprovedCase(Neighbour);
        await service.Officer(Neighbour).CreateAgreementAsync(new CreateAgreementRequest { Parent = Of(Neighbour), Agreement = new Agreement { Case = taken } });
        await Refused.ByAsync(StatusCode.AlreadyExists, "CASE_HAS_AGREEMENT", () => service.JoinAsync(share, taken));

        var caseName = service.ApprovedCase(Neighbour);
        share = await service.JoinAsync(share, caseName);

        var refused = await Refused.ByAsync(StatusCode.AlreadyExists, "CASE_HAS_AGREEMENT", async () =>
            await service.Officer(Neighbour).CreateAgreementAsync(new CreateAgreementRequest { Parent = Of(Neighbour), Agreement = new Agreement { Case = caseName } }));
        Assert.Equal(share.Agreement, refused.Metadata["name"]);
    }

    [Fact]
    public async Task An_organisation_that_may_not_be_a_party_at_home_stops_the_joining()
    {
        var (agreement, share, _) = await service.InvitedAsync();
        var caseName = service.ApprovedCase(Neighbour);
        service.Neighbours.Organisations[service.Neighbours.Cases[caseName].Organisation].PartyEligibility = Organisations.V1.PartyEligibility.NotEligible;

        await Refused.ByAsync(StatusCode.FailedPrecondition, "ORGANISATION_NOT_ELIGIBLE", () => service.JoinAsync(share, caseName));

        await AssertStillInvitedAsync(agreement, share);
    }

    [Fact]
    public async Task One_who_declines_or_leaves_says_why_and_sees_the_agreement_no_more()
    {
        var (agreement, share, _) = await service.InvitedAsync();
        share = await service.Joint(Neighbour).DeclineInvitationAsync(new DeclineInvitationRequest { Name = share.Name, Reason = "Inte i år.", Etag = share.Etag });
        Assert.Equal((MemberState.Declined, "Inte i år."), (share.State, share.Reason));
        await SeesNothingAsync(share.Agreement);
        Assert.Equal("Inte i år.", (await ReadAsync(service.Officer(Lead), agreement.Name)).JointMembers.Single().Reason);

        (agreement, share, _) = await service.JoinedAsync();
        await ReadAsync(service.Officer(Neighbour), share.Agreement);
        share = await service.Joint(Neighbour).LeaveAgreementAsync(new LeaveAgreementRequest { Name = share.Name, Reason = "Vi går vidare på egen hand.", Etag = share.Etag });
        Assert.Equal(MemberState.Left, share.State);
        await SeesNothingAsync(share.Agreement);
        agreement = await ReadAsync(service.Officer(Lead), agreement.Name);
        Assert.Equal(MemberState.Left, agreement.JointMembers.Single().State);
        Assert.DoesNotContain(agreement.Sections, section => section.Key == "reference-group");
        Assert.Contains(agreement.Sections, section => section.Key == "wind-down");
        Assert.Equal(Section.Types.Mode.Consider, agreement.Sections.Single(section => section.Key == "background").Mode);
    }

    [Fact]
    public async Task The_lead_takes_an_invitation_back_and_can_invite_anew()
    {
        var (agreement, share, _) = await service.InvitedAsync();

        agreement = await service.Joint(Lead).WithdrawInvitationAsync(new WithdrawInvitationRequest { Name = agreement.Name, Municipality = Of(Neighbour), Reason = "Fel kommun.", Etag = agreement.Etag });

        share = await service.ShareAsync(agreement, Neighbour, MemberState.Withdrawn);
        Assert.Equal("Fel kommun.", share.Reason);
        await SeesNothingAsync(share.Agreement);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "SHARE_STATE_NOT_ALLOWED", () => service.JoinAsync(share, service.ApprovedCase(Neighbour)));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => AgreementsFixture.ApproveAsync(service.Officer(Lead), agreement, OtherParty));

        agreement = await service.InviteAsync(agreement);
        await service.JoinAsync(await service.ShareAsync(agreement), service.ApprovedCase(Neighbour));
        Assert.Equal(MemberState.Joined, (await ReadAsync(service.Officer(Lead), agreement.Name)).JointMembers.Single().State);
    }

    [Fact]
    public async Task An_invitation_names_a_party_that_can_be_another_municipality()
    {
        var (agreement, _) = await service.DraftedAsync();
        Task InviteAsync(string municipality, string party, bool acknowledged = true) => service.Joint(Lead).InviteMunicipalityAsync(new InviteMunicipalityRequest
        {
            Name = agreement.Name,
            Municipality = municipality,
            PartyId = party,
            OfficialDocumentAcknowledged = acknowledged,
            Etag = agreement.Etag,
        }).ResponseAsync;

        await Refused.ByAsync(StatusCode.InvalidArgument, "PARTY_NOT_INVITABLE", () => InviteAsync(Of(Neighbour), "arbete"));
        await Refused.ByAsync(StatusCode.InvalidArgument, "PARTY_NOT_INVITABLE", () => InviteAsync(Of(Neighbour), "forening"));
        await Refused.ByAsync(StatusCode.InvalidArgument, "PARTY_NOT_INVITABLE", () => InviteAsync(Of(Neighbour), "ingen"));
        await Refused.ForFieldAsync("municipality", "MUNICIPALITY_IS_LEAD", () => InviteAsync(Of(Lead), OtherParty));
        await Refused.ForFieldAsync("municipality", "MUNICIPALITY_UNKNOWN", () => InviteAsync("municipalities/9999", OtherParty));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "OFFICIAL_DOCUMENT_NOT_ACKNOWLEDGED", () => InviteAsync(Of(Neighbour), OtherParty, acknowledged: false));
        agreement = await service.InviteAsync(agreement);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "MUNICIPALITY_ALREADY_INVITED", () => InviteAsync(Of(Neighbour), ThirdParty));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "MUNICIPALITY_ALREADY_INVITED", () => InviteAsync(Of(Third), OtherParty));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "NOT_INVITED", async () => await service.Joint(Lead).WithdrawInvitationAsync(
            new WithdrawInvitationRequest { Name = agreement.Name, Municipality = Of(Third), Reason = "Fel.", Etag = agreement.Etag }));
    }

    [Fact]
    public async Task A_party_that_is_another_municipality_is_not_taken_out_or_made_to_lead()
    {
        var (agreement, _, _) = await service.InvitedAsync();
        var parties = agreement.Parties.Where(party => party.PartyId != OtherParty).ToList();

        await Refused.ByAsync(StatusCode.FailedPrecondition, "PARTY_IS_MUNICIPALITY", async () => await service.Officer(Lead).UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = Changed(agreement, parties),
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "parties", "contributions", "payment_plan", "public_signatories" } },
        }));
        Assert.Contains(agreement.Parties, party => party.PartyId == OtherParty);
    }

    [Fact]
    public async Task A_repeated_answer_is_the_first_one_and_a_stale_share_is_refused()
    {
        var (_, share, _) = await service.InvitedAsync();
        var request = new JoinAgreementRequest { Name = share.Name, Case = service.ApprovedCase(Neighbour), Etag = share.Etag, RequestId = $"{Guid.NewGuid()}" };

        var first = await service.Joint(Neighbour).JoinAgreementAsync(request);

        Assert.Equal(first, await service.Joint(Neighbour).JoinAgreementAsync(request));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", async () => await service.Joint(Neighbour).LeaveAgreementAsync(
            new LeaveAgreementRequest { Name = share.Name, Reason = "Nej.", Etag = share.Etag }));
    }

    private static Agreement Changed(Agreement agreement, List<Party> parties)
    {
        var asked = agreement.Clone();
        Without(asked, OtherParty);
        asked.Parties.Clear();
        asked.Parties.Add(parties);
        return asked;
    }

    private async Task AssertStillInvitedAsync(Agreement agreement, AgreementShare share)
    {
        var now = await ReadAsync(service.Officer(Lead), agreement.Name);
        Assert.Equal((agreement.TextHash, MemberState.Invited), (now.TextHash, now.JointMembers.Single().State));
        Assert.Equal(MemberState.Invited, (await service.Joint(Neighbour).GetAgreementShareAsync(new GetAgreementShareRequest { Name = share.Name })).State);
    }

    private async Task SeesNothingAsync(string name)
    {
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(service.Officer(Neighbour), name));
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", async () => await service.Officer(Neighbour).ListCommentsAsync(new ListCommentsRequest { Parent = name }));
        Assert.DoesNotContain((await service.Officer(Neighbour).ListAgreementsAsync(new ListAgreementsRequest { Parent = Of(Neighbour), PageSize = 200 })).Agreements, agreement => agreement.Name == name);
    }
}
