using System.Text.Json;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.V1;
using Iop.Platform.Identity;

namespace Iop.Organisations.Tests;

/// <summary>What the other services learn of representatives: enough to shut one out, and no name.</summary>
[Collection(Register.Name)]
public sealed class RepresentationToldTests(RegisterFixture register)
{
    [Fact]
    public async Task Each_change_tells_whether_the_organisation_is_closed_to_the_person_without_naming_the_person()
    {
        var organisation = await register.RegisterAsync();
        var (person, other) = (Person(), Person());
        var confirmed = await ConfirmAsync(register.Representatives, await ClaimAsync(organisation.Name, person));
        await EndAsync(register.Representatives, confirmed);
        var again = await ConfirmAsync(register.Representatives, await ClaimAsync(organisation.Name, person));
        await HandOverAsync(register.Representatives, again, other, "Alex Exempel");

        var told = (await register.Ear.OfAsync(organisation.Name, 5)).OfType<OrganisationRepresentationChanged>().ToList();

        var (key, others) = (ClosedRepresentation.KeyOf(organisation.Name, person), ClosedRepresentation.KeyOf(organisation.Name, other));
        Assert.Equal([(key, false), (key, true), (key, false), (others, false), (key, true)], told.Select(e => (e.RepresentativeKey, e.Closed)).Select(e => (e.RepresentativeKey!, e.Closed!.Value)));
        Assert.DoesNotContain(told, e => JsonSerializer.Serialize(e).Contains(person, StringComparison.Ordinal));
    }

    private static string Person() => $"person-{Guid.NewGuid():N}";

    private Task<Representative> ClaimAsync(string organisation, string person, string role = "ledamot") =>
        register.RepresentativesAs(person).ClaimRepresentationAsync(new ClaimRepresentationRequest { Parent = organisation, Role = role }).ResponseAsync;

    private static Task<Representative> ConfirmAsync(RepresentativesService.RepresentativesServiceClient by, Representative claim) =>
        by.ConfirmRepresentativeAsync(new ConfirmRepresentativeRequest { Name = claim.Name, Etag = claim.Etag }).ResponseAsync;

    private static Task<Representative> EndAsync(RepresentativesService.RepresentativesServiceClient by, Representative representative, string reason = "Avgår") =>
        by.EndRepresentativeAsync(new EndRepresentativeRequest { Name = representative.Name, Reason = reason, Etag = representative.Etag }).ResponseAsync;

    private static Task<Representative> HandOverAsync(
        RepresentativesService.RepresentativesServiceClient by, Representative leaving, string successor, string name, params string[] evidence) =>
        by.HandOverRepresentationAsync(new HandOverRepresentationRequest
        {
            Name = leaving.Name,
            SuccessorPersonRef = successor,
            SuccessorDisplayName = name,
            EvidenceDocuments = { evidence },
            Reason = "Ny kassör vald",
            Etag = leaving.Etag,
        }).ResponseAsync;
}
