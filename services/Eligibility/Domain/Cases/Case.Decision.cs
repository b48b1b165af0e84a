using System.Text.RegularExpressions;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Cases;

/// <content>The decision.</content>
public sealed partial class Case
{
    /// <summary>Decides the case. The one who decides has not assessed it (<c>li-board-decides</c>).</summary>
    public void Decide(Decision decision, GuidelinePack pack)
    {
        MustBeIn(CaseState.DecisionPending);
        if (Assessors.Contains(decision.DecidedBy))
        {
            throw Refusal.Precondition("ASSESSOR_CANNOT_DECIDE", Name);
        }

        var assessment = MustBeLegallyPossible();
        if (FaultsIn(decision, assessment, pack) is { Count: > 0 } faults)
        {
            throw Refusal.Input(faults);
        }

        Decision = decision;
        State = decision.Outcome == DecisionOutcome.Approved ? CaseState.Approved : CaseState.Declined;
    }

    /// <summary>Whether a reference number has the form that the pack demands.</summary>
    public static bool HasForm(string reference, GuidelinePack pack) =>
        Regex.Match(reference, pack.CaseReference.Pattern, RegexOptions.NonBacktracking) is { Success: true, Index: 0 } match && match.Length == reference.Length;

    private static List<FieldFault> FaultsIn(Decision decision, LegalAssessment assessment, GuidelinePack pack)
    {
        var faults = new List<FieldFault>();
        if (decision.Date < assessment.Date)
        {
            faults.Add(new FieldFault("decision.date", "DATE_ORDER", ("after", $"{assessment.Date:yyyy-MM-dd}")));
        }

        if (!HasForm(decision.ReferenceNumber, pack))
        {
            faults.Add(new FieldFault("decision.reference_number", "REFERENCE_NUMBER_FORMAT", ("example", pack.CaseReference.Example)));
        }

        if (decision.Delegation.Length > 0 && !pack.Decision.DelegationAllowed)
        {
            faults.Add(new FieldFault("decision.delegation", "DELEGATION_NOT_ALLOWED"));
        }

        // No organisation is turned down unheard.
        if (decision is { Outcome: DecisionOutcome.Declined, OrganisationHeard: false })
        {
            faults.Add(new FieldFault("decision.organisation_heard", "ORGANISATION_NOT_HEARD"));
        }

        return faults;
    }
}
