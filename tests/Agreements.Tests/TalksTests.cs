using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.FollowUp;
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
