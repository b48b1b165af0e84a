using Iop.Organisations.V1;

namespace Iop.Organisations.Tests;

/// <summary>How persons come to act for an organisation and leave it.</summary>
internal static class RepresentativeSteps
{
    public static string Person() => $"person-{Guid.NewGuid():N}";

    public static Task<Representative> ClaimAsync(this RegisterFixture register, string organisation, string person, string role = "ledamot") =>
        register.RepresentativesAs(person).ClaimRepresentationAsync(new ClaimRepresentationRequest { Parent = organisation, Role = role }).ResponseAsync;

    public static Task<Representative> ConfirmAsync(RepresentativesService.RepresentativesServiceClient by, Representative claim) =>
        by.ConfirmRepresentativeAsync(new ConfirmRepresentativeRequest { Name = claim.Name, Etag = claim.Etag }).ResponseAsync;

    public static Task<Representative> DeclineAsync(RepresentativesService.RepresentativesServiceClient by, Representative claim, string reason = "Finns inte i protokollet") =>
        by.DeclineRepresentativeAsync(new DeclineRepresentativeRequest { Name = claim.Name, Reason = reason, Etag = claim.Etag }).ResponseAsync;

    public static Task<Representative> EndAsync(RepresentativesService.RepresentativesServiceClient by, Representative representative, string reason = "Avgår") =>
        by.EndRepresentativeAsync(new EndRepresentativeRequest { Name = representative.Name, Reason = reason, Etag = representative.Etag }).ResponseAsync;

    public static Task<Representative> HandOverAsync(
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

    public static Task<Representative> GetAsync(RepresentativesService.RepresentativesServiceClient by, string name) =>
        by.GetRepresentativeAsync(new GetRepresentativeRequest { Name = name }).ResponseAsync;

    public static Task<ListRepresentativesResponse> ListAsync(RepresentativesService.RepresentativesServiceClient by, string parent, string filter = "") =>
        by.ListRepresentativesAsync(new ListRepresentativesRequest { Parent = parent, Filter = filter }).ResponseAsync;
}
