using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

[Collection(Register.Name)]
public sealed class AccessMatrixTests(RegisterFixture register)
{
    private const string Person = "matrix-person";

    private static readonly AccessMatrix Matrix = AccessMatrix.Whole(AccessMatrix.TableOf(typeof(AccessMatrixTests).Assembly), OrganisationsService.Descriptor);

    public static TheoryData<string> Rpcs => [.. Matrix.Rpcs];

    [Fact]
    public void Every_call_is_in_the_table_with_every_role() => Assert.Empty(Matrix.Faults());

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_role_may_what_the_table_says_at_home_and_nothing_elsewhere(string rpc) =>
        Assert.Empty(await Matrix.TryAsync(rpc, await WorldAsync()));

    [Fact]
    public async Task What_is_asked_of_a_municipality_is_asked_by_its_name_and_no_longer_one() =>
        Assert.Empty(await Matrix.TryParentsAsync(await WorldAsync()));

    private async Task<AccessWorld> WorldAsync()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var document = await register.UploadAsync(RegisterFixture.Header(organisation), SampleDocuments.Pdf());
        var reminder = await register.Requirements.RequestDocumentAsync(new RequestDocumentRequest { Parent = organisation, Kind = DocumentKind.AnnualMeetingMinutes });
        var other = await ClaimAsync("another-person", organisation);

        // The municipality has confirmed the one who calls, who then may decide on others.
        var own = await ClaimAsync(Person, organisation);
        await register.Representatives.ConfirmRepresentativeAsync(new ConfirmRepresentativeRequest { Name = own.Name, Etag = own.Etag });
        return new AccessWorld
        {
            As = (municipality, role, organisations) => register.As(
                municipality, role, role == Roles.OrganisationRepresentative ? Person : $"matrix-{role}", organisations: organisations),
            Municipality = RegisterFixture.Municipality,
            Elsewhere = "0580",
            Organisation = organisation,
            OtherOrganisation = (await register.RegisterAsync()).Name,
            Resources = new Dictionary<string, string>
            {
                ["parent"] = RegisterFixture.Here,
                ["organisation"] = organisation,
                ["document"] = document.Name,
                ["document-reminder"] = reminder.Name,
                ["extract-attestation"] = $"{organisation}/extractAttestations/{Guid.CreateVersion7()}",
                ["condition-check"] = $"{organisation}/conditionChecks/formal-conditions",
                ["funding-disclosure"] = $"{organisation}/fundingDisclosures/{Guid.CreateVersion7()}",
                ["funding-consent"] = $"{organisation}/fundingConsents/{Guid.CreateVersion7()}",
                ["pre-check"] = $"{organisation}/preCheck",
                ["granted-aid"] = $"{organisation}/grantedAids/{Guid.CreateVersion7()}",
                ["signing-authority"] = (await register.AuthoriseAsync(organisation, RegisterFixture.Signing())).Name,
                ["representative"] = other.Name,
            },
        };
    }

    private async Task<Representative> ClaimAsync(string person, string organisation) => await register.RepresentativesAs(person).ClaimRepresentationAsync(
        new ClaimRepresentationRequest { Parent = organisation, DisplayName = "Kim Exempel", Role = "ordförande" });
}
