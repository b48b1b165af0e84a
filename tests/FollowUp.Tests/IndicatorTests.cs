using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using Outcomes = Iop.FollowUp.V1.Indicator.Types.Outcome;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class IndicatorTests(FollowUpFixture service)
{
    [Fact]
    public async Task An_indicator_has_a_baseline_a_target_and_values_over_time()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var made = await CreateAsync(partnership, i => (i.Baseline, i.Target) = (0, 200));

        var later = await RecordAsync(partnership, made, Partnership.Today, 120, 120);
        var earlier = await RecordAsync(partnership, later, Partnership.Today.AddMonths(-3), 40, 40);
        var corrected = await RecordAsync(partnership, earlier, Partnership.Today, 125, 125);

        Assert.Equal([40, 125], corrected.Values.Select(v => v.Value));
        Assert.Equal((0, 200, 5), (corrected.Baseline, corrected.Target, corrected.MinimumGroupSize));
        Assert.All(corrected.Values, v => Assert.Equal(PartySide.CivilSociety, v.RecordedBy));
        Assert.Equal(corrected, await partnership.Officer.GetIndicatorAsync(new GetIndicatorRequest { Name = made.Name }));
        Assert.Equal(corrected, Assert.Single((await partnership.Officer.ListIndicatorsAsync(new ListIndicatorsRequest { Parent = partnership.Plan.Name })).Indicators));
    }

    [Fact]
    public async Task A_goal_that_is_moved_stays_to_be_seen_by_both_sides()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var made = await CreateAsync(partnership, i => (i.Baseline, i.Target) = (0, 200));
        Assert.Equal(Outcomes.NotMeasured, made.Outcome);
        var measured = await RecordAsync(partnership, made, Partnership.Today, 150, 150);
        Assert.Equal(Outcomes.NotReached, measured.Outcome);

        var moved = await partnership.Officer.UpdateIndicatorAsync(Update(measured, i => i.Target = 140, "target"));
        var named = await partnership.Representative.UpdateIndicatorAsync(Update(moved, i => (i.DisplayName, i.Target) = ("Unga som deltar varje vecka", 9), "display_name", "baseline"));

        Assert.Equal((Outcomes.Reached, 140, false, "Unga som deltar varje vecka"), (named.Outcome, named.Target, named.HasBaseline, named.DisplayName));
        Assert.Equal(
            [("Unga som deltar", 0, 200, PartySide.Public), ("Unga som deltar", 0, 140, PartySide.CivilSociety)],
            named.EarlierMeasures.Select(e => (e.DisplayName, e.Baseline, e.Target, e.ChangedBy)));
        Assert.All(named.EarlierMeasures, e => Assert.Equal((40, 200), (e.BaselineGroupSize, e.TargetGroupSize)));
        Assert.Equal((0, 200), (named.BaselineGroupSize, named.TargetGroupSize));
        Assert.All(named.EarlierMeasures, e => Assert.Equal(("personer", "Målet var för lågt satt."), (e.Unit, e.Reason)));
        Assert.Equal(measured.Values, named.Values);
        Assert.Equal(named, await partnership.Officer.GetIndicatorAsync(new GetIndicatorRequest { Name = made.Name }));
        Assert.Equal(2, await service.CountAsync("SELECT count(*) FROM revision WHERE subject = $1 AND reason = $2", made.Name, "Målet var för lågt satt."));
    }

    [Fact]
    public async Task A_change_of_an_indicator_is_held_to_the_same_as_a_new_one()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var measured = await RecordAsync(partnership, await CreateAsync(partnership, i => i.Target = 20), Partnership.Today, 7, 7);

        await RefusedAsync("indicator.display_name", "PERSONAL_NAME_REFUSED", Update(measured, i => i.DisplayName = "Annas framsteg"));
        await RefusedAsync("indicator.display_name", "FIELD_REQUIRED", Update(measured, i => i.DisplayName = " "));
        await RefusedAsync("indicator.target", "NUMBER_NOT_FINITE", Update(measured, i => i.Target = double.NaN));
        await RefusedAsync("indicator.unit", "UNIT_IN_USE", Update(measured, i => i.Unit = "procent"));
        await RefusedAsync("update_mask", "UPDATE_MASK_INVALID", Update(measured, _ => { }, "about_people"));
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => UpdateAsync(Update(measured, i => i.Etag = "")));
        var silent = Update(measured, i => i.Target = 30);
        silent.Reason = " ";
        await RefusedAsync("reason", "FIELD_REQUIRED", silent);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => UpdateAsync(Update(measured, i => i.Etag = "\"1\"")));
        Assert.Equal(measured, await partnership.Officer.GetIndicatorAsync(new GetIndicatorRequest { Name = measured.Name }));

        Task UpdateAsync(UpdateIndicatorRequest request) => partnership.Officer.UpdateIndicatorAsync(request).ResponseAsync;

        Task RefusedAsync(string field, string reason, UpdateIndicatorRequest request) => Refused.ForFieldAsync(field, reason, () => UpdateAsync(request));
    }

    [Fact]
    public async Task An_update_without_a_mask_changes_what_is_filled_and_a_star_everything()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var made = await CreateAsync(partnership, i => (i.Baseline, i.Target) = (40, 200));
        var only = new Indicator { Name = made.Name, Etag = made.Etag, DisplayName = "Unga som deltar varje vecka" };

        var named = await partnership.Officer.UpdateIndicatorAsync(Update(only, _ => { }));
        Assert.Equal(("Unga som deltar varje vecka", "personer", 40, 200), (named.DisplayName, named.Unit, named.Baseline, named.Target));

        only.Etag = named.Etag;
        var whole = await partnership.Officer.UpdateIndicatorAsync(Update(only, _ => { }, "*"));
        Assert.Equal(("", false, false), (whole.Unit, whole.HasBaseline, whole.HasTarget));
    }

    [Fact]
    public async Task What_the_service_alone_fills_is_passed_over_in_a_mask()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var made = await CreateAsync(partnership, i => i.Target = 200);

        Assert.Equal(made, await partnership.Officer.UpdateIndicatorAsync(Update(made, i => i.Outcome = Outcomes.Reached, "outcome", "etag")));
        Assert.Equal(140, (await partnership.Officer.UpdateIndicatorAsync(Update(made, i => i.Target = 140, "target", "update_time"))).Target);
    }

    [Fact]
    public async Task An_indicator_is_not_changed_when_the_plan_is_closed()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var made = await CreateAsync(partnership);
        await partnership.CloseAsync();

        var refused = await Refused.ByAsync(
            StatusCode.FailedPrecondition, "PLAN_STATE_NOT_ALLOWED", () => partnership.Officer.UpdateIndicatorAsync(Update(made, i => (i.Target, i.TargetGroupSize) = (5, 5))).ResponseAsync);

        Assert.Equal(("CLOSED", "ACTIVE, SUSPENDED, ENDING"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        Assert.Equal(made, await partnership.Officer.GetIndicatorAsync(new GetIndicatorRequest { Name = made.Name }));
    }

    [Theory]
    [InlineData(null, null, 7d, "NO_TARGET")]
    [InlineData(null, 10d, null, "NOT_MEASURED")]
    [InlineData(null, 10d, 9.9, "NOT_REACHED")]
    [InlineData(null, 10d, 10d, "REACHED")]
    [InlineData(5d, 10d, 11d, "REACHED")]
    [InlineData(40d, 10d, 11d, "NOT_REACHED")]
    [InlineData(40d, 10d, 10d, "REACHED")]
    [InlineData(10d, 10d, 9d, "NOT_REACHED")]
    public void An_outcome_is_the_latest_value_against_the_target(double? baseline, double? target, double? value, string outcome)
    {
        var plan = new Domain.Plan("1283", Agreed.Facts(new DateOnly(2026, 1, 1), new DateOnly(2027, 12, 31)));
        var indicator = new Domain.Indicator(plan, new Domain.Measure("Köade dagar", "dagar", false, baseline, target));
        if (value is { } latest)
        {
            indicator.Record(new Domain.Measurement(new DateOnly(2026, 5, 1), latest, 0, Domain.Side.Public));
            indicator.Record(new Domain.Measurement(new DateOnly(2026, 4, 1), 1_000, 0, Domain.Side.Public));
        }

        Assert.Equal(outcome, Domain.Codes.Code(indicator.Outcome));
    }

    [Theory]
    [InlineData(null, 4, "GROUP_TOO_SMALL")]
    [InlineData(null, 5, null)]
    [InlineData(10, 9, "GROUP_TOO_SMALL")]
    [InlineData(10, 10, null)]
    [InlineData(null, 0, "GROUP_SIZE_REQUIRED")]
    public async Task A_group_in_which_somebody_could_be_made_out_is_not_told_about(int? minimum, int size, string? reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { MinimumGroupSize = minimum }));
        var made = await CreateAsync(partnership);

        if (reason is null)
        {
            Assert.Single((await RecordAsync(partnership, made, Partnership.Today, 3.5, size)).Values);
            return;
        }

        await Refused.ForFieldAsync("value.group_size", reason, () => RecordAsync(partnership, made, Partnership.Today, 3.5, size));
        Assert.Equal(made, await partnership.Officer.GetIndicatorAsync(new GetIndicatorRequest { Name = made.Name }));
    }

    [Theory]
    [InlineData(null, 4, "GROUP_TOO_SMALL")]
    [InlineData(null, 5, null)]
    [InlineData(10, 9, "GROUP_TOO_SMALL")]
    [InlineData(null, 0, "GROUP_SIZE_REQUIRED")]
    [InlineData(null, -1, "NUMBER_OUT_OF_RANGE")]
    public async Task Nor_is_it_told_where_such_a_group_began_or_shall_come(int? minimum, int size, string? reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { MinimumGroupSize = minimum }));
        var made = await CreateAsync(partnership, i => (i.Baseline, i.Target) = (3.5, 4.5));
        if (reason is null)
        {
            var small = await CreateAsync(partnership, i => (i.Baseline, i.BaselineGroupSize, i.Target, i.TargetGroupSize) = (3.5, size, 4.5, size));
            Assert.Equal((size, size), (small.BaselineGroupSize, small.TargetGroupSize));
            Assert.Equal((size, 200), await GroupsAsync(Update(made, i => i.BaselineGroupSize = size, "baseline_group_size")));
            return;
        }

        await Refused.ForFieldAsync("indicator.baseline_group_size", reason, () => CreateAsync(partnership, i => (i.Baseline, i.BaselineGroupSize) = (3.5, size)));
        await Refused.ForFieldAsync("indicator.target_group_size", reason, () => CreateAsync(partnership, i => (i.Target, i.TargetGroupSize) = (4.5, size)));
        await Refused.ForFieldAsync("indicator.target_group_size", reason, () => GroupsAsync(Update(made, i => i.TargetGroupSize = size, "target_group_size")));
        Assert.Equal(made, await partnership.Officer.GetIndicatorAsync(new GetIndicatorRequest { Name = made.Name }));

        // Nought tells of nobody, and what is not set is of no group.
        var none = await CreateAsync(partnership, i => (i.Baseline, i.BaselineGroupSize, i.TargetGroupSize) = (0, 0, size));
        Assert.Equal((0, 0), (none.BaselineGroupSize, none.TargetGroupSize));

        async Task<(int Baseline, int Target)> GroupsAsync(UpdateIndicatorRequest request) =>
            await partnership.Officer.UpdateIndicatorAsync(request) is var changed ? (changed.BaselineGroupSize, changed.TargetGroupSize) : default;
    }

    [Fact]
    public async Task That_nobody_came_is_told_and_so_is_what_is_not_about_people()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        Assert.Single((await RecordAsync(partnership, await CreateAsync(partnership), Partnership.Today, 0, 0)).Values);
        var evenings = await CreateAsync(partnership, i => (i.DisplayName, i.AboutPeople) = ("Öppna kvällar", false));
        Assert.Single((await RecordAsync(partnership, evenings, Partnership.Today, 2, 0)).Values);
    }

    [Theory]
    [InlineData("Annas framsteg", "PERSONAL_NAME_REFUSED")]
    [InlineData("Fatima deltar", "PERSONAL_NAME_REFUSED")]
    [InlineData("Ring 070-123 45 67", "CONTACT_DETAILS_REFUSED")]
    [InlineData("Skriv till hjalp@exempel.se", "CONTACT_DETAILS_REFUSED")]
    [InlineData("Deltagaren 19811228-9874", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    public async Task An_indicator_points_out_nobody(string name, string reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await Refused.ForFieldAsync("indicator.display_name", reason, () => CreateAsync(partnership, i => i.DisplayName = name));
        Assert.Empty((await partnership.Officer.ListIndicatorsAsync(new ListIndicatorsRequest { Parent = partnership.Plan.Name })).Indicators);
    }

    [Fact]
    public async Task A_value_stands_for_a_day_of_the_term_that_has_come_and_is_a_number()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var made = await CreateAsync(partnership);

        await Refused.ForFieldAsync("value.date", "DATE_IN_FUTURE", () => RecordAsync(partnership, made, Partnership.Today.AddDays(1), 1, 9));
        await Refused.ForFieldAsync("value.date", "DATE_OUTSIDE_TERM", () => RecordAsync(partnership, made, partnership.Activated.StartDate.AddDays(-1), 1, 9));
        await Refused.ForFieldAsync("value.value", "NUMBER_NOT_FINITE", () => RecordAsync(partnership, made, Partnership.Today, double.NaN, 9));
        await Refused.ForFieldAsync("value.value", "FIELD_REQUIRED", () => partnership.Officer.RecordIndicatorValueAsync(
            new RecordIndicatorValueRequest { Name = made.Name, Value = new IndicatorValue { Date = Partnership.Today.ToProto(), GroupSize = 9 }, Etag = made.Etag }).ResponseAsync);
        await Refused.ForFieldAsync("value.group_size", "NUMBER_OUT_OF_RANGE", () => RecordAsync(partnership, made, Partnership.Today, 1, -1));
        await Refused.ForFieldAsync("indicator.target", "NUMBER_NOT_FINITE", () => CreateAsync(partnership, i => i.Target = double.PositiveInfinity));
    }

    private static Task<Indicator> CreateAsync(Partnership partnership, Action<Indicator>? change = null)
    {
        var indicator = new Indicator { DisplayName = "Unga som deltar", Unit = "personer", AboutPeople = true, BaselineGroupSize = 40, TargetGroupSize = 200 };
        change?.Invoke(indicator);
        return partnership.Officer.CreateIndicatorAsync(
            new CreateIndicatorRequest { Parent = partnership.Plan.Name, Indicator = indicator, RequestId = Partnership.NewRequest() }).ResponseAsync;
    }

    private static UpdateIndicatorRequest Update(Indicator indicator, Action<Indicator> change, params string[] fields)
    {
        var changed = indicator.Clone();
        if (fields.Contains("baseline"))
        {
            changed.ClearBaseline();
        }

        change(changed);
        return new() { Indicator = changed, UpdateMask = new FieldMask { Paths = { fields } }, Reason = "Målet var för lågt satt.", RequestId = Partnership.NewRequest() };
    }

    private static Task<Indicator> RecordAsync(Partnership partnership, Indicator indicator, DateOnly date, double value, int size) => partnership.Representative.RecordIndicatorValueAsync(
        new RecordIndicatorValueRequest
        {
            Name = indicator.Name,
            Value = new IndicatorValue { Date = date.ToProto(), Value = value, GroupSize = size },
            Etag = indicator.Etag,
            RequestId = Partnership.NewRequest(),
        }).ResponseAsync;
}
