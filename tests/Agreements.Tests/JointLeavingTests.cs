using Grpc.Core;
using Iop.Agreements.Api;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;

namespace Iop.Agreements.Tests;

/// <summary>A municipality gives notice of what goes on for the others.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointLeavingTests(JointFixture service)
{
    private static readonly DateOnly Today = TimeProvider.System.Today();

    private AgreementsService.AgreementsServiceClient Theirs => service.Officer(Neighbour);

    [Fact]
    public async Task The_notice_of_one_that_has_joined_ends_it_for_that_one_and_the_others_go_on()
    {
        var (agreement, share, organisation) = await NoticedAsync();
        Assert.Equal((OtherParty, true, null), (agreement.Endings.Single().PartyId, agreement.Endings.Single().PartyOnly, agreement.Endings.Single().EffectTime));
        Assert.Equal(agreement.EndDate, agreement.Validity.LastDate);

        await PassAsync(agreement);

        var (ours, theirs) = (await ReadAsync(service.Officer(Lead), agreement.Name), await ReadAsync(Theirs, share.Agreement));
        Assert.Equal(Agreement.Types.State.Active, ours.State);
        Assert.NotNull(ours.Endings.Single().EffectTime);
        Assert.Equal((JointMember.Types.State.Joined, Today.AddDays(-1).ToProto()), (ours.JointMembers.Single().State, ours.JointMembers.Single().LastDate));

        // It is told in its own tenant that the agreement has ended, as if it were its own; nobody else is.
        var ended = await service.Ear.HeardAsync<AgreementEnded>(share.Agreement);
        Assert.Equal((Neighbour, "TERMINATED", Today.AddDays(-1)), (ended.Municipality, ended.Reason, ended.EndDate));
        var left = await service.Ear.HeardAsync<PartyLeft>(agreement.Name);
        Assert.Equal((OtherParty, Neighbour, Today.AddDays(-1)), (left.PartyId, left.LeavingMunicipality, left.LastDate));
        Assert.Equal([organisation], left.Organisations);
        Assert.DoesNotContain(service.Ear.Of(agreement.Name), told => told is AgreementEnded);
        Assert.DoesNotContain(service.Ear.Of(share.Agreement), told => told is PartyLeft);

        // It reads what it was a party to, with all that was signed, and acts no more.
        Assert.Equal(ours.CanonicalText, theirs.CanonicalText);
        Assert.Contains(theirs.Signatures, signature => signature.PartyId == OtherParty);
        await LeftAsync(() => Theirs.RequestRenegotiationAsync(new RequestRenegotiationRequest { Name = theirs.Name, PartyId = OtherParty, Reason = "Behoven har ändrats.", Etag = theirs.Etag }));
        await LeftAsync(() => Theirs.AmendAgreementAsync(new AmendAgreementRequest { Name = theirs.Name, PartyId = OtherParty, Reason = "Ny tid.", Etag = theirs.Etag }));

        // What is left between those who part can be disputed and settled, as when an agreement has ended for all.
        var dispute = await Theirs.OpenDisputeAsync(new OpenDisputeRequest { Parent = theirs.Name, PartyId = OtherParty, Type = Dispute.Types.Type.Payment, Description = "Sista betalningen." });
        await Theirs.ResolveDisputeAsync(new ResolveDisputeRequest { Name = dispute.Name, PartyId = OtherParty, Outcome = Dispute.Types.Outcome.Withdrawn, OutcomeText = "Den kom.", Etag = dispute.Etag });
        ours = await ReadAsync(service.Officer(Lead), agreement.Name);

        // What goes on is decided by those who remain, and told to nobody else.
        var paused = await service.Officer(Lead).SuspendAgreementAsync(new SuspendAgreementRequest { Name = ours.Name, PartyId = "arbete", Reason = "Vi bygger om.", Etag = ours.Etag });
        paused = await service.Representative(organisation).SuspendAgreementAsync(new SuspendAgreementRequest { Name = ours.Name, PartyId = "forening", Reason = "Ja.", Etag = paused.Etag });
        Assert.Equal(Agreement.Types.State.Suspended, paused.State);
        await service.Ear.HeardAsync<AgreementSuspended>(agreement.Name);
        Assert.DoesNotContain(service.Ear.Of(share.Agreement), told => told is AgreementSuspended);
    }

    [Fact]
    public async Task It_acts_no_more_from_the_day_after_its_last_whether_or_not_the_calendar_has_looked()
    {
        var (agreement, share, _) = await NoticedAsync();
        await EndYesterdayAsync(agreement);
        var theirs = await ReadAsync(Theirs, share.Agreement);

        await LeftAsync(() => Theirs.SuspendAgreementAsync(new SuspendAgreementRequest { Name = theirs.Name, PartyId = OtherParty, Reason = "Vi slutar.", Etag = theirs.Etag }));
        await LeftAsync(() => Theirs.AmendAgreementAsync(new AmendAgreementRequest { Name = theirs.Name, PartyId = OtherParty, Reason = "Ny tid.", Etag = theirs.Etag }));
    }

    [Fact]
    public async Task Its_case_is_free_again_and_the_next_version_is_not_open_to_it()
    {
        var (agreement, share, _) = await NoticedAsync();
        await PassAsync(agreement);
        agreement = await ReadAsync(service.Officer(Lead), agreement.Name);

        var draft = await service.Officer(Lead).AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Vi är färre.", Etag = agreement.Etag });

        Assert.Equal(["arbete", "forening"], draft.Parties.Select(party => party.PartyId).Order(StringComparer.Ordinal));
        Assert.Empty(draft.JointMembers);
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(Theirs, $"{Of(Neighbour)}/agreements/{draft.Name[^36..]}"));
        Assert.Equal(share.Case, (await Theirs.CreateAgreementAsync(new CreateAgreementRequest { Parent = Of(Neighbour), Agreement = Complete(new Agreement { Case = share.Case }) })).Case);
    }

    [Fact]
    public async Task A_draft_that_still_has_the_one_who_leaves_in_it_is_given_up()
    {
        var (agreement, _, _) = await NoticedAsync();
        var draft = await service.Officer(Lead).AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Ny tid.", Etag = agreement.Etag });

        await PassAsync(agreement);

        Assert.Equal(Agreement.Types.State.Withdrawn, (await ReadAsync(service.Officer(Lead), draft.Name)).State);
        Assert.Equal("", (await ReadAsync(service.Officer(Lead), agreement.Name)).OpenAmendment);
    }

    [Fact]
    public async Task The_notice_of_the_lead_ends_it_for_all()
    {
        var (agreement, share, _) = await service.ActiveAsync(asked => asked.Ending = Notices());
        agreement = await service.Officer(Lead).GiveNoticeAsync(new GiveNoticeRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Vi slutar.", Etag = agreement.Etag });
        Assert.False(agreement.Endings.Single().PartyOnly);

        await PassAsync(agreement);

        Assert.Equal(Agreement.Types.State.Terminated, (await ReadAsync(Theirs, share.Agreement)).State);
        Assert.Equal("TERMINATED", (await service.Ear.HeardAsync<AgreementEnded>(share.Agreement)).Reason);
        Assert.Equal("TERMINATED", (await service.Ear.HeardAsync<AgreementEnded>(agreement.Name)).Reason);
    }

    private static EndingTerms Notices() => new() { Notices = { new NoticeTerms { PartyId = OtherParty, Months = 3 }, new NoticeTerms { PartyId = "arbete", Months = 3 } } };

    private static Task<Refused> LeftAsync(Func<AsyncUnaryCall<Agreement>> call) => Refused.ByAsync(StatusCode.FailedPrecondition, "PARTY_HAS_LEFT", async () => await call());

    private async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> NoticedAsync()
    {
        var (agreement, share, organisation) = await service.ActiveAsync(asked => asked.Ending = Notices());
        var read = await ReadAsync(Theirs, share.Agreement);
        await Theirs.GiveNoticeAsync(new GiveNoticeRequest { Name = read.Name, PartyId = OtherParty, Reason = "Vi slutar.", Etag = read.Etag });
        return (await ReadAsync(service.Officer(Lead), agreement.Name), share, organisation);
    }

    // The last day of the notice was yesterday.
    private Task<IReadOnlyList<string>> EndYesterdayAsync(Agreement agreement) => service.RowsAsync(
        $$"""UPDATE agreement SET life = jsonb_set(life, '{endings,0,lastDay}', '"{{Today.AddDays(-1):yyyy-MM-dd}}"') WHERE id = '{{agreement.Name[^36..]}}' RETURNING ''""");

    private async Task PassAsync(Agreement agreement)
    {
        await EndYesterdayAsync(agreement);
        await service.RowsAsync($"UPDATE agreement_due SET due_time = now() WHERE agreement = '{agreement.Name[^36..]}' RETURNING ''");
        await service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);
    }
}
