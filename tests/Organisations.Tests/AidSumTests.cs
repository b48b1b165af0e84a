using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Organisations.Tests.FundingSteps;
using Result = Iop.Organisations.V1.SumDeMinimisAidResponse.Types.Result;

namespace Iop.Organisations.Tests;

/// <summary>De minimis aid that is disclosed, summed and held to its ceilings. Source: law.md 2.2.</summary>
[Collection(Register.Name)]
public sealed class AidSumTests(RegisterFixture register)
{
    private FundingService.FundingServiceClient Officer => register.FundingBy(Roles.CaseOfficer);

    [Fact]
    public async Task State_aid_on_another_ground_has_its_day_and_counts_under_no_de_minimis_ceiling()
    {
        var organisation = await register.RegisterAsync();
        await Refused.ForFieldAsync("funding_disclosure.granted_date", "FIELD_REQUIRED", () => CreateAsync(organisation.Name, Disclosure(d => (d.AidKind, d.GrantedDate) = (AidKind.OtherStateAid, null))));
        await CreateAsync(organisation.Name, Aid("2024-03-01", 90_000_000m, d => d.AidKind = AidKind.OtherStateAid));

        var sum = await SumAsync(organisation.Name, "2024-12-31", 1_000m);

        Assert.Equal((Result.Within, 1), (sum.Result, sum.Counted.Count));
        await Refused.ForFieldAsync("aid_kind", "ENUM_VALUE_REQUIRED", () => Officer.SumDeMinimisAidAsync(new() { Name = organisation.Name, AidKind = AidKind.OtherStateAid }).ResponseAsync);
    }

    [Fact]
    public async Task Aid_of_three_years_in_money_and_kind_is_held_to_the_ceiling_for_the_whole_undertaking()
    {
        var key = $"koncern-{Guid.NewGuid():N}";
        var (one, two) = (await register.RegisterInAsync(key), await register.RegisterInAsync(key));
        await CreateAsync(one.Name, Aid("2024-03-01", 1_130_540m));
        var kind = await CreateAsync(two.Name, Aid("2024-12-31", 0m, d => (d.InKindValue, d.InKindValuation) = (575_200m.ToProto(), "Marknadshyra")));
        await CreateAsync(one.Name, Aid("2021-03-01", 9_000_000m));
        await CreateAsync(one.Name, Aid("2024-05-01", 9_000_000m, d => d.AidKind = AidKind.None));

        var sum = await SumAsync(one.Name, "2024-12-31", 1_725_600m);

        Assert.Equal((Result.Within, Day("2022-01-01"), Day("2024-12-31")), (sum.Result, sum.WindowStartDate, sum.WindowEndDate));
        var ceiling = Assert.Single(sum.Ceilings);
        Assert.Equal((30_000_000L, 15_000_000L, 15_000_000L, 0L), (ceiling.CeilingEurCents, ceiling.GrantedEurCents, ceiling.ExtraEurCents, ceiling.RemainingEurCents));
        Assert.Equal([(10_000_000L, "11.3054"), (5_000_000L, "11.504"), (15_000_000L, "11.504")], sum.Counted.Select(c => (c.EurCents, c.SekPerEur)));
        Assert.Equal(kind.Name, sum.Counted[1].FundingDisclosure);
        Assert.Equal(one.Name, sum.Organisations[0]);
        Assert.Equal(2, sum.Organisations.Count);

        var over = await SumAsync(two.Name, "2024-12-31", 1_725_600.01m);
        Assert.Equal((Result.Exceeded, -1L), (over.Result, over.Ceilings[0].RemainingEurCents));
        Assert.Equal(Result.Within, (await SumAsync(one.Name, "2024-12-31", 1_725_600.01m, AidKind.SgeiDeMinimis)).Result);
        Assert.Contains("tak", over.Explanation.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task General_aid_beside_aid_for_services_is_held_to_both_ceilings()
    {
        var organisation = await register.RegisterAsync();
        await CreateAsync(organisation.Name, Aid("2024-03-01", 7_000_000m, d => d.AidKind = AidKind.SgeiDeMinimis));

        var sum = await SumAsync(organisation.Name, "2024-12-31", 2_000_000m);

        Assert.Equal(Result.Exceeded, sum.Result);
        Assert.Equal([(AidKind.DeMinimis, true), (AidKind.SgeiDeMinimis, false)], sum.Ceilings.Select(c => (c.AidKind, c.RemainingEurCents >= 0)));
    }

    [Fact]
    public async Task A_day_without_a_rate_is_told_and_never_passed_over()
    {
        var organisation = await register.RegisterAsync();
        await CreateAsync(organisation.Name, Aid("2026-02-03", 100_000m));

        var sum = await SumAsync(organisation.Name, "2026-06-01", 0m);
        var given = await SumAsync(organisation.Name, "2026-06-01", 0m, rate: "11.2");

        Assert.Equal(Result.Incomplete, sum.Result);
        Assert.Contains("inte inlagt för 2026-02-03.", sum.Explanation.Sv, StringComparison.Ordinal);
        var missing = Assert.Single(sum.Missing);
        Assert.Equal((MissingTableRow.Types.Table.ExchangeRates, Day("2026-02-03"), Day("2026-01-31")), (missing.Table, missing.Date, missing.ExpiredDate));
        Assert.Equal((Result.Within, 892_858L, "Riksbanken 2026-02-03"), (given.Result, given.Counted[0].EurCents, given.Counted[0].RateSource));
        var expired = await SumAsync(organisation.Name, "2031-01-01", 0m);
        Assert.Equal((Result.Incomplete, MissingTableRow.Types.Table.Ceilings, Day("2030-12-31")), (expired.Result, expired.Missing[0].Table, expired.Missing[0].ExpiredDate));
    }

    [Fact]
    public async Task A_wrong_question_is_told_by_field()
    {
        var organisation = await register.RegisterAsync();

        await Refused.ForFieldAsync("aid_kind", "ENUM_VALUE_REQUIRED", () => SumAsync(organisation.Name, "2024-12-31", 0m, AidKind.None));
        await Refused.ForFieldAsync("extra_amount", "MONEY_INVALID", () => SumAsync(organisation.Name, "2024-12-31", -1m));
        await Refused.ForFieldAsync("exchange_rate.sek_per_eur", "EXCHANGE_RATE_INVALID", () => SumAsync(organisation.Name, "2024-12-31", 1m, rate: "0"));

        // No euro has cost so little, and a large sum by it is more cents than can be told.
        await Refused.ForFieldAsync("exchange_rate.sek_per_eur", "EXCHANGE_RATE_INVALID", () => SumAsync(organisation.Name, "2031-12-31", 999_999_999_999m, rate: "0.000001"));
        await Refused.ForFieldAsync("planned[0].cost", "FIELD_REQUIRED", () => Officer.CheckFundingOverlapAsync(new() { Name = organisation.Name, Planned = { new PlannedFunding() } }).ResponseAsync);
    }

    private Task<FundingDisclosure> CreateAsync(string parent, FundingDisclosure told) => Officer.DiscloseAsync(parent, told);

    private static FundingDisclosure Aid(string day, decimal amount, Action<FundingDisclosure>? change = null) => Disclosure(told =>
    {
        (told.AidKind, told.GrantedDate, told.Amount, told.InKindValue) = (AidKind.DeMinimis, Day(day), amount.ToProto(), null);
        change?.Invoke(told);
    });

    private Task<SumDeMinimisAidResponse> SumAsync(string name, string day, decimal extra, AidKind kind = AidKind.Unspecified, string rate = "") =>
        Officer.SumDeMinimisAidAsync(new SumDeMinimisAidRequest
        {
            Name = name,
            Date = Day(day),
            AidKind = kind,
            ExtraAmount = extra.ToProto(),
            ExchangeRate = rate.Length == 0 ? null : new ExchangeRate { SekPerEur = rate, Source = "Riksbanken 2026-02-03" },
        }).ResponseAsync;
}
