using Iop.Agreements.Domain;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;
using Agreement = Iop.Agreements.V1.Agreement;

namespace Iop.Agreements.Tests;

/// <summary>What is paid before the decision has legal force may have to come back. Source: law.md 2.3.</summary>
[Collection(Running.Name)]
public sealed class LegalForceTests(AgreementsFixture service)
{
    private const string Code = "law-kl-13";

    // The first payment of the sample falls due on 2027-02-01.
    [Theory]
    [InlineData(null, "2027-02-02", true)]
    [InlineData(null, "2027-02-01", false)]
    [InlineData("2026-12-01", "2027-03-01", true)]
    [InlineData("2027-01-11", null, true)]
    [InlineData("2027-01-10", null, false)]
    [InlineData(null, null, false)]
    public async Task A_first_payment_before_the_decision_has_legal_force_is_told_and_stops_nothing(string? published, string? final, bool isTold)
    {
        var (name, _) = service.ApprovedCase(approved => approved.Decision = new Decision { AnnounceDate = Day(published).ToProto(), FinalDate = Day(final).ToProto() });
        var agreement = await service.Officer.CreateAgreementAsync(new CreateAgreementRequest { Parent = Here, Agreement = Complete(new Agreement { Case = name }) });

        var found = await FoundAsync(agreement);

        Assert.Equal(isTold, found is not null);
        if (found is not null)
        {
            Assert.Equal((V1.Finding.Types.Severity.Warning, "payment_plan[0].due_date"), (found.Severity, found.FieldPath));
            Assert.Contains("kommunallagen 13 kap.", found.Sentence.Sv, StringComparison.Ordinal);
            Assert.Contains("2027-02-01", found.Sentence.Sv, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_an_organisation_pays_or_the_municipality_pays_later_is_no_matter_of_it()
    {
        var (name, _) = service.ApprovedCase(approved => approved.Decision = new Decision { FinalDate = new DateOnly(2027, 1, 20).ToProto() });
        var asked = Complete(new Agreement { Case = name });
        asked.PaymentPlan.Insert(0, new V1.PaymentPlanItem { Amount = Sum(1), DueDate = new DateOnly(2027, 1, 2).ToProto(), PayerPartyId = "forening", PayeePartyId = "arbete" });
        var agreement = await service.Officer.CreateAgreementAsync(new CreateAgreementRequest { Parent = Here, Agreement = asked });

        Assert.Null(await FoundAsync(agreement));
    }

    [Fact]
    public async Task An_announcement_that_comes_after_the_draft_is_heard_in_the_order_told()
    {
        var (agreement, _) = await service.DraftedAsync();
        Assert.Null(await FoundAsync(agreement));

        await TellAsync(agreement, new DateOnly(2027, 1, 15), 7);
        await Eventually.IsAsync(true, async () => await FoundAsync(agreement) is not null);
        await TellAsync(agreement, new DateOnly(2026, 1, 15), 6);
        await TellAsync(agreement, new DateOnly(2027, 1, 16), 8);
        await Eventually.IsAsync(true, async () => (await FoundAsync(agreement))?.Sentence.Sv.Contains("2027-02-07", StringComparison.Ordinal));
    }

    [Fact]
    public void A_decision_that_nothing_is_known_of_has_no_day() => Assert.Null(new Announcement(null, null).LegalForceFrom);

    private async Task<V1.Finding?> FoundAsync(Agreement agreement) =>
        (await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name })).Findings.SingleOrDefault(finding => finding.RuleId == Code);

    private Task TellAsync(Agreement agreement, DateOnly published, long place) => service.Services.GetRequiredService<IBus>().Publish(new CaseDecisionAnnounced
    {
        EventId = Guid.CreateVersion7(),
        Municipality = "1285",
        Subject = agreement.Case,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = place,
        AnnounceDate = published,
    });

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
