using Iop.Agreements.V1;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;

namespace Iop.Agreements.Tests;

/// <summary>What is said and handed in about a joint agreement is told to each municipality that is a party, in its own names.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointTalksTests(JointFixture service)
{
    private AgreementsService.AgreementsServiceClient Leads => service.Officer(Lead);

    [Fact]
    public async Task Comments_proposals_and_documents_are_told_at_home_and_to_each_who_has_joined()
    {
        var (agreement, share, organisation) = await service.JoinedAsync();
        var comment = await Leads.CreateCommentAsync(new CreateCommentRequest { Parent = agreement.Name, Comment = new Comment { SectionId = "activity", Text = "Vilka kvällar?" } });
        await Leads.ResolveCommentAsync(new ResolveCommentRequest { Name = comment.Name, Etag = comment.Etag });
        var proposal = await service.Officer(Neighbour).CreateProposalAsync(new CreateProposalRequest { Parent = share.Agreement, Proposal = new Proposal { SectionId = "activity", Text = "Fyra kvällar." } });
        await service.Officer(Neighbour).WithdrawProposalAsync(new WithdrawProposalRequest { Name = proposal.Name, Etag = proposal.Etag });
        var document = await UploadAsync(service.Documents(Lead, organisation), agreement.Name, Scan());

        var theirs = comment.Name.Replace(agreement.Name, share.Agreement, StringComparison.Ordinal);
        await ToldAlikeAsync<CommentAdded>(comment.Name, theirs, told => told.Agreement, agreement, share);
        await ToldAlikeAsync<CommentResolved>(comment.Name, theirs, told => told.Agreement, agreement, share);
        var leads = proposal.Name.Replace(share.Agreement, agreement.Name, StringComparison.Ordinal);
        await ToldAlikeAsync<ProposalMade>(leads, proposal.Name, told => told.Agreement, agreement, share);
        Assert.Equal("WITHDRAWN", (await ToldAlikeAsync<ProposalSettled>(leads, proposal.Name, told => told.Agreement, agreement, share)).Outcome);
        theirs = document.Name.Replace(agreement.Name, share.Agreement, StringComparison.Ordinal);
        Assert.Equal(document.Sha256, (await ToldAlikeAsync<AgreementDocumentReceived>(document.Name, theirs, told => told.Agreement, agreement, share)).Sha256);
    }

    [Fact]
    public async Task A_dispute_that_is_resolved_is_told_with_nobody_elses_deviation()
    {
        var (agreement, share, _) = await service.ActiveAsync();
        var deviation = $"{Of(Lead)}/plans/{Guid.CreateVersion7()}/deviations/{Guid.CreateVersion7()}";
        var dispute = await Leads.OpenDisputeAsync(new OpenDisputeRequest { Parent = agreement.Name, PartyId = "arbete", Type = Dispute.Types.Type.Other, Description = "Vi ser olika på en sak.", Deviation = deviation });
        var today = Platform.Requests.Values.ToProto(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date));
        dispute = await Leads.AddDisputeMeetingAsync(new AddDisputeMeetingRequest { Name = dispute.Name, PartyId = "arbete", Etag = dispute.Etag, Meeting = new DisputeMeeting { Date = today, PartyIds = { "arbete", "forening" }, Note = "Vi talade." } });
        await Leads.ResolveDisputeAsync(new ResolveDisputeRequest { Name = dispute.Name, PartyId = "arbete", Etag = dispute.Etag, Outcome = Dispute.Types.Outcome.Understanding, OutcomeText = "Vi är överens." });

        var told = await ToldAlikeAsync<DisputeResolved>(dispute.Name, dispute.Name.Replace(agreement.Name, share.Agreement, StringComparison.Ordinal), one => one.Agreement, agreement, share);

        Assert.Null(told.Deviation);
        Assert.Equal(deviation, service.Ear.Of(dispute.Name).OfType<DisputeResolved>().Single().Deviation);
    }

    [Fact]
    public async Task What_was_said_before_a_municipality_had_joined_is_not_told_there()
    {
        var (agreement, share, _) = await service.InvitedAsync();
        var early = await Leads.CreateCommentAsync(new CreateCommentRequest { Parent = agreement.Name, Comment = new Comment { SectionId = "activity", Text = "Vad säger de?" } });
        await service.JoinAsync(share, service.ApprovedCase(Neighbour));
        var late = await Leads.CreateCommentAsync(new CreateCommentRequest { Parent = agreement.Name, Comment = new Comment { SectionId = "activity", Text = "Välkomna." } });

        await service.Ear.HeardAsync<CommentAdded>(late.Name.Replace(agreement.Name, share.Agreement, StringComparison.Ordinal));
        Assert.Empty(service.Ear.Of(early.Name.Replace(agreement.Name, share.Agreement, StringComparison.Ordinal)));
    }

    private async Task<T> ToldAlikeAsync<T>(string lead, string member, Func<T, string> agreementOf, Agreement agreement, AgreementShare share)
        where T : IntegrationEvent
    {
        var (leads, theirs) = (await service.Ear.HeardAsync<T>(lead), await service.Ear.HeardAsync<T>(member));
        Assert.Equal((Lead, agreement.Name, Neighbour, share.Agreement), (leads.Municipality, agreementOf(leads), theirs.Municipality, agreementOf(theirs)));
        Assert.Equal(leads.Sequence, theirs.Sequence);
        return theirs;
    }
}
