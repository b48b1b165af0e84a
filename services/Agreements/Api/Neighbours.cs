using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Api;

/// <summary>What this service asks Eligibility and Organisations, always as the caller. Their refusals are the answer.</summary>
public sealed class Neighbours(CasesService.CasesServiceClient cases, OrganisationsService.OrganisationsServiceClient organisations, DocumentsService.DocumentsServiceClient documents, TenantScope tenant)
{
    private const int PageSize = 200;

    /// <summary>The case, approved with IOP as its instrument.</summary>
    public async Task<Case> ApprovedCaseAsync(string name, CancellationToken cancellation)
    {
        var found = await cases.GetCaseAsync(new GetCaseRequest { Name = name }, cancellationToken: cancellation);
        return found is { State: Case.Types.State.Approved, RoutedInstrument: Instrument.Iop }
            ? found
            : throw Refusal.Precondition("CASE_NOT_APPROVED", name, ("state", $"{found.State}"));
    }

    /// <summary>
    /// Refuses while the guideline wants a step taken before this moment, and it is neither taken nor motivated
    /// (ga-idea-meeting-before-agreement, he-starts-with-dialogue, he-identify-challenge-together).
    /// </summary>
    /// <exception cref="Refusal"><c>CASE_STEP_OPEN</c>.</exception>
    public async Task MustHaveTakenStepsAsync(string caseName, IReadOnlyCollection<GateFinding.Types.Moment> before, CancellationToken cancellation)
    {
        var open = await OpenStepsAsync(caseName, before, cancellation);
        if (open.Count > 0)
        {
            throw Refusal.Precondition(
                "CASE_STEP_OPEN", caseName, ("steps", string.Join(' ', open.Select(gate => gate.Text.Sv))), ("rules", string.Join(", ", open.Select(gate => gate.RuleId.Length > 0 ? gate.RuleId : gate.Step))));
        }
    }

    /// <summary>Steps that the guideline wants taken before these moments, and that are neither taken nor motivated.</summary>
    public async Task<IReadOnlyList<GateFinding>> OpenStepsAsync(string caseName, IReadOnlyCollection<GateFinding.Types.Moment> before, CancellationToken cancellation)
    {
        var evaluation = await cases.EvaluateCaseAsync(new EvaluateCaseRequest { Name = caseName }, cancellationToken: cancellation);
        return [.. evaluation.Gates.Where(gate => gate.Blocking && before.Contains(gate.Before))];
    }

    /// <summary>Fills in what the register says of the organisations, which the text must not depart from.</summary>
    public async Task<IReadOnlyList<Party>> FromRegisterAsync(IReadOnlyList<Party> parties, CancellationToken cancellation)
    {
        var found = (await OrganisationsAsync(parties, cancellation)).ToDictionary(organisation => organisation.Name);
        return [.. parties.Select(party => found.TryGetValue(party.Organisation, out var organisation)
            ? party with { DisplayName = organisation.DisplayName, OrganisationNumber = organisation.OrganisationNumber }
            : party)];
    }

    /// <exception cref="Refusal"><c>ORGANISATION_NOT_ELIGIBLE</c> for one that may not stand as a party today.</exception>
    public async Task MustBeEligibleAsync(IReadOnlyList<Party> parties, CancellationToken cancellation)
    {
        MustBeEligible(await OrganisationsAsync(parties, cancellation));
    }

    private static void MustBeEligible(IEnumerable<Organisation> organisations)
    {
        foreach (var organisation in organisations)
        {
            if (organisation.PartyEligibility != PartyEligibility.Eligible)
            {
                throw Refusal.Precondition("ORGANISATION_NOT_ELIGIBLE", organisation.Name, ("organisation", organisation.Name));
            }
        }
    }

    /// <summary>The organisations of a case as the municipality's own register has them, each of which may stand as a party today.</summary>
    public async Task<IReadOnlyList<KnownOrganisation>> EligibleOrganisationsAsync(Case approved, string municipality, CancellationToken cancellation)
    {
        var names = approved.Parties.Select(party => party.Organisation).Append(approved.Organisation);
        var found = (await OrganisationsAsync(names, municipality, cancellation)).ToList();
        MustBeEligible(found);
        return [.. found.Select(organisation => new KnownOrganisation(organisation.Name, organisation.OrganisationNumber))];
    }

    /// <summary>Refuses unless the case was found lawful anew on the day or later: the newest renewed check decides.</summary>
    /// <exception cref="Refusal"><c>LEGAL_CHECK_MISSING</c>.</exception>
    public async Task MustBeCheckedSinceAsync(string caseName, DateOnly since, CancellationToken cancellation)
    {
        var found = await cases.GetCaseAsync(new GetCaseRequest { Name = caseName }, cancellationToken: cancellation);
        var newest = found.LegalAssessments.LastOrDefault(assessment => assessment.Kind == LegalAssessment.Types.Kind.Renewal && !assessment.Superseded);
        var lawful = newest?.Conclusion is LegalAssessment.Types.Conclusion.IopPossible or LegalAssessment.Types.Conclusion.IopPossibleWithReservations;
        if (!lawful || newest!.AssessDate.ToDateOnly() < since)
        {
            throw Refusal.Precondition("LEGAL_CHECK_MISSING", caseName, ("since", Phrases.Date(since)));
        }
    }

    /// <summary>The hash of a document that an organisation has handed in. One that is said not to exist has none.</summary>
    public async Task<string> HashOfAsync(string document, CancellationToken cancellation) =>
        (await documents.GetDocumentAsync(new GetDocumentRequest { Name = document }, cancellationToken: cancellation)).Sha256;

    /// <summary>Who signs for an organisation today: by any one of its current signing authorities.</summary>
    public async Task<SignatureRequirement> RequirementAsync(Party party, CancellationToken cancellation)
    {
        var current = await CurrentAuthoritiesAsync(party.Organisation, cancellation);
        return SignatureRequirement.OfAuthorities(party.PartyId, [.. current.Select(authority => (
            new SignatureAlternative(
                authority.Name,
                authority.Rule == Organisations.V1.SigningRule.Jointly ? Math.Max(authority.RequiredSignatureCount, 1) : 1,
                [.. authority.Signatories.Select(person => person.PersonRef)]),
            (IReadOnlyList<Signatory>)[.. authority.Signatories.Select(person => new Signatory(party.PartyId, person.PersonRef, person.DisplayName, person.Role))]))]);
    }

    /// <summary>
    /// Whether a person may sign for an organisation at this moment, by one of the authorities that signing was opened
    /// with. An authority can end while others sign. No authority named: any will do.
    /// </summary>
    public async Task<bool> MaySignAsync(string organisation, string personRef, IReadOnlyList<string> authorities, CancellationToken cancellation) =>
        (await CurrentAuthoritiesAsync(organisation, cancellation)).Any(authority =>
            authority.Signatories.Any(person => person.PersonRef == personRef) && (authorities.Count == 0 || authorities.Contains(authority.Name)));

    private async Task<IReadOnlyList<SigningAuthority>> CurrentAuthoritiesAsync(string organisation, CancellationToken cancellation)
    {
        List<SigningAuthority> current = [];
        var request = new ListSigningAuthoritiesRequest { Parent = organisation, PageSize = PageSize };
        do
        {
            var page = await organisations.ListSigningAuthoritiesAsync(request, cancellationToken: cancellation);
            current.AddRange(page.SigningAuthorities.Where(IsGroundForSigning));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return current;
    }

    // A register that does not tell of evidence yet tells of no link of it.
    private static bool IsGroundForSigning(SigningAuthority authority) =>
        authority.State == SigningAuthority.Types.State.Current && (authority.Complete || authority.Evidence.Count == 0);

    private Task<IEnumerable<Organisation>> OrganisationsAsync(IReadOnlyList<Party> parties, CancellationToken cancellation) =>
        OrganisationsAsync(parties.Select(party => party.Organisation), tenant.Required, cancellation);

    private async Task<IEnumerable<Organisation>> OrganisationsAsync(IEnumerable<string> wanted, string municipality, CancellationToken cancellation)
    {
        var names = wanted.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            return [];
        }

        var request = new BatchGetOrganisationsRequest { Parent = ResourceName.OfMunicipality(municipality), Names = { names } };
        try
        {
            return (await organisations.BatchGetOrganisationsAsync(request, cancellationToken: cancellation)).Organisations;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            throw Refusal.Input(new FieldFault("agreement.parties", "ORGANISATION_UNKNOWN"));
        }
    }
}
