using Grpc.Core;
using Iop.Agreements.Api;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>
/// Two steps at once: one order or the other comes out of it, and never a state that neither leads to, nor a record that is lost.
/// Each race is run some times over, since one alone may be won by the same runner.
/// </summary>
[Collection(Running.Name)]
public sealed class RaceTests(AgreementsFixture service)
{
    private static readonly string[] Lost = ["ETAG_MISMATCH", "AGREEMENT_STATE_NOT_ALLOWED", "DISPUTE_OPEN", "AMENDED_AGREEMENT_ENDED", "SIGNING_EXPIRED"];

    [Fact]
    public async Task A_dispute_that_is_opened_while_the_wind_down_is_closed_comes_before_it_or_not_at_all()
    {
        await RepeatAsync(async () =>
        {
            var (agreement, organisation) = await service.ActiveAsync();
            agreement = await EndAsync(agreement, organisation);
            var close = new CloseWindDownRequest { Name = agreement.Name, PartyId = "arbete", Etag = agreement.Etag };
            close.Items.Add(Enum.GetValues<WindDownItem.Types.Kind>().Where(kind => kind != WindDownItem.Types.Kind.Unspecified)
                .Select(kind => new WindDownItem { Kind = kind, Date = TimeProvider.System.Today().ToProto(), Note = "Klart." }));

            var won = await AtOnceAsync(
                () => service.Officer.CloseWindDownAsync(close).ResponseAsync,
                () => service.Representative(organisation).OpenDisputeAsync(DisputeOf(agreement)).ResponseAsync);

            var (now, disputes) = (await service.ReadAsync(agreement.Name), await DisputesAsync(agreement));
            Assert.Equal(won is [true, _], now.State == Agreement.Types.State.WoundDown);
            Assert.Equal(won is [_, true] ? 1 : 0, disputes.Count);
            Assert.True(won is [true, false] or [false, true], "the wind-down was closed with an open dispute");
        });
    }

    [Fact]
    public async Task Two_disputes_at_once_are_two_and_the_history_tells_of_both()
    {
        var (agreement, organisation) = await service.ActiveAsync();

        var won = await AtOnceAsync([.. Enumerable.Range(0, 6).Select<int, Func<Task>>(number => () =>
            (number % 2 == 0 ? service.Officer.OpenDisputeAsync(DisputeOf(agreement, "arbete")) : service.Representative(organisation).OpenDisputeAsync(DisputeOf(agreement))).ResponseAsync)]);

        Assert.All(won, Assert.True);
        Assert.Equal(6, (await DisputesAsync(agreement)).Count);
        var history = (await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name, PageSize = 200 })).AgreementRevisions;
        Assert.Equal(6, history.Count(revision => revision.Action == "OPEN_DISPUTE"));
        Assert.Equal(Enumerable.Range(1, history.Count).Reverse(), history.Select(revision => revision.RevisionNumber));
        Assert.Equal(6, (await service.EventsAsync<DisputeOpened>(agreement)).Select(told => told.Dispute).Distinct().Count());
    }

    [Fact]
    public async Task A_round_that_expires_while_someone_signs_ends_with_the_signature_void()
    {
        await RepeatAsync(async () =>
        {
            var (agreement, _) = await service.InSigningAsync();
            await service.RowsAsync(
                $"""
                WITH moved AS (UPDATE agreement_due SET due_time = now() - interval '1 day' WHERE agreement = '{agreement.Name[^36..]}')
                UPDATE agreement SET signing_rounds = jsonb_set(signing_rounds, '{"{0,expireDate}"}', '"{TimeProvider.System.Today().AddDays(-1):yyyy-MM-dd}"') WHERE id = '{agreement.Name[^36..]}' RETURNING ''
                """);
            agreement = await service.ReadAsync(agreement.Name);

            // What has expired is signed by nobody, whether the calendar has come to it or not.
            var won = await AtOnceAsync(PassAsync, () => SignAsync(service.ChairPerson, agreement, "arbete"));
            await PassAsync();

            Assert.Equal([true, false], won);
            var now = await service.ReadAsync(agreement.Name);
            Assert.Equal((Agreement.Types.State.TextAgreed, SigningRound.Types.Outcome.Expired), (now.State, now.SigningRounds.Single().Outcome));
            Assert.All(now.Signatures, signature => Assert.True(signature.Voided));
            Assert.Single(await service.EventsAsync<SigningExpired>(agreement));
        });
    }

    [Fact]
    public async Task Calendars_of_several_replicas_and_a_party_end_an_agreement_once()
    {
        await RepeatAsync(async () =>
        {
            var today = TimeProvider.System.Today();
            var (agreement, organisation) = await service.ActiveAsync(asked =>
                (asked.StartDate, asked.EndDate, asked.PaymentPlan[0].DueDate) = (today.AddYears(-3).ToProto(), today.AddDays(-1).ToProto(), today.AddDays(-30).ToProto()));

            await AtOnceAsync(PassAsync, PassAsync, PassAsync, () => service.Representative(organisation).ReportHardshipAsync(new ReportHardshipRequest
            {
                Name = agreement.Name,
                PartyId = "forening",
                Event = Hardship.Types.Event.Funding,
                Effect = "E",
                Measures = "M",
                Etag = agreement.Etag,
            }).ResponseAsync);
            await PassAsync();

            Assert.Equal(Agreement.Types.State.Expired, (await service.ReadAsync(agreement.Name)).State);
            Assert.Single(await service.EventsAsync<AgreementEnded>(agreement));
        });
    }

    [Fact]
    public async Task The_last_signature_on_a_new_version_and_the_end_of_the_agreement_come_one_after_the_other()
    {
        await RepeatAsync(async () =>
        {
            var (agreement, organisation) = await service.ActiveAsync();
            var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Nytt.", Etag = agreement.Etag });
            draft = await NearlySignedAsync(draft, organisation);
            agreement = await service.ReadAsync(agreement.Name);
            agreement = await service.Officer.TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Slut.", Etag = agreement.Etag });

            var won = await AtOnceAsync(
                () => SignAsync(service.Representative(organisation, Bo), draft, "forening"),
                () => service.Representative(organisation).TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Ja.", Etag = agreement.Etag }).ResponseAsync);

            var (now, then) = (await service.ReadAsync(agreement.Name), await service.ReadAsync(draft.Name));
            Assert.True(won is [true, false] or [false, true], "the one that comes second is told that it came too late");
            Assert.Equal(
                won[0] ? (Agreement.Types.State.Active, 2, Agreement.Types.State.Adopted) : (Agreement.Types.State.Terminated, 1, Agreement.Types.State.Withdrawn),
                (now.State, now.Version, then.State));
            Assert.Equal("", now.OpenAmendment);
        });
    }

    private async Task<Agreement> NearlySignedAsync(Agreement draft, string organisation)
    {
        draft = await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        draft = await ApproveAsync(service.Officer, draft, "arbete");
        draft = await ApproveAsync(service.Representative(organisation), draft, "forening");
        draft = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag });
        draft = await SignAsync(service.ChairPerson, draft, "arbete");
        return await SignAsync(service.Representative(organisation), draft, "forening");
    }

    private async Task<Agreement> EndAsync(Agreement agreement, string organisation)
    {
        agreement = await service.Officer.TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Slut.", Etag = agreement.Etag });
        return await service.Representative(organisation).TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Ja.", Etag = agreement.Etag });
    }

    private Task<int> PassAsync() => service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);

    private async Task<IReadOnlyList<Dispute>> DisputesAsync(Agreement agreement) =>
        (await service.Officer.ListDisputesAsync(new ListDisputesRequest { Parent = agreement.Name, PageSize = 200 })).Disputes;

    private static OpenDisputeRequest DisputeOf(Agreement agreement, string party = "forening") =>
        new() { Parent = agreement.Name, PartyId = party, Type = Dispute.Types.Type.Other, Description = "Vi ser olika på en sak." };

    private static async Task RepeatAsync(Func<Task> race)
    {
        for (var time = 0; time < 8; time++)
        {
            await race();
        }
    }

    // Which of them went through. One that did not must have been told that another was before it.
    private static async Task<bool[]> AtOnceAsync(params IReadOnlyList<Func<Task>> steps)
    {
        return await Task.WhenAll(steps.Select(step => Task.Run(async () =>
        {
            try
            {
                await step();
                return true;
            }
            catch (RpcException refused)
            {
                Assert.Contains(ReasonOf(refused), Lost);
                return false;
            }
        })));
    }

    private static string ReasonOf(RpcException refused) => $"{Platform.Errors.StatusDetails.In(refused)?.Details.Select(detail => detail.TryUnpack<Google.Rpc.ErrorInfo>(out var info) ? info.Type : "").FirstOrDefault(reason => reason.Length > 0)}";
}
