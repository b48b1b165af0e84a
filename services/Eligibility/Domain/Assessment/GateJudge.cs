using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>Judges the steps that stand as gates before a later moment of the case.</summary>
internal static class GateJudge
{
    public static IReadOnlyList<GateFinding> Judge(CaseFacts facts, GuidelinePack pack, Outcome byCriteria) =>
        [.. pack.Steps.Where(step => step.Gate is not null).Select(step => Judge(step, step.Gate!, facts, byCriteria))];

    private static GateFinding Judge(Step step, Gate gate, CaseFacts facts, Outcome byCriteria)
    {
        var held = gate.Kind == GateKind.Meetings ? Held(gate, facts) : 0;
        var state = State(gate, facts, byCriteria, held);
        if (state == GateState.Pending && step.Severity == Severity.Recommended && IsMotivated(step, facts))
            state = GateState.Motivated;
        var isBlocking = state is GateState.Pending or GateState.Failed
            && step.Severity is not (Severity.Informative or Severity.Optional);
        return new GateFinding(step.Key, step.Provenance.RuleId, gate.Kind, gate.Before, state, step.Severity, isBlocking, step.Text)
        {
            MeetingsHeld = held,
            MeetingsNeeded = gate.Kind == GateKind.Meetings ? gate.AtLeast : 0,
        };
    }

    private static bool IsMotivated(Step step, CaseFacts facts) => step.Provenance.RuleId is { } rule
        && facts.Motivations.TryGetValue(rule, out var motivation) && !string.IsNullOrWhiteSpace(motivation);

    private static int Held(Gate gate, CaseFacts facts) =>
        facts.Meetings.Where(meeting => meeting.Kind == gate.Meeting).Select(meeting => (meeting.Date, meeting.With)).Distinct().Count();

    private static GateState State(Gate gate, CaseFacts facts, Outcome byCriteria, int held) => gate.Kind switch
    {
        GateKind.Dialogue => Passed(gate.Topics.All(topic => facts.Meetings.Any(meeting => meeting.Kind != MeetingKind.Concerned && meeting.Topics.Contains(topic)))),
        GateKind.Meetings => Passed(held >= gate.AtLeast),
        GateKind.JointStatement => Passed(!string.IsNullOrWhiteSpace(facts.Challenge)
            && facts.Parties.Count > 0
            && facts.Parties.All(party => facts.Declarations.Any(declaration =>
                declaration.PartyId == party.Id && declaration.Kind == "joint-challenge" && declaration.Affirmed))),
        GateKind.ProcurementGate => facts.Procurement.Result switch
        {
            ProcurementGateResult.NotRequired => GateState.Passed,
            ProcurementGateResult.Required => GateState.Failed,
            _ => GateState.Pending,
        },
        GateKind.Criteria => byCriteria switch
        {
            Outcome.NotEligible => GateState.Failed,
            Outcome.Incomplete => GateState.Pending,
            _ => GateState.Passed,
        },
        GateKind.LegalAssessment => facts.LegalAssessment switch
        {
            LegalAssessmentState.Possible => GateState.Passed,
            LegalAssessmentState.NotPossible => GateState.Failed,
            _ => GateState.Pending,
        },
        _ => Passed(facts.Decided),
    };

    private static GateState Passed(bool passed) => passed ? GateState.Passed : GateState.Pending;
}
