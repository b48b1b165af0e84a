using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;
using Agreement = Iop.Agreements.V1.Agreement;
using StateAidBasis = Iop.Eligibility.V1.StateAidBasis;

namespace Iop.Agreements.Tests;

/// <summary>What a renewed assessment of one that has joined comes to in the common agreement. Source: law.md 2.2.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointAidTests(JointFixture service)
{
    private AgreementsService.AgreementsServiceClient Theirs => service.Officer(Neighbour);

    [Fact]
    public async Task Aid_by_another_regulation_is_taken_back_by_the_old_one_and_reported_whole_by_the_new()
    {
        var (agreement, share, organisation) = await service.ActiveAsync(changeCase: found => Aided(found, StateAidBasis.DeMinimis, 90_000));
        await Eventually.IsAsync(1, async () => (await ReportsAsync(share.Agreement)).Count);
        Aided(service.Neighbours.Cases[share.Case], StateAidBasis.SgeiDeMinimis, 120_000);

        await NextVersionAsync(agreement, organisation);

        await Eventually.IsAsync(3, async () => (await ReportsAsync(share.Agreement)).Count);
        Assert.Equal(
            [(1, StateAidReport.Types.Basis.DeMinimis, 90_000L, false), (2, StateAidReport.Types.Basis.DeMinimis, 90_000L, true), (2, StateAidReport.Types.Basis.SgeiDeMinimis, 120_000L, false)],
            (await ReportsAsync(share.Agreement)).OrderBy(report => report.Version).ThenBy(report => report.Basis).Select(report => (report.Version, report.Basis, report.Amount.Units, report.Withdrawal)));
    }

    // Others may have used the room that it left, and a register that sums what is given now counts the lower sum.
    [Fact]
    public async Task Aid_that_was_lowered_and_is_raised_again_needs_room_for_the_raise()
    {
        var (agreement, share, organisation) = await service.ActiveAsync(changeCase: found => Aided(found, StateAidBasis.DeMinimis, 90_000));
        var theirs = service.Neighbours.Cases[share.Case].Organisation;
        await InForceAsync(60_000);
        var asked = AskedOf(theirs).Count;
        Assert.DoesNotContain(AskedOf(theirs), request => request.ExtraAmount.Units != 90_000);

        await InForceAsync(80_000);
        Assert.NotEqual(asked, AskedOf(theirs).Count);
        Assert.All(AskedOf(theirs).Skip(asked), request => Assert.Equal((20_000, share.Agreement), (request.ExtraAmount.Units, request.Agreement)));

        // More than was ever reported: what is new to the register of the state is less than what needs room here.
        asked = AskedOf(theirs).Count;
        await InForceAsync(100_000);
        Assert.All(AskedOf(theirs).Skip(asked), request => Assert.Equal(20_000, request.ExtraAmount.Units));
        await Eventually.IsAsync(2, async () => (await ReportsAsync(share.Agreement)).Count);
        Assert.Equal([(1, 90_000L), (4, 10_000L)], (await ReportsAsync(share.Agreement)).OrderBy(report => report.Version).Select(report => (report.Version, report.Amount.Units)));

        async Task InForceAsync(long amount)
        {
            Aided(service.Neighbours.Cases[share.Case], StateAidBasis.DeMinimis, amount);
            var read = await ReadAsync(service.Officer(Lead), agreement.Name);
            await NextVersionAsync(read, organisation);

            // The one that has joined is told of it by news.
            await Eventually.IsAsync(true, () => Task.FromResult(service.Ear.Of(share.Agreement).OfType<AgreementAmended>().Any(amended => amended.Version == read.Version + 1)));
        }
    }

    [Fact]
    public async Task An_entrustment_that_one_that_has_joined_finds_gives_the_common_text_its_heading()
    {
        var (agreement, share, _) = await service.JoinedAsync();

        await service.Services.GetRequiredService<IBus>().Publish(new CaseLegallyAssessed
        {
            EventId = Guid.CreateVersion7(),
            Municipality = Neighbour,
            Subject = share.Case,
            OccurredAt = TimeProvider.System.GetUtcNow(),
            Sequence = 7,
            RestsOnEntrustment = true,
        });

        await Eventually.IsAsync(true, async () => (await ReadAsync(service.Officer(Lead), agreement.Name)).Sections.Any(section => section.SectionId == "entrustment"));
        Assert.Contains((await ReadAsync(Theirs, share.Agreement)).Sections, section => section.SectionId == "entrustment");
    }

    private static void Aided(Case found, StateAidBasis basis, long amount)
    {
        foreach (var earlier in found.LegalAssessments)
        {
            earlier.Superseded = true;
        }

        found.LegalAssessments.Add(new LegalAssessment { Kind = LegalAssessment.Types.Kind.Full, Conclusion = LegalAssessment.Types.Conclusion.IopPossible, StateAidBasis = basis, DeMinimisAmount = Sum(amount) });
    }

    private async Task NextVersionAsync(Agreement agreement, string organisation)
    {
        var draft = await service.Officer(Lead).AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Ny bedömning.", Etag = agreement.Etag });
        draft = await service.Officer(Lead).ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        var theirs = $"{Of(Neighbour)}/agreements/{draft.Name[^36..]}";
        draft = await ApproveAsync(service.Officer(Lead), draft, "arbete");
        draft = await ApproveAsync(service.Representative(organisation), draft, "forening");
        await ApproveAsync(Theirs, await ReadAsync(Theirs, theirs), OtherParty);
        draft = await ReadAsync(service.Officer(Lead), draft.Name);
        draft = await service.Officer(Lead).StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag });
        await SignAsync(service.Representative(organisation), draft, "forening");
        await SignAsync(service.Signatory(Lead, Chair), await ReadAsync(service.Officer(Lead), draft.Name), "arbete");
        await SignAsync(service.Signatory(Neighbour, OtherSignatory), await ReadAsync(Theirs, theirs), OtherParty);
    }

    private List<SumDeMinimisAidRequest> AskedOf(string organisation) => [.. service.Neighbours.AidAsked.Where(asked => asked.Name == organisation)];

    private async Task<IReadOnlyList<StateAidReport>> ReportsAsync(string agreement) => (await service.StateAid(Neighbour).ListStateAidReportsAsync(
        new ListStateAidReportsRequest { Parent = Of(Neighbour), Filter = $"agreement = \"{agreement}\"" })).StateAidReports;
}
