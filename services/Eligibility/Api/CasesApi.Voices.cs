using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <content>Who may say what in a case that both sides write.</content>
public sealed partial class CasesApi
{
    // A declaration and the consent to a goal are a party's own words: two sides are two recorded consents.
    private void MustSpeakForItself(CaseContent content, CaseContent before)
    {
        if (Caller.IsPublicSide)
        {
            return;
        }

        var own = content.Parties.Where(party => party.Side == PartySide.Cso && (Caller.Is(Roles.Integration) || Caller.Represents(party.Organisation)))
            .Select(party => party.PartyId).ToHashSet();
        var said = before.Goals.SelectMany(goal => goal.AgreedBy, (goal, party) => (goal.Text, party)).ToHashSet();
        var faults = new Faults();
        for (var i = 0; i < content.Declarations.Count; i++)
        {
            faults.Require(own.Contains(content.Declarations[i].PartyId) || before.Declarations.Contains(content.Declarations[i]), $"case.declarations[{i}].party_id", "PARTY_NOT_OWN");
        }

        for (var i = 0; i < content.Goals.Count; i++)
        {
            var others = content.Goals[i].AgreedBy.Where(party => !own.Contains(party) && !said.Contains((content.Goals[i].Text, party)));
            faults.Require(!others.Any(), $"case.goals[{i}].agreed_party_ids", "PARTY_NOT_OWN");
        }

        for (var i = 0; i < content.Incomes.Count; i++)
        {
            faults.Require(own.Contains(content.Incomes[i].PartyId) || before.Incomes.Contains(content.Incomes[i]), $"case.organisation_incomes[{i}].party_id", "PARTY_NOT_OWN");
        }

        faults.Require(before.Incomes.All(old => own.Contains(old.PartyId) || content.Incomes.Contains(old)), "case.organisation_incomes", "PARTY_NOT_OWN");
        faults.Require(
            before.Declarations.All(old => own.Contains(old.PartyId) || content.Declarations.Contains(old)), "case.declarations", "PARTY_NOT_OWN");
        faults.ThrowIfAny();
    }

    // What the register holds of one organisation is not told to another.
    private V1.Evaluation? Shown(V1.Evaluation? evaluation) =>
        Caller.SeesMunicipality ? evaluation : evaluation?.Without(IsOfAnother);

    private bool IsOfAnother(string organisation) => organisation.Length > 0 && !Caller.Represents(organisation);

    private void MustLeaveToTheMunicipality(CaseContent content, CaseContent before)
    {
        if (!Caller.IsPublicSide && !Equals(CaseMapping.ToProto(content.Procurement), CaseMapping.ToProto(before.Procurement)))
        {
            throw Refusal.Input(new FieldFault("case.procurement_facts", "FIELD_NOT_ALLOWED"));
        }
    }
}
