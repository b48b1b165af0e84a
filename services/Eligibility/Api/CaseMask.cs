using Google.Protobuf.WellKnownTypes;
using Iop.Contracts;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <summary>Lays the fields that a mask names over the case as it is. Source: AIP-134 and AIP-203.</summary>
internal static class CaseMask
{
    private static readonly HashSet<string> Changeable =
    [
        "title", "case_reference", "organisation", "parties", "activity_initiator", "form_proposer", "initiative_description",
        "initiative_date", "challenge", "need", "existing_services", "added_value", "target_group", "domain", "goals",
        "programme_links", "municipal_goal_links", "planned_start_date", "planned_term_months", "planned_extension_count",
        "planned_extension_months", "contributions", "budget_plan", "shared_values", "declarations", "challenge_codes",
        "target_group_codes", "activity_tags", "procurement_facts", "contributions_complete", "scope",
        "out_of_scope", "rationales", "municipal_interest", "organisation_incomes",
    ];

    /// <summary>The facts with what was sent laid over them.</summary>
    /// <param name="current">The facts as they are; changed in place.</param>
    /// <param name="sent">The case as the client sent it.</param>
    /// <param name="mask">Absent: all fields that are filled; <c>*</c>: all that can change; output-only fields are ignored.</param>
    public static V1.Case Apply(V1.Case current, V1.Case sent, FieldMask? mask)
    {
        var faults = new Faults();
        var fields = faults.Mask(sent, mask, Changeable);
        faults.ThrowIfAny();
        foreach (var field in MessageField.Of(typeof(V1.Case)).Where(field => fields.Contains(field.Name)))
        {
            field.Copy(sent, current);
        }

        return current;
    }
}
