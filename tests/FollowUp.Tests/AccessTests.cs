using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Client = Iop.FollowUp.V1.FollowUpService.FollowUpServiceClient;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class AccessTests(FollowUpFixture service)
{
    private static readonly Dictionary<string, Func<Client, string, Task>> Reads = new()
    {
        ["GetPlan"] = (api, plan) => api.GetPlanAsync(new GetPlanRequest { Name = plan }).ResponseAsync,
        ["ListPlans"] = (api, plan) => api.ListPlansAsync(new ListPlansRequest { Parent = plan[..19] }).ResponseAsync,
        ["GetCheckIn"] = (api, plan) => api.GetCheckInAsync(new GetCheckInRequest { Name = $"{plan}/checkIns/{Nobody}" }).ResponseAsync,
        ["ListCheckIns"] = (api, plan) => api.ListCheckInsAsync(new ListCheckInsRequest { Parent = plan }).ResponseAsync,
        ["GetReport"] = (api, plan) => api.GetReportAsync(new GetReportRequest { Name = $"{plan}/reports/{Nobody}" }).ResponseAsync,
        ["ListReports"] = (api, plan) => api.ListReportsAsync(new ListReportsRequest { Parent = plan }).ResponseAsync,
        ["GetEvaluation"] = (api, plan) => api.GetEvaluationAsync(new GetEvaluationRequest { Name = $"{plan}/evaluation" }).ResponseAsync,
        ["GetIndicator"] = (api, plan) => api.GetIndicatorAsync(new GetIndicatorRequest { Name = $"{plan}/indicators/{Nobody}" }).ResponseAsync,
        ["ListIndicators"] = (api, plan) => api.ListIndicatorsAsync(new ListIndicatorsRequest { Parent = plan }).ResponseAsync,
        ["GetContributionEntry"] = (api, plan) => api.GetContributionEntryAsync(new GetContributionEntryRequest { Name = $"{plan}/contributionEntries/{Nobody}" }).ResponseAsync,
        ["ListContributionEntries"] = (api, plan) => api.ListContributionEntriesAsync(new ListContributionEntriesRequest { Parent = plan }).ResponseAsync,
        ["GetContributionSummary"] = (api, plan) => api.GetContributionSummaryAsync(new GetContributionSummaryRequest { Name = plan }).ResponseAsync,
        ["GetDeviation"] = (api, plan) => api.GetDeviationAsync(new GetDeviationRequest { Name = $"{plan}/deviations/{Nobody}" }).ResponseAsync,
        ["ListDeviations"] = (api, plan) => api.ListDeviationsAsync(new ListDeviationsRequest { Parent = plan }).ResponseAsync,
        ["GetOvercompensationCheck"] = (api, plan) => api.GetOvercompensationCheckAsync(new GetOvercompensationCheckRequest { Name = $"{plan}/overcompensationChecks/{Nobody}" }).ResponseAsync,
        ["ListOvercompensationChecks"] = (api, plan) => api.ListOvercompensationChecksAsync(new ListOvercompensationChecksRequest { Parent = plan }).ResponseAsync,
        ["GetKnowledgeNote"] = (api, plan) => api.GetKnowledgeNoteAsync(new GetKnowledgeNoteRequest { Name = $"{plan}/knowledgeNotes/{Nobody}" }).ResponseAsync,
        ["ListKnowledgeNotes"] = (api, plan) => api.ListKnowledgeNotesAsync(new ListKnowledgeNotesRequest { Parent = plan }).ResponseAsync,
        ["GetReminder"] = (api, plan) => api.GetReminderAsync(new GetReminderRequest { Name = $"{plan}/reminders/{Nobody}" }).ResponseAsync,
        ["ListReminders"] = (api, plan) => api.ListRemindersAsync(new ListRemindersRequest { Parent = plan }).ResponseAsync,
        ["GetLearningNote"] = (api, plan) => api.GetLearningNoteAsync(new GetLearningNoteRequest { Name = Note(plan) }).ResponseAsync,
        ["ListLearningNotes"] = (api, plan) => api.ListLearningNotesAsync(new ListLearningNotesRequest { Parent = plan[..19] }).ResponseAsync,
        ["GetSharingChoice"] = (api, plan) => api.GetSharingChoiceAsync(new GetSharingChoiceRequest { Name = $"{plan[..19]}/sharingChoice" }).ResponseAsync,
        ["GetMunicipalitySummary"] = (api, plan) => api.GetMunicipalitySummaryAsync(new GetMunicipalitySummaryRequest { Parent = plan[..19] }).ResponseAsync,
        ["ListDueItems"] = (api, plan) => api.ListDueItemsAsync(new ListDueItemsRequest { Parent = plan[..19] }).ResponseAsync,
    };

    private static readonly Dictionary<string, Func<Client, string, Task>> Changes = new()
    {
        ["ScheduleCheckIn"] = (api, plan) => api.ScheduleCheckInAsync(new ScheduleCheckInRequest { Parent = plan, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["RecordCheckIn"] = (api, plan) => api.RecordCheckInAsync(new RecordCheckInRequest { Name = $"{plan}/checkIns/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["ScheduleReport"] = (api, plan) => api.ScheduleReportAsync(new ScheduleReportRequest { Parent = plan, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["NameContact"] = (api, plan) => api.NameContactAsync(new NameContactRequest { Name = plan, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["SubmitReport"] = (api, plan) => api.SubmitReportAsync(new SubmitReportRequest { Name = $"{plan}/reports/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["ReviewReport"] = (api, plan) => api.ReviewReportAsync(new ReviewReportRequest { Name = $"{plan}/reports/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["ReturnReport"] = (api, plan) => api.ReturnReportAsync(new ReturnReportRequest { Name = $"{plan}/reports/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["ChangeSchedule"] = (api, plan) => api.ChangeScheduleAsync(new ChangeScheduleRequest { Name = plan, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["CancelCheckIn"] = (api, plan) => api.CancelCheckInAsync(new CancelCheckInRequest { Name = $"{plan}/checkIns/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["UpdateLearningNote"] = (api, plan) => api.UpdateLearningNoteAsync(
            new UpdateLearningNoteRequest { LearningNote = new LearningNote { Name = Note(plan) }, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["MarkAction"] = (api, plan) => api.MarkActionAsync(new MarkActionRequest { Name = $"{plan}/checkIns/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["SaveReportDraft"] = (api, plan) => api.SaveReportDraftAsync(new SaveReportDraftRequest { Name = $"{plan}/reports/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["ReopenReport"] = (api, plan) => api.ReopenReportAsync(new ReopenReportRequest { Name = $"{plan}/reports/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["CommentEvaluation"] = (api, plan) => api.CommentEvaluationAsync(new CommentEvaluationRequest { Name = $"{plan}/evaluation", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["RepeatEvaluation"] = (api, plan) => api.RepeatEvaluationAsync(new RepeatEvaluationRequest { Name = $"{plan}/evaluation", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["CreateIndicator"] = (api, plan) => api.CreateIndicatorAsync(new CreateIndicatorRequest { Parent = plan, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["UpdateIndicator"] = (api, plan) => api.UpdateIndicatorAsync(
            new UpdateIndicatorRequest { Indicator = new Indicator { Name = $"{plan}/indicators/{Nobody}" }, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["RecordIndicatorValue"] = (api, plan) => api.RecordIndicatorValueAsync(new RecordIndicatorValueRequest { Name = $"{plan}/indicators/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["RecordContribution"] = (api, plan) => api.RecordContributionAsync(new RecordContributionRequest { Parent = plan, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["VoidContribution"] = (api, plan) => api.VoidContributionAsync(new VoidContributionRequest { Name = $"{plan}/contributionEntries/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["RecordDeviation"] = (api, plan) => api.RecordDeviationAsync(new RecordDeviationRequest { Parent = plan, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["AddDeviationStep"] = (api, plan) => api.AddDeviationStepAsync(new AddDeviationStepRequest { Name = $"{plan}/deviations/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["ResolveDeviation"] = (api, plan) => api.ResolveDeviationAsync(new ResolveDeviationRequest { Name = $"{plan}/deviations/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["RecordOvercompensationCheck"] = (api, plan) => api.RecordOvercompensationCheckAsync(
            new RecordOvercompensationCheckRequest { Name = $"{plan}/overcompensationChecks/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["CommentOvercompensationCheck"] = (api, plan) => api.CommentOvercompensationCheckAsync(
            new CommentOvercompensationCheckRequest { Name = $"{plan}/overcompensationChecks/{Nobody}", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["RecordKnowledge"] = (api, plan) => api.RecordKnowledgeAsync(new RecordKnowledgeRequest { Parent = plan, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["CreateLearningNote"] = (api, plan) => api.CreateLearningNoteAsync(new CreateLearningNoteRequest { Parent = plan[..19], LearningNote = new LearningNote { Plan = plan }, RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["PublishLearningNote"] = (api, plan) => api.PublishLearningNoteAsync(new PublishLearningNoteRequest { Name = Note(plan), RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["WithdrawLearningNote"] = (api, plan) => api.WithdrawLearningNoteAsync(new WithdrawLearningNoteRequest { Name = Note(plan), RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["ChooseSharing"] = (api, plan) => api.ChooseSharingAsync(new ChooseSharingRequest { Name = $"{plan[..19]}/sharingChoice", Etag = "\"9\"", RequestId = Partnership.NewRequest() }).ResponseAsync,
        ["CompleteEvaluation"] = (api, plan) => api.CompleteEvaluationAsync(new CompleteEvaluationRequest { Name = $"{plan}/evaluation", RequestId = Partnership.NewRequest() }).ResponseAsync,
    };

    private static readonly Guid Nobody = Guid.Parse("01900000-0000-7000-8000-000000000000");

    private static string Note(string plan) => $"{plan[..19]}/learningNotes/{Nobody}";

    private static string NoPlan => $"municipalities/{FollowUpFixture.Municipality}/plans/{Nobody}";

    [Fact]
    public void Every_method_of_the_contract_is_tried_here()
    {
        Assert.Equal(FollowUpService.Descriptor.Methods.Select(m => m.Name).Order(StringComparer.Ordinal), Reads.Keys.Concat(Changes.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_representative_of_another_organisation_neither_sees_nor_changes_a_plan_and_its_parts()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var stranger = service.Client(Roles.OrganisationRepresentative, organisations: $"municipalities/1283/organisations/{Nobody}");
        var (checkIn, report) = ((await partnership.CheckInsAsync())[0], (await partnership.ReportsAsync())[0]);

        Func<Task>[] calls =
        [
            () => Reads["GetPlan"](stranger, partnership.Plan.Name),
            () => Reads["ListCheckIns"](stranger, partnership.Plan.Name),
            () => Reads["ListReports"](stranger, partnership.Plan.Name),
            () => Reads["GetEvaluation"](stranger, partnership.Plan.Name),
            () => stranger.GetCheckInAsync(new GetCheckInRequest { Name = checkIn.Name }).ResponseAsync,
            () => stranger.GetReportAsync(new GetReportRequest { Name = report.Name }).ResponseAsync,
            () => stranger.RecordCheckInAsync(Partnership.Held(checkIn)).ResponseAsync,
            () => stranger.SubmitReportAsync(Partnership.Submission(report)).ResponseAsync,
            () => stranger.ReviewReportAsync(Partnership.Review(report)).ResponseAsync,
            () => stranger.ReturnReportAsync(Partnership.Return(report)).ResponseAsync,
            () => Changes["ScheduleCheckIn"](stranger, partnership.Plan.Name),
            () => Changes["CompleteEvaluation"](stranger, partnership.Plan.Name),
        ];
        foreach (var call in calls)
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", call);
        }

        Assert.Equal(checkIn, (await partnership.CheckInsAsync())[0]);
        Assert.Equal(report, (await partnership.ReportsAsync())[0]);
    }

    [Fact]
    public async Task A_representative_who_also_runs_the_installation_sees_no_more_for_it()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var both = new Client(service.With(service.Issuer.Token(new DevIssuer.TokenClaims
        {
            Municipality = FollowUpFixture.Municipality,
            Roles = [Roles.OrganisationRepresentative, Roles.Operator],
            Organisations = [$"municipalities/1283/organisations/{Nobody}"],
        })));

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => Reads["GetPlan"](both, partnership.Plan.Name));
    }

    [Fact]
    public async Task Those_who_look_into_a_partnership_read_all_of_it()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        foreach (var role in new[] { Roles.Auditor, Roles.Lawyer, Roles.DecisionMaker, Roles.Integration })
        {
            Assert.Equal(partnership.Plan, await service.Client(role).GetPlanAsync(new GetPlanRequest { Name = partnership.Plan.Name }));
            await Reads["GetEvaluation"](service.Client(role), partnership.Plan.Name);
        }
    }

    [Theory]
    [InlineData("GetPlan", "PLAN_NOT_FOUND")]
    [InlineData("GetCheckIn", "CHECK_IN_NOT_FOUND")]
    [InlineData("ListCheckIns", "PLAN_NOT_FOUND")]
    [InlineData("GetReport", "REPORT_NOT_FOUND")]
    [InlineData("ListReports", "PLAN_NOT_FOUND")]
    [InlineData("GetEvaluation", "PLAN_NOT_FOUND")]
    [InlineData("ScheduleCheckIn", "PLAN_NOT_FOUND")]
    [InlineData("RecordCheckIn", "CHECK_IN_NOT_FOUND")]
    [InlineData("ScheduleReport", "PLAN_NOT_FOUND")]
    [InlineData("NameContact", "PLAN_NOT_FOUND")]
    [InlineData("SubmitReport", "REPORT_NOT_FOUND")]
    [InlineData("ReviewReport", "REPORT_NOT_FOUND")]
    [InlineData("ReturnReport", "REPORT_NOT_FOUND")]
    [InlineData("CompleteEvaluation", "PLAN_NOT_FOUND")]
    [InlineData("CommentEvaluation", "PLAN_NOT_FOUND")]
    [InlineData("RepeatEvaluation", "PLAN_NOT_FOUND")]
    [InlineData("ChangeSchedule", "PLAN_NOT_FOUND")]
    [InlineData("CancelCheckIn", "CHECK_IN_NOT_FOUND")]
    [InlineData("UpdateLearningNote", "LEARNING_NOTE_NOT_FOUND")]
    [InlineData("MarkAction", "CHECK_IN_NOT_FOUND")]
    [InlineData("SaveReportDraft", "REPORT_NOT_FOUND")]
    [InlineData("ReopenReport", "REPORT_NOT_FOUND")]
    [InlineData("CreateIndicator", "PLAN_NOT_FOUND")]
    [InlineData("GetIndicator", "INDICATOR_NOT_FOUND")]
    [InlineData("ListIndicators", "PLAN_NOT_FOUND")]
    [InlineData("UpdateIndicator", "INDICATOR_NOT_FOUND")]
    [InlineData("RecordIndicatorValue", "INDICATOR_NOT_FOUND")]
    [InlineData("RecordContribution", "PLAN_NOT_FOUND")]
    [InlineData("VoidContribution", "CONTRIBUTION_NOT_FOUND")]
    [InlineData("GetContributionEntry", "CONTRIBUTION_NOT_FOUND")]
    [InlineData("ListContributionEntries", "PLAN_NOT_FOUND")]
    [InlineData("GetContributionSummary", "PLAN_NOT_FOUND")]
    [InlineData("RecordDeviation", "PLAN_NOT_FOUND")]
    [InlineData("AddDeviationStep", "DEVIATION_NOT_FOUND")]
    [InlineData("ResolveDeviation", "DEVIATION_NOT_FOUND")]
    [InlineData("GetDeviation", "DEVIATION_NOT_FOUND")]
    [InlineData("ListDeviations", "PLAN_NOT_FOUND")]
    [InlineData("GetOvercompensationCheck", "OVERCOMPENSATION_CHECK_NOT_FOUND")]
    [InlineData("ListOvercompensationChecks", "PLAN_NOT_FOUND")]
    [InlineData("RecordOvercompensationCheck", "OVERCOMPENSATION_CHECK_NOT_FOUND")]
    [InlineData("RecordKnowledge", "PLAN_NOT_FOUND")]
    [InlineData("GetKnowledgeNote", "KNOWLEDGE_NOTE_NOT_FOUND")]
    [InlineData("ListKnowledgeNotes", "PLAN_NOT_FOUND")]
    [InlineData("GetReminder", "REMINDER_NOT_FOUND")]
    [InlineData("ListReminders", "PLAN_NOT_FOUND")]
    [InlineData("CreateLearningNote", "PLAN_NOT_FOUND")]
    [InlineData("GetLearningNote", "LEARNING_NOTE_NOT_FOUND")]
    [InlineData("PublishLearningNote", "LEARNING_NOTE_NOT_FOUND")]
    [InlineData("WithdrawLearningNote", "LEARNING_NOTE_NOT_FOUND")]
    public async Task What_does_not_exist_is_told_by_its_kind(string method, string reason) =>
        await Refused.ByAsync(StatusCode.NotFound, reason, () => Call(method, service.Officer(), NoPlan));

    [Fact]
    public async Task One_who_sees_no_plan_is_not_told_whether_there_is_one()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var stranger = service.Client(Roles.OrganisationRepresentative, FollowUpFixture.Municipality, $"municipalities/{FollowUpFixture.Municipality}/organisations/{Guid.CreateVersion7()}");
        foreach (var plan in new[] { partnership.Plan.Name, NoPlan })
        {
            foreach (var method in new[] { "GetPlan", "GetCheckIn", "ListCheckIns", "GetEvaluation", "GetReminder", "GetContributionSummary", "ScheduleCheckIn", "SubmitReport", "CreateLearningNote" })
            {
                await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => Call(method, stranger, plan));
            }
        }

        // Of what a plan of their own does not have, the parties are told.
        await Refused.ByAsync(StatusCode.NotFound, "CHECK_IN_NOT_FOUND", () => Call("GetCheckIn", partnership.Representative, partnership.Plan.Name));
        await Refused.ByAsync(StatusCode.NotFound, "REPORT_NOT_FOUND", () => Call("SubmitReport", partnership.Representative, partnership.Plan.Name));
    }

    [Fact]
    public async Task A_part_is_found_under_its_own_plan_only()
    {
        var (one, other) = (await service.FollowAsync(Partnership.Agreement()), await service.FollowAsync(Partnership.Agreement()));
        var checkIn = (await one.CheckInsAsync())[0].Name.Replace(one.Plan.Name, other.Plan.Name, StringComparison.Ordinal);

        await Refused.ByAsync(StatusCode.NotFound, "CHECK_IN_NOT_FOUND", () => one.Officer.GetCheckInAsync(new GetCheckInRequest { Name = checkIn }).ResponseAsync);
    }

    [Fact]
    public async Task A_name_of_the_wrong_form_is_refused()
    {
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => service.Officer().GetEvaluationAsync(new GetEvaluationRequest { Name = NoPlan }).ResponseAsync);
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => service.Officer().GetPlanAsync(new GetPlanRequest { Name = $"{NoPlan}/evaluation" }).ResponseAsync);
    }

    private static Task Call(string method, Client api, string plan) => Reads.GetValueOrDefault(method, Changes.GetValueOrDefault(method)!)(api, plan);
}
