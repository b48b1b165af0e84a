using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;

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
        await Refused.ForFieldAsync("value.group_size", "NUMBER_OUT_OF_RANGE", () => RecordAsync(partnership, made, Partnership.Today, 1, -1));
        await Refused.ForFieldAsync("indicator.target", "NUMBER_NOT_FINITE", () => CreateAsync(partnership, i => i.Target = double.PositiveInfinity));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(null, null)]
    [InlineData(false, "KNOWLEDGE_NOT_AGREED")]
    public async Task Knowledge_is_gathered_where_the_agreement_does_not_leave_it_out(bool? agreed, string? reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { KnowledgeGathering = agreed }));
        var request = new RecordKnowledgeRequest
        {
            Parent = partnership.Plan.Name,
            KnowledgeNote = new KnowledgeNote { Question = "Vad får unga att komma?", Method = "Samtal i grupp", GatheredBy = "verksamhetsledare", Finding = "Att få vara med och bestämma." },
            RequestId = Partnership.NewRequest(),
        };
        if (reason is not null)
        {
            await Refused.ByAsync(StatusCode.FailedPrecondition, reason, () => partnership.Officer.RecordKnowledgeAsync(request).ResponseAsync);
            return;
        }

        var note = await partnership.Representative.RecordKnowledgeAsync(request);
        Assert.Equal(note, await partnership.Officer.GetKnowledgeNoteAsync(new GetKnowledgeNoteRequest { Name = note.Name }));
        Assert.Equal(note, Assert.Single((await partnership.Officer.ListKnowledgeNotesAsync(new ListKnowledgeNotesRequest { Parent = partnership.Plan.Name })).KnowledgeNotes));
        (request.KnowledgeNote.Finding, request.RequestId) = ("", Partnership.NewRequest());
        await Refused.ForFieldAsync("knowledge_note.finding", "FIELD_REQUIRED", () => partnership.Officer.RecordKnowledgeAsync(request).ResponseAsync);
    }

    private static Task<Indicator> CreateAsync(Partnership partnership, Action<Indicator>? change = null)
    {
        var indicator = new Indicator { DisplayName = "Unga som deltar", Unit = "personer", AboutPeople = true };
        change?.Invoke(indicator);
        return partnership.Officer.CreateIndicatorAsync(
            new CreateIndicatorRequest { Parent = partnership.Plan.Name, Indicator = indicator, RequestId = Partnership.NewRequest() }).ResponseAsync;
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
