using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>The token opens, the register closes: at once, and here as in the register. See decision 0009.</summary>
[Collection(FollowUpTests.Name)]
public sealed class ClosedRepresentationTests(FollowUpFixture service)
{
    [Fact]
    public async Task One_whose_representation_has_ended_is_shut_out_whatever_the_token_says_until_it_is_confirmed_again()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var (organisation, person) = (partnership.Plan.Organisations[0], $"person-{Guid.NewGuid():N}");
        var (leaving, staying) = (By(person), By($"person-{Guid.NewGuid():N}"));
        Assert.Equal(partnership.Plan.Name, (await ReadAsync(leaving)).Name);

        await service.TellAsync(organisation, person, closed: true, sequence: 5);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ReadAsync(leaving));
        Assert.Empty((await leaving.ListPlansAsync(new ListPlansRequest { Parent = "municipalities/1283" })).Plans);
        Assert.Equal(partnership.Plan.Name, (await ReadAsync(staying)).Name);

        // What is heard late changes nothing.
        await service.TellAsync(organisation, person, closed: false, sequence: 4);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ReadAsync(leaving));

        await service.TellAsync(organisation, person, closed: false, sequence: 6);
        Assert.Equal(partnership.Plan.Name, (await ReadAsync(leaving)).Name);

        FollowUpService.FollowUpServiceClient By(string subject) =>
            new(service.As(FollowUpFixture.Municipality, Roles.OrganisationRepresentative, subject, organisations: organisation));

        Task<Plan> ReadAsync(FollowUpService.FollowUpServiceClient by) => by.GetPlanAsync(new GetPlanRequest { Name = partnership.Plan.Name }).ResponseAsync;
    }
}
