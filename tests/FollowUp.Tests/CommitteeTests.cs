using Grpc.Core;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>Each committee is an authority of its own, for the follow-up of its agreements too. Source: law.md 2.3.</summary>
[Collection(FollowUpTests.Name)]
public sealed class CommitteeTests(FollowUpFixture service)
{
    private const string Social = "socialnamnden";
    private const string Culture = "kulturnamnden";
    private const string Board = "kommunstyrelsen";

    private static readonly AgreedCommittees Kept = new() { Responsible = Social, Concerned = [Board], Only = true };

    private static readonly AccessMatrix Matrix = AccessMatrix.Whole(AccessMatrixTests.Table, FollowUpService.Descriptor);

    // These name no plan, or are lists of many.
    private static readonly string[] OfNoPlan =
    [
        "FollowUpService/ListPlans", "FollowUpService/ListDueItems", "FollowUpService/ListLearningNotes", "FollowUpService/GetMunicipalitySummary",
        "FollowUpService/GetSharingChoice", "FollowUpService/ChooseSharing",
    ];

    private static AccessWorld? world;

    public static TheoryData<string> Rpcs => [.. Matrix.Rpcs.Except(OfNoPlan)];

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_plan_that_is_kept_to_its_committees_is_refused_to_others_whatever_they_ask_of_it(string rpc)
    {
        var kept = world ??= await AccessMatrixTests.WorldAsync(service, Partnership.Agreement(followUp: f => f with { Entrusted = true }) with { Committees = Kept });
        AccessWorld Of(params string[] committees) => kept with { As = (municipality, role, organisations) => service.AsOf(municipality, role, committees, $"matrix-{role}", organisations: organisations) };

        Assert.Empty(await Matrix.TryDeniedAsync(rpc, Of(Culture), "COMMITTEE_NOT_ALLOWED", role => role is not (Roles.OrganisationRepresentative or Roles.Auditor)));
        Assert.Empty(await Matrix.TryDeniedAsync(rpc, Of(), "COMMITTEE_NOT_ALLOWED", role => role == Roles.DecisionMaker));
        Assert.Empty(await Matrix.TryDeniedAsync(rpc, Of(Board), "COMMITTEE_NOT_ALLOWED", _ => false));
    }

    [Fact]
    public async Task Lists_and_their_pages_leave_it_out_for_those_to_whom_it_is_refused()
    {
        const string municipality = "0581";
        var open = await FollowAsync(municipality, Kept with { Only = false });
        var kept = await FollowAsync(municipality, Kept);
        var free = await FollowAsync(municipality, committees: null);
        var (lessonOfOpen, lessonOfKept) = (await PublishAsync(open), await PublishAsync(kept));
        Assert.Equal((Social, Board, true), (kept.Plan.Committees.Responsible, Assert.Single(kept.Plan.Committees.Concerned), kept.Plan.Committees.Only));
        Assert.Null(free.Plan.Committees);

        foreach (var outside in new[]
                 {
                     service.Of(Roles.CaseOfficer, municipality, Culture), service.Of(Roles.DecisionMaker, municipality), service.Of(Roles.DecisionMaker, municipality, Culture),
                     service.Of(Roles.Integration, municipality, Culture), service.Of(Roles.Lawyer, municipality, Culture),
                 })
        {
            Assert.Equal([free.Plan.Name, open.Plan.Name], await PlansAsync(outside, municipality));
            Assert.Equal([free.Plan.Name, open.Plan.Name], (await PlansOfDueAsync(outside, municipality)).Order(StringComparer.Ordinal).Reverse());
            Assert.Equal([lessonOfOpen], await LessonsAsync(outside, municipality));
        }

        foreach (var inside in new[]
                 {
                     service.Of(Roles.CaseOfficer, municipality, Social), service.Officer(municipality), service.Of(Roles.DecisionMaker, municipality, Culture, Board),
                     service.Of(Roles.Auditor, municipality, Culture),
                 })
        {
            Assert.Equal([free.Plan.Name, kept.Plan.Name, open.Plan.Name], await PlansAsync(inside, municipality));
            Assert.Contains(kept.Plan.Name, await PlansOfDueAsync(inside, municipality));
            Assert.Equal([lessonOfKept, lessonOfOpen], await LessonsAsync(inside, municipality));
        }

        // A party sees its own, and what the municipality has published to all.
        Assert.Equal([kept.Plan.Name], await PlansAsync(kept.Representative, municipality));
        Assert.Equal([lessonOfKept, lessonOfOpen], await LessonsAsync(kept.Representative, municipality));
        Assert.Equal([lessonOfOpen], await LessonsAsync(free.Representative, municipality));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => free.Representative.GetLearningNoteAsync(new GetLearningNoteRequest { Name = lessonOfKept }).ResponseAsync);
    }

    [Fact]
    public async Task The_summary_counts_for_each_what_that_one_sees()
    {
        const string municipality = "0582";
        var open = await FollowAsync(municipality, Kept with { Only = false });
        var kept = await FollowAsync(municipality, Kept);
        await kept.Officer.CompleteEvaluationAsync(Partnership.Completion(await kept.EvaluationAsync(), Evaluation.Types.Verdict.Solved));
        await kept.Officer.CreateIndicatorAsync(new CreateIndicatorRequest { Parent = kept.Plan.Name, Indicator = new Indicator { DisplayName = "Kvällar" }, RequestId = Partnership.NewRequest() });

        var (whole, seen) = (await SummaryAsync(service.Officer(municipality), municipality), await SummaryAsync(service.Of(Roles.DecisionMaker, municipality, Culture), municipality));

        Assert.Equal((2, 1_600_000m, 1, 1), (whole.PartnershipCount, whole.PublicSide.PromisedMoney.ToDecimal(), whole.Verdicts.Count, whole.IndicatorOutcomes.Count));
        Assert.Equal((1, 800_000m, 0, 0), (seen.PartnershipCount, seen.PublicSide.PromisedMoney.ToDecimal(), seen.Verdicts.Count, seen.IndicatorOutcomes.Count));
        await FollowAsync(municipality, committees: null);
        Assert.Equal([("", 1), (Social, 1)], (await SummaryAsync(service.Of(Roles.DecisionMaker, municipality, Culture), municipality)).Committees.Select(c => (c.Code, c.Count)));
        Assert.Equal([("", 1), (Social, 2)], (await SummaryAsync(service.Of(Roles.DecisionMaker, municipality, Board), municipality)).Committees.Select(c => (c.Code, c.Count)));
        (whole, seen) = (await SummaryAsync(service.Officer(municipality), municipality), await SummaryAsync(service.Of(Roles.DecisionMaker, municipality, Culture), municipality));
        Assert.Equal((await open.DueAsync()).Count(item => item.Overdue) * 2, seen.OverdueCount);
        Assert.Equal(seen.OverdueCount + (await kept.DueAsync()).Count(item => item.Overdue), whole.OverdueCount);
        Assert.NotEqual(seen.OverdueCount, whole.OverdueCount);
        Assert.Equal(whole, await SummaryAsync(service.Of(Roles.CaseOfficer, municipality, Social), municipality));
        Assert.Equal(seen, await SummaryAsync(service.Of(Roles.GuidelineOwner, municipality, Culture), municipality));
    }

    [Fact]
    public async Task A_lesson_of_a_partnership_that_is_kept_leaves_the_municipality_only_when_it_is_kept_no_longer()
    {
        const string owner = "0583", reader = "0584";
        foreach (var municipality in new[] { owner, reader })
        {
            var choice = await service.Client(Roles.GuidelineOwner, municipality).GetSharingChoiceAsync(new GetSharingChoiceRequest { Name = $"municipalities/{municipality}/sharingChoice" });
            await service.Client(Roles.GuidelineOwner, municipality).ChooseSharingAsync(
                new ChooseSharingRequest { Name = choice.Name, LearningNotes = true, Etag = choice.Etag, RequestId = Partnership.NewRequest() });
        }

        var (kept, open) = (await FollowAsync(owner, Kept), await FollowAsync(owner, committees: null));
        var (lessonOfKept, lessonOfOpen) = (IdOf(await PublishAsync(kept)), IdOf(await PublishAsync(open)));
        await Eventually.IsAsync([lessonOfOpen], SharedAsync);

        await service.TellAsync(kept.Given(Kept with { Only = false }, 2), open.Given(Kept, 2));
        await Eventually.IsAsync([lessonOfKept], SharedAsync);

        async Task<string[]> SharedAsync() => [.. (await LessonsAsync(service.Officer(reader), reader)).Select(IdOf)];
    }

    [Fact]
    public async Task When_the_case_is_given_to_another_committee_the_plan_follows_in_the_order_told_and_no_day_moves()
    {
        var partnership = await FollowAsync(FollowUpFixture.Municipality, Kept);
        var before = await partnership.DueAsync();
        await service.TellAsync(partnership.Given(new AgreedCommittees { Responsible = Culture, Only = true }, 5), partnership.Given(Kept with { Only = false }, 4));

        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => AsyncOf(Social));
        Assert.Equal(Culture, (await AsyncOf(Culture)).Committees.Responsible);
        Assert.Equal(before, await partnership.DueAsync());

        // After its end too: nobody gets more time by it, and nothing that is done is expected again.
        await service.TellAsync(partnership.Ended(6));
        var ending = await partnership.DueAsync();
        await service.TellAsync(partnership.Given(Kept, 7));
        Assert.Equal(ending.Select(item => (item.Item, item.DueDate)), (await partnership.DueAsync()).Select(item => (item.Item, item.DueDate)));
        Assert.Equal(Social, (await AsyncOf(Social)).Committees.Responsible);
        await partnership.CloseAsync();
        await service.TellAsync(partnership.Given(Kept with { Concerned = [] }, 2_000));
        Assert.Equal((Plan.Types.State.Closed, 0), ((await partnership.NowAsync()).State, (await partnership.NowAsync()).Committees.Concerned.Count));

        Task<Plan> AsyncOf(string committee) => service.Of(Roles.CaseOfficer, FollowUpFixture.Municipality, committee).GetPlanAsync(new GetPlanRequest { Name = partnership.Plan.Name }).ResponseAsync;
    }

    // Where another municipality leads, they are counted by the case and not by the agreement.
    [Fact]
    public async Task What_is_told_of_committees_holds_whatever_else_is_told_with_a_higher_number()
    {
        var agreement = Partnership.Agreement() with { Committees = Kept, Sequence = 40 };
        var partnership = await service.FollowAsync(agreement);

        await service.TellAsync(partnership.Given(new AgreedCommittees { Responsible = Culture, Only = true }, 3));

        Assert.Equal(Culture, (await partnership.NowAsync()).Committees.Responsible);
        await service.TellAsync(partnership.Given(Kept, 2));
        Assert.Equal(Culture, (await partnership.NowAsync()).Committees.Responsible);
    }

    [Fact]
    public async Task A_new_version_leaves_the_plan_with_its_committees()
    {
        var partnership = await FollowAsync(FollowUpFixture.Municipality, Kept);

        await service.TellAsync(partnership.Amended(2, 2), partnership.Extended(1, 3), partnership.Suspended(true, 4), partnership.Suspended(false, 5));

        Assert.Equal((Social, true), ((await partnership.NowAsync()).Committees.Responsible, (await partnership.NowAsync()).Committees.Only));
    }

    [Fact]
    public async Task A_reminder_says_whose_people_hold_the_role()
    {
        var partnership = await FollowAsync(FollowUpFixture.Municipality, Kept);
        await service.RemindAsync(daysFromNow: 90);

        var reminded = await Eventually.SomethingAsync(() => Task.FromResult(service.Heard.All<ReminderDue>().FirstOrDefault(e => e.Agreement == partnership.Activated.Subject)));

        Assert.Equal([Social, Board], reminded.Committees);
        Assert.True(reminded.CommitteesOnly);
    }

    private Task<Partnership> FollowAsync(string municipality, AgreedCommittees? committees) =>
        service.FollowAsync(Partnership.Agreement(municipality) with { Partnership = Partnership.Promises, Committees = committees });

    private static async Task<string> PublishAsync(Partnership partnership)
    {
        var draft = await partnership.Officer.CreateLearningNoteAsync(new CreateLearningNoteRequest
        {
            Parent = $"municipalities/{partnership.Activated.Municipality}",
            LearningNote = new LearningNote { Plan = partnership.Plan.Name, Title = "Öppna på kvällen", Text = "Fler kommer då." },
            RequestId = Partnership.NewRequest(),
        });
        return (await partnership.Officer.PublishLearningNoteAsync(new PublishLearningNoteRequest { Name = draft.Name, Etag = draft.Etag, RequestId = Partnership.NewRequest() })).Name;
    }

    private static string IdOf(string name) => name[^36..];

    // One to a page, so that what is left out leaves no page short.
    private static async Task<IReadOnlyList<string>> PlansAsync(FollowUpService.FollowUpServiceClient client, string municipality)
    {
        var (names, request) = (new List<string>(), new ListPlansRequest { Parent = $"municipalities/{municipality}", PageSize = 1 });
        do
        {
            var page = await client.ListPlansAsync(request);
            names.Add(Assert.Single(page.Plans).Name);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return names;
    }

    private static async Task<IReadOnlyList<string>> PlansOfDueAsync(FollowUpService.FollowUpServiceClient client, string municipality) =>
        [.. (await client.ListDueItemsAsync(new ListDueItemsRequest { Parent = $"municipalities/{municipality}", PageSize = 200 })).DueItems.Select(item => item.Plan).Distinct()];

    private static async Task<IReadOnlyList<string>> LessonsAsync(FollowUpService.FollowUpServiceClient client, string municipality) =>
        [.. (await client.ListLearningNotesAsync(new ListLearningNotesRequest { Parent = $"municipalities/{municipality}" })).LearningNotes.Select(note => note.Name)];

    private static async Task<GetMunicipalitySummaryResponse> SummaryAsync(FollowUpService.FollowUpServiceClient client, string municipality) =>
        await client.GetMunicipalitySummaryAsync(new GetMunicipalitySummaryRequest { Parent = $"municipalities/{municipality}" });
}
