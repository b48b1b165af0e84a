using Iop.Contracts.Events;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Organisations.Tests;

/// <summary>How the register learns what organisations are given.</summary>
internal static class FundingSteps
{
    public static Date Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToProto();

    /// <summary>Support from a region in 2026, in money and kind.</summary>
    public static FundingDisclosure Disclosure(Action<FundingDisclosure>? change = null)
    {
        var told = new FundingDisclosure
        {
            Giver = "Region Exempel",
            GiverKind = GiverKind.Region,
            Form = FundingForm.Grant,
            Amount = 50_000m.ToProto(),
            InKindValue = 12_500.5m.ToProto(),
            InKindValuation = "Marknadshyra",
            PeriodStartDate = Day("2026-01-01"),
            PeriodEndDate = Day("2026-12-31"),
            Cost = "Lokalhyra",
            AidKind = AidKind.None,
        };
        change?.Invoke(told);
        return told;
    }

    public static Task<FundingDisclosure> DiscloseAsync(this FundingService.FundingServiceClient by, string organisation, FundingDisclosure told) =>
        by.CreateFundingDisclosureAsync(new CreateFundingDisclosureRequest { Parent = organisation, FundingDisclosure = told }).ResponseAsync;

    /// <summary>Registers an organisation that is part of an undertaking.</summary>
    public static Task<Organisation> RegisterInAsync(this RegisterFixture register, string undertaking)
    {
        var sample = RegisterFixture.Sample();
        sample.UndertakingKey = undertaking;
        return register.RegisterAsync(sample);
    }

    /// <summary>Tells events, each when the one before has been taken in: what counts is in which order they are heard of.</summary>
    public static async Task TellAsync(this RegisterFixture register, params IReadOnlyList<IntegrationEvent> events)
    {
        foreach (var @event in events)
        {
            await register.Services.GetRequiredService<IBus>().Publish(@event, @event.GetType(), context => context.MessageId = @event.EventId);
            await Eventually.IsAsync(1L, () => register.CountAsync("inbox", $"event_id = '{@event.EventId}'"));
        }
    }

    public static async Task<IReadOnlyList<GrantedAid>> GrantedToAsync(this FundingService.FundingServiceClient by, string organisation) =>
        (await by.ListGrantedAidsAsync(new ListGrantedAidsRequest { Parent = organisation })).GrantedAids;

    /// <summary>The sum of an organisation's aid in June 2025.</summary>
    public static Task<SumDeMinimisAidResponse> SumAsync(this FundingService.FundingServiceClient by, string organisation) =>
        by.SumDeMinimisAidAsync(new SumDeMinimisAidRequest { Name = organisation, Date = new DateOnly(2025, 6, 1).ToProto() }).ResponseAsync;
}
