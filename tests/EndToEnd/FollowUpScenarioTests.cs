using Grpc.Core;
using Iop.Agreements.V1;
using Iop.DevIssuer;
using Iop.Eligibility.V1;
using Iop.FollowUp.V1;
using Iop.Journey;
using Iop.Testing;
using AgreementState = Iop.Agreements.V1.Agreement.Types.State;
using Evaluation = Iop.FollowUp.V1.Evaluation;
using Verdict = Iop.Agreements.V1.EvaluationVerdict.Types.Verdict;

namespace Iop.EndToEnd;

/// <summary>What the follow-up decides in the scenarios of the field, through gRPC and events.</summary>
[Collection(SharedSuite.Name)]
public sealed class FollowUpScenarioTests(Suite suite)
{
    // es-step-5-iop-is-a-process: nobody asks for the plan, and nothing has to be said again in it.
    [Fact]
    public async Task S01_The_plan_comes_of_the_signed_agreement_with_its_dates_and_both_sides_find_what_is_theirs()
    {
        var stage = await suite.StageAsync("1285", Told.Of("1285", name: "Öppna Famnen Eslöv"));
        var (@case, agreement) = await stage.ActiveAsync();

        var plan = await new FollowUpPartnership(stage).PlanOfAsync(agreement, Suite.Deadline());

        Assert.Equal((agreement.Name, 1, Plan.Types.State.Active), (plan.Agreement, plan.AgreementVersion, plan.State));
        Assert.Equal((agreement.StartDate, agreement.EndDate, agreement.GuidelinePack), (plan.StartDate, plan.EndDate, plan.GuidelinePack));
        Assert.Equal([@case.Organisation], plan.Organisations);
        Assert.Equal(
            (agreement.FollowUp.CheckInEveryMonths, agreement.FollowUp.ReportEveryMonths, agreement.FollowUp.EvaluationDate),
            (plan.CheckInEveryMonths, plan.ReportEveryMonths, plan.EvaluationDate));
        var checkIns = await stage.People.Officer.FollowUp.ListCheckInsAsync(new ListCheckInsRequest { Parent = plan.Name });
        Assert.Equal(
            agreement.StartDate.ToDate().AddMonths(plan.CheckInEveryMonths), checkIns.CheckIns.First(c => c.Kind == CheckIn.Types.Kind.Regular).DueDate.ToDate());
        var theirs = stage.Representative(@case.Organisation).FollowUp;
        Assert.Equal(plan, await theirs.GetPlanAsync(new GetPlanRequest { Name = plan.Name }));
        foreach (var (by, role) in new[] { (stage.People.Officer.FollowUp, "case-officer"), (theirs, "organisation-representative") })
        {
            Assert.NotEmpty((await by.ListDueItemsAsync(new ListDueItemsRequest { Parent = stage.Parent, Filter = $"plan = \"{plan.Name}\" AND role = \"{role}\"" })).DueItems);
        }
    }

    // he-evaluation-shows-solved, he-no-sanctions: it is known, it opens for talks on an extension, and nothing else becomes of it.
    [Fact]
    public async Task A_poor_verdict_reaches_the_agreement_and_leaves_it_in_force_without_dispute_or_recovery()
    {
        var stage = await suite.StageAsync("1283", Told.Of("1283"));
        var (_, agreement) = await stage.ActiveAsync();
        var officer = stage.People.Officer;
        var plan = await new FollowUpPartnership(stage).PlanOfAsync(agreement, Suite.Deadline());
        var planned = await officer.FollowUp.GetEvaluationAsync(new GetEvaluationRequest { Name = $"{plan.Name}/evaluation" });

        await officer.FollowUp.CompleteEvaluationAsync(new CompleteEvaluationRequest
        {
            Name = planned.Name,
            Verdict = Evaluation.Types.Verdict.NotSolved,
            Reasons = "Färre kom än vi hade hoppats.",
            Etag = planned.Etag,
            RequestId = Stage.NewRequestId(),
        });

        await Eventually.IsAsync(1, async () => (await stage.ReadAsync(agreement)).Evaluations.Count);
        var read = await stage.ReadAsync(agreement);
        Assert.Equal((AgreementState.Active, Verdict.NotSolved, agreement.EndDate), (read.State, read.Evaluations[0].Verdict, read.EndDate));
        Assert.Equal(agreement.Contributions, read.Contributions);
        Assert.Empty((await officer.Agreements.ListDisputesAsync(new ListDisputesRequest { Parent = agreement.Name })).Disputes);
        Assert.Empty((await officer.FollowUp.ListDeviationsAsync(new ListDeviationsRequest { Parent = plan.Name })).Deviations);
        Assert.Equal(Plan.Types.State.Active, (await officer.FollowUp.GetPlanAsync(new GetPlanRequest { Name = plan.Name })).State);
    }

    // law.md 2.3: each committee is an authority of its own, in all that comes of its case.
    [Fact]
    public async Task A_case_that_is_kept_to_a_committee_takes_its_agreement_and_its_follow_up_with_it()
    {
        var stage = await suite.StageAsync("2080", Told.Of("2080"));
        var (@case, agreement) = await stage.ActiveAsync();
        var officer = stage.People.Officer;
        var plan = await new FollowUpPartnership(stage).PlanOfAsync(agreement, Suite.Deadline());
        var (ours, others) = (OfCommittee("socialnamnden"), OfCommittee("kulturnamnden"));
        Assert.Equal(plan, await others.FollowUp.GetPlanAsync(new GetPlanRequest { Name = plan.Name }));

        await officer.Cases.AssignCommitteesAsync(new AssignCommitteesRequest
        {
            Name = @case.Name,
            Responsible = "socialnamnden",
            Only = true,
            Reason = "Ärendet rör enskilda.",
            Etag = (await officer.Cases.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).Etag,
            RequestId = Stage.NewRequestId(),
        });

        await Eventually.IsAsync(true, async () => (await officer.FollowUp.GetPlanAsync(new GetPlanRequest { Name = plan.Name })).Committees?.Only == true);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => others.FollowUp.GetPlanAsync(new GetPlanRequest { Name = plan.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => others.Agreements.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }).ResponseAsync);
        Assert.Equal("socialnamnden", (await ours.FollowUp.GetPlanAsync(new GetPlanRequest { Name = plan.Name })).Committees.Responsible);
        Assert.Equal(plan.Name, (await stage.Representative(@case.Organisation).FollowUp.GetPlanAsync(new GetPlanRequest { Name = plan.Name })).Name);

        Services OfCommittee(string committee) => suite.Channels.With(suite.Issuer.Token(new TokenClaims
        {
            Municipality = "2080",
            Roles = ["case-officer"],
            Subject = People.Subject("2080", committee),
            Committees = [committee],
        }));
    }
}
