using Grpc.Core;
using Iop.Agreements.Api;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Agreements.Tests;

/// <summary>How an agreement ends: together, on its day, by notice or on a ground, and what is settled then.</summary>
[Collection(Running.Name)]
public sealed class EndingApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task The_agreement_ends_together_is_wound_down_and_archived()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var theirs = service.Representative(organisation);
        agreement = await theirs.TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Målet är nått.", Etag = agreement.Etag });
        agreement = await service.Officer.TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Ja.", Etag = agreement.Etag });
        var today = TimeProvider.System.Today();
        Assert.Equal((Agreement.Types.State.Terminated, today), (agreement.State, agreement.EndedDate.ToDateOnly()));
        var ended = Assert.Single(await service.EventsAsync<AgreementEnded>(agreement));
        Assert.Equal(("TERMINATED", today), (ended.Reason, ended.EndDate));
        Assert.Equal((Retention.Types.Basis.TrueEnd, today.AddYears(10)), (agreement.Retentions[^1].Basis, agreement.Retentions[^1].KeepUntilDate.ToDateOnly()));

        WindDownItem Item(WindDownItem.Types.Kind kind) => new() { Kind = kind, Date = today.ToProto(), Note = "Klart." };
        agreement = await theirs.RecordWindDownItemAsync(new RecordWindDownItemRequest { Name = agreement.Name, PartyId = "forening", Item = Item(WindDownItem.Types.Kind.Equipment), Etag = agreement.Etag });
        var close = new CloseWindDownRequest { Name = agreement.Name, PartyId = "arbete", Items = { Item(WindDownItem.Types.Kind.LastPayment), Item(WindDownItem.Types.Kind.UnspentFunds) }, Etag = agreement.Etag };
        await Refused.ByAsync(StatusCode.FailedPrecondition, "WIND_DOWN_INCOMPLETE", () => service.Officer.CloseWindDownAsync(close).ResponseAsync);
        close.Items.Add(Item(WindDownItem.Types.Kind.Informing));
        var dispute = await theirs.OpenDisputeAsync(new OpenDisputeRequest { Parent = agreement.Name, PartyId = "forening", Type = Dispute.Types.Type.Payment, Description = "Sista betalningen." });
        agreement = await service.ReadAsync(agreement.Name);
        close.Etag = agreement.Etag;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DISPUTE_OPEN", () => service.Officer.CloseWindDownAsync(close).ResponseAsync);
        await theirs.ResolveDisputeAsync(new ResolveDisputeRequest { Name = dispute.Name, PartyId = "forening", Outcome = Dispute.Types.Outcome.Withdrawn, OutcomeText = "Den kom.", Etag = dispute.Etag });
        agreement = await service.Officer.CloseWindDownAsync(close);
        Assert.Equal(Agreement.Types.State.WoundDown, agreement.State);

        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => theirs.ArchiveAgreementAsync(new ArchiveAgreementRequest { Name = agreement.Name, Etag = agreement.Etag }).ResponseAsync);
        agreement = await service.Officer.ArchiveAgreementAsync(new ArchiveAgreementRequest { Name = agreement.Name, Etag = agreement.Etag });
        Assert.Equal(Agreement.Types.State.Archived, agreement.State);
    }

    [Fact]
    public async Task An_agreement_ends_on_its_date_without_anyone_acting()
    {
        var today = TimeProvider.System.Today();
        var (agreement, _) = await service.ActiveAsync(asked =>
        {
            asked.StartDate = today.AddYears(-3).ToProto();
            asked.EndDate = today.AddDays(-1).ToProto();
            asked.PaymentPlan[0].DueDate = today.AddDays(-30).ToProto();
        });

        await service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);

        var ended = await service.ReadAsync(agreement.Name);
        Assert.Equal((Agreement.Types.State.Expired, today.AddDays(-1)), (ended.State, ended.EndedDate.ToDateOnly()));
        Assert.Equal(("EXPIRED", today.AddDays(-1)), (await service.EventsAsync<AgreementEnded>(agreement)).Select(told => (told.Reason, told.EndDate)).Single());
        Assert.Equal([Validity.Types.Reason.Ended], ended.Validity.Reasons);
        Assert.Empty(await service.RowsAsync($"SELECT agreement::text FROM agreement_due WHERE agreement = '{agreement.Name[^36..]}'"));
        var history = await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name });
        Assert.Equal("AGREEMENT_CLOCK", history.AgreementRevisions[0].Action);
    }

    [Fact]
    public async Task A_draft_that_is_given_up_frees_the_case_and_the_agreement()
    {
        var (first, organisation) = await service.NegotiatedAsync();
        var withdrawn = await service.Representative(organisation).WithdrawAgreementAsync(new WithdrawAgreementRequest { Name = first.Name, PartyId = "forening", Reason = "Vi hinner inte.", Etag = first.Etag });
        Assert.Equal(Agreement.Types.State.Withdrawn, withdrawn.State);
        Assert.NotEqual(first.Name, (await service.CreateAsync(first.Case)).Name);

        var (agreement, other) = await service.ActiveAsync();
        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Ny tid.", Etag = agreement.Etag });
        draft = await service.Officer.WithdrawAgreementAsync(new WithdrawAgreementRequest { Name = draft.Name, PartyId = "arbete", Reason = "Behövs inte.", Etag = draft.Etag });
        Assert.Equal("", (await service.ReadAsync(agreement.Name)).OpenAmendment);

        agreement = await service.ReadAsync(agreement.Name);
        var next = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Ny tid.", Etag = agreement.Etag });
        agreement = await service.ReadAsync(agreement.Name);
        agreement = await service.Representative(other).TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Klart.", Etag = agreement.Etag });
        await service.Officer.TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Ja.", Etag = agreement.Etag });
        Assert.Equal(Agreement.Types.State.Withdrawn, (await service.ReadAsync(next.Name)).State);
    }

    [Fact]
    public async Task Either_party_asks_for_renegotiation_and_the_other_answers()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        agreement = await service.Representative(organisation).RequestRenegotiationAsync(new RequestRenegotiationRequest { Name = agreement.Name, PartyId = "forening", Reason = "Hyran har stigit.", Etag = agreement.Etag });
        var silent = new AnswerRenegotiationRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Answer = "Vi ses nästa vecka.", Etag = agreement.Etag };
        await Refused.ForFieldAsync("agrees", "FIELD_REQUIRED", () => service.Officer.AnswerRenegotiationAsync(silent).ResponseAsync);
        agreement = await service.Officer.AnswerRenegotiationAsync(new AnswerRenegotiationRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Agrees = true, Answer = "Vi ses nästa vecka.", Etag = agreement.Etag });

        Assert.Equal(("forening", "arbete", true), (agreement.Renegotiations[0].PartyId, agreement.Renegotiations[0].Answers[0].PartyId, agreement.Renegotiations[0].Answers[0].Agrees));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "NOTICE_NOT_AGREED", () => service.Officer.GiveNoticeAsync(new GiveNoticeRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Skäl.", Etag = agreement.Etag }).ResponseAsync);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "GROUND_NOT_NAMED", () => service.Officer.RescindAgreementAsync(new RescindAgreementRequest { Name = agreement.Name, PartyId = "arbete", GroundNumber = 1, Reason = "Skäl.", Etag = agreement.Etag }).ResponseAsync);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PROPOSAL_NOT_OPEN", () => service.Officer.DeclineJointProposalAsync(new DeclineJointProposalRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Nej.", Etag = agreement.Etag }).ResponseAsync);
    }

    [Fact]
    public async Task A_party_gives_notice_by_its_own_period_and_rescinds_on_a_ground_that_is_named()
    {
        var (agreement, organisation) = await service.ActiveAsync(asked => asked.Ending = new EndingTerms
        {
            Notices = { new NoticeTerms { PartyId = "forening", Months = 3 } },
            RescissionGrounds = { "Verksamheten strider mot lag." },
        });
        var today = TimeProvider.System.Today();
        agreement = await service.Representative(organisation).GiveNoticeAsync(new GiveNoticeRequest { Name = agreement.Name, PartyId = "forening", Reason = "Vi räcker inte till.", Etag = agreement.Etag });
        Assert.Equal((Agreement.Types.State.Active, Ending.Types.Kind.Notice, today.AddMonths(3)), (agreement.State, agreement.Endings[0].Kind, agreement.Endings[0].LastDate.ToDateOnly()));
        Assert.Equal((Retention.Types.Basis.EarlierEnd, today.AddMonths(3).AddYears(10)), (agreement.Retentions[^1].Basis, agreement.Retentions[^1].KeepUntilDate.ToDateOnly()));
        Assert.Empty(await service.EventsAsync<AgreementEnded>(agreement));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "NOTICE_NOT_AGREED", () => service.Officer.GiveNoticeAsync(new GiveNoticeRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Skäl.", Etag = agreement.Etag }).ResponseAsync);

        agreement = await service.Officer.RescindAgreementAsync(new RescindAgreementRequest { Name = agreement.Name, PartyId = "arbete", GroundNumber = 1, Reason = "Tillståndet är återkallat.", Etag = agreement.Etag });
        Assert.Equal((Agreement.Types.State.Rescinded, "Verksamheten strider mot lag."), (agreement.State, agreement.Endings[1].Ground));
        Assert.Equal(("RESCINDED", today), (await service.EventsAsync<AgreementEnded>(agreement)).Select(told => (told.Reason, told.EndDate)).Single());
    }
}
