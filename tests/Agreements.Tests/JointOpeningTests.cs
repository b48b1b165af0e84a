using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;
using MemberState = Iop.Agreements.V1.JointMember.Types.State;
using Moment = Iop.Eligibility.V1.GateFinding.Types.Moment;

namespace Iop.Agreements.Tests;

/// <summary>A municipality that has joined opens the text for signatures, and opens the agreement to others, as the lead does.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointOpeningTests(JointFixture service)
{
    private AgreementsService.AgreementsServiceClient Theirs => service.Officer(Neighbour);

    [Fact]
    public async Task It_opens_for_signatures_by_what_the_leads_case_and_register_said_when_the_lead_approved()
    {
        var (agreement, share, organisation) = await AgreedAsync();
        var read = await ReadAsync(Theirs, share.Agreement);

        read = await Theirs.StartSigningAsync(new StartSigningRequest { Name = read.Name, Etag = read.Etag });

        Assert.Equal(Agreement.Types.State.AwaitingSignatures, read.State);
        Assert.Equal([Anna, Chair, OtherSignatory], read.SigningRounds.Single().Invitations.Select(invitation => invitation.PersonRef).Order(StringComparer.Ordinal));
        agreement = await SignAsync(service.Representative(organisation), await ReadAsync(service.Officer(Lead), agreement.Name), "forening");
        await SignAsync(service.Signatory(Neighbour, OtherSignatory), await ReadAsync(Theirs, share.Agreement), OtherParty);
        agreement = await SignAsync(service.Signatory(Lead, Chair), await ReadAsync(service.Officer(Lead), agreement.Name), "arbete");
        Assert.Equal(Agreement.Types.State.Active, agreement.State);
    }

    [Fact]
    public async Task It_records_what_was_signed_elsewhere_and_opens_with_that()
    {
        var (_, share, _) = await AgreedAsync();
        var read = await ReadAsync(Theirs, share.Agreement);
        var file = await UploadAsync(service.Documents(Neighbour), share.Agreement, Scan());
        var request = new ImportSignedAgreementRequest { Name = read.Name, PartyId = OtherParty, Provider = "Annan tjänst", Document = file.Name, Sha256 = file.Sha256, TextHash = read.TextHash, Etag = read.Etag };
        var today = TimeProvider.System.Today().ToProto();
        request.Signatures.Add(new[] { ("forening", Anna), ("arbete", Chair), (OtherParty, OtherSignatory) }.Select(one =>
            new EvidencedSignature { PartyId = one.Item1, PersonRef = one.Item2, SignDate = today, AssuranceLevel = "loa3", SignatureClass = Types.V1.SignatureClass.Simple }));

        read = await Theirs.ImportSignedAgreementAsync(request);

        Assert.Equal((Agreement.Types.State.AwaitingSignatures, 1), (read.State, read.SigningEvidence.Count));
    }

    [Fact]
    public async Task While_the_leads_case_has_a_step_left_the_lead_opens_and_nobody_else()
    {
        var (agreement, share, organisation) = await service.ReadyAsync();
        service.Neighbours.Gates[agreement.Case] = [new GateFinding { Step = "underlag", Before = Moment.Signing, Blocking = true, Text = new Iop.Types.V1.LocalizedText { Sv = "Beslutet ska anslås.", En = "Announce it." } }];
        await ApproveAllAsync(agreement, share, organisation);
        var read = await ReadAsync(Theirs, share.Agreement);
        Assert.Equal(Agreement.Types.State.TextAgreed, read.State);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEAD_NOT_READY", async () => await Theirs.StartSigningAsync(new StartSigningRequest { Name = read.Name, Etag = read.Etag }));

        service.Neighbours.Gates.TryRemove(agreement.Case, out _);
        var opened = await service.Officer(Lead).StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = read.Etag });
        Assert.Equal(Agreement.Types.State.AwaitingSignatures, opened.State);
    }

    [Theory]
    [InlineData(Lead)]
    [InlineData(Neighbour)]
    public async Task No_municipality_approves_while_its_own_case_does_not_stand(string municipality)
    {
        var (agreement, share, _) = await service.ReadyAsync();
        var caseName = municipality == Lead ? agreement.Case : share.Case;
        service.Neighbours.Cases[caseName].State = Case.Types.State.Withdrawn;

        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_APPROVED", () => municipality == Lead
            ? ApproveAsync(service.Officer(Lead), agreement, "arbete")
            : ApproveAsync(Theirs, Shown(agreement, share), OtherParty));
    }

    [Fact]
    public async Task The_lead_that_approves_the_same_text_again_changes_nothing_whatever_its_case_says_since()
    {
        var (agreement, _, _) = await service.ReadyAsync();
        agreement = await ApproveAsync(service.Officer(Lead), agreement, "arbete");
        service.Neighbours.Cases[agreement.Case].Committees = new CaseCommittees { Responsible = "socialnamnden" };

        var again = await service.Officer(Lead).ApproveTextAsync(new ApproveTextRequest
        {
            Name = agreement.Name,
            PartyId = "arbete",
            TextHash = agreement.TextHash,
            Etag = agreement.Etag,
            RequestId = $"{Guid.NewGuid()}",
        });

        Assert.Equal(agreement, again);
    }

    [Fact]
    public async Task Its_own_case_is_asked_anew_when_it_opens()
    {
        var (_, share, _) = await AgreedAsync();
        var read = await ReadAsync(Theirs, share.Agreement);
        service.Neighbours.Cases[share.Case].State = Case.Types.State.Withdrawn;

        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_APPROVED", async () => await Theirs.StartSigningAsync(new StartSigningRequest { Name = read.Name, Etag = read.Etag }));
    }

    [Fact]
    public async Task It_invites_a_municipality_and_takes_the_invitation_back()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        var read = await InviteAsync(await ReadAsync(Theirs, share.Agreement), Third, ThirdParty);
        Assert.Equal(share.Agreement, read.Name);

        var invited = await service.ShareAsync(agreement, Third);
        Assert.Equal((Of(Lead), ThirdParty), (invited.LeadMunicipality, invited.PartyId));
        Assert.Equal(MemberState.Invited, (await ReadAsync(service.Officer(Lead), agreement.Name)).JointMembers.Single(member => member.Municipality == Of(Third)).State);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "MUNICIPALITY_ALREADY_INVITED", () => InviteAsync(read, Neighbour, OtherParty));
        await Refused.ForFieldAsync("municipality", "MUNICIPALITY_IS_LEAD", () => InviteAsync(read, Lead, "arbete"));

        read = await service.Joint(Neighbour).WithdrawInvitationAsync(new WithdrawInvitationRequest { Name = read.Name, Municipality = Of(Third), Reason = "Fel kommun.", Etag = read.Etag });

        Assert.Equal(MemberState.Withdrawn, read.JointMembers.Single(member => member.Municipality == Of(Third)).State);
        await service.ShareAsync(agreement, Third, MemberState.Withdrawn);
    }

    [Fact]
    public async Task One_who_is_only_invited_invites_nobody()
    {
        var (_, share, _) = await service.InvitedAsync();
        var read = await ReadAsync(Theirs, share.Agreement);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_NOT_JOINED", () => InviteAsync(read, Third, ThirdParty));
    }

    private Task<Agreement> InviteAsync(Agreement agreement, string municipality, string party) => service.Joint(Neighbour).InviteMunicipalityAsync(
        new InviteMunicipalityRequest { Name = agreement.Name, Municipality = Of(municipality), PartyId = party, OfficialDocumentAcknowledged = true, Etag = agreement.Etag }).ResponseAsync;

    private static Agreement Shown(Agreement agreement, AgreementShare share)
    {
        var shown = agreement.Clone();
        shown.Name = share.Agreement;
        return shown;
    }

    private async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> AgreedAsync()
    {
        var (agreement, share, organisation) = await service.ReadyAsync();
        return (await ApproveAllAsync(agreement, share, organisation), share, organisation);
    }

    private async Task<Agreement> ApproveAllAsync(Agreement agreement, AgreementShare share, string organisation)
    {
        agreement = await ApproveAsync(service.Officer(Lead), agreement, "arbete");
        agreement = await ApproveAsync(service.Representative(organisation), agreement, "forening");
        await ApproveAsync(Theirs, await ReadAsync(Theirs, share.Agreement), OtherParty);
        return await ReadAsync(service.Officer(Lead), agreement.Name);
    }
}
