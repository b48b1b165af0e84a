using Grpc.Core;
using Iop.DevIssuer;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Organisations.Tests.RepresentativeSteps;

namespace Iop.Organisations.Tests;

/// <summary>One who works for the municipality and has represented an organisation is left with the work for the municipality.</summary>
[Collection(Register.Name)]
public sealed class ClosedRepresentationTests(RegisterFixture register)
{
    [Theory]
    [InlineData(Roles.DecisionMaker)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Integration)]
    public async Task What_an_organisation_alone_sees_is_not_seen_by_one_whose_representation_has_ended(string role)
    {
        var sample = RegisterFixture.Sample();
        sample.Contacts.Add(new Contact { DisplayName = "Kim Exempel", Function = "kassör", Email = "kim@example.org", ProtectedIdentity = true });
        var organisation = await register.RegisterAsync(sample);
        var person = Person();
        var document = await MarkedDocumentAsync(organisation.Name);
        var confirmed = await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, person));
        var both = Both(role, person, organisation.Name);
        await DownloadAsync(both, document);
        Assert.Equal("kim@example.org", (await ReadAsync(both, organisation)).Contacts[0].Email);

        await EndAsync(register.Representatives, confirmed);

        await Refused.ByAsync(StatusCode.PermissionDenied, "DOCUMENT_CONFIDENTIAL", () => DownloadAsync(both, document));
        Assert.True((await ReadAsync(both, organisation)).Contacts[0].Masked);
        await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, person));
        await DownloadAsync(both, document);
    }

    [Fact]
    public async Task The_history_names_no_organisation_for_what_a_case_officer_does_after_having_left_it()
    {
        var organisation = await register.RegisterAsync();
        var person = Person();
        var both = Both(Roles.CaseOfficer, person, organisation.Name);
        var before = await UploadAsync(both, organisation.Name);
        await EndAsync(register.Representatives, await register.ClaimAsync(organisation.Name, person));

        var after = await UploadAsync(both, organisation.Name);

        Assert.Equal(1, await register.CountAsync("revision", $"subject = '{before.Name}' AND on_behalf_of = '{organisation.Name}'"));
        Assert.Equal(1, await register.CountAsync("revision", $"subject = '{after.Name}' AND on_behalf_of = ''"));
    }

    [Theory]
    [InlineData(Roles.DecisionMaker)]
    [InlineData(Roles.Lawyer)]
    [InlineData(Roles.Auditor)]
    public async Task What_a_representative_alone_may_do_is_done_for_the_own_organisation_whatever_other_role_one_has(string role)
    {
        var (organisation, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var person = Person();
        var both = Both(role, person, organisation.Name);
        await UploadAsync(both, organisation.Name);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => UploadAsync(both, other.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ConsentAsync(both, other.Name));

        await EndAsync(register.Representatives, await register.ClaimAsync(organisation.Name, person));

        await Refused.ByAsync(StatusCode.PermissionDenied, "REPRESENTATION_ENDED", () => UploadAsync(both, organisation.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "REPRESENTATION_ENDED", () => ConsentAsync(both, organisation.Name));
    }

    private static Task<FundingConsent> ConsentAsync(CallInvoker by, string organisation) => new FundingService.FundingServiceClient(by).CreateFundingConsentAsync(new()
    {
        Parent = organisation,
        FundingConsent = new FundingConsent { Recipient = RegisterFixture.Elsewhere, ValidUntil = RegisterFixture.Today(30) },
    }).ResponseAsync;

    private CallInvoker Both(string role, string person, string organisation) => register.With(register.Issuer.Token(new TokenClaims
    {
        Municipality = RegisterFixture.Municipality,
        Roles = [role, Roles.OrganisationRepresentative],
        Subject = person,
        Organisations = [organisation],
    }));

    private async Task<string> MarkedDocumentAsync(string organisation)
    {
        var document = await register.UploadAsync(RegisterFixture.Header(organisation), SampleDocuments.Pdf());
        var mark = new ConfidentialityMark { LegalReference = "OSL 21:3", Reason = "Skyddad adress" };
        return (await register.Documents.SetConfidentialityMarkAsync(new() { Name = document.Name, ConfidentialityMark = mark, Etag = document.Etag })).Name;
    }

    private Task<Document> UploadAsync(CallInvoker by, string organisation) =>
        register.UploadAsync(RegisterFixture.Header(organisation), SampleDocuments.Pdf(), new DocumentsService.DocumentsServiceClient(by));

    private static async Task DownloadAsync(CallInvoker by, string document)
    {
        using var call = new DocumentsService.DocumentsServiceClient(by).DownloadDocument(new DownloadDocumentRequest { Name = document });
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            // Read to the end: what is refused is refused on the way.
        }
    }

    private static async Task<Organisation> ReadAsync(CallInvoker by, Organisation organisation) =>
        await new OrganisationsService.OrganisationsServiceClient(by).GetOrganisationAsync(new GetOrganisationRequest { Name = organisation.Name });
}
