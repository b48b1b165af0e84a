using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Api;

/// <summary>Drawing up and negotiating: what either side may do with terms and text.</summary>
public sealed partial class AgreementsApi
{
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> CreateAgreement(V1.CreateAgreementRequest request, ServerCallContext context)
    {
        var (asked, cancellation) = (request.Agreement ?? new(), context.CancellationToken);
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        ResourceName.IdIn(asked.Case, "cases", tenant.Required, "agreement.case");
        var approved = await neighbours.ApprovedCaseAsync(asked.Case, cancellation);
        await neighbours.MustHaveTakenStepsAsync(approved.Name, [Eligibility.V1.GateFinding.Types.Moment.Agreement], cancellation);
        var rules = await packs.KeepAsync(approved.GuidelinePack, cancellation);

        var input = new TermsInput(asked, tenant.Required);
        var facts = approved.ToFacts(input);
        var suggested = Draft.Terms(facts, rules);
        var terms = Term.FollowMovedTerm(suggested, input.Apply(suggested, input.Changed(mask: null)), rules.FollowUp);
        input.ThrowIfUnreadable();
        terms = terms with
        {
            Parties = await neighbours.FromRegisterAsync(terms.Parties, cancellation),
            Annexes = await files.FilledAsync(agreement: null, terms.Annexes, cancellation),
        };
        input.ThrowIfFaultyIn(terms);

        var actor = desk.ActorBy(AgreementDesk.Writers);
        var side = actor.SideIn(terms.Parties);
        if (side == PartySide.Unspecified)
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }

        if (side != PartySide.Public && terms.DecisionRequired != suggested.DecisionRequired)
        {
            throw Refusal.Input(new FieldFault("agreement.decision_required", "FIELD_NOT_ALLOWED"));
        }

        await ownCases.MustBeFreeAsync(facts.CaseName, cancellation);
        var agreement = Agreement.DrawUp(tenant.Required, facts, terms, Draft.Sections(rules, facts, writer.Phrases), side, writer);
        agreement.NoteAid(approved.ToAid());
        await desk.SaveAsync(agreement, actor, cancellation);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> UpdateAgreement(V1.UpdateAgreementRequest request, ServerCallContext context)
    {
        var (asked, cancellation) = (request.Agreement ?? new(), context.CancellationToken);
        var (agreement, actor) = await desk.OpenAsync(asked.Name, AgreementDesk.Writers, cancellation, "agreement.name");
        agreement.MustMatch(asked.Etag, "agreement.etag");
        var input = new TermsInput(asked, tenant.Required);
        var fields = input.Changed(request.UpdateMask);
        var terms = input.Apply(agreement.Terms, fields);
        input.ThrowIfUnreadable();
        if (fields.Count == 0)
        {
            return agreement.ToProto();
        }

        if (fields.Contains("parties"))
        {
            terms = terms with { Parties = await FromRegisterAsync(agreement, terms.Parties, cancellation) };
        }

        if (fields.Contains("annexes"))
        {
            terms = terms with { Annexes = await files.FilledAsync(agreement, terms.Annexes, cancellation) };
        }

        var rules = await packs.StrictestAsync(agreement, cancellation);
        var own = await packs.GetAsync(agreement.PackName, cancellation);
        terms = Term.FollowMovedTerm(agreement.Terms, terms, rules.FollowUp) with { DecisionRequired = terms.DecisionRequired || own.DecisionOnTextDemanded };
        MustBePublicToChangeDecision(agreement, terms, actor);
        input.ThrowIfFaultyIn(terms);
        agreement.ChangeTerms(terms, writer);
        await desk.SaveAsync(agreement, actor, cancellation);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> UpdateSection(V1.UpdateSectionRequest request, ServerCallContext context)
    {
        var asked = request.Section ?? new();
        var edit = EditOf(request, asked);
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        var side = actor.SideIn(agreement.Terms.Parties);
        if (agreement.WriteSection(asked.SectionId, asked.Etag, edit, side, time.GetUtcNow(), writer))
        {
            await desk.SaveAsync(agreement, actor, context.CancellationToken);
        }

        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> ShareAgreement(V1.ShareAgreementRequest request, ServerCallContext context)
    {
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.MustMatch(request.Etag);
        if (!request.OfficialDocumentAcknowledged)
        {
            // law.md 2.6: a draft sent to the other side is an official document. Whoever sends it must know.
            throw Refusal.Precondition("OFFICIAL_DOCUMENT_NOT_ACKNOWLEDGED", agreement.Name);
        }

        agreement.Share(time.GetUtcNow());
        await desk.SaveAsync(agreement, actor, context.CancellationToken, events: agreement.Shared());
        return agreement.ToProto();
    }

    // Whether a body of the municipality decides is the municipality's own matter.
    private void MustBePublicToChangeDecision(Agreement agreement, AgreementTerms terms, Actor actor)
    {
        if (terms.DecisionRequired != agreement.Terms.DecisionRequired && (actor.SideIn(agreement.Terms.Parties) != PartySide.Public || guest.Share is not null))
        {
            throw Refusal.Input(new FieldFault("agreement.decision_required", "FIELD_NOT_ALLOWED"));
        }
    }

    // A guest cannot ask the lead's register, and names no organisation that is not there already.
    private async Task<IReadOnlyList<Party>> FromRegisterAsync(Agreement agreement, IReadOnlyList<Party> parties, CancellationToken cancellation)
    {
        if (guest.Share is null)
        {
            return await neighbours.FromRegisterAsync(parties, cancellation);
        }

        var known = agreement.Terms.Parties.Where(party => party.Organisation.Length > 0).ToDictionary(party => party.Organisation);
        if (parties.Any(party => party.Organisation.Length > 0 && !known.ContainsKey(party.Organisation)))
        {
            guest.MustBeLead(agreement);
        }

        return [.. parties.Select(party => known.TryGetValue(party.Organisation, out var before)
            ? party with { DisplayName = before.DisplayName, OrganisationNumber = before.OrganisationNumber }
            : party)];
    }

    private static SectionEdit EditOf(V1.UpdateSectionRequest request, V1.Section section)
    {
        var faults = new Faults();
        faults.Text("section.section_id", section.SectionId, 60, required: true);
        var fields = faults.Mask(section, request.UpdateMask, ["text", "skipped", "skip_reason"]);
        faults.ThrowIfAny();
        return new SectionEdit(
            fields.Contains("text") ? section.Text : null,
            fields.Contains("skipped") ? section.Skipped : null,
            fields.Contains("skip_reason") ? section.SkipReason : null);
    }
}
