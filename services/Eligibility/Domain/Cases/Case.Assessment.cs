using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Cases;

/// <content>From answers to the choice of instrument.</content>
public sealed partial class Case
{
    /// <summary>Tries the case as it stands. Changes nothing.</summary>
    public Evaluation Evaluate(GuidelinePack pack, ProcurementLimits? limits) => Evaluation.Of(CaseMeasures.Of(this, pack, limits), pack);

    /// <summary>
    /// Completes the preliminary assessment: on to the legal assessment, or out to another instrument. Never an approval
    /// (<c>fa-checklist-first-assessment</c>).
    /// </summary>
    public void CompletePreliminaryAssessment(GuidelinePack pack, ProcurementLimits? limits, string actor, DateTimeOffset now)
    {
        MustBeIn(CaseState.PreliminaryAssessment);
        var evaluation = Evaluate(pack, limits);
        MustHavePassedTheGate(evaluation);
        MustBeComplete(evaluation);
        PreliminaryAssessment = new CompletedAssessment(
            evaluation, Motivations.ToDictionary(motivation => motivation.RuleId, motivation => motivation.Text), actor, now);
        Assessors = [.. Assessors.Append(actor).Distinct()];
        if (evaluation.Outcome == Outcome.NotEligible)
        {
            Route(evaluation.Routing.Recommended ?? Instrument.None);
        }
        else
        {
            State = CaseState.LegalAssessment;
        }
    }

    /// <summary>Records a lawyer's assessment, which supersedes the one of its kind before it. A full one routes the case.</summary>
    public void Record(LegalAssessment assessment, GuidelinePack pack, ProcurementLimits? limits)
    {
        if (assessment.Kind == LegalAssessmentKind.Full)
        {
            MustBeIn(CaseState.LegalAssessment);
        }
        else
        {
            MustBeIn([.. Editable, CaseState.LegalAssessment]);
        }

        LegalAssessments = [.. LegalAssessments.Select(old => old.Kind == assessment.Kind ? old with { Superseded = true } : old), assessment];
        Assessors = [.. Assessors.Append(assessment.AssessedBy).Distinct()];
        if (assessment.Kind == LegalAssessmentKind.Full)
        {
            var possible = assessment.IsPositive && CurrentAssessment(LegalAssessmentKind.ProcurementGate)?.IsPositive != false;
            Route(possible ? Instrument.Iop : Evaluate(pack, limits).Routing.Recommended ?? Instrument.None);
        }
    }

    /// <summary>Submits the case for decision.</summary>
    public void Submit()
    {
        MustBeIn(CaseState.Routed);
        if (RoutedInstrument != Instrument.Iop)
        {
            throw Refusal.Precondition("CASE_NOT_ELIGIBLE", Name, ("instrument", Codes.Of(RoutedInstrument ?? Instrument.None)));
        }

        MustBeLegallyPossible();
        State = CaseState.DecisionPending;
    }

    /// <summary>Returns the case for more work. What was assessed no longer holds.</summary>
    public void Return(string reason)
    {
        MustBeIn(CaseState.LegalAssessment, CaseState.Routed, CaseState.DecisionPending);
        LegalAssessments = [.. LegalAssessments.Select(assessment => assessment with { Superseded = true })];
        RoutedInstrument = null;
        ReturnReason = reason;
        State = CaseState.PreliminaryAssessment;
    }

    /// <summary>The assessment of a kind that holds, or null.</summary>
    public LegalAssessment? CurrentAssessment(LegalAssessmentKind kind) =>
        LegalAssessments.LastOrDefault(assessment => assessment.Kind == kind && !assessment.Superseded);

    private LegalAssessment MustBeLegallyPossible() =>
        CurrentAssessment(LegalAssessmentKind.Full) is { IsPositive: true } assessment
            ? assessment
            : throw Refusal.Precondition("LEGAL_ASSESSMENT_REQUIRED", Name, ("kind", Codes.Of(LegalAssessmentKind.Full)));

    private void Route(Instrument instrument)
    {
        RoutedInstrument = instrument;
        State = CaseState.Routed;
    }

    // C14: where the pack puts the procurement question first, nothing is concluded before it is answered.
    private void MustHavePassedTheGate(Evaluation evaluation)
    {
        if (evaluation.Gates.Any(gate => gate is { Kind: GateKind.ProcurementGate, State: GateState.Pending }))
        {
            throw Refusal.Precondition("LEGAL_ASSESSMENT_REQUIRED", Name, ("kind", Codes.Of(LegalAssessmentKind.ProcurementGate)));
        }
    }

    private void MustBeComplete(Evaluation evaluation)
    {
        if (evaluation.Outcome == Outcome.NotEligible)
        {
            return;
        }

        var open = evaluation.Outcome == Outcome.Incomplete
            ? evaluation.Findings.Where(finding => finding.NeedsMotivation || finding.Status == FindingStatus.Unanswered).Select(finding => finding.RuleId)
            : [];
        var steps = evaluation.Gates.Where(IsInTheWay).Select(gate => gate.Step);

        // A decision cites the case by its reference number, and facts cannot be filled in after this.
        var missing = Facts.CaseReference.Length == 0 ? ["case_reference"] : steps;
        var rules = open.ToList();
        if (rules.Count > 0 || missing.Any() || evaluation.Outcome == Outcome.Incomplete)
        {
            throw Refusal.Precondition("EVALUATION_INCOMPLETE", Name, ("rules", string.Join(", ", rules)), ("missing", string.Join(", ", missing)));
        }
    }

    private static bool IsInTheWay(GateFinding gate) =>
        gate.IsBlocking
        && gate.Before is GateMoment.Criteria or GateMoment.Decision
        && gate.Kind is GateKind.Dialogue or GateKind.Meetings or GateKind.JointStatement;
}
