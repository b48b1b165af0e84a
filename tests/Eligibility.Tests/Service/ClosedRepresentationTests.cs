using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Eligibility.Tests.Service;

/// <summary>The token opens, the register closes: at once, and here as in the register. See decision 0009.</summary>
[Collection(nameof(Eligibility))]
public sealed class ClosedRepresentationTests(EligibilityFixture service)
{
    [Fact]
    public async Task One_whose_representation_has_ended_is_shut_out_of_the_cases_whatever_the_token_says()
    {
        var (organisation, person) = (service.Organisations.Add(EligibilityFixture.Eslov), $"person-{Guid.NewGuid():N}");
        var leaving = service.Cases(EligibilityFixture.Eslov, Roles.OrganisationRepresentative, person, organisation);
        var idea = new CreateCaseRequest { Parent = $"municipalities/{EligibilityFixture.Eslov}", Case = new Case { Title = "En idé", Organisation = organisation } };
        var @case = await leaving.CreateCaseAsync(idea);

        await service.TellAsync(organisation, person, closed: true, sequence: 3);

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => leaving.GetCaseAsync(new GetCaseRequest { Name = @case.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => leaving.CreateCaseAsync(idea).ResponseAsync);
        Assert.Empty((await leaving.ListCasesAsync(new ListCasesRequest { Parent = idea.Parent })).Cases);
        var other = service.Cases(EligibilityFixture.Eslov, Roles.OrganisationRepresentative, $"{person}-2", organisation);
        Assert.Equal(@case.Name, (await other.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).Name);
    }
}
