using Google.Protobuf.Collections;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <summary>Evaluations as the contract shows them.</summary>
internal static class EvaluationMapping
{
    public static V1.Evaluation ToProto(this Evaluation evaluation, string caseName, string pack, IReadOnlyDictionary<string, string> motivations)
    {
        var message = new V1.Evaluation
        {
            Case = caseName,
            GuidelinePack = pack,
            Outcome = Enums.To<Outcome, V1.Evaluation.Types.Outcome>(evaluation.Outcome),
            Instrument = evaluation.Routing.Recommended?.ToProto() ?? V1.Instrument.Unspecified,
        };
        message.Findings.AddRange(evaluation.Findings.Select(finding => ToProto(finding, motivations)));
        message.Reasons.AddRange(evaluation.Routing.Reasons.SelectMany(ToProto));
        message.Alternatives.AddRange(evaluation.Routing.Alternatives.Select(instrument => instrument.ToProto()));
        message.Instruments.AddRange(evaluation.Instruments.Select(ToProto));
        message.JointFindings.AddRange(evaluation.JointFindings.Select(joint => new V1.JointFinding
        {
            Key = joint.Key,
            Status = Enums.To<FindingStatus, V1.Finding.Types.Status>(joint.Status),
            Text = joint.Text.ToProto(),
        }));
        message.Gates.AddRange(evaluation.Gates.Select(ToProto));
        message.OpenQuestions.AddRange(evaluation.OpenQuestions);
        message.MissingThresholds.AddRange(evaluation.MissingThresholds.Select(missing => missing.ToProto()));
        message.LawFindings.AddRange(evaluation.LawFindings.Select(finding => finding.ToProto()));
        message.FundingFindings.AddRange(evaluation.FundingFindings.Select(ToProto));
        message.Preliminary = evaluation.IsPreliminary;
        message.EstimatedValue = evaluation.EstimatedValue?.ToProto();
        message.SameKind = evaluation.SameKind is { } review ? SameKindMapping.ToProtoOfSums(review) : null;
        return message;
    }

    public static V1.Counterfactual ToProto(this Counterfactual counterfactual) => new()
    {
        Possible = counterfactual.IsPossible,
        Changes =
        {
            counterfactual.Changes.Select(change => new V1.Counterfactual.Types.Change
            {
                RuleId = change.Kind is ChangeKind.Answer or ChangeKind.Question or ChangeKind.Funding ? "" : change.Key,
                QuestionKey = change.Kind is ChangeKind.Answer or ChangeKind.Question ? change.Key : "",
                Sentence = change.Sentence.ToProto(),
            }),
        },
    };

    /// <summary>What a rule of routing does to the instrument that it names.</summary>
    public static V1.RoutingEffect EffectOf(RoutingStrength strength) => strength switch
    {
        RoutingStrength.ExcludesIop => V1.RoutingEffect.LeadsTo,
        RoutingStrength.Suggests => V1.RoutingEffect.Alternative,
        RoutingStrength.SupportsIop => V1.RoutingEffect.Supports,
        RoutingStrength.Opposes => V1.RoutingEffect.Opposes,
        _ => V1.RoutingEffect.Unspecified,
    };

    private static V1.InstrumentFinding ToProto(InstrumentFinding finding) => new()
    {
        Instrument = finding.Instrument.ToProto(),
        Standing = Enums.To<Standing, V1.InstrumentFinding.Types.Standing>(finding.Standing),
        Reasons =
        {
            finding.Reasons.Select(reason => reason.Strength == RoutingStrength.ExcludesIop && finding.Instrument == Instrument.Iop
                ? Reason(reason, Instrument.Iop, V1.RoutingEffect.Excludes)
                : Reason(reason, finding.Instrument, EffectOf(reason.Strength))),
        },
    };

    private static V1.GateFinding ToProto(GateFinding gate) => new()
    {
        Step = gate.Step,
        RuleId = gate.RuleId ?? "",
        State = Enums.To<GateState, V1.GateFinding.Types.State>(gate.State),
        Severity = gate.Severity.ToProto(),
        Blocking = gate.IsBlocking,
        Text = gate.Text.ToProto(),
        Before = Enums.To<GateMoment, V1.GateFinding.Types.Moment>(gate.Before),
        MeetingCount = gate.MeetingsHeld,
        RequiredMeetingCount = gate.MeetingsNeeded,
    };

    public static V1.Finding ToProto(Finding finding, IReadOnlyDictionary<string, string> motivations) => new()
    {
        RuleId = finding.RuleId,
        Key = finding.CanonicalKey,
        Status = Enums.To<FindingStatus, V1.Finding.Types.Status>(finding.Status),
        Severity = finding.Severity.ToProto(),
        Blocking = finding.IsBlocking,
        SourceLine = finding.SourceLine,
        Sentence = finding.Sentence.ToProto(),
        Motivation = finding.Status == FindingStatus.Motivated ? motivations.GetValueOrDefault(finding.RuleId, "") : "",
        Evidence =
        {
            finding.Evidence.Select(evidence => new V1.FindingEvidence
            {
                Source = Enums.To<EvidenceSource, V1.FindingEvidence.Types.Source>(evidence.Source),
                Fact = evidence.Fact,
                Organisation = evidence.Organisation,
                Sentence = evidence.Sentence.ToProto(),
            }),
        },
    };

    private static V1.FundingFinding ToProto(FundingFinding finding) => new()
    {
        Organisation = finding.Organisation,
        FundingDisclosure = finding.Disclosure,
        Standing = Enums.To<FundingStanding, V1.FundingFinding.Types.Standing>(finding.Standing),
        RuleId = finding.RuleId,
        Blocking = finding.IsBlocking,
        Sentence = finding.Sentence.ToProto(),
    };

    /// <summary>Leaves out what is on record about organisations that the reader may not read of.</summary>
    public static V1.Evaluation Without(this V1.Evaluation evaluation, Func<string, bool> isHidden)
    {
        foreach (var finding in evaluation.Findings)
        {
            finding.Without(isHidden);
        }

        Keep(evaluation.FundingFindings, finding => !isHidden(finding.Organisation));
        return evaluation;
    }

    /// <inheritdoc cref="Without(V1.Evaluation, Func{string, bool})"/>
    public static void Without(this V1.Finding finding, Func<string, bool> isHidden) => Keep(finding.Evidence, evidence => !isHidden(evidence.Organisation));

    private static void Keep<T>(RepeatedField<T> items, Func<T, bool> isKept)
    {
        List<T> kept = [.. items.Where(isKept)];
        items.Clear();
        items.AddRange(kept);
    }

    // What leads elsewhere also rules a partnership out, and a reader who looks for either finds it.
    private static IEnumerable<V1.RoutingReason> ToProto(RoutingReason reason)
    {
        if (reason.Strength == RoutingStrength.ExcludesIop)
        {
            yield return Reason(reason, Instrument.Iop, V1.RoutingEffect.Excludes);
            if (reason.Instrument == Instrument.None)
            {
                yield break;
            }
        }

        yield return Reason(reason, reason.Instrument, EffectOf(reason.Strength));
    }

    private static V1.RoutingReason Reason(RoutingReason reason, Instrument instrument, V1.RoutingEffect effect) => new()
    {
        RuleId = reason.RuleId ?? "",
        Instrument = instrument.ToProto(),
        Effect = effect,
        Sentence = reason.Sentence.ToProto(),
        LawReferences = { reason.Law },
    };
}
