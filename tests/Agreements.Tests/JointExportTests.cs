using System.Text;
using Iop.Agreements.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.JointFixture;

namespace Iop.Agreements.Tests;

/// <summary>What each municipality keeps of an agreement that it shares.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointExportTests(JointFixture service)
{
    private AgreementsService.AgreementsServiceClient Theirs => service.Officer(Neighbour);

    [Fact]
    public async Task A_dispute_is_in_the_package_of_each_by_its_own_names_and_with_its_own_deviation_only()
    {
        var (agreement, share, organisation) = await service.ActiveAsync();
        string Deviation(string municipality) => $"{Of(municipality)}/plans/{Guid.CreateVersion7()}/deviations/{Guid.CreateVersion7()}";
        var (ours, yours) = (Deviation(Neighbour), Deviation(Lead));
        var first = await Theirs.OpenDisputeAsync(new OpenDisputeRequest
        {
            Parent = share.Agreement,
            PartyId = OtherParty,
            Type = Dispute.Types.Type.Contribution,
            Description = "Timmarna är för få.",
            Deviation = ours,
        });
        first = await Theirs.AddDisputeMeetingAsync(new AddDisputeMeetingRequest
        {
            Name = first.Name,
            PartyId = OtherParty,
            Etag = first.Etag,
            Meeting = new DisputeMeeting { Date = TimeProvider.System.Today().ToProto(), PartyIds = { OtherParty, "forening" }, Note = "Vi möttes." },
        });
        first = await Theirs.ResolveDisputeAsync(new ResolveDisputeRequest
        {
            Name = first.Name,
            PartyId = OtherParty,
            Outcome = Dispute.Types.Outcome.Understanding,
            OutcomeText = "Vi räknar om.",
            Etag = first.Etag,
        });
        var second = await service.Officer(Lead).OpenDisputeAsync(new OpenDisputeRequest
        {
            Parent = agreement.Name,
            PartyId = "arbete",
            Type = Dispute.Types.Type.Payment,
            Description = "Andra betalningen.",
            Deviation = yours,
        });

        var theirs = DisputesOf(await Package.OfAsync(Theirs, Of(Neighbour), share.Agreement), share.Agreement);
        var leads = DisputesOf(await Package.OfAsync(service.Officer(Lead), Of(Lead), agreement.Name), agreement.Name);
        var annas = DisputesOf(await Package.OfAsync(service.Representative(organisation), Of(Lead), agreement.Name), agreement.Name);

        Assert.Equal([first.Name, $"{share.Agreement}/disputes/{second.Name[^36..]}"], theirs.Select(dispute => dispute.Name));
        Assert.Equal([ours, ""], theirs.Select(dispute => dispute.Deviation));
        Assert.Equal([$"{agreement.Name}/disputes/{first.Name[^36..]}", second.Name], leads.Select(dispute => dispute.Name));
        Assert.Equal(["", yours], leads.Select(dispute => dispute.Deviation));
        Assert.Equal(leads, annas);
        Assert.Equal(("Vi räknar om.", OtherParty), (theirs[0].OutcomeText, theirs[0].PartyId));
        Assert.Equal("Vi möttes.", theirs[0].Meetings.Single().Note);
    }

    [Fact]
    public async Task What_was_said_before_a_municipality_was_invited_is_not_told_to_it()
    {
        var (agreement, organisation) = await service.DraftedAsync();
        var before = new CreateCommentRequest { Parent = agreement.Name, Comment = new Comment { Text = "Ska vi fråga fler?" } };
        await service.Officer(Lead).CreateCommentAsync(before);
        var proposed = await service.Representative(organisation).CreateProposalAsync(new CreateProposalRequest { Parent = agreement.Name, Proposal = new Proposal { SectionId = "activity", Text = "Mellan oss." } });
        agreement = await service.InviteAsync(agreement);
        var share = await service.ShareAsync(agreement);
        await service.JoinAsync(share, service.ApprovedCase(Neighbour));
        var seen = await Theirs.CreateProposalAsync(new CreateProposalRequest { Parent = share.Agreement, Proposal = new Proposal { SectionId = "activity", Text = "Vi tre." } });
        var name = $"{share.Agreement}/proposals/{proposed.Name[^36..]}";

        Assert.Equal([seen], (await Theirs.ListProposalsAsync(new ListProposalsRequest { Parent = share.Agreement })).Proposals);
        await Refused.ByAsync(Grpc.Core.StatusCode.NotFound, "PROPOSAL_NOT_FOUND", async () => await Theirs.GetProposalAsync(new GetProposalRequest { Name = name }));
        await Refused.ByAsync(Grpc.Core.StatusCode.NotFound, "PROPOSAL_NOT_FOUND", async () => await Theirs.AcceptProposalAsync(new AcceptProposalRequest { Name = name, Etag = proposed.Etag }));
        var files = (await Package.OfAsync(Theirs, Of(Neighbour), share.Agreement)).In(share.Agreement);
        Assert.Equal([$"proposals/{seen.Name[^36..]}.json"], files.Keys.Where(file => file.StartsWith("proposals/", StringComparison.Ordinal) || file.StartsWith("comments/", StringComparison.Ordinal)));

        // Two parties stand on the public side: the one that it is from is told.
        Assert.Equal("Kommunen grannkommunen", Proposal.Parser.ParseJson(Encoding.UTF8.GetString(files[$"proposals/{seen.Name[^36..]}.json"])).Author);
    }

    [Fact]
    public async Task A_draft_of_a_new_version_is_kept_by_each_as_the_agreement_is()
    {
        var (agreement, share, _) = await service.ActiveAsync();
        var draft = await service.Officer(Lead).AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Vi vill lära oss mer.", Etag = agreement.Etag });
        var name = $"{Of(Neighbour)}/agreements/{draft.Name[^36..]}";
        await Theirs.CreateCommentAsync(new CreateCommentRequest { Parent = name, Comment = new Comment { Text = "Vad ska vi lära oss?" } });

        var one = await Package.OfAsync(Theirs, Of(Neighbour), name);
        var all = await Package.OfAsync(Theirs, Of(Neighbour));

        Assert.Equal(1, one.Summary.AgreementCount);
        foreach (var package in new[] { one, all })
        {
            var kept = Agreement.Parser.ParseJson(Encoding.UTF8.GetString(package.In(name)["agreement.json"]));
            Assert.Equal((name, share.Agreement, share.Case), (kept.Name, kept.Amendment.Agreement, kept.Case));
            Assert.Single(package.In(name).Keys, file => file.StartsWith("comments/", StringComparison.Ordinal));
        }

        Assert.NotEmpty(all.In(share.Agreement));
    }

    private static List<Dispute> DisputesOf(Package package, string agreement) =>
    [
        .. package.In(agreement).Where(file => file.Key.StartsWith("disputes/", StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => Dispute.Parser.ParseJson(Encoding.UTF8.GetString(file.Value))),
    ];
}
