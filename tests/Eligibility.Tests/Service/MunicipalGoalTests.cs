using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using Kind = Iop.Eligibility.V1.MunicipalGoal.Types.Kind;
using Status = Iop.Eligibility.V1.Finding.Types.Status;

namespace Iop.Eligibility.Tests.Service;

/// <summary>The municipality's own list of goals and priorities, and the cases that are linked to it.</summary>
[Collection(nameof(Eligibility))]
public sealed class MunicipalGoalTests(EligibilityFixture service)
{
    // es-crit-2-municipal-priorities: where there is a list, a yes without a link is no answer; without a list a yes will do.
    [Fact]
    public async Task A_priority_of_the_municipality_is_linked_to_and_not_only_said()
    {
        var eslov = new Journey(service, EligibilityFixture.Eslov);
        var @case = await eslov.AnsweredAsync(await eslov.InDialogueAsync());
        Assert.Equal(Status.Met, (await PrioritiesAsync(eslov, @case)).Status);

        var entered = await CreateAsync(eslov, "unga-2", Kind.Priority, Years(-1), Years(2));
        try
        {
            Assert.Equal(Status.Unanswered, (await PrioritiesAsync(eslov, @case)).Status);
            @case = await LinkAsync(eslov, @case, "barn-9");
            Assert.Equal((Status.NotMet, false), ((await PrioritiesAsync(eslov, @case)).Status, (await PrioritiesAsync(eslov, @case)).Blocking));
            @case = await LinkAsync(eslov, @case, "unga-2");
            var finding = await PrioritiesAsync(eslov, @case);
            Assert.Equal(Status.Met, finding.Status);
            Assert.StartsWith("unga-2: Färre unga utanför", Assert.Single(finding.Evidence).Sentence.Sv, StringComparison.Ordinal);
        }
        finally
        {
            await RetireAsync(eslov, entered);
        }
    }

    // li-municipal-goal-link: what the last council wanted is no goal of this one.
    [Fact]
    public async Task A_goal_belongs_to_its_mandate_period_and_the_municipalitys_own_come_instead_of_the_guidelines()
    {
        var linkoping = new Journey(service, EligibilityFixture.Linkoping);
        var @case = await linkoping.DraftAsync();
        Assert.Equal(["4", "7"], (await ListAsync(linkoping)).GuidelineGoals.Select(goal => goal.Code));
        Assert.Equal(Status.Met, (await GoalsAsync(linkoping, @case)).Status);

        var past = await CreateAsync(linkoping, "4", Kind.Goal, Years(-4), Years(-1));
        Assert.Equal(Status.Met, (await GoalsAsync(linkoping, @case)).Status);
        var present = await CreateAsync(linkoping, "12", Kind.Goal, Years(-1), Years(3));
        try
        {
            Assert.Empty((await ListAsync(linkoping)).GuidelineGoals);
            Assert.Equal(Status.NotMet, (await GoalsAsync(linkoping, @case)).Status);
            @case = await LinkAsync(linkoping, @case, "12");
            Assert.Equal(Status.Met, (await GoalsAsync(linkoping, @case)).Status);
            var memo = await linkoping.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo", Format = DecisionMemoFormat.Markdown });
            Assert.Contains("Färre unga utanför", memo.Markdown, StringComparison.Ordinal);
        }
        finally
        {
            await RetireAsync(linkoping, past);
            present = await RetireAsync(linkoping, present);
        }

        Assert.Equal(("Nytt fullmäktige", MunicipalGoal.Types.State.Retired), (present.RetireReason, present.State));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "MUNICIPAL_GOAL_STATE_NOT_ALLOWED", () => RetireAsync(linkoping, present));
    }

    [Fact]
    public async Task Two_goals_of_one_code_never_hold_on_the_same_day_and_nonsense_is_refused_by_field()
    {
        var gavle = new Journey(service, EligibilityFixture.Gavle);
        var first = await CreateAsync(gavle, "g1", Kind.Goal, Years(1), Years(2));
        var refusal = await Refused.ByAsync(StatusCode.FailedPrecondition, "MUNICIPAL_GOAL_PERIOD_TAKEN", () => CreateAsync(gavle, "g1", Kind.Programme, Years(2), null));
        Assert.Equal(first.Name, refusal.Metadata["other"]);
        Assert.Equal(first, await service.Guidelines(EligibilityFixture.Gavle, Roles.OrganisationRepresentative).GetMunicipalGoalAsync(new GetMunicipalGoalRequest { Name = first.Name }));
        await Refused.ForFieldAsync("municipal_goal.code", "GOAL_CODE_INVALID", () => CreateAsync(gavle, "g 1", Kind.Goal, Years(1), null));
        await Refused.ForFieldAsync("municipal_goal.code", "GOAL_CODE_INVALID", () => CreateAsync(gavle, "g1\n", Kind.Goal, Years(1), null));
        await Refused.ForFieldAsync("municipal_goal.kind", "ENUM_VALUE_REQUIRED", () => CreateAsync(gavle, "g2", Kind.Unspecified, Years(1), null));
        await Refused.ForFieldAsync("municipal_goal.valid_until", "DATE_ORDER", () => CreateAsync(gavle, "g2", Kind.Goal, Years(2), Years(1)));
        await Refused.ByAsync(StatusCode.NotFound, "MUNICIPAL_GOAL_NOT_FOUND", () => service.Guidelines(EligibilityFixture.Gavle)
            .GetMunicipalGoalAsync(new GetMunicipalGoalRequest { Name = $"{gavle.Parent}/municipalGoals/{Guid.CreateVersion7()}" }).ResponseAsync);
    }

    private static Date Years(int from) => new() { Year = Journey.Today.Year + from, Month = 1, Day = 1 };

    private async Task<MunicipalGoal> CreateAsync(Journey journey, string code, Kind kind, Date from, Date? to) =>
        await Owner(journey).CreateMunicipalGoalAsync(new CreateMunicipalGoalRequest
        {
            Parent = journey.Parent,
            MunicipalGoal = new MunicipalGoal { Code = code, Kind = kind, Text = new LocalizedText { Sv = "Färre unga utanför arbete och studier." }, MandatePeriod = "denna", ValidFrom = from, ValidUntil = to },
        });

    private async Task<MunicipalGoal> RetireAsync(Journey journey, MunicipalGoal goal) =>
        await Owner(journey).RetireMunicipalGoalAsync(new RetireMunicipalGoalRequest { Name = goal.Name, Etag = goal.Etag, Reason = "Nytt fullmäktige" });

    private async Task<ListMunicipalGoalsResponse> ListAsync(Journey journey) =>
        await Owner(journey).ListMunicipalGoalsAsync(new ListMunicipalGoalsRequest { Parent = journey.Parent });

    private GuidelinesService.GuidelinesServiceClient Owner(Journey journey) => service.Guidelines(journey.Parent[^4..]);

    private static async Task<Case> LinkAsync(Journey journey, Case @case, string code) => await journey.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest
    {
        Case = new Case { Name = @case.Name, Etag = @case.Etag, MunicipalGoalLinks = { new MunicipalGoalLink { Goal = code, Description = "Fler kvällar" } } },
    });

    private static async Task<Finding> PrioritiesAsync(Journey journey, Case @case) => await FindingAsync(journey, @case, "es-crit-2-municipal-priorities");

    private static async Task<Finding> GoalsAsync(Journey journey, Case @case) => await FindingAsync(journey, @case, "li-municipal-goal-link");

    private static async Task<Finding> FindingAsync(Journey journey, Case @case, string rule) =>
        (await journey.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == rule);
}
