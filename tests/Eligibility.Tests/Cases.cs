using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>Cases to start from: one where all is well under a pack, changed a little by each test.</summary>
internal static class Cases
{
    public static CaseFacts AllWell(GuidelinePack pack) => new()
    {
        ActivityInitiator = Initiator.Cso,
        FormProposer = Initiator.Municipality,
        Parties =
        [
            new PartyFacts("cso", PartySide.Cso, 8, PartyRelation.Partner, Aspects: Enum.GetValues<OrganisationAspect>().ToDictionary(aspect => aspect, _ => true)),
            new PartyFacts("public", PartySide.Public, 2, PartyRelation.Partner),
        ],
        Need = "Unga vuxna är ensamma på kvällarna",
        Challenge = "Ensamhet bland unga vuxna",
        TargetGroup = "Unga vuxna",
        Complement = "Mötesplatser finns bara på dagtid",
        Synergy = "Föreningen når dem som kommunen inte når",
        MunicipalInterest = "Färre unga utanför arbete och studier",
        Scope = "Öppna kvällar; ingen behandling",
        Domain = pack.Scope.Domains is [var first, ..] ? first.Key : null,
        Goals = [new GoalFacts("Färre ensamma", true, true)],
        ProgrammeLinks = [new ProgrammeLink("2012-06-12", "3.2", true)],
        MunicipalGoals = [.. pack.Policy.Goals.Select(goal => goal.Number)],
        Priorities = new PriorityFacts(true, 1, 1),
        PlannedTermMonths = 36,
        Contributions =
        [
            new ContributionFacts(PartySide.Cso, ContributionType.VolunteerHours, 180_000),
            new ContributionFacts(PartySide.Public, ContributionType.Money, 1_200_000),
        ],
        ContributionsComplete = true,
        FundingSources = [new FundingFacts("public", FundingKind.Earmarked, "4711")],
        HasBudgetPlan = true,
        Meetings =
        [
            new MeetingFacts(MeetingKind.Dialogue, new DateOnly(2024, 2, 1),
                [.. pack.Steps.SelectMany(step => step.Gate?.Topics ?? [])]),
            new MeetingFacts(MeetingKind.Dialogue, new DateOnly(2024, 3, 1), []),
            new MeetingFacts(MeetingKind.IdeaMeeting, new DateOnly(2024, 3, 8), []),
            new MeetingFacts(MeetingKind.Concerned, new DateOnly(2024, 3, 9), []),
            new MeetingFacts(MeetingKind.Concerned, new DateOnly(2024, 3, 10), []),
        ],
        Declarations =
        [
            .. pack.Criteria.Select(criterion => criterion.Measure.Declaration).OfType<string>().Append("joint-challenge")
                .SelectMany(kind => new[] { new DeclarationFacts("cso", kind, true), new DeclarationFacts("public", kind, true) }),
        ],
        Documents = pack.Documents.ToDictionary(document => document.Type, _ => DocumentStatus.Received, StringComparer.Ordinal),
        Vetting =
        [
            .. pack.Vetting.SelectMany(set => set.Conditions,
                (set, condition) => new VettingFacts("cso", set.Key, condition.Key, VettingStatus.Verified)),
        ],
        Procurement = new ProcurementFacts { Result = ProcurementGateResult.NotRequired },
        LegalAssessment = LegalAssessmentState.Possible,
        Decided = true,
        Answers = pack.Criteria.Where(criterion => criterion.Measure.By is MeasureKind.Answer or MeasureKind.Consensus)
            .Select(criterion => KeyValuePair.Create(criterion.Id, GivenAnswer.Yes with { Evidence = "Underlaget ligger i akten." }))
            .Concat(pack.Routing.Questions.Where(question => question.IsRequired).Select(question => KeyValuePair.Create(question.Key, GivenAnswer.Otherwise)))
            .ToDictionary(StringComparer.Ordinal),
    };

    public static CaseFacts Answer(this CaseFacts facts, string key, GivenAnswer answer) => facts with
    {
        Answers = new Dictionary<string, GivenAnswer>(facts.Answers, StringComparer.Ordinal) { [key] = answer },
    };

    public static CaseFacts No(this CaseFacts facts, string key) => facts.Answer(key, GivenAnswer.No);

    public static CaseFacts Yes(this CaseFacts facts, string key) => facts.Answer(key, GivenAnswer.Yes);

    public static CaseFacts Motivated(this CaseFacts facts, string rule) => facts with
    {
        Motivations = new Dictionary<string, string>(facts.Motivations, StringComparer.Ordinal) { [rule] = "Nämnden har vägt in detta." },
    };

    public static Finding Of(this Evaluation evaluation, string ruleId) => evaluation.Findings.Single(finding => finding.RuleId == ruleId);
}
