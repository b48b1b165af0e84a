using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Result = Iop.Organisations.V1.PreCheckItem.Types.Result;

namespace Iop.Organisations.Tests;

/// <summary>What is looked into beforehand: dated results, a level that a person sets, and nobody rejected by it. Source: law.md 2.11.</summary>
[Collection(Register.Name)]
public sealed class PreCheckTests(RegisterFixture register)
{
    [Fact]
    public async Task A_list_that_nobody_has_begun_shows_every_check_as_not_made()
    {
        var organisation = await register.RegisterAsync();

        var list = await GetAsync(organisation.Name);

        Assert.Equal(($"{organisation.Name}/preCheck", "", RiskLevel.Unspecified), (list.Name, list.Etag, list.RiskLevel));
        Assert.Contains(list.Items, item => item.Check == "tax-account");
        Assert.All(list.Items, item => Assert.True(item is { Result: Result.NotChecked, CheckDate: null, Text.Sv.Length: > 0, Text.En.Length: > 0 }));
        Assert.StartsWith("0 av 8 kontroller är gjorda", list.Explanation.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_have_their_day_and_stand_until_they_are_replaced()
    {
        var organisation = await register.RegisterAsync();
        var first = await RecordAsync(organisation.Name, items: [Item("tax-account", Result.Clear, day: -5), Item("enforcement", Result.NotPossible)]);
        var second = await RecordAsync(organisation.Name, first.Etag, [Item("tax-account", Result.Remark, "En skuld på 4 000 kronor, anstånd beviljat")]);

        var read = await GetAsync(organisation.Name, register.VettingBy(Roles.OrganisationRepresentative, organisation.Name));
        Assert.Equal(second, read);
        Assert.Equal((Result.Remark, RegisterFixture.Today()), (Of(read, "tax-account").Result, Of(read, "tax-account").CheckDate));
        Assert.Equal((Result.NotPossible, RegisterFixture.Today()), (Of(read, "enforcement").Result, Of(read, "enforcement").CheckDate));
        Assert.Equal(RegisterFixture.Today(-5), Of(first, "tax-account").CheckDate);
        Assert.StartsWith("2 av 8 kontroller är gjorda, 1 med anmärkning", read.Explanation.Sv, StringComparison.Ordinal);
        Assert.Equal(2, await register.CountAsync("revision", $"subject = '{read.Name}'"));
    }

    [Fact]
    public async Task The_highest_risk_and_every_remark_reject_nobody()
    {
        var organisation = await register.RegisterAsync();
        var representative = register.VettingBy(Roles.OrganisationRepresentative, organisation.Name);
        var before = await EvaluateAsync(organisation.Name);
        var items = (await GetAsync(organisation.Name)).Items.Select(item => Item(item.Check, Result.Remark, "Något att se på")).ToList();

        var list = await RecordAsync(organisation.Name, items: items, risk: RiskLevel.High, reasons: "Flera anmärkningar");

        Assert.Equal((RiskLevel.High, "Flera anmärkningar", RegisterFixture.Today()), (list.RiskLevel, list.RiskReasons, list.RiskDate));
        Assert.Contains("ingen avvisas", list.Explanation.Sv, StringComparison.Ordinal);
        var after = await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = organisation.Name });
        Assert.Equal((organisation.State, organisation.PartyEligibility), (after.State, after.PartyEligibility));
        Assert.Equal(before, await EvaluateAsync(organisation.Name));
        Assert.Equal(RiskLevel.High, (await GetAsync(organisation.Name, representative)).RiskLevel);
        Assert.Equal(0, await register.CountAsync("outbox", $"subject = '{organisation.Name}' AND type LIKE '%Eligibility%'"));
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_field_and_nothing_is_kept()
    {
        var organisation = await register.RegisterAsync();
        await Refused.ForFieldAsync("items", "FIELD_REQUIRED", () => RecordAsync(organisation.Name));
        await Refused.ForFieldAsync("items[0].check", "PRE_CHECK_UNKNOWN", () => RecordAsync(organisation.Name, items: [Item("rykten", Result.Clear)]));
        await Refused.ForFieldAsync("items[1].check", "DUPLICATE_VALUE", () => RecordAsync(organisation.Name, items: [Item("insolvency", Result.Clear), Item("insolvency", Result.Clear)]));
        await Refused.ForFieldAsync("items[0].result", "ENUM_VALUE_REQUIRED", () => RecordAsync(organisation.Name, items: [Item("insolvency", Result.NotChecked)]));
        await Refused.ForFieldAsync("items[0].note", "FIELD_REQUIRED", () => RecordAsync(organisation.Name, items: [Item("insolvency", Result.Remark)]));
        await Refused.ForFieldAsync("items[0].check_date", "DATE_IN_FUTURE", () => RecordAsync(organisation.Name, items: [Item("insolvency", Result.Clear, day: 2)]));
        await Refused.ForFieldAsync("risk_reasons", "RISK_REASONS_REQUIRED", () => RecordAsync(organisation.Name, risk: RiskLevel.Medium));
        Assert.All((await GetAsync(organisation.Name)).Items, item => Assert.Equal(Result.NotChecked, item.Result));

        await RecordAsync(organisation.Name, risk: RiskLevel.Low);
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => RecordAsync(organisation.Name, risk: RiskLevel.Low));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => RecordAsync(organisation.Name, "\"9\"", risk: RiskLevel.Low));
    }

    private static PreCheckItem Of(PreCheck list, string check) => list.Items.Single(item => item.Check == check);

    private static PreCheckItem Item(string check, Result result, string note = "", int? day = null) =>
        new() { Check = check, Result = result, Note = note, CheckDate = day is { } days ? RegisterFixture.Today(days) : null };

    private Task<PreCheck> RecordAsync(string parent, string etag = "", IReadOnlyList<PreCheckItem>? items = null, RiskLevel risk = RiskLevel.Unspecified, string reasons = "") =>
        register.VettingBy(Roles.CaseOfficer).RecordPreCheckAsync(new RecordPreCheckRequest
        {
            Parent = parent,
            Items = { items ?? [] },
            RiskLevel = risk,
            RiskReasons = reasons,
            Etag = etag,
        }).ResponseAsync;

    private Task<PreCheck> GetAsync(string organisation, VettingService.VettingServiceClient? by = null) =>
        (by ?? register.VettingBy(Roles.CaseOfficer)).GetPreCheckAsync(new GetPreCheckRequest { Name = $"{organisation}/preCheck" }).ResponseAsync;

    private Task<EvaluateVettingResponse> EvaluateAsync(string organisation) =>
        register.VettingBy(Roles.CaseOfficer).EvaluateVettingAsync(new EvaluateVettingRequest { Name = organisation }).ResponseAsync;
}
