using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Api;

/// <summary>Agreements that were drawn up before or outside the platform.</summary>
public sealed class AgreementImportApi(
    AgreementDesk desk, OwnCases ownCases, PackShelf packs, Neighbours neighbours, TenantScope tenant, TimeProvider time, AgreementWriter writer)
    : V1.AgreementImportService.AgreementImportServiceBase
{
    private const int MostSignatories = 100;

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Agreement> ImportAgreement(V1.ImportAgreementRequest request, ServerCallContext context)
    {
        var (asked, cancellation) = (request.Agreement ?? new(), context.CancellationToken);
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var (faults, input) = (new Faults(), new TermsInput(asked, tenant.Required));
        var source = faults.Text("source", request.Source, 200, required: true);
        faults.Text("guideline_pack", request.GuidelinePack, 200, required: true);
        faults.Require(asked.StartDate is not null, "agreement.start_date", "FIELD_REQUIRED");
        faults.Require(asked.EndDate is not null, "agreement.end_date", "FIELD_REQUIRED");
        faults.Require(asked.Annexes.All(annex => annex.Document.Length == 0), "agreement.annexes", "ANNEX_DOCUMENT_UNKNOWN");
        var signatories = Signatories(request, faults);
        faults.ThrowIfAny();
        MustBePack(request.GuidelinePack);
        var facts = (await FactsAsync(asked, request.GuidelinePack, input, cancellation)) with { PackName = request.GuidelinePack };
        var terms = input.Apply(new AgreementTerms(), input.Changed(mask: null));
        input.ThrowIfUnreadable();
        terms = terms with { Parties = await neighbours.FromRegisterAsync(terms.Parties, cancellation) };
        input.ThrowIfFaultyIn(terms);
        var requirements = Agreement.SignedBy(tenant.Required, terms, signatories);
        var pack = await packs.KeepAsync(request.GuidelinePack, cancellation);
        terms = Term.FollowMovedTerm(new AgreementTerms(), terms, pack.FollowUp);
        var agreement = Agreement.Import(
            tenant.Required, facts with { Origin = facts.Origin with { ImportSource = source } }, terms, Draft.Sections(pack, facts, writer.Phrases), requirements, time.Now(), writer);
        await desk.SaveAsync(agreement, desk.ActorBy(AgreementDesk.Writers), cancellation, source);
        return agreement.ToProto();
    }

    // Its case where it has one; otherwise only what the request says.
    private async Task<CaseFacts> FactsAsync(V1.Agreement asked, string pack, TermsInput input, CancellationToken cancellation)
    {
        if (asked.Case.Length == 0)
        {
            return new CaseFacts { CaseName = "", PackName = pack, Title = asked.Title };
        }

        ResourceName.IdIn(asked.Case, "cases", tenant.Required, "agreement.case");
        var approved = (await neighbours.ApprovedCaseAsync(asked.Case, cancellation)).ToFacts(input);
        await ownCases.MustBeFreeAsync(asked.Case, cancellation);

        // The texts of the case are what it hoped for; the signed document says what became of it.
        return approved with { Texts = new Dictionary<string, string>() };
    }

    private static List<Signatory> Signatories(V1.ImportAgreementRequest request, Faults faults)
    {
        faults.Require(request.Signatories.Count > 0, "signatories", "FIELD_REQUIRED");
        faults.Require(request.Signatories.Count <= MostSignatories, "signatories", "LIST_TOO_LONG", ("limit", $"{MostSignatories}"));
        List<Signatory> read = [.. request.Signatories.Select((person, i) => new Signatory(
            faults.Text($"signatories[{i}].party_id", person.PartyId, 40, required: true),
            faults.Text($"signatories[{i}].person_ref", person.PersonRef, 200) is { Length: > 0 } known ? known : $"extern-{i + 1}",
            faults.Text($"signatories[{i}].display_name", person.DisplayName, 200, required: true),
            faults.Text($"signatories[{i}].role", person.Role, 100, required: true)))];
        faults.Require(read.DistinctBy(person => (person.PartyId, person.PersonRef)).Count() == read.Count, "signatories", "DUPLICATE_VALUE");
        var parties = (request.Agreement?.Parties ?? []).Select(party => party.PartyId).ToHashSet();
        faults.Require(read.TrueForAll(person => parties.Contains(person.PartyId)), "signatories", "PARTY_UNKNOWN");
        return read;
    }

    private void MustBePack(string name)
    {
        var start = $"{ResourceName.OfMunicipality(tenant.Required)}/guidelinePacks/";
        if (!name.StartsWith(start, StringComparison.Ordinal))
        {
            throw Refusal.Input(new FieldFault("guideline_pack", "RESOURCE_NAME_INVALID", ("pattern", $"{start}{{version}}")));
        }
    }
}
