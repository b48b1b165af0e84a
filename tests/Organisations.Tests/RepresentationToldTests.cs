using System.Text.Json;
using Iop.Contracts.Events.Organisations;
using Iop.Sight;
using static Iop.Organisations.Tests.RepresentativeSteps;

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
        var confirmed = await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, person));
        await EndAsync(register.Representatives, confirmed);
        var again = await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, person));
        await HandOverAsync(register.Representatives, again, other, "Alex Exempel");

        var told = (await register.Ear.OfAsync(organisation.Name, 5)).OfType<OrganisationRepresentationChanged>().ToList();

        var (key, others) = (ClosedRepresentation.KeyOf(organisation.Name, person), ClosedRepresentation.KeyOf(organisation.Name, other));
        Assert.Equal([(key, false), (key, true), (key, false), (others, false), (key, true)], told.Select(e => (e.RepresentativeKey, e.Closed)));
        Assert.DoesNotContain(told, e => JsonSerializer.Serialize(e).Contains(person, StringComparison.Ordinal));
    }
}
