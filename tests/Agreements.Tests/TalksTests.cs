using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.FollowUp;
using Iop.Platform.Requests;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>Talks about continuing count wherever the parties recorded them. Rule: ga-continuation-dialogue.</summary>
[Collection(Running.Name)]
public sealed class TalksTests(AgreementsFixture service)
{
    [Fact]
    public async Task What_the_follow_up_has_recorded_need_not_be_recorded_in_the_agreement_once_more()
    {
        var (agreement, _) = await service.ActiveAsync(asked => asked.Extension = new ExtensionTerms { Allowed = true, MaxCount = 1, Months = 12 });
        await Refused.ByAsync(StatusCode.FailedPrecondition, "TALKS_MISSING", () => ExtendAsync(agreement));

        // Before the term nothing is continued; late is late here too.
        await TellAsync(agreement, "2020-01-01", "PUBLIC");
        var (early, late) = (await TellAsync(agreement, "2029-03-01", "CIVIL_SOCIETY"), await TellAsync(agreement, "2099-03-01", "PUBLIC"));
        await Eventually.IsAsync(2, async () => (await service.ReadAsync(agreement.Name)).RenewalTalks.Count);

        agreement = await service.ReadAsync(agreement.Name);
        Assert.Equal([("forening", early, "", false), ("arbete", late, "", true)], agreement.RenewalTalks.OrderBy(t => t.Late).Select(t => (t.PartyId, t.CheckIn, t.Note, t.Late)));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_MISSING", () => ExtendAsync(agreement));
    }

    [Fact]
    public async Task What_is_recorded_or_corrected_is_told_with_its_number_for_the_follow_up()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        await TellAsync(agreement, "2029-03-01", "CIVIL_SOCIETY");
        await Eventually.IsAsync(1, async () => (await service.ReadAsync(agreement.Name)).RenewalTalks.Count);
        agreement = await service.ReadAsync(agreement.Name);
        await service.RowsAsync($"UPDATE agreement SET terms = jsonb_set(terms, '{{startDate}}', '\"2026-01-01\"') WHERE id = '{agreement.Name[^36..]}' RETURNING ''");
        var record = new RecordRenewalTalksRequest
        {
            Name = agreement.Name,
            PartyId = "arbete",
            HeldDate = TimeProvider.System.Today().ToProto(),
            Note = "Båda vill fortsätta.",
            CorrectionReason = "Fel.",
            Etag = (await service.ReadAsync(agreement.Name)).Etag,
        };
        await Refused.ForFieldAsync("correction_reason", "FIELD_NOT_ALLOWED", () => service.Officer.RecordRenewalTalksAsync(record).ResponseAsync);
        (record.Number, record.CorrectionReason) = (2, "");
        await Refused.ForFieldAsync("correction_reason", "FIELD_REQUIRED", () => service.Officer.RecordRenewalTalksAsync(record).ResponseAsync);
        record.Number = 0;
        agreement = await service.Officer.RecordRenewalTalksAsync(record);
        (record.Number, record.CorrectionReason, record.Etag) = (2, "Det var dagen före.", agreement.Etag);
        record.HeldDate = TimeProvider.System.Today().AddDays(-1).ToProto();
        agreement = await service.Officer.RecordRenewalTalksAsync(record);
        Assert.Equal((2, "Det var dagen före.", record.HeldDate), (agreement.RenewalTalks[1].Number, agreement.RenewalTalks[1].CorrectionReason, agreement.RenewalTalks[1].HeldDate));
        (record.Number, record.Etag) = (1, agreement.Etag);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "TALKS_OF_FOLLOW_UP", () => service.Officer.RecordRenewalTalksAsync(record).ResponseAsync);

        var told = await service.EventsAsync<RenewalTalksRecorded>(agreement);
        Assert.Equal([1, 2, 2], told.OrderBy(t => t.Sequence).Select(t => t.Number));
        Assert.Equal([agreement.RenewalTalks[0].CheckIn, null, null], told.OrderBy(t => t.Sequence).Select(t => t.CheckIn));
        Assert.Equal(["CIVIL_SOCIETY", "PUBLIC", "PUBLIC"], told.OrderBy(t => t.Sequence).Select(t => t.RecordedBy));
    }

    private Task<Agreement> ExtendAsync(Agreement agreement) => service.Officer.ExtendAgreementAsync(
        new ExtendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Behovet finns kvar.", Etag = agreement.Etag }).ResponseAsync;

    // As the follow-up tells it, over the broker.
    private async Task<string> TellAsync(Agreement agreement, string held, string side)
    {
        var checkIn = $"{Here}/plans/{Guid.CreateVersion7()}/checkIns/{Guid.CreateVersion7()}";
        await service.Services.GetRequiredService<IBus>().Publish(new RenewalTalksHeld
        {
            EventId = Guid.CreateVersion7(),
            Municipality = "1285",
            Subject = checkIn,
            OccurredAt = TimeProvider.System.GetUtcNow(),
            Sequence = 2,
            Agreement = agreement.Name,
            HeldDate = DateOnly.Parse(held),
            RecordedBy = side,
        });
        return checkIn;
    }
}
