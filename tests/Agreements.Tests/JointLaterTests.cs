using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Eligibility.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;
using MemberState = Iop.Agreements.V1.JointMember.Types.State;
using StateAidBasis = Iop.Eligibility.V1.StateAidBasis;

namespace Iop.Agreements.Tests;

/// <summary>A municipality that comes into an agreement in force, by a new version that all approve and sign.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointLaterTests(JointFixture service)
{
    private AgreementsService.AgreementsServiceClient Theirs => service.Officer(Neighbour);

    [Fact]
    public async Task A_municipality_joins_a_running_agreement_through_a_new_version_and_the_old_one_is_kept()
    {
        var (agreement, draft, share, organisation) = await InvitedToDraftAsync();
        var theirDraft = $"{Of(Neighbour)}/agreements/{draft.Name[^36..]}";
        Assert.Equal((theirDraft, $"{Of(Neighbour)}/agreements/{agreement.Name[^36..]}"), (share.Draft, share.Agreement));
        Assert.Equal(draft.TextHash, (await ReadAsync(Theirs, theirDraft)).TextHash);
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(Theirs, share.Agreement));

        share = await service.JoinAsync(share, service.ApprovedCase(Neighbour, Aided(70_000)));
        draft = await ReadAsync(service.Officer(Lead), draft.Name);
        Assert.Equal((2, MemberState.Joined), (draft.JointMembers.Single().FromVersion, draft.JointMembers.Single().State));
        Assert.Empty((await ReadAsync(service.Officer(Lead), agreement.Name)).JointMembers);
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(Theirs, share.Agreement));
        await AdoptAsync(draft, organisation);

        var inForce = await ReadAsync(Theirs, share.Agreement);
        Assert.Equal((2, share.Case, Agreement.Types.State.Active), (inForce.Version, inForce.Case, inForce.State));
        await Eventually.IsAsync("", async () => (await service.Joint(Neighbour).GetAgreementShareAsync(new GetAgreementShareRequest { Name = share.Name })).Draft);
        var versions = (await service.Officer(Lead).ListAgreementVersionsAsync(new ListAgreementVersionsRequest { Parent = agreement.Name })).AgreementVersions;
        Assert.Equal([2, 1], versions.Select(version => version.Version));
        Assert.Equal(agreement.TextHash, versions[1].TextHash);

        // For the one that came in the partnership begins; for the others it is amended.
        var begun = await service.Ear.HeardAsync<AgreementActivated>(share.Agreement);
        Assert.Equal((2, share.Case, share.GuidelinePack), (begun.Version, begun.Case, begun.GuidelinePack));
        Assert.Equal((inForce.StartDate.ToDateOnly(), inForce.EndDate.ToDateOnly()), (begun.StartDate, begun.EndDate));
        Assert.Equal([OtherParty, "forening"], begun.Partnership!.Contributions.Select(item => item.PartyId).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(("DE_MINIMIS", 70_000m), (begun.Aid!.Kind, begun.Aid.Amount));
        Assert.Equal(2, (await service.Ear.HeardAsync<AgreementAmended>(agreement.Name)).Version);
    }

    [Fact]
    public async Task A_municipality_that_came_in_later_is_a_party_of_every_version_after_it()
    {
        var (agreement, draft, share, organisation) = await InvitedToDraftAsync();
        await service.JoinAsync(share, service.ApprovedCase(Neighbour));
        await AdoptAsync(await ReadAsync(service.Officer(Lead), draft.Name), organisation);
        var read = await ReadAsync(Theirs, share.Agreement);
        await Eventually.IsAsync("", async () => (await service.Joint(Neighbour).GetAgreementShareAsync(new GetAgreementShareRequest { Name = share.Name })).Draft);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", async () => await service.Joint(Neighbour).LeaveAgreementAsync(new LeaveAgreementRequest
        {
            Name = share.Name,
            Reason = "Nej.",
            Etag = (await service.Joint(Neighbour).GetAgreementShareAsync(new GetAgreementShareRequest { Name = share.Name })).Etag,
        }));

        var next = await Theirs.AmendAgreementAsync(new AmendAgreementRequest { Name = read.Name, PartyId = OtherParty, Reason = "Målet har ändrats.", Etag = read.Etag });
        Assert.Equal((3, OtherParty), (next.Version, next.Amendment.PartyId));
        next = await Theirs.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = next.Name, Etag = next.Etag, Goals = { new Iop.Agreements.V1.Goal { GoalId = "goal-1", Text = "Fler vuxna har någon att prata med." } } },
            UpdateMask = new FieldMask { Paths = { "goals" } },
        });
        next = await Theirs.ShareAgreementAsync(new ShareAgreementRequest { Name = next.Name, Etag = next.Etag, OfficialDocumentAcknowledged = true });

        // Now its own lawyer too looks anew at a partnership for another end.
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_CHECK_MISSING", () => ApproveAsync(Theirs, next, OtherParty));
        Assert.Equal(3, (await ReadAsync(service.Officer(Lead), $"{Of(Lead)}/agreements/{next.Name[^36..]}")).Version);
        Assert.Equal(2, (await ReadAsync(service.Officer(Lead), agreement.Name)).Version);
    }

    [Fact]
    public async Task A_draft_given_up_leaves_the_one_invited_with_nothing_and_its_case_free()
    {
        var (agreement, draft, share, _) = await InvitedToDraftAsync();
        var caseName = service.ApprovedCase(Neighbour);
        share = await service.JoinAsync(share, caseName);
        await Refused.ByAsync(StatusCode.AlreadyExists, "CASE_HAS_AGREEMENT", async () =>
            await Theirs.CreateAgreementAsync(new CreateAgreementRequest { Parent = Of(Neighbour), Agreement = new Agreement { Case = caseName } }));
        draft = await ReadAsync(service.Officer(Lead), draft.Name);

        await service.Officer(Lead).WithdrawAgreementAsync(new WithdrawAgreementRequest { Name = draft.Name, PartyId = "arbete", Reason = "Inte nu.", Etag = draft.Etag });

        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(Theirs, share.Agreement));
        Assert.Empty((await ReadAsync(service.Officer(Lead), agreement.Name)).JointMembers);

        // A later draft opens the same door again.
        var (next, again) = await InviteToDraftAsync(await ReadAsync(service.Officer(Lead), agreement.Name));
        Assert.Equal($"{Of(Neighbour)}/agreements/{next.Name[^36..]}", again.Draft);
        Assert.Equal(caseName, (await service.JoinAsync(again, caseName)).Case);
    }

    [Fact]
    public async Task One_who_leaves_the_draft_or_declines_is_no_party_of_the_new_version_nor_of_the_old()
    {
        var (agreement, draft, share, organisation) = await InvitedToDraftAsync();
        share = await service.JoinAsync(share, service.ApprovedCase(Neighbour));

        share = await service.Joint(Neighbour).LeaveAgreementAsync(new LeaveAgreementRequest { Name = share.Name, Reason = "Vi avstår.", Etag = share.Etag });

        Assert.Equal(MemberState.Left, share.State);
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(Theirs, share.Draft));
        draft = await ReadAsync(service.Officer(Lead), draft.Name);
        Assert.Equal((MemberState.Left, "Vi avstår."), (draft.JointMembers.Single().State, draft.JointMembers.Single().Reason));
        draft = await service.Officer(Lead).UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = Alone(draft), UpdateMask = new FieldMask { Paths = { "parties", "contributions", "payment_plan", "public_signatories" } } });
        draft = await ApproveAsync(service.Officer(Lead), draft, "arbete");
        draft = await ApproveAsync(service.Representative(organisation), draft, "forening");
        draft = await service.Officer(Lead).StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag });
        draft = await SignAsync(service.Representative(organisation), draft, "forening");
        Assert.Equal(Agreement.Types.State.Adopted, (await SignAsync(service.Signatory(Lead, Chair), draft, "arbete")).State);
        Assert.Empty((await ReadAsync(service.Officer(Lead), agreement.Name)).JointMembers);
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(Theirs, share.Agreement));
    }

    private static Action<Case> Aided(long amount) => found => found.LegalAssessments.Add(new LegalAssessment
    {
        Kind = LegalAssessment.Types.Kind.Full,
        Conclusion = LegalAssessment.Types.Conclusion.IopPossible,
        StateAidBasis = StateAidBasis.DeMinimis,
        DeMinimisAmount = Sum(amount),
    });

    private static Agreement Alone(Agreement draft)
    {
        var asked = draft.Clone();
        Without(asked, OtherParty);
        return asked;
    }

    // In force between the lead and the organisation alone; the draft of its second version names one party more.
    private async Task<(Agreement Agreement, Agreement Draft, AgreementShare Share, string Organisation)> InvitedToDraftAsync()
    {
        var (agreement, organisation) = await service.DraftedAsync(asked =>
        {
            Without(asked, OtherParty);
            Without(asked, ThirdParty);
            asked.FollowUp = new FollowUpTerms { CheckInEveryMonths = 2, ReportEveryMonths = 12, ReportingResponsibility = ReportingResponsibility.Shared };
        });
        agreement = await AgreementsFixture.ApproveAsync(service.Officer(Lead), agreement, "arbete");
        agreement = await AgreementsFixture.ApproveAsync(service.Representative(organisation), agreement, "forening");
        agreement = await service.Officer(Lead).StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        agreement = await SignAsync(service.Signatory(Lead, Chair), agreement, "arbete");
        var (draft, share) = await InviteToDraftAsync(agreement);
        return (agreement, draft, share, organisation);
    }

    private async Task<(Agreement Draft, AgreementShare Share)> InviteToDraftAsync(Agreement agreement)
    {
        var officer = service.Officer(Lead);
        var draft = await officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Grannkommunen vill vara med.", Etag = agreement.Etag });
        draft = await officer.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = JointFixture.WithParty(draft, OtherParty, OtherSignatory),
            UpdateMask = new FieldMask { Paths = { "parties", "contributions", "payment_plan", "public_signatories" } },
        });
        draft = await officer.ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        draft = await service.InviteAsync(draft);
        return (draft, await Eventually.SomethingAsync(async () =>
            (await service.Joint(Neighbour).ListAgreementSharesAsync(new ListAgreementSharesRequest { Parent = Of(Neighbour), PageSize = 200 })).AgreementShares
                .FirstOrDefault(share => share.Draft.EndsWith(draft.Name[^36..], StringComparison.Ordinal) && share.State == MemberState.Invited)));
    }

    private async Task AdoptAsync(Agreement draft, string organisation)
    {
        var (officer, theirs) = (service.Officer(Lead), $"{Of(Neighbour)}/agreements/{draft.Name[^36..]}");
        await WriteAsync(Theirs, await ReadAsync(Theirs, theirs), "reference-group", "Gruppen möts två gånger om året.");
        await ApproveAsync(Theirs, await ReadAsync(Theirs, theirs), OtherParty);
        draft = await ApproveAsync(officer, await ReadAsync(officer, draft.Name), "arbete");
        draft = await ApproveAsync(service.Representative(organisation), draft, "forening");
        draft = await officer.StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag });
        await SignAsync(service.Representative(organisation), draft, "forening");
        await SignAsync(service.Signatory(Neighbour, OtherSignatory), await ReadAsync(Theirs, theirs), OtherParty);
        draft = await SignAsync(service.Signatory(Lead, Chair), await ReadAsync(officer, draft.Name), "arbete");
        Assert.Equal(Agreement.Types.State.Adopted, draft.State);
    }
}
