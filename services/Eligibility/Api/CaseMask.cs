using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Iop.Platform.Errors;

namespace Iop.Eligibility.Api;

/// <summary>Lays the fields that a mask names over the case as it is. Source: AIP-134 and AIP-203.</summary>
internal static class CaseMask
{
    private static readonly HashSet<string> Changeable =
    [
        "title", "case_reference", "organisation", "parties", "activity_initiator", "form_proposer", "initiative_description",
        "initiative_date", "challenge", "need", "existing_services", "added_value", "target_group", "domain", "goals",
        "programme_links", "municipal_goal_links", "planned_start_date", "planned_term_months", "planned_extension_count",
        "planned_extension_months", "contributions", "budget_plan", "joint_values", "declarations", "challenge_codes",
        "target_group_codes", "activity_tags", "procurement_facts", "contributions_complete", "scope",
        "out_of_scope", "rationales", "municipal_interest", "organisation_incomes",
    ];

    /// <summary>The facts with what was sent laid over them.</summary>
    /// <param name="current">The facts as they are; changed in place.</param>
    /// <param name="sent">The case as the client sent it.</param>
    /// <param name="mask">Absent: all fields that are filled; <c>*</c>: all that can change; output-only fields are ignored.</param>
    public static V1.Case Apply(V1.Case current, V1.Case sent, FieldMask? mask)
    {
        var paths = mask?.Paths ?? [];
        if (paths.Any(path => path != "*" && V1.Case.Descriptor.FindFieldByName(path) is null))
        {
            throw Refusal.Input(new FieldFault("update_mask", "UPDATE_MASK_INVALID"));
        }

        foreach (var field in V1.Case.Descriptor.Fields.InDeclarationOrder().Where(field => Changeable.Contains(field.Name)))
        {
            if (paths.Contains("*") || paths.Contains(field.Name) || (paths.Count == 0 && IsFilled(field, sent)))
            {
                Copy(field, sent, current);
            }
        }

        return current;
    }

    private static bool IsFilled(FieldDescriptor field, V1.Case message) => field.Accessor.GetValue(message) switch
    {
        null or "" or 0 or false => false,
        System.Collections.ICollection list => list.Count > 0,
        System.Enum value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
        _ => true,
    };

    private static void Copy(FieldDescriptor field, V1.Case from, V1.Case to)
    {
        field.Accessor.Clear(to);
        if (field.IsRepeated)
        {
            var target = (System.Collections.IList)field.Accessor.GetValue(to);
            foreach (var item in (System.Collections.IList)field.Accessor.GetValue(from))
            {
                target.Add(item);
            }
        }
        else if (field.Accessor.GetValue(from) is { } value)
        {
            field.Accessor.SetValue(to, value);
        }
    }
}
