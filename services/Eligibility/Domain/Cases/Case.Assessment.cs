using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Cases;

/// <content>From answers to the choice of instrument.</content>
public sealed partial class Case
{
    /// <summary>Tries the case as it stands. Changes nothing.</summary>
    public Evaluation Evaluate(GuidelinePack pack, Thresholds thresholds) => Evaluation.Of(CaseMeasures.Of(this, pack, thresholds), pack);

    /// <summary>
    /// Completes the preliminary assessment: on to the legal assessment, or out to another instrument. Never an approval
    /// (<c>fa-checklist-first-assessment</c>).
    /// </summary>
    public void CompletePreliminaryAssessment(GuidelinePack pack, Thresholds thresholds, string actor, DateTimeOffset now)
    {
        MustBeIn(CaseState.PreliminaryAssessment);
        MustNotBeRecused(actor);
        var evaluation = Evaluate(pack, thresholds);
        MustKnowWhatItHangsOn(evaluation);
        MustHavePassedTheGate(evaluation);
        MustPayNothingTwice(evaluation);
        MustBeComplete(evaluation, pack);
        PreliminaryAssessment = new CompletedAssessment(
            evaluation, Motivations.ToDictionary(motivation => motivation.RuleId, motivation => motivation.Text), actor, now);
        Assessors = [.. Assessors.Append(actor).Distinct()];

        // What is assessed anew has been completed, whoever said so.
        Completion = Completion is { IsOpen: true } open ? open with { ResubmittedBy = actor, ResubmitTime = now } : Completion;
        if (evaluation.Outcome == Outcome.NotEligible)
        {
            Route(evaluation.Routing.Recommended ?? Instrument.None);
        }
        else
        {
            State = CaseState.LegalAssessment;
        }
    }

    /// <summary>
    /// Records a lawyer's assessment, which supersedes the one of its kind before it. A full one routes the case; a renewed
    /// one is of an approved case, and changes nothing but what its agreement may do.
    /// </summary>
    public void Record(LegalAssessment assessment, GuidelinePack pack, Thresholds thresholds)
    {
        MustBeIn(assessment.Kind switch
        {
            LegalAssessmentKind.Full => [CaseState.LegalAssessment],
            LegalAssessmentKind.Renewal => [CaseState.Approved],
            _ => [.. Editable, CaseState.LegalAssessment],
        });
        MustNotBeRecused(assessment.AssessedBy);
        MustBeReservable(assessment, thresholds);
        assessment = OnThreshold(WithSameKind(WithHandedOver(assessment), thresholds), thresholds);
        LegalAssessments = [.. LegalAssessments.Select(old => old.Kind == assessment.Kind ? old with { Superseded = true } : old), assessment];
        Assessors = [.. Assessors.Append(assessment.AssessedBy).Distinct()];
        if (assessment.Kind == LegalAssessmentKind.Full)
        {
            var possible = assessment.IsPositive && CurrentAssessment(LegalAssessmentKind.ProcurementGate)?.IsPositive != false;
            Route(possible ? Instrument.Iop : Elsewhere(pack, thresholds));
        }
    }

    /// <summary>Submits the case for decision, with what is proposed.</summary>
    public void Submit(Proposal proposal)
    {
        MustBeIn(CaseState.Routed);
        MustNotBeRecused(proposal.ProposedBy);
        if (RoutedInstrument != Instrument.Iop)
        {
            throw Refusal.Precondition("CASE_NOT_ELIGIBLE", Name, ("instrument", Codes.Of(RoutedInstrument ?? Instrument.None)));
        }

        MustHaveDeclaredAid(MustBeLegallyPossible());
        Proposal = proposal;
        State = CaseState.DecisionPending;
    }

    /// <summary>Returns the case for more work. What was assessed no longer holds.</summary>
    public void Return(string reason, string actor, DateTimeOffset now)
    {
        MustBeIn(CaseState.LegalAssessment, CaseState.Routed, CaseState.DecisionPending);
        MustNotBeRecused(actor);
        Completion = new Completion(reason, actor, now);
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

    // law.md 2.2: all de minimis aid of the last three years is established before new aid is decided.
    private void MustHaveDeclaredAid(LegalAssessment assessment)
    {
        var silent = Facts.Parties.Where(party => party.Side == PartySide.Cso)
            .Any(party => !Facts.Declarations.Any(declaration => declaration.PartyId == party.PartyId && declaration.Kind == DeclarationKind.DeMinimisDisclosed));
        if ((assessment.IsDeMinimis || assessment.IsEconomicActivity) && silent)
        {
            throw Refusal.Precondition("DE_MINIMIS_NOT_SHOWN", Name, ("cause", Codes.Of(DeMinimisDoubt.DeclarationMissing)));
        }
    }

    private Instrument Elsewhere(GuidelinePack pack, Thresholds thresholds)
    {
        var evaluation = Evaluate(pack, thresholds);
        MustKnowWhatItHangsOn(evaluation);
        return evaluation.Routing.Recommended ?? Instrument.None;
    }

    // law.md 2.3: that a matter is handed over raises the likeness to a purchase, whether or not the lawyer ticks it as well.
    private static LegalAssessment WithHandedOver(LegalAssessment assessment) => assessment.IsMatterHandedOver
        ? assessment with { RedFlagCodes = [.. assessment.RedFlagCodes.Append(LegalQuestions.HandedOver).Distinct()] }
        : assessment;

    // law.md 2.1: a service that nobody has named, or that is not listed, is not reserved; nor is primary care of a system of choice.
    private void MustBeReservable(LegalAssessment assessment, Thresholds thresholds)
    {
        if (assessment is not { IsPositive: true, Ground: LegalGround.Reserved })
        {
            return;
        }

        var facts = Facts.Procurement;
        if (facts is { PrimaryCare: true, SystemOfChoice: true })
        {
            throw Refusal.Input(new FieldFault("legal_assessment.ground", "PRIMARY_CARE_NOT_RESERVABLE"));
        }

        switch (thresholds.Reservable.Of(facts.ServiceCodes, thresholds.Date))
        {
            case Reservability.CodesMissing:
                throw Refusal.Input(new FieldFault("legal_assessment.ground", "SERVICE_CODE_MISSING"));
            case Reservability.NotListed or Reservability.ListMissing:
                throw Refusal.Input(new FieldFault("legal_assessment.ground", "SERVICE_NOT_RESERVABLE", ("codes", string.Join(", ", facts.ServiceCodes))));
        }
    }

    private LegalAssessment OnThreshold(LegalAssessment assessment, Thresholds thresholds)
    {
        if (assessment is not { IsPositive: true, Ground: LegalGround.BelowDirectAwardLimit, EstimatedValue: not null })
        {
            return assessment;
        }

        var threshold = DirectAwardLimit(thresholds);
        return assessment.SameKind!.Standing switch
        {
            SameKindStanding.Above => throw Refusal.Input(new FieldFault("legal_assessment.estimated_value", "VALUE_ABOVE_LIMIT", ("limit", $"{threshold.Amount:0}"))),
            SameKindStanding.AboveTogether => throw Refusal.Input(
                new FieldFault("legal_assessment.estimated_value", "SAME_KIND_ABOVE_LIMIT", [.. SumAndLimit(assessment.SameKind)])),
            _ => assessment with { Threshold = Threshold.NameOf(Municipality, threshold.Id) },
        };
    }

    private void MustKnowWhatItHangsOn(Evaluation evaluation)
    {
        if (evaluation.MissingThresholds is [var missing, ..])
        {
            throw MissingThreshold(missing);
        }

        if (evaluation.IsSameKindOpen)
        {
            throw Refusal.Precondition("SAME_KIND_VALUE_MISSING", Name, ("year", $"{evaluation.SameKind?.Year:0000}"));
        }
    }

    private Refusal MissingThreshold(MissingThreshold missing) => Refusal.Precondition(
        "THRESHOLD_MISSING", Name, ("law", Codes.Of(missing.Law)), ("kind", Codes.Of(missing.Kind)), ("date", $"{missing.Date:yyyy-MM-dd}"));

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

    // C10: what stands beside the partnership and may not is settled before anything is concluded.
    private void MustPayNothingTwice(Evaluation evaluation)
    {
        var inTheWay = evaluation.FundingFindings.Where(finding => finding.IsBlocking).Select(finding => finding.Disclosure).ToList();
        if (inTheWay.Count > 0 && evaluation.Outcome != Outcome.NotEligible)
        {
            throw Refusal.Precondition("OTHER_FUNDING_IN_THE_WAY", Name, ("disclosures", string.Join(", ", inTheWay)));
        }
    }

    private void MustBeComplete(Evaluation evaluation, GuidelinePack pack)
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
        List<string> missing = [.. Facts.Unsaid(), .. UnsaidOf(pack), .. steps, .. evaluation.OpenQuestions];
        var rules = open.ToList();
        if (rules.Count > 0 || missing.Count > 0 || evaluation.Outcome == Outcome.Incomplete)
        {
            throw Refusal.Precondition(
                "EVALUATION_INCOMPLETE", Name, ("rules", string.Join(", ", rules)), ("missing", string.Join(", ", missing)), ("open", OpenMatters.Tell(rules, missing, pack)));
        }
    }

    private static bool IsInTheWay(GateFinding gate) =>
        gate.IsBlocking
        && gate.Before is GateMoment.Criteria or GateMoment.Decision
        && gate.Kind is GateKind.Dialogue or GateKind.Meetings or GateKind.JointStatement;
}
