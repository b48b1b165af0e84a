using Grpc.Core;
using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>One agreement of two municipalities: the same id, told to each in its own tenant and names, and followed up by each.</summary>
[Collection(FollowUpTests.Name)]
public sealed class JointPlanTests(FollowUpFixture service)
{
    private const string Lead = "1283";
    private const string Other = "2180";

    [Fact]
    public async Task Each_municipality_follows_the_common_agreement_up_as_its_own_guideline_says()
    {
        var (ours, theirs) = await FollowAsync();
        Assert.Equal(ours.Activated.Subject[^36..], theirs.Activated.Subject[^36..]);
        Assert.NotEqual(ours.Plan.Name[^36..], theirs.Plan.Name[^36..]);
        Assert.Equal((30, 10), (ours.Plan.EscalationDaysAfter, theirs.Plan.EscalationDaysAfter));

        var held = await ours.Officer.RecordCheckInAsync(Partnership.Held((await ours.CheckInsAsync())[0]));
        await ours.Officer.CompleteEvaluationAsync(Partnership.Completion(await ours.EvaluationAsync(), Evaluation.Types.Verdict.Solved));
        await service.TellAsync(ours.Suspended(true, 2));

        Assert.Equal((Plan.Types.State.Active, 0), ((await theirs.NowAsync()).State, (await theirs.NowAsync()).HeldCheckInCount));
        Assert.Equal(Evaluation.Types.State.Planned, (await theirs.EvaluationAsync()).State);
        await Refused.ByAsync(
            StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => theirs.Officer.GetCheckInAsync(new GetCheckInRequest { Name = held.Name }).ResponseAsync);
        await service.TellAsync(theirs.Suspended(true, 2), theirs.Suspended(false, 3));
        Assert.Equal((Plan.Types.State.Suspended, Plan.Types.State.Active), ((await ours.NowAsync()).State, (await theirs.NowAsync()).State));
    }

    [Fact]
    public async Task An_organisation_finds_with_each_municipality_what_that_one_asks_of_it()
    {
        var (ours, theirs) = await FollowAsync();

        foreach (var (one, other) in new[] { (ours, theirs), (theirs, ours) })
        {
            var due = await one.Representative.ListDueItemsAsync(new ListDueItemsRequest { Parent = $"municipalities/{one.Activated.Municipality}" });
            Assert.NotEmpty(due.DueItems);
            Assert.All(due.DueItems, item => Assert.Equal(one.Plan.Name, item.Plan));
            var wrong = service.Client(Roles.OrganisationRepresentative, one.Activated.Municipality, other.Activated.Organisations[0]);
            await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => wrong.GetPlanAsync(new GetPlanRequest { Name = one.Plan.Name }).ResponseAsync);
        }
    }

    // Rule: he-equal-parties. One that leaves ends for itself alone; one of several organisations leaves as a municipality does.
    [Fact]
    public async Task A_plan_ends_for_the_municipality_that_has_left_and_goes_on_with_those_who_remain()
    {
        var (ours, theirs) = await FollowAsync();
        await service.TellAsync(theirs.Ended(2, Partnership.Today.AddDays(-1)));

        Assert.Equal((Plan.Types.State.Active, Plan.Types.State.Ending), ((await ours.NowAsync()).State, (await theirs.NowAsync()).State));
        Assert.Equal(ours.Activated.EndDate, (await ours.NowAsync()).EndDate.ToDateOnly());
    }

    [Fact]
    public async Task The_plan_goes_on_without_the_organisation_that_has_left_and_without_what_it_promised()
    {
        var agreement = Partnership.Agreement() with { Partnership = Partnership.Promises };
        var (first, second) = (agreement.Organisations[0], $"municipalities/{agreement.Municipality}/organisations/{Guid.CreateVersion7()}");
        var partnership = await service.FollowAsync(agreement with { Organisations = [first, second] });
        var checkIns = await partnership.CheckInsAsync();

        await service.TellAsync(partnership.Left(2, "foreningen", second));

        var plan = await partnership.NowAsync();
        Assert.Equal((Plan.Types.State.Active, partnership.Activated.EndDate), (plan.State, plan.EndDate.ToDateOnly()));
        Assert.Equal([second], plan.Organisations);
        Assert.Equal(checkIns.Select(one => one.Name), (await partnership.CheckInsAsync()).Select(one => one.Name));
    }

    // As the agreement is told again in the other's tenant: the same key, its own names, reminders and share of what was promised.
    private async Task<(Partnership Ours, Partnership Theirs)> FollowAsync()
    {
        var lead = Partnership.Agreement(Lead, f => f with { EscalationDaysAfter = 30 }) with { Partnership = Partnership.Promises };
        var other = Partnership.Agreement(Other, f => f with { EscalationDaysAfter = 10 }) with
        {
            Subject = $"municipalities/{Other}/agreements/{lead.Subject[^36..]}",
            Partnership = Partnership.Promises with
            {
                Contributions = [new AgreedContribution { PartyId = "grannkommunen", Side = "PUBLIC", Type = "MONEY", Value = 300_000m }, Partnership.Promises.Contributions[1]],
            },
        };
        return (await service.FollowAsync(lead), await service.FollowAsync(other));
    }
}
