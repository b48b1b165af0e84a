using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Organisations.Tests.FundingSteps;
using Cause = Iop.Organisations.V1.FundingOverlap.Types.Cause;
using State = Iop.Organisations.V1.FundingDisclosure.Types.State;

namespace Iop.Organisations.Tests;

/// <summary>What others give: disclosed, corrected, withdrawn, and held against each other. Source: law.md 2.2 and 2.11.</summary>
[Collection(Register.Name)]
public sealed class FundingTests(RegisterFixture register)
{
    private FundingService.FundingServiceClient Officer => register.FundingBy(Roles.CaseOfficer);

    [Fact]
    public async Task A_disclosure_is_told_corrected_and_withdrawn_and_kept()
    {
        var organisation = await register.RegisterAsync();
        var representative = register.FundingBy(Roles.OrganisationRepresentative, organisation.Name);
        var told = Disclosure();

        var created = await CreateAsync(organisation.Name, told, representative);
        told.MergeFrom(new FundingDisclosure { Name = created.Name, State = State.Disclosed, RecordedBy = PartySide.CivilSociety, Etag = created.Etag, CreateTime = created.CreateTime, UpdateTime = created.UpdateTime });
        Assert.Equal(told, created);
        created.Amount = 60_000m.ToProto();
        var corrected = await representative.UpdateFundingDisclosureAsync(new() { FundingDisclosure = created, UpdateMask = new() { Paths = { "amount" } } });
        Assert.Equal((60_000, "Lokalhyra"), (corrected.Amount.Units, corrected.Cost));
        var withdrawn = await WithdrawAsync(corrected, representative);

        Assert.Equal((State.Withdrawn, "Dubbelt angiven"), (withdrawn.State, withdrawn.WithdrawalReason));
        Assert.Equal(withdrawn, await Officer.GetFundingDisclosureAsync(new() { Name = created.Name }));
        Assert.Equal(withdrawn, Assert.Single((await ListAsync(organisation.Name)).FundingDisclosures));
        Assert.Empty((await ListAsync(organisation.Name, "state = DISCLOSED AND form = GRANT")).FundingDisclosures);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "FUNDING_DISCLOSURE_STATE_NOT_ALLOWED", () => WithdrawAsync(withdrawn));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => WithdrawAsync(corrected));
    }

    [Fact]
    public async Task What_the_service_alone_fills_is_passed_over_in_a_mask()
    {
        var created = await CreateAsync((await register.RegisterAsync()).Name, Disclosure());
        string[] filled = ["name", "state", "withdrawal_reason", "create_time", "update_time", "etag", "recorded_by"];

        var after = await Officer.UpdateFundingDisclosureAsync(new() { FundingDisclosure = new(created) { RecordedBy = PartySide.CivilSociety }, UpdateMask = new() { Paths = { filled } } });

        Assert.Equal((created.RecordedBy, created.State, created.Giver), (after.RecordedBy, after.State, after.Giver));
    }

    [Fact]
    public async Task What_the_municipality_has_recorded_or_put_right_an_organisation_leaves_as_it_is()
    {
        var organisation = await register.RegisterAsync();
        var representative = register.FundingBy(Roles.OrganisationRepresentative, organisation.Name);
        var recorded = await CreateAsync(organisation.Name, Disclosure());
        var told = await CreateAsync(organisation.Name, Disclosure(), representative);
        Assert.Equal((PartySide.Public, PartySide.CivilSociety), (recorded.RecordedBy, told.RecordedBy));
        var corrected = await CorrectAsync(told, Officer);
        Assert.Equal(PartySide.Public, corrected.RecordedBy);

        foreach (var disclosure in new[] { recorded, corrected })
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "FUNDING_DISCLOSURE_OF_MUNICIPALITY", () => CorrectAsync(disclosure, representative));
            await Refused.ByAsync(StatusCode.PermissionDenied, "FUNDING_DISCLOSURE_OF_MUNICIPALITY", () => WithdrawAsync(disclosure, representative));
            Assert.Equal(disclosure, await Officer.GetFundingDisclosureAsync(new() { Name = disclosure.Name }));
        }
    }

    public static TheoryData<string, string, Action<FundingDisclosure>> Faults => new()
    {
        { "giver", "FIELD_REQUIRED", d => d.Giver = "" },
        { "giver_kind", "ENUM_VALUE_REQUIRED", d => d.GiverKind = GiverKind.Unspecified },
        { "form", "ENUM_VALUE_REQUIRED", d => d.Form = FundingForm.Unspecified },
        { "amount", "MONEY_INVALID", d => d.Amount = new Money { Units = -1 } },
        { "amount", "MONEY_INVALID", d => d.Amount = new Money { CurrencyCode = "EUR", Units = 1 } },
        { "amount", "FUNDING_WITHOUT_VALUE", d => (d.Amount, d.InKindValue) = (null, null) },
        { "in_kind_valuation", "FIELD_REQUIRED", d => d.InKindValuation = "" },
        { "period_start_date", "FIELD_REQUIRED", d => d.PeriodStartDate = null },
        { "period_end_date", "DATE_ORDER", d => d.PeriodEndDate = RegisterFixture.Today(-4000) },
        { "cost", "FIELD_REQUIRED", d => d.Cost = " " },
        { "aid_kind", "ENUM_VALUE_REQUIRED", d => d.AidKind = AidKind.Unspecified },
        { "granted_date", "FIELD_REQUIRED", d => d.AidKind = AidKind.DeMinimis },
        { "granted_date", "DATE_IN_FUTURE", d => d.GrantedDate = RegisterFixture.Today(2) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_wrong_is_told_by_field_and_nothing_is_kept(string field, string reason, Action<FundingDisclosure> spoil)
    {
        var organisation = await register.RegisterAsync();
        var told = Disclosure();
        spoil(told);

        await Refused.ForFieldAsync($"funding_disclosure.{field}", reason, () => CreateAsync(organisation.Name, told));

        Assert.Empty((await ListAsync(organisation.Name)).FundingDisclosures);
    }

    [Fact]
    public async Task The_same_cost_paid_twice_in_the_same_time_is_found_also_with_what_is_planned_and_with_the_partnership()
    {
        var organisation = await register.RegisterAsync();
        var rent = await CreateAsync(organisation.Name, Disclosure());
        var again = await CreateAsync(organisation.Name, Disclosure(d => (d.Cost, d.PeriodStartDate, d.PeriodEndDate) = ("  LOKALHYRA ", Day("2026-06-01"), Day("2027-06-01"))));
        var before = await CreateAsync(organisation.Name, Disclosure(d => (d.PeriodStartDate, d.PeriodEndDate) = (Day("2020-01-01"), Day("2020-12-31"))));
        var same = await CreateAsync(organisation.Name, Disclosure(d => (d.Cost, d.SameCostAsPartnership) = ("Handledning", true)));
        var iop = await CreateAsync(organisation.Name, Disclosure(d => (d.Cost, d.Form) = ("Mötesplatsen", FundingForm.Iop)));
        await WithdrawAsync(await CreateAsync(organisation.Name, Disclosure()));

        var answer = await Officer.CheckFundingOverlapAsync(new()
        {
            Name = organisation.Name,
            Planned = { new PlannedFunding { Cost = "lokalhyra", PeriodStartDate = Day("2027-01-01"), PeriodEndDate = Day("2027-12-31"), Value = 5m.ToProto() } },
        });

        Assert.Equal(
            [
                (rent.Name, again.Name, Cause.SameCost, Day("2026-06-01"), Day("2026-12-31")),
                (again.Name, "", Cause.SameCost, Day("2027-01-01"), Day("2027-06-01")),
                (same.Name, iop.Name, Cause.SameCostAsPartnership, Day("2026-01-01"), Day("2026-12-31")),
            ],
            answer.Overlaps.Select(o => (o.FundingDisclosure, o.OtherFundingDisclosure, o.Cause, o.OverlapStartDate, o.OverlapEndDate)));
        Assert.Equal((true, 0), (answer.Overlaps[1].HasPlannedIndex, answer.Overlaps[1].PlannedIndex));
        Assert.Equal([rent.Name, again.Name, before.Name], answer.Unanswered);
        Assert.All(answer.Overlaps, o => Assert.True(o.Explanation.Sv.Contains("20", StringComparison.Ordinal) && o.Explanation.En.Length > 0));
    }

    [Theory]
    [InlineData(AidKind.OtherStateAid, AidKind.DeMinimis, true)]
    [InlineData(AidKind.SgeiDeMinimis, AidKind.DeMinimis, true)]
    [InlineData(AidKind.DeMinimis, AidKind.DeMinimis, false)]
    [InlineData(AidKind.None, AidKind.DeMinimis, false)]
    [InlineData(AidKind.OtherStateAid, AidKind.Unspecified, false)]
    public async Task Aid_on_different_grounds_for_the_same_cost_is_told_for_a_lawyer_to_judge(AidKind given, AidKind planned, bool cumulates)
    {
        var organisation = await register.RegisterAsync();
        await CreateAsync(organisation.Name, Disclosure(d => (d.AidKind, d.GrantedDate) = (given, Day("2024-03-01"))));

        var answer = await Officer.CheckFundingOverlapAsync(new()
        {
            Name = organisation.Name,
            Planned = { new PlannedFunding { Cost = "lokalhyra", PeriodStartDate = Day("2026-01-01"), PeriodEndDate = Day("2026-12-31"), AidKind = planned } },
        });

        var overlap = Assert.Single(answer.Overlaps);
        Assert.Equal(cumulates, overlap.CumulatesAid);
        Assert.Equal(cumulates, overlap.Explanation.Sv.Contains("jurist", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_acts_within_what_they_represent()
    {
        var (mine, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var representative = register.FundingBy(Roles.OrganisationRepresentative, mine.Name);
        var foreign = await CreateAsync(other.Name, Disclosure());

        Func<Task>[] calls =
        [
            () => CreateAsync(other.Name, Disclosure(), representative), () => WithdrawAsync(foreign, representative), () => ListAsync(other.Name, by: representative),
            () => representative.GetFundingDisclosureAsync(new() { Name = foreign.Name }).ResponseAsync,
            () => representative.UpdateFundingDisclosureAsync(new() { FundingDisclosure = foreign }).ResponseAsync,
            () => representative.CheckFundingOverlapAsync(new() { Name = other.Name }).ResponseAsync,
            () => representative.SumDeMinimisAidAsync(new() { Name = other.Name }).ResponseAsync,
        ];
        foreach (var call in calls)
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", call);
        }

        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => CreateAsync(mine.Name, Disclosure(), register.FundingBy(Roles.Auditor)));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => WithdrawAsync(foreign, register.FundingBy(Roles.Integration)));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => ListAsync(mine.Name, by: new(register.As("0580", Roles.CaseOfficer))));
        await Refused.ByAsync(StatusCode.NotFound, "FUNDING_DISCLOSURE_NOT_FOUND", () => WithdrawAsync(new FundingDisclosure(foreign) { Name = foreign.Name.Replace(other.Name, mine.Name, StringComparison.Ordinal) }));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => ListAsync($"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}"));
    }

    private Task<FundingDisclosure> CreateAsync(string parent, FundingDisclosure told, FundingService.FundingServiceClient? by = null) => (by ?? Officer).DiscloseAsync(parent, told);

    private static Task<FundingDisclosure> CorrectAsync(FundingDisclosure disclosure, FundingService.FundingServiceClient by) => by.UpdateFundingDisclosureAsync(
        new() { FundingDisclosure = new(disclosure) { Amount = 10m.ToProto() }, UpdateMask = new() { Paths = { "amount" } } }).ResponseAsync;

    private Task<FundingDisclosure> WithdrawAsync(FundingDisclosure disclosure, FundingService.FundingServiceClient? by = null) =>
        (by ?? Officer).WithdrawFundingDisclosureAsync(new WithdrawFundingDisclosureRequest { Name = disclosure.Name, Reason = "Dubbelt angiven", Etag = disclosure.Etag }).ResponseAsync;

    private Task<ListFundingDisclosuresResponse> ListAsync(string parent, string filter = "", FundingService.FundingServiceClient? by = null) =>
        (by ?? Officer).ListFundingDisclosuresAsync(new ListFundingDisclosuresRequest { Parent = parent, Filter = filter }).ResponseAsync;
}
