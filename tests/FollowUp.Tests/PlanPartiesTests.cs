using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>Who follows a partnership up when its parties, or what they do in it, have changed.</summary>
[Collection(FollowUpTests.Name)]
public sealed class PlanPartiesTests(FollowUpFixture service)
{
    [Fact]
    public async Task A_party_that_joins_sees_the_plan_and_one_that_leaves_does_not()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var newcomer = $"municipalities/{FollowUpFixture.Municipality}/organisations/{Guid.CreateVersion7()}";
        await service.TellAsync(partnership.Amended(2, 2) with { Organisations = [newcomer] });

        var joined = service.Client(Roles.OrganisationRepresentative, organisations: newcomer);
        Assert.Equal([newcomer], (await joined.GetPlanAsync(new GetPlanRequest { Name = partnership.Plan.Name })).Organisations);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => partnership.Representative.GetPlanAsync(new GetPlanRequest { Name = partnership.Plan.Name }).ResponseAsync);
    }

    [Fact]
    public async Task A_report_to_come_is_given_to_those_who_now_report()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await service.TellAsync(partnership.Amended(2, 2, f => f with { ReportingResponsibility = "SHARED" }));

        var reports = await partnership.ReportsAsync();

        Assert.Equal(
            [Types.V1.ReportingResponsibility.Organisation, Types.V1.ReportingResponsibility.Shared],
            new[] { reports[0], reports[^1] }.Select(r => r.Responsible));
    }
}
