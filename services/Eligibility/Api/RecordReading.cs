using Google.Protobuf.Collections;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <summary>Reads what is recorded about a case out of a request.</summary>
internal static class RecordReading
{
    private const int LongText = 4000;
    private const int MaxAnswers = 100;

    public static DialogueEntry Read(V1.DialogueEntry? message, DateOnly today, string actor, DateTimeOffset now)
    {
        var faults = new Faults();
        faults.Require(message is not null, "entry", "FIELD_REQUIRED");
        message ??= new V1.DialogueEntry();
        faults.Choice("entry.kind", message.Kind);
        var date = faults.Date("entry.date", message.Date, required: true) ?? today;
        faults.Require(date <= today, "entry.date", "DATE_IN_FUTURE");
        faults.Require(message.Participants.Count > 0, "entry.participants", "FIELD_REQUIRED");
        var entry = new DialogueEntry
        {
            Kind = Enums.ToOrNull<V1.DialogueKind, DialogueKind>(message.Kind) ?? default,
            Date = date,
            Participants = Texts(faults, "entry.participants", message.Participants, 30, 100),
            Topics = Texts(faults, "entry.topics", message.Topics, 20, 200),
            Activity = faults.Text("entry.activity_outcome", message.ActivityOutcome, LongText),
            TargetGroup = faults.Text("entry.target_group_outcome", message.TargetGroupOutcome, 2000),
            Goals = faults.Text("entry.goals_outcome", message.GoalsOutcome, LongText),
            Quality = faults.Text("entry.quality_outcome", message.QualityOutcome, 2000),
            Values = faults.Text("entry.values_outcome", message.ValuesOutcome, 2000),
            Other = faults.Text("entry.other_outcome", message.OtherOutcome, LongText),
            RecordedBy = actor,
            RecordTime = now,
        };
        faults.ThrowIfAny();
        return entry;
    }

    public static (IReadOnlyList<RecordedAnswer> Answers, IReadOnlyList<RecordedMotivation> Motivations) Read(
        V1.AnswerCriteriaRequest request, string actor, DateTimeOffset now)
    {
        var faults = new Faults();
        faults.Require(request.Answers.Count + request.Motivations.Count > 0, "answers", "FIELD_REQUIRED");
        faults.Require(request.Answers.Count <= MaxAnswers, "answers", "TOO_MANY_ITEMS", ("limit", $"{MaxAnswers}"));
        faults.Require(request.Motivations.Count <= MaxAnswers, "motivations", "TOO_MANY_ITEMS", ("limit", $"{MaxAnswers}"));
        faults.Require(request.Answers.DistinctBy(answer => (answer.RuleId, answer.QuestionKey)).Count() == request.Answers.Count, "answers", "DUPLICATE_VALUE");
        faults.Require(request.Motivations.DistinctBy(motivation => motivation.RuleId).Count() == request.Motivations.Count, "motivations", "DUPLICATE_VALUE");
        var answers = request.Answers.Select((answer, i) => Answer(faults, answer, $"answers[{i}]", actor, now)).ToList();
        var motivations = request.Motivations.Select((motivation, i) => new RecordedMotivation(
            faults.Text($"motivations[{i}].rule_id", motivation.RuleId, 100, required: true),
            faults.Text($"motivations[{i}].text", motivation.Text, LongText),
            actor,
            now)).ToList();
        faults.ThrowIfAny();
        return (answers, motivations);
    }

    /// <summary>What is proposed with a submission.</summary>
    public static Proposal Read(V1.SubmitCaseRequest request, string actor, DateTimeOffset now)
    {
        var faults = new Faults();
        faults.Require(Enum.IsDefined(request.ProposedOutcome), "proposed_outcome", "ENUM_VALUE_REQUIRED");
        var outcome = Enums.ToOrNull<V1.Decision.Types.Outcome, DecisionOutcome>(request.ProposedOutcome) ?? DecisionOutcome.Approved;
        var proposal = new Proposal(
            outcome, faults.Text("proposed_reasons", request.ProposedReasons, 10000, required: outcome == DecisionOutcome.Declined), actor, now);
        faults.ThrowIfAny();
        return proposal;
    }

    public static Decision Read(V1.Decision? message, DateOnly today, string actor)
    {
        var faults = new Faults();
        faults.Require(message is not null, "decision", "FIELD_REQUIRED");
        message ??= new V1.Decision();
        faults.Choice("decision.outcome", message.Outcome);
        faults.Require(Enum.IsDefined(message.BodyKind), "decision.body_kind", "ENUM_VALUE_REQUIRED");
        var date = faults.Date("decision.date", message.Date, required: true) ?? today;
        faults.Require(date <= today, "decision.date", "DATE_IN_FUTURE");
        var finalOn = faults.Date("decision.final_date", message.FinalDate);
        faults.Require(finalOn is null || finalOn >= date, "decision.final_date", "DATE_ORDER", ("after", $"{date:yyyy-MM-dd}"));
        var publishedOn = faults.Date("decision.announce_date", message.AnnounceDate);
        faults.Require(publishedOn is null || publishedOn >= date, "decision.announce_date", "DATE_ORDER", ("after", $"{date:yyyy-MM-dd}"));
        CheckAnnounced(faults, "decision.", publishedOn, finalOn, today);
        var heard = faults.Date("decision.organisation_heard_date", message.OrganisationHeardDate, required: message.OrganisationHeard);
        faults.Require(heard is null || heard <= date, "decision.organisation_heard_date", "DATE_IN_FUTURE");
        var decision = new Decision(
            Enums.ToOrNull<V1.Decision.Types.Outcome, DecisionOutcome>(message.Outcome) ?? default,
            faults.Text("decision.body", message.Body, 200, required: true),
            faults.Text("decision.delegation", message.Delegation, 200),
            date,
            faults.Text("decision.reference_number", message.ReferenceNumber, 60, required: true),
            finalOn,
            faults.Text("decision.reasons", message.Reasons, 10000, required: true),
            message.OrganisationHeard,
            heard,
            actor)
        {
            BasisDocuments = Basis(faults, message.BasisDocuments),
            BodyKind = Enums.ToOrNull<V1.DecidingBody, DecidingBody>(message.BodyKind),
            PublishedOn = publishedOn,
            MatterOfPrinciple = message.HasMatterOfPrinciple ? message.MatterOfPrinciple : null,
        };
        faults.ThrowIfAny();
        return decision;
    }

    /// <summary>When a decision was announced and becomes final.</summary>
    public static (DateOnly PublishedOn, DateOnly? FinalOn) Read(V1.AnnounceDecisionRequest request, DateOnly today)
    {
        var faults = new Faults();
        var publishedOn = faults.Date("announce_date", request.AnnounceDate, required: true);
        var finalOn = faults.Date("final_date", request.FinalDate);
        CheckAnnounced(faults, "", publishedOn, finalOn, today);
        faults.ThrowIfAny();
        return (publishedOn!.Value, finalOn);
    }

    private static void CheckAnnounced(Faults faults, string at, DateOnly? publishedOn, DateOnly? finalOn, DateOnly today)
    {
        faults.Require(publishedOn is null || publishedOn <= today, $"{at}announce_date", "DATE_IN_FUTURE");
        if (publishedOn is { } published && published <= today && LegalityReview.FirstFinalDay(published) is var (first, weeks))
        {
            faults.Require(
                finalOn is null || finalOn >= first, $"{at}final_date", "FINAL_BEFORE_REVIEW", ("weeks", $"{weeks}"), ("earliest", $"{first:yyyy-MM-dd}"));
        }
    }

    private static List<BasisDocument> Basis(Faults faults, RepeatedField<V1.BasisDocument> documents)
    {
        const string At = "decision.basis_documents";
        faults.Require(documents.Count <= 20, At, "TOO_MANY_ITEMS", ("limit", "20"));
        return
        [
            .. documents.Select((document, i) => new BasisDocument(
                faults.Text($"{At}[{i}].type", document.Type, 60),
                faults.Text($"{At}[{i}].title", document.Title, 200, required: document.Type.Length == 0),
                faults.Text($"{At}[{i}].reference_number", document.ReferenceNumber, 60),
                "")),
        ];
    }

    private static RecordedAnswer Answer(Faults faults, V1.CriterionAnswer answer, string at, string actor, DateTimeOffset now)
    {
        var ruleId = faults.Text($"{at}.rule_id", answer.RuleId, 100);
        var question = faults.Text($"{at}.question_key", answer.QuestionKey, 100);
        faults.Require(ruleId.Length > 0 || question.Length > 0, $"{at}.rule_id", "FIELD_REQUIRED");
        faults.Require(ruleId.Length == 0 || question.Length == 0, $"{at}.question_key", "FIELD_NOT_ALLOWED");
        faults.Require(Enum.IsDefined(answer.Value), $"{at}.value", "ENUM_VALUE_REQUIRED");
        faults.Require(question.Length == 0 || answer.Value == V1.AnswerValue.Unspecified, $"{at}.value", "FIELD_NOT_ALLOWED");
        faults.Require(ruleId.Length == 0 || answer.Option.Length == 0, $"{at}.option", "FIELD_NOT_ALLOWED");
        Answer? value = answer.Option switch
        {
            "yes" => Domain.Guidelines.Answer.Yes,
            "no" => Domain.Guidelines.Answer.No,
            _ => Enums.ToOrNull<V1.AnswerValue, Answer>(answer.Value),
        };
        return new RecordedAnswer(
            ruleId,
            question,
            value,
            faults.Text($"{at}.option", answer.Option, 100),
            faults.Text($"{at}.reasoning", answer.Reasoning, LongText),
            faults.Text($"{at}.evidence", answer.Evidence, 2000),
            actor,
            now);
    }

    public static List<string> Texts(Faults faults, string field, RepeatedField<string> texts, int limit, int length)
    {
        faults.Require(texts.Count <= limit, field, "TOO_MANY_ITEMS", ("limit", $"{limit}"));
        return [.. texts.Select((text, i) => faults.Text($"{field}[{i}]", text, length, required: true))];
    }
}
