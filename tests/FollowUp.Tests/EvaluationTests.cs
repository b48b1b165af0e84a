using System.Text.Json;
using Grpc.Core;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.V1;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class EvaluationTests(FollowUpFixture service)
{
    [Theory]
    [InlineData(Evaluation.Types.Verdict.Solved, "SOLVED")]
    [InlineData(Evaluation.Types.Verdict.NotSolved, "NOT_SOLVED")]
    public async Task A_completed_evaluation_is_told_to_the_other_services(Evaluation.Types.Verdict verdict, string code)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());

        var commented = await partnership.Representative.CommentEvaluationAsync(Comment(await partnership.EvaluationAsync(), "Vi behöver längre tid."));
        var completion = Partnership.Completion(commented, verdict);
        completion.MunicipalityComment = "Vi delar den bilden.";
        var completed = await partnership.Officer.CompleteEvaluationAsync(completion);
        var told = await Eventually.SomethingAsync(() => Task.FromResult(service.Heard.All<EvaluationCompleted>().FirstOrDefault(e => e.Agreement == partnership.Activated.Subject)));

        Assert.Equal((Evaluation.Types.State.Completed, verdict, false), (completed.State, completed.Verdict, completed.Overdue));
        Assert.Equal(("Vi behöver längre tid.", "Vi delar den bilden."), (completed.OrganisationComment, completed.MunicipalityComment));
        Assert.Equal(completed, await partnership.EvaluationAsync());
        Assert.Equal((partnership.Plan.Name, code, FollowUpFixture.Municipality, 2), (told.Subject, told.Verdict, told.Municipality, told.Sequence));
        Assert.DoesNotContain(completed.Reasons, JsonSerializer.Serialize(told, Json.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_of_the_plan_says_too_for_whom_it_was_completed()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());

        await partnership.Representative.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));

        Assert.Equal(1, await service.CountAsync("SELECT count(*) FROM revision WHERE subject = $1 AND on_behalf_of = $2", partnership.Plan.Name, partnership.Activated.Organisations[0]));
    }

    [Fact]
    public async Task Each_side_writes_its_own_comment_before_and_after_and_never_the_others()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var (officers, representatives) = (Partnership.Completion(await partnership.EvaluationAsync()), Partnership.Completion(await partnership.EvaluationAsync()));
        (officers.OrganisationComment, representatives.MunicipalityComment) = ("De är nöjda.", "Kommunen är nöjd.");

        await Refused.ForFieldAsync("organisation_comment", "FIELD_NOT_ALLOWED", () => partnership.Officer.CompleteEvaluationAsync(officers).ResponseAsync);
        await Refused.ForFieldAsync("municipality_comment", "FIELD_NOT_ALLOWED", () => partnership.Representative.CompleteEvaluationAsync(representatives).ResponseAsync);
        var completed = await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));
        var both = await partnership.Representative.CommentEvaluationAsync(Comment(completed, "Vi ser det annorlunda."));
        both = await partnership.Officer.CommentEvaluationAsync(Comment(both, "Vi talar vidare."));

        Assert.Equal((Evaluation.Types.State.Completed, completed.Verdict, completed.Reasons), (both.State, both.Verdict, both.Reasons));
        Assert.Equal(("Vi ser det annorlunda.", "Vi talar vidare."), (both.OrganisationComment, both.MunicipalityComment));
        await Refused.ForFieldAsync("comment", "FIELD_REQUIRED", () => partnership.Officer.CommentEvaluationAsync(Comment(both, " ")).ResponseAsync);
    }

    [Fact]
    public async Task The_guidelines_questions_are_answered_all_or_none()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { EvaluationQuestions = ["Löstes utmaningen?", "Vad blev mervärdet?"] }));
        var planned = await partnership.EvaluationAsync();
        Assert.Equal([("Löstes utmaningen?", ""), ("Vad blev mervärdet?", "")], planned.Answers.Select(a => (a.Question, a.Answer)));

        var (one, two) = (Partnership.Completion(planned), Partnership.Completion(planned));
        one.Answers.Add("Delvis.");
        two.Answers.Add(["Delvis.", "Grannar möts."]);
        await Refused.ForFieldAsync("answers", "NUMBER_OUT_OF_RANGE", () => partnership.Officer.CompleteEvaluationAsync(one).ResponseAsync);
        var completed = await partnership.Officer.CompleteEvaluationAsync(two);

        Assert.Equal(["Delvis.", "Grannar möts."], completed.Answers.Select(a => a.Answer));
    }

    // he-evaluation-shows-solved: where it was too early to say, the challenge is still to be answered for.
    [Fact]
    public async Task An_evaluation_that_came_too_early_is_followed_by_another_and_stays_to_be_seen()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var early = await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync(), Evaluation.Types.Verdict.TooEarly));
        var day = Partnership.Today.AddMonths(6);

        var planned = await partnership.Representative.RepeatEvaluationAsync(Another(early, day));

        Assert.Equal((Evaluation.Types.State.Planned, day, 2, Evaluation.Types.Verdict.Unspecified), (planned.State, planned.DueDate.ToDateOnly(), planned.Number, planned.Verdict));
        var found = Assert.Single(planned.EarlierEvaluations);
        Assert.Equal((Evaluation.Types.Verdict.TooEarly, early.Reasons, "Vi har bara hunnit börja."), (found.Verdict, found.Reasons, found.RepeatReason));
        Assert.Contains(await partnership.DueAsync(), i => i.Kind == DueItem.Types.Kind.Evaluation && i.DueDate.ToDateOnly() == day);
        var completed = await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(planned, Evaluation.Types.Verdict.Solved));
        Assert.Equal((Evaluation.Types.Verdict.Solved, 2), (completed.Verdict, completed.Number));
        await Eventually.IsAsync([1, 2], async () =>
        {
            await Task.Yield();
            return service.Heard.All<EvaluationCompleted>().Where(e => e.Agreement == partnership.Activated.Subject).Select(e => e.Number).Order().ToArray();
        });
    }

    [Fact]
    public async Task Another_evaluation_is_planned_when_one_is_completed_for_a_day_to_come_and_in_a_plan_that_is_open()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = await partnership.EvaluationAsync();
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_NOT_COMPLETED", () => RepeatAsync(Another(planned, Partnership.Today)));
        Assert.Equal(("PLANNED", "COMPLETED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        var completed = await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(planned));

        await Refused.ForFieldAsync("due_date", "DATE_IN_PAST", () => RepeatAsync(Another(completed, Partnership.Today.AddDays(-1))));
        await Refused.ForFieldAsync("due_date", "DATE_OUTSIDE_TERM", () => RepeatAsync(Another(completed, partnership.Activated.EndDate.AddMonths(12).AddDays(1))));
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => RepeatAsync(new RepeatEvaluationRequest(Another(completed, Partnership.Today)) { Reason = " " }));
        await Refused.ForFieldAsync("reason", "PERSONAL_NAME_SUSPECTED", () => RepeatAsync(new RepeatEvaluationRequest(Another(completed, Partnership.Today)) { Reason = "Fatima har flyttat." }));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => RepeatAsync(new RepeatEvaluationRequest(Another(completed, Partnership.Today)) { Etag = "\"1\"" }));
        Assert.Equal(completed, await partnership.EvaluationAsync());
        await partnership.CloseAsync();
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PLAN_STATE_NOT_ALLOWED", async () => await RepeatAsync(Another(await partnership.EvaluationAsync(), Partnership.Today)));

        Task RepeatAsync(RepeatEvaluationRequest request) => partnership.Officer.RepeatEvaluationAsync(request).ResponseAsync;
    }

    [Fact]
    public async Task An_evaluation_is_completed_once()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var completed = await partnership.Representative.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));

        var refused = await Refused.ByAsync(
            StatusCode.FailedPrecondition,
            "EVALUATION_STATE_NOT_ALLOWED",
            () => partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(completed, Evaluation.Types.Verdict.Solved)).ResponseAsync);

        Assert.Equal(("COMPLETED", "PLANNED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        Assert.Equal(completed, await partnership.EvaluationAsync());
        Assert.Equal(2, await service.RevisionsOfAsync(completed.Name));
    }

    [Fact]
    public async Task An_evaluation_needs_a_verdict_its_reasons_and_the_version_that_was_read()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = await partnership.EvaluationAsync();
        var (empty, stale, without) = (Partnership.Completion(planned, Evaluation.Types.Verdict.Unspecified), Partnership.Completion(planned), Partnership.Completion(planned));
        (empty.Reasons, stale.Etag, without.Etag) = ("", "\"1\"", "");

        var refused = await Refused.ForFieldAsync("verdict", "ENUM_VALUE_REQUIRED", () => CompleteAsync(empty));
        Assert.Contains(("reasons", "FIELD_REQUIRED"), refused.Fields);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => CompleteAsync(stale));
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => CompleteAsync(without));
        Assert.Equal(planned, await partnership.EvaluationAsync());

        Task CompleteAsync(CompleteEvaluationRequest request) => partnership.Officer.CompleteEvaluationAsync(request).ResponseAsync;
    }

    [Fact]
    public async Task The_plan_of_an_ended_agreement_closes_with_the_last_thing_that_was_expected_in_it()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with
        {
            CheckInEveryMonths = 0,
            RenewalTalksDate = Partnership.Today,
            ReportEveryMonths = 24,
        }));
        var report = await partnership.Representative.SubmitReportAsync(Partnership.Submission(Assert.Single(await partnership.ReportsAsync())));
        await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));
        await partnership.Officer.RecordCheckInAsync(Partnership.Held(Assert.Single(await partnership.CheckInsAsync())));
        await service.TellAsync(partnership.Ended(2));
        Assert.Equal(Plan.Types.State.Ending, (await partnership.NowAsync()).State);

        await partnership.Officer.ReviewReportAsync(Partnership.Review(report));

        Assert.Equal(Plan.Types.State.Closed, (await partnership.NowAsync()).State);
        Assert.Empty((await partnership.Officer.ListPlansAsync(new ListPlansRequest
        {
            Parent = $"municipalities/{FollowUpFixture.Municipality}",
            Filter = $"agreement = \"{partnership.Activated.Subject}\" AND state = \"ACTIVE\"",
        })).Plans);
    }

    [Fact]
    public async Task Two_who_finish_at_the_same_time_close_the_plan_together()
    {
        // A race that is lost once in a while only: so several.
        for (var i = 0; i < 10; i++)
        {
            var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with
            {
                CheckInEveryMonths = 0,
                RenewalTalksDate = Partnership.Today,
                ReportEveryMonths = 0,
            }));
            await service.TellAsync(partnership.Ended(2));
            var (deviation, evaluation) = (await RecordAsync(partnership), await partnership.EvaluationAsync());

            await Task.WhenAll(
                partnership.Representative.ResolveDeviationAsync(new ResolveDeviationRequest
                {
                    Name = deviation.Name,
                    Resolution = "Vi har talat om det.",
                    Etag = deviation.Etag,
                    RequestId = Partnership.NewRequest(),
                }).ResponseAsync,
                partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(evaluation)).ResponseAsync);

            Assert.Equal(Plan.Types.State.Closed, (await partnership.NowAsync()).State);
        }
    }

    [Fact]
    public async Task A_partnership_in_force_is_followed_up_however_much_of_its_plan_is_done()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { CheckInEveryMonths = 0, ReportEveryMonths = 0, RenewalTalksDate = null }));
        await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));
        Assert.Empty(await partnership.DueAsync());

        await RecordAsync(partnership);

        Assert.Equal(Plan.Types.State.Active, (await partnership.NowAsync()).State);
    }

    // law.md 2.3, he-no-sanctions: what is found poor is known, and nothing else becomes of it.
    [Fact]
    public async Task No_recovery_and_nothing_else_follows_from_a_poor_verdict()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement() with { Partnership = Partnership.Promises });
        var summary = new GetContributionSummaryRequest { Name = partnership.Plan.Name };
        var (balances, due) = (await partnership.Officer.GetContributionSummaryAsync(summary), await partnership.DueAsync());

        await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync(), Evaluation.Types.Verdict.NotSolved));

        await Eventually.SomethingAsync(() => Task.FromResult(service.Heard.All<EvaluationCompleted>().FirstOrDefault(e => e.Agreement == partnership.Activated.Subject)));
        Assert.Equal(balances, await partnership.Representative.GetContributionSummaryAsync(summary));
        Assert.Equal(due.Where(i => i.Kind != DueItem.Types.Kind.Evaluation), await partnership.DueAsync());
        Assert.Empty((await partnership.Officer.ListDeviationsAsync(new ListDeviationsRequest { Parent = partnership.Plan.Name })).Deviations);
        Assert.DoesNotContain(service.Heard.All<DeviationRecorded>(), e => e.Agreement == partnership.Activated.Subject);
    }

    private static Task<Deviation> RecordAsync(Partnership partnership) => partnership.Officer.RecordDeviationAsync(new RecordDeviationRequest
    {
        Parent = partnership.Plan.Name,
        Deviation = new Deviation { Type = Deviation.Types.Type.Delay, Description = "Lokalen blev klar sent.", NoticedDate = Partnership.Today.ToProto() },
        RequestId = Partnership.NewRequest(),
    }).ResponseAsync;

    private static RepeatEvaluationRequest Another(Evaluation evaluation, DateOnly due) => new()
    {
        Name = evaluation.Name,
        DueDate = due.ToProto(),
        Reason = "Vi har bara hunnit börja.",
        Etag = evaluation.Etag,
        RequestId = Partnership.NewRequest(),
    };

    private static CommentEvaluationRequest Comment(Evaluation evaluation, string comment) =>
        new() { Name = evaluation.Name, Comment = comment, Etag = evaluation.Etag, RequestId = Partnership.NewRequest() };
}
