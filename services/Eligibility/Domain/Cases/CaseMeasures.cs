using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>What an evaluation needs to know of a case. What nobody has said stays unsaid; nothing is made up.</summary>
public static class CaseMeasures
{
    public static CaseFacts Of(Case @case, GuidelinePack pack, Thresholds thresholds)
    {
        var facts = @case.Facts;
        var procurement = Procurement(@case, thresholds);
        return new CaseFacts
        {
            ActivityInitiator = facts.ActivityInitiator,
            FormProposer = facts.FormProposer,
            Parties = [.. facts.Parties.Select(party => new PartyFacts(party.PartyId, party.Side, party.Registered?.NumberGroup, Aspects: RegisterFacts.Aspects(party, facts, pack, thresholds.Date)))],
            Need = facts.Need,
            Challenge = facts.Challenge,
            TargetGroup = facts.TargetGroup,

            // To complement is to add to what there is, so both must be told.
            Complement = facts.ExistingServices.Length > 0 && facts.AddedValue.Length > 0 ? facts.ExistingServices : null,
            Synergy = facts.AddedValue,
            MunicipalInterest = facts.MunicipalGoalLinks.Select(link => link.Description).Prepend(facts.MunicipalInterest).FirstOrDefault(text => text.Length > 0),
            Scope = facts.Scope,
            Domain = facts.Domain,
            Goals = [.. facts.Goals.Select(goal => GoalOf(goal, facts.Parties))],
            ProgrammeLinks = [.. facts.ProgrammeLinks.Select(link => new ProgrammeLink(link.Title, link.Section, link.Section.Length > 0))],
            MunicipalGoals = [.. facts.MunicipalGoalLinks.Select(link => link.Goal)],
            OwnGoals = facts.KnownGoals.HasGoals ? facts.KnownGoals.Linked.Where(goal => goal.Kind == GoalKind.Goal).Select(goal => goal.Code).ToHashSet(StringComparer.Ordinal) : null,
            Priorities = new PriorityFacts(facts.KnownGoals.HasAny, facts.MunicipalGoalLinks.Count, facts.KnownGoals.Linked.Count),
            AsOf = thresholds.Date,
            TermStart = RegisterFacts.TermStart(facts, thresholds.Date),
            OtherFunding = [.. RegisterFacts.OtherFunding(facts)],
            Evidence = new EvidenceWriter(facts, pack, thresholds.Date).Write(),
            PlannedTermMonths = facts.PlannedTermMonths > 0 ? facts.PlannedTermMonths : null,
            Contributions = [.. facts.Contributions.Where(contribution => contribution.IsValued).Select(contribution => ContributionOf(contribution, facts.Parties))],

            // What has no value yet may still come to something.
            ContributionsComplete = facts.ContributionsComplete && facts.Contributions.All(contribution => contribution.IsValued),
            FundingSources = [.. facts.Parties.Where(party => party.Funding is not null).Select(Funding)],
            HasBudgetPlan = facts.BudgetPlan.Length > 0 ? true : null,
            Meetings = [.. @case.Dialogue.Where(entry => MeetingKinds.ContainsKey(entry.Kind)).Select(Meeting)],
            OthersHeard = @case.Dialogue.Any(entry => entry.Kind == DialogueKind.OtherOrganisationsHeard),
            Declarations = [.. Declared(@case)],
            Documents = Documents(@case, thresholds.Date),
            Vetting = [.. Vetted(@case, pack)],
            Procurement = procurement,
            RedFlags = Flags(@case, procurement),
            DemandsLocalSeat = RedFlags.DemandsLocalSeat(facts),
            Aid = @case.CurrentAssessment(LegalAssessmentKind.Full)?.DeMinimisAmount is { } aid ? new AidFacts(aid, facts.PublicValue) : null,
            LegalAssessment = @case.CurrentAssessment(LegalAssessmentKind.Full) is not { } assessment ? LegalAssessmentState.NotDone
                : assessment.IsPositive ? LegalAssessmentState.Possible : LegalAssessmentState.NotPossible,
            Decided = @case.Decision is not null,
            Answers = @case.Answers.ToDictionary(
                answer => answer.RuleId.Length > 0 ? answer.RuleId : answer.QuestionKey,
                answer => new GivenAnswer(answer.Value, answer.Option.Length > 0 ? answer.Option : null, answer.Reasoning, answer.Evidence)),
            Motivations = @case.Motivations.ToDictionary(motivation => motivation.RuleId, motivation => motivation.Text),
        };
    }

    // A goal is joint when both sides have agreed to it; until then it is not known, and a person may say no.
    private static GoalFacts GoalOf(Goal goal, IReadOnlyList<CaseParty> parties)
    {
        var sides = parties.Where(party => goal.AgreedBy.Contains(party.PartyId)).Select(party => party.Side).Distinct().Count();
        return new GoalFacts(goal.Text, sides == 2 ? true : null, goal.PublicBenefit.Length > 0 ? true : null);
    }

    private static ContributionFacts ContributionOf(PlannedContribution contribution, IReadOnlyList<CaseParty> parties) => new(
        parties.First(party => party.PartyId == contribution.PartyId).Side,
        contribution.Type switch
        {
            ContributionKind.Other => ContributionType.Equipment,
            var type => Enum.Parse<ContributionType>(type.ToString()),
        },
        contribution.Value);

    private static FundingFacts Funding(CaseParty party) => new(
        party.PartyId,
        Enum.Parse<FundingKind>(party.Funding!.Value.ToString()),
        party.BudgetCode);

    private static readonly Dictionary<DialogueKind, MeetingKind> MeetingKinds = new()
    {
        [DialogueKind.IdeaMeeting] = MeetingKind.IdeaMeeting,
        [DialogueKind.Dialogue] = MeetingKind.Dialogue,
        [DialogueKind.JointProblemStatement] = MeetingKind.Dialogue,
        [DialogueKind.OtherOrganisationsHeard] = MeetingKind.Concerned,
    };

    private static MeetingFacts Meeting(DialogueEntry entry)
    {
        (string Key, string Text)[] outcomes =
        [
            ("activity", entry.Activity), ("target-group", entry.TargetGroup), ("goals", entry.Goals), ("quality", entry.Quality), ("values", entry.Values),
        ];
        return new MeetingFacts(MeetingKinds[entry.Kind], entry.Date, [.. entry.Topics, .. outcomes.Where(outcome => outcome.Text.Length > 0).Select(outcome => outcome.Key)], string.Join('\n', entry.Participants.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<DeclarationFacts> Declared(Case @case)
    {
        foreach (var declaration in @case.Facts.Declarations)
        {
            // Packs call this declaration by the name of the criterion that it settles.
            var kind = declaration.Kind == DeclarationKind.NonMarketRelation ? "mutual-wish-non-market" : Codes.KeyOf(declaration.Kind);
            yield return new DeclarationFacts(declaration.PartyId, kind, true);
        }

        if (@case.Dialogue.Any(entry => entry.Kind == DialogueKind.JointProblemStatement))
        {
            foreach (var party in @case.Facts.Parties)
            {
                yield return new DeclarationFacts(party.PartyId, "joint-challenge", true);
            }
        }
    }

    // What one of several organisations lacks is lacking: the least favourable status stands for the case. What was asked
    // for and has not come by its last day is missing, which is another thing than not existing.
    private static Dictionary<string, DocumentStatus> Documents(Case @case, DateOnly today)
    {
        var registered = @case.Facts.Parties.Select(party => party.Registered).OfType<RegisteredOrganisation>().ToList();
        var statuses = registered.SelectMany(organisation => organisation.Documents.Keys).Distinct()
            .Where(type => registered.TrueForAll(organisation => organisation.Documents.ContainsKey(type)))
            .ToDictionary(type => type, type => registered.Max(organisation => organisation.Documents[type]));

        // What was asked for in the case and what was asked of the organisation in the register are the same asking.
        var requests = @case.DocumentRequests.SelectMany(request => request.Types, (request, type) => (Type: type, request.DueDate))
            .Concat(registered.SelectMany(organisation => organisation.Asked ?? []).Where(request => request.IsOpen).Select(request => (request.Type, DueDate: request.DueDate ?? DateOnly.MaxValue)));
        foreach (var asked in requests.GroupBy(asked => asked.Type, StringComparer.Ordinal))
        {
            if (!statuses.TryGetValue(asked.Key, out var status) || status == DocumentStatus.Requested)
            {
                statuses[asked.Key] = asked.Max(request => request.DueDate) < today ? DocumentStatus.Missing : DocumentStatus.Requested;
            }
        }

        return statuses;
    }

    // A declaration covers the whole set of its name. What the register has recorded of a check says most, so it comes last.
    // That a person answers yes to the criterion is no check.
    private static IEnumerable<VettingFacts> Vetted(Case @case, GuidelinePack pack)
    {
        var recorded = @case.Facts.Parties.SelectMany(
            party => party.Registered?.Vetting ?? [], (party, vetting) => new VettingFacts(party.PartyId, vetting.Set, vetting.Condition, vetting.Status)).ToList();
        return
        [
            .. recorded.Where(vetting => vetting.Status == VettingStatus.Declared),
            .. Said(@case, pack),
            .. recorded.Where(vetting => vetting.Status != VettingStatus.Declared),
        ];
    }

    private static IEnumerable<VettingFacts> Said(Case @case, GuidelinePack pack)
    {
        foreach (var declaration in @case.Facts.Declarations)
        {
            foreach (var set in pack.Vetting.Where(set => set.Key == Codes.KeyOf(declaration.Kind)))
            {
                foreach (var condition in set.Conditions)
                {
                    yield return new VettingFacts(declaration.PartyId, set.Key, condition.Key, VettingStatus.Declared);
                }
            }
        }
    }

    private static ProcurementFacts Procurement(Case @case, Thresholds thresholds)
    {
        var full = @case.CurrentAssessment(LegalAssessmentKind.Full);
        var gate = @case.CurrentAssessment(LegalAssessmentKind.ProcurementGate);
        var result = gate is not null ? (gate.IsPositive ? ProcurementGateResult.NotRequired : ProcurementGateResult.Required)
            : full is null ? ProcurementGateResult.NotAssessed
            : full.IsPositive ? ProcurementGateResult.NotRequired
            : full.IsProcurement ? ProcurementGateResult.Required : ProcurementGateResult.NotAssessed;
        var sameKind = SameKind([full?.SameKind, gate?.SameKind, @case.ReviewOfFacts(thresholds.Date.Year)]);
        var (registration, since) = Registration(@case.Facts);
        return new ProcurementFacts
        {
            Result = result,
            SameKindValue = sameKind.OtherValue,
            IsSameKindComplete = sameKind.Complete == true,
            Registration = registration,
            RegistrationDate = since,
            EstimatedValue = full?.EstimatedValue ?? gate?.EstimatedValue ?? PlannedValue(@case.Facts),
            DirectAwardLimit = thresholds.Of(ThresholdKind.DirectAward)?.Amount,
            ServicesEuThreshold = thresholds.Of(ThresholdKind.ServicesEu)?.Amount,
            AnnexTwoLimit = thresholds.Of(ThresholdKind.AnnexTwoServices)?.Amount,
            IsAnnexTwoService = @case.Facts.Procurement.AnnexTwoService,
            ReservedConditionsMet = @case.Facts.Procurement.ReservedConditionsMet,
            ServiceCodes = @case.Facts.Procurement.ServiceCodes,
            Reservability = thresholds.Reservable.Of(@case.Facts.Procurement.ServiceCodes, thresholds.Date),
            ReservabilitySources = thresholds.Reservable.SourcesOf(@case.Facts.Procurement.ServiceCodes, thresholds.Date),
            IsPrimaryCare = @case.Facts.Procurement.PrimaryCare,
            DocumentationLimit = thresholds.Of(ThresholdKind.DirectAwardDocumentation)?.Amount,
            IsDocumentationLimitVerified = thresholds.Of(ThresholdKind.DirectAwardDocumentation)?.IsVerified == true,
            ReliesOnDirectAward = full is { IsPositive: true, Ground: LegalGround.BelowDirectAwardLimit },
            HasSystemOfChoice = @case.Facts.Procurement.SystemOfChoice,
            IsOwnOperation = @case.Facts.Procurement.OwnOperation,
            AsOf = thresholds.Date,
            IsMatterHandedOver = @case.RequiresFollowUpAndInsight,
        };
    }

    // The newest that says that it is whole; where none does, the one that has found most.
    private static SameKindReview SameKind(IEnumerable<SameKindReview?> newestFirst)
    {
        var told = newestFirst.OfType<SameKindReview>().ToList();
        return told.Find(review => review.Complete == true) ?? told.MaxBy(review => review.OtherValue)!;
    }

    // law.md 2.5: of several organisations the least favourable status stands, with the latest day of it.
    private static (ActStatus Status, DateOnly? Date) Registration(CaseContent facts)
    {
        var registered = facts.Parties.Where(party => party.Side == PartySide.Cso).Select(party => (Status: party.Registered?.Act ?? ActStatus.Unknown, Date: party.Registered?.ActDate)).ToList();
        var status = registered.Exists(organisation => organisation.Status == ActStatus.Deregistered) ? ActStatus.Deregistered
            : registered.Exists(organisation => organisation.Status == ActStatus.NotRegistered) ? ActStatus.NotRegistered
            : registered.Count == 0 || registered.Exists(organisation => organisation.Status == ActStatus.Unknown) ? ActStatus.Unknown
            : ActStatus.Registered;
        return (status, registered.Where(organisation => organisation.Status == status).Max(organisation => organisation.Date));
    }

    private static HashSet<string> Flags(Case @case, ProcurementFacts procurement)
    {
        var limit = procurement.IsAnnexTwoService == true ? procurement.AnnexTwoLimit : procurement.DirectAwardLimit;
        var found = @case.LegalAssessments.Where(assessment => !assessment.Superseded).SelectMany(assessment => assessment.RedFlagCodes);
        return [.. RedFlags.ProposedBy(@case.Facts, procurement.EstimatedValue + procurement.SameKindValue, limit), .. found];
    }

    // law.md 2.1: the value includes options, so an extension counts as if it were taken. Up to whole öre: what is uncertain by
    // rounding must not stay below a limit.
    public static decimal? PlannedValue(CaseContent facts)
    {
        var paid = facts.PublicValue;
        if (paid == 0)
        {
            return null;
        }

        return facts.PlannedTermMonths == 0 ? paid
            : decimal.Ceiling(paid * (facts.PlannedTermMonths + (facts.PlannedExtensionCount * facts.PlannedExtensionMonths)) / facts.PlannedTermMonths * 100) / 100;
    }
}
