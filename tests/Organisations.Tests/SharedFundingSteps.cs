using Iop.Organisations.V1;
using Iop.Platform.Identity;

namespace Iop.Organisations.Tests;

/// <summary>How an organisation lets another municipality see what it is given, and how that is seen.</summary>
internal static class SharedFundingSteps
{
    /// <summary>The funding that a municipality's case officer sees.</summary>
    public static FundingService.FundingServiceClient FundingIn(this RegisterFixture register, string municipality) => new(register.As(municipality, Roles.CaseOfficer));

    /// <summary>The funding of an organisation in a municipality, as the organisation itself sees it.</summary>
    public static FundingService.FundingServiceClient FundingOf(this RegisterFixture register, string municipality, string organisation) =>
        new(register.As(municipality, Roles.OrganisationRepresentative, organisations: organisation));

    /// <summary>Registers the organisation of a number in a municipality.</summary>
    public static async Task<string> RegisterAsync(this RegisterFixture register, string municipality, string number) => (await RegisterFixture.CreateAsync(
        new(register.As(municipality, Roles.CaseOfficer)), RegisterFixture.Sample(number), parent: $"municipalities/{municipality}")).Name;

    public static Task<FundingDisclosure> DiscloseAsync(this RegisterFixture register, string municipality, string organisation, string cost = "Lokalhyra") =>
        register.FundingIn(municipality).DiscloseAsync(organisation, FundingSteps.Disclosure(told => told.Cost = cost));

    public static Task<FundingConsent> ConsentAsync(this RegisterFixture register, string municipality, string organisation, string recipient, int days = 30) =>
        register.FundingOf(municipality, organisation).CreateFundingConsentAsync(new()
        {
            Parent = organisation,
            FundingConsent = new FundingConsent { Recipient = $"municipalities/{recipient}", ValidUntil = RegisterFixture.Today(days) },
        }).ResponseAsync;

    public static Task<CheckSharedFundingResponse> CheckSharedAsync(this RegisterFixture register, string municipality, string organisation) =>
        register.FundingIn(municipality).CheckSharedFundingAsync(new() { Name = organisation }).ResponseAsync;
}
