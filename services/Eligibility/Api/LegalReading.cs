using Google.Protobuf.Collections;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Law;
using Iop.Platform.Requests;
using Conclusion = Iop.Eligibility.V1.LegalAssessment.Types.Conclusion;
using Kind = Iop.Eligibility.V1.LegalAssessment.Types.Kind;

namespace Iop.Eligibility.Api;

/// <summary>Reads a lawyer's assessment out of a request.</summary>
internal static class LegalReading
{
    private const string At = "legal_assessment";
    private const int LongText = 4000;

    public static LegalAssessment Read(V1.LegalAssessment? message, Case @case, DateOnly today, string actor)
    {
        var faults = new Faults();
        faults.Require(message is not null, At, "FIELD_REQUIRED");
        message ??= new V1.LegalAssessment();
        var kind = faults.Choice($"{At}.kind", message.Kind);
        var conclusion = faults.Choice($"{At}.conclusion", message.Conclusion);
        var isPossible = conclusion is Conclusion.IopPossible or Conclusion.IopPossibleWithReservations;
        faults.Require(Enum.IsDefined(message.Ground), $"{At}.ground", "ENUM_VALUE_REQUIRED");
        faults.Require(!isPossible || message.Ground != V1.LegalGround.Unspecified, $"{At}.ground", "FIELD_REQUIRED");
        var answers = Answers(faults, message.Answers, @case.Facts.ActivityTags, kind == Kind.Full);
        var value = faults.Money($"{At}.estimated_value", message.EstimatedValue, required: message.Ground == V1.LegalGround.BelowDirectAwardLimit);
        var assessment = new LegalAssessment
        {
            Kind = Enums.ToOrNull<Kind, LegalAssessmentKind>(message.Kind) ?? default,
            Conclusion = Enums.ToOrNull<Conclusion, LegalConclusion>(message.Conclusion) ?? default,
            Ground = Enums.ToOrNull<V1.LegalGround, LegalGround>(message.Ground),
            Procurement = faults.Text($"{At}.procurement", message.Procurement, 10000, required: true),
            StateAid = faults.Text($"{At}.state_aid", message.StateAid, 10000, required: kind == Kind.Full),
            MunicipalAct = faults.Text($"{At}.municipal_act", message.MunicipalAct, 10000, required: kind == Kind.Full),
            Acquisition = Test(faults, "acquisition", message.HasAcquisition ? message.Acquisition : null, answers, LegalQuestions.Acquisition),
            Remuneration = Test(faults, "remuneration", message.HasRemuneration ? message.Remuneration : null, answers, LegalQuestions.Remuneration),
            EnforceablePerformance = Test(
                faults, "enforceable_performance", message.HasEnforceablePerformance ? message.EnforceablePerformance : null, answers, LegalQuestions.Enforceable),
            DirectEconomicInterest = Test(
                faults, "direct_economic_interest", message.HasDirectEconomicInterest ? message.DirectEconomicInterest : null, answers, LegalQuestions.EconomicInterest),
            RedFlags = RecordReading.Texts(faults, $"{At}.red_flags", message.RedFlags, 20, 500),
            RedFlagCodes = FlagCodes(faults, message.RedFlagCodes),
            EstimatedValue = message.EstimatedValue is null ? null : value,
            Reservations = faults.Text(
                $"{At}.reservations", message.Reservations, LongText, required: conclusion == Conclusion.IopPossibleWithReservations),
            Answers = answers,
            StateAidBasis = Basis(faults, message, kind),
            DeMinimisAmount = Amount(faults, message),
            SameKind = SameKindMapping.Read(faults, $"{At}.same_kind", message.SameKind, @case.PurchaseKind),
            AssessedBy = actor,
            Date = today,
        };
        Contradictions(faults, assessment);
        Reservation(faults, assessment, @case.Facts.Procurement);
        faults.ThrowIfAny();
        return assessment;
    }

    private static StateAidBasis? Basis(Faults faults, V1.LegalAssessment message, Kind kind)
    {
        faults.Require(Enum.IsDefined(message.StateAidBasis), $"{At}.state_aid_basis", "ENUM_VALUE_REQUIRED");
        faults.Require(
            kind is not (Kind.Full or Kind.Renewal) || message.StateAidBasis != V1.StateAidBasis.Unspecified, $"{At}.state_aid_basis", "FIELD_REQUIRED");
        return Enums.ToOrNull<V1.StateAidBasis, StateAidBasis>(message.StateAidBasis);
    }

    private static decimal? Amount(Faults faults, V1.LegalAssessment message)
    {
        var isDeMinimis = message.StateAidBasis is V1.StateAidBasis.DeMinimis or V1.StateAidBasis.SgeiDeMinimis;
        faults.Require(message.DeMinimisAmount is null || isDeMinimis, $"{At}.de_minimis_amount", "FIELD_NOT_ALLOWED");
        var amount = faults.Money($"{At}.de_minimis_amount", message.DeMinimisAmount, required: isDeMinimis);
        return isDeMinimis ? amount : null;
    }

    private static List<LegalAnswer> Answers(Faults faults, RepeatedField<V1.LegalAnswer> messages, IReadOnlyList<string> tags, bool all)
    {
        var asked = LegalQuestions.For(tags).ToList();
        var answers = new List<LegalAnswer>();
        for (var i = 0; i < messages.Count; i++)
        {
            var (message, at) = (messages[i], $"{At}.answers[{i}]");
            faults.Require(asked.Exists(question => question.Code == message.Question), $"{at}.question", "LEGAL_QUESTION_UNKNOWN");
            faults.Require(!answers.Exists(answer => answer.Question == message.Question), $"{at}.question", "DUPLICATE_VALUE");
            faults.Require(message.HasYes, $"{at}.yes", "FIELD_REQUIRED");
            answers.Add(new LegalAnswer(message.Question, message.Yes, faults.Text($"{at}.reasoning", message.Reasoning, LongText, required: true)));
        }

        // The four tests of procurement have fields of their own beside.
        foreach (var open in asked.Where(question => all && question.Area != LegalArea.Procurement && !answers.Exists(answer => answer.Question == question.Code)))
        {
            faults.Add($"{At}.answers", "LEGAL_QUESTION_UNANSWERED", ("question", open.Code), ("text", open.Text.Sv));
        }

        return answers;
    }

    private static bool Test(Faults faults, string field, bool? said, List<LegalAnswer> answers, string question)
    {
        var answered = answers.Find(answer => answer.Question == question)?.Yes;
        faults.Require(said is not null || answered is not null, $"{At}.{field}", "FIELD_REQUIRED");

        // law.md 2.1: each of the four tests with its own reasoning, which only the answer to the question carries.
        faults.Require(said is null || answered is not null, $"{At}.{field}", "LEGAL_REASONING_REQUIRED", ("question", question), ("text", TextOf(question)));
        faults.Require(said is null || answered is null || said == answered, $"{At}.{field}", "LEGAL_ANSWER_CONTRADICTED", ("question", question), ("text", TextOf(question)));
        return said ?? answered ?? false;
    }

    private static string TextOf(string? question) => LegalQuestions.All.FirstOrDefault(known => known.Code == question)?.Text.Sv ?? "";

    private static List<string> FlagCodes(Faults faults, RepeatedField<string> codes)
    {
        for (var i = 0; i < codes.Count; i++)
        {
            faults.Require(RedFlags.All.Any(flag => flag.Code == codes[i]), $"{At}.red_flag_codes[{i}]", "CODE_UNKNOWN");
        }

        faults.Require(codes.Distinct().Count() == codes.Count, $"{At}.red_flag_codes", "DUPLICATE_VALUE");
        return [.. codes];
    }

    // LOU 19 kap. 25 a §: only services of Annex 2 may be reserved, and not where the municipality has found the conditions wanting.
    private static void Reservation(Faults faults, LegalAssessment assessment, ProcurementAnswers facts) => faults.Require(
        assessment is not { IsPositive: true, Ground: LegalGround.Reserved } || facts is { AnnexTwoService: true, ReservedConditionsMet: not false },
        $"{At}.ground", "RESERVATION_NOT_SHOWN");

    // A conclusion must agree with the answers that it rests on.
    private static void Contradictions(Faults faults, LegalAssessment assessment)
    {
        faults.Require(
            !assessment.IsPositive || assessment.Ground != LegalGround.NotProcurement || !assessment.IsProcurement, $"{At}.ground", "LEGAL_GROUND_CONTRADICTED");
        var isAid = LegalQuestions.TestsOfAid.All(test => assessment.Answers.Any(answer => answer.Question == test && answer.Yes));
        faults.Require(assessment.StateAidBasis != StateAidBasis.NoAid || !isAid, $"{At}.state_aid_basis", "STATE_AID_CONTRADICTED");
        var isNoSgei = assessment.Answers.Any(answer => answer is { Question: LegalQuestions.Sgei, Yes: false });
        faults.Require(
            assessment.StateAidBasis is not (StateAidBasis.SgeiDeMinimis or StateAidBasis.SgeiDecision) || !isNoSgei, $"{At}.state_aid_basis", "SGEI_BASIS_CONTRADICTED");
        var against = LegalQuestions.Against(assessment.Conclusion, assessment.Answers);
        faults.Require(against is null, $"{At}.conclusion", "LEGAL_CONCLUSION_CONTRADICTED", ("question", against?.Question ?? ""), ("text", TextOf(against?.Question)));
    }
}
