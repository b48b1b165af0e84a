using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Requests;
using ConditionStatus = Iop.Organisations.V1.ConditionStatus;

namespace Iop.Eligibility.Api;

/// <summary>Guideline versions as the contract shows them.</summary>
internal static partial class GuidelinePackMapping
{
    public static V1.GuidelinePack ToProto(this GuidelineVersion version, GuidelinePack pack, bool full = true)
    {
        var message = new V1.GuidelinePack
        {
            Name = version.Name,
            State = Enums.To<GuidelineState, V1.GuidelinePack.Types.State>(version.State),
            Sha256 = version.Sha256,
            Title = pack.Title.ToProto(),
            ValidFrom = pack.ValidFrom.ToProto(),
            ValidUntil = pack.ValidTo.ToProto(),
            AdoptedBy = pack.Adoption is null ? "" : Texts.Body(Codes.KeyOf(pack.Adoption.Body)).Sv,
            AdoptedDate = pack.Adoption?.Date.ToProto(),
            ReferenceNumber = pack.Adoption?.ReferenceNumber ?? "",
            CreateTime = version.CreateTime.ToProto(),
            PublishTime = version.PublishTime.ToProto(),
            Etag = version.Etag,
        };
        if (full)
        {
            message.Document = version.Document;
            AddAssessment(message, pack);
            AddAgreement(message, pack);
            AddProcess(message, pack);
        }

        return message;
    }

    private static void AddAssessment(V1.GuidelinePack message, GuidelinePack pack)
    {
        message.AggregateRule = Enums.To<AggregateKind, V1.AggregateRule>(pack.AggregateRule.Kind);
        message.AggregateMinimum = pack.AggregateRule.Count ?? 0;
        message.AnswerScale = Enums.To<AnswerScale, V1.AnswerScale>(pack.Answers.Scale);
        message.Criteria.AddRange(pack.Criteria.Select(criterion => new V1.Criterion
        {
            RuleId = criterion.Id,
            Key = criterion.Key,
            Severity = criterion.Severity.ToProto(),
            Text = criterion.Statement.ToProto(),
            MeasuredBy = criterion.Measure.By == MeasureKind.Answer ? "" : Codes.KeyOf(criterion.Measure.By),
            SourceLine = criterion.SourceLine,
            Asked = criterion.Measure.AnswerSuffices
                || criterion.Severity == Severity.Question
                || criterion.Measure.By is MeasureKind.Answer or MeasureKind.Consensus,
            MotivatedByBody = criterion.MotivatedBy == MotivationBy.Body,
            Evidence = criterion.Evidence?.ToProto(),
            EvidenceRequired = criterion.IsEvidenceRequired,
        }));
        message.ConditionSets.AddRange(pack.Vetting.Select(set => new V1.ConditionSet
        {
            Key = set.Key,
            RuleId = set.Provenance.Id(),
            Accepts = Enums.To<VettingLevel, ConditionStatus>(set.Accepts),
            CheckedBy = set.CheckedBy,
            Conditions = { set.Conditions.Select(condition => new V1.ConditionTemplate { Key = condition.Key, Text = condition.Text.ToProto() }) },
            Uri = set.Uri,
            AsOf = set.AsOf.ToProto(),
            Kind = Enums.To<ConditionSetKind, V1.ConditionSet.Types.Kind>(set.Kind),
        }));
        message.Questions.AddRange(pack.Routing.Questions.Select(question => Question(question, pack.Routing.Rules)));
    }

    private static V1.RoutingQuestion Question(RoutingQuestion question, IReadOnlyList<RoutingRule> rules)
    {
        var message = new V1.RoutingQuestion { Key = question.Key, RuleId = question.Provenance.Id(), Text = question.Text.ToProto(), Required = question.IsRequired, ReasoningRequired = question.IsReasoned };
        if (question.Options.Count == 0)
        {
            message.Answers.Add(AnswerOf("yes", Texts.Answer("yes"), rules, new Condition.AnswerIs(question.Key, Answer.Yes)));
            message.Answers.Add(AnswerOf("no", Texts.Answer("no"), rules, new Condition.AnswerIs(question.Key, Answer.No)));
        }

        message.Answers.AddRange(question.Options.Select(option =>
            AnswerOf(option.Key, option.Text.ToProto(), rules, new Condition.OptionIs(question.Key, option.Key))));
        return message;
    }

    // The first rule that the answer alone, or with others, brings about says what the answer speaks of.
    private static V1.RoutingAnswer AnswerOf(string option, Types.V1.LocalizedText text, IReadOnlyList<RoutingRule> rules, Condition answer)
    {
        var rule = rules.FirstOrDefault(rule => rule.When == answer)
            ?? rules.FirstOrDefault(rule => rule.When is Condition.All all && all.Parts.Contains(answer));
        return new V1.RoutingAnswer
        {
            Option = option,
            Text = text,
            Instrument = rule is null ? V1.Instrument.Unspecified : rule.Instrument.ToProto(),
            Effect = rule is null ? V1.RoutingEffect.Unspecified : EvaluationMapping.EffectOf(rule.Strength),
        };
    }

    public static V1.Severity ToProto(this Severity severity) => Enums.To<Severity, V1.Severity>(severity);

    public static V1.Instrument ToProto(this Instrument instrument) => Enums.To<Instrument, V1.Instrument>(instrument);

    public static Types.V1.PartySide ToProto(this PartySide side) =>
        side == PartySide.Cso ? Types.V1.PartySide.CivilSociety : Types.V1.PartySide.Public;

    private static string Id(this Provenance provenance) => provenance.RuleId ?? "";
}
