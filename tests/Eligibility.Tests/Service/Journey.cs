using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using Severity = Iop.Eligibility.Domain.Guidelines.Severity;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Plays a case from step to step, each by the one whose step it is.</summary>
internal sealed class Journey(EligibilityFixture service, string municipality, Domain.Guidelines.GuidelinePack? pack = null)
{
    public const string Lawyer = "lawyer-1";
    public const string Officer = "officer-1";
    public const string Decider = "decider-1";

    public string Parent => $"municipalities/{municipality}";

    public CasesService.CasesServiceClient AsOfficer => service.Cases(municipality, Roles.CaseOfficer, Officer);

    public CasesService.CasesServiceClient AsLawyer => service.Cases(municipality, Roles.Lawyer, Lawyer);

    public CasesService.CasesServiceClient AsDecider => service.Cases(municipality, Roles.DecisionMaker, Decider);

    public static Date Today
    {
        get
        {
            var today = TimeProvider.System.Today();
            return new Date { Year = today.Year, Month = today.Month, Day = today.Day };
        }
    }

    private Domain.Guidelines.GuidelinePack Pack => pack ?? Packs.Of(municipality);

    /// <summary>Facts under which every measured criterion of the pack is met.</summary>
    public Case Facts(string organisation) => new()
    {
        Title = "Öppna kvällar för unga vuxna",
        CaseReference = Pack.CaseReference.Example,
        Organisation = organisation,
        Parties =
        {
            new Party { PartyId = "famnen", Side = PartySide.CivilSociety, Organisation = organisation, Lead = true },
            new Party
            {
                PartyId = "arbete", Side = PartySide.Public, PublicPartyKind = PublicPartyKind.Committee, DisplayName = "Arbetsmarknadsnämnden",
                Lead = true, FundingSource = FundingSource.Earmarked, BudgetCode = "4711",
            },
        },
        ActivityInitiator = Initiator.CivilSociety,
        FormProposer = Initiator.Municipality,
        Challenge = "Ensamhet bland unga vuxna",
        Need = "Mötesplatser på kvällstid",
        ExistingServices = "Öppet på dagtid",
        AddedValue = "Föreningen når dem som kommunen inte når",
        TargetGroup = "Unga vuxna",
        Domain = Pack.Scope.Domains is [var first, ..] ? first.Key : "",
        Goals = { new Goal { Text = "Färre ensamma", AgreedPartyIds = { "famnen", "arbete" }, PublicBenefit = "Alla unga vuxna i kommunen" } },
        ProgrammeLinks = { new ProgrammeLink { Title = "Program för civilsamhället", Section = "3.2" } },
        MunicipalGoalLinks = { Pack.Policy.Goals.Take(2).Select(goal => new MunicipalGoalLink { Goal = goal.Number, Description = "Gemenskap" }) },
        PlannedTermMonths = 36,
        Contributions =
        {
            new Contribution { PartyId = "famnen", Type = ContributionType.VolunteerHours, Hours = 900, Value = Sek(180_000), ValuationMethod = "200 kronor i timmen" },
            new Contribution { PartyId = "arbete", Type = ContributionType.Money, Value = Sek(1_200_000) },
        },
        BudgetPlan = "400 000 kronor om året",
        Declarations =
        {
            new[] { "famnen", "arbete" }.SelectMany(party => Enum.GetValues<DeclarationKind>().Where(kind => kind != DeclarationKind.Unspecified)
                .Select(kind => new Declaration { PartyId = party, Kind = kind, DeclareDate = Today })),
        },
    };

    public static Money Sek(long units) => new() { CurrencyCode = "SEK", Units = units };

    /// <summary>Enters the limits of direct award for this year, as no one is delivered for it.</summary>
    public async Task EnterThresholdsAsync()
    {
        var guidelines = service.Guidelines(municipality);
        var known = await guidelines.ListThresholdsAsync(new ListThresholdsRequest { Parent = Parent });
        foreach (var (kind, amount) in new[] { (ThresholdKind.DirectAward, 700_000), (ThresholdKind.AnnexTwoServices, 8_109_450) })
        {
            if (!known.Thresholds.Any(own => own.Kind == kind && own.State == Threshold.Types.State.Active))
            {
                await guidelines.CreateThresholdAsync(new CreateThresholdRequest { Parent = Parent, Threshold = ThresholdOf(kind, amount) });
            }
        }
    }

    public static Threshold ThresholdOf(ThresholdKind kind, long amount) => new()
    {
        Law = ProcurementLaw.Lou,
        Kind = kind,
        ValidFrom = new Date { Year = Today.Year, Month = 1, Day = 1 },
        ValidUntil = new Date { Year = Today.Year, Month = 12, Day = 31 },
        Amount = Sek(amount),
        Source = "Kontrollerat av kommunens jurist",
    };

    public async Task<Case> DraftAsync(Action<Case>? change = null)
    {
        var facts = Facts(service.Organisations.Add(municipality));
        foreach (var (set, condition) in Pack.Vetting.Where(set => set.Accepts == Domain.Guidelines.VettingLevel.Verified).SelectMany(set => set.Conditions, (set, condition) => (set, condition)))
        {
            service.Organisations.Check(facts.Organisation, set.Key, condition.Key, Iop.Organisations.V1.ConditionStatus.Verified);
        }

        change?.Invoke(facts);
        return await AsOfficer.CreateCaseAsync(new CreateCaseRequest { Parent = Parent, Case = facts, RequestId = Guid.NewGuid().ToString() });
    }

    public async Task<Case> InDialogueAsync(Action<Case>? change = null)
    {
        var @case = await DraftAsync(change);
        return await AsOfficer.RecordDialogueAsync(Dialogue(@case));
    }

    public static RecordDialogueRequest Dialogue(Case @case) => new()
    {
        Name = @case.Name,
        Etag = @case.Etag,
        Entry = new DialogueEntry { Kind = DialogueKind.Dialogue, Date = Today, Participants = { "Föreningen", "Förvaltningen" }, GoalsOutcome = "Färre ensamma" },
    };

    /// <summary>Answers yes to all that a person must say, save what <paramref name="no"/> names.</summary>
    public async Task<Case> AnsweredAsync(Case @case, params string[] no)
    {
        var request = new AnswerCriteriaRequest { Name = @case.Name, Etag = @case.Etag };
        request.Answers.AddRange(Pack.Criteria
            .Where(criterion => no.Contains(criterion.Id) || criterion.Severity == Severity.Question || criterion.Measure.AnswerSuffices
                || criterion.Measure.By is Domain.Guidelines.MeasureKind.Answer or Domain.Guidelines.MeasureKind.Consensus)
            .Select(criterion => new CriterionAnswer { RuleId = criterion.Id, Value = no.Contains(criterion.Id) ? AnswerValue.No : AnswerValue.Yes, Reasoning = "Se underlaget i akten." }));
        request.Answers.AddRange(Pack.Routing.Questions.Where(question => question.IsRequired).Select(AnswerTo));
        return await AsOfficer.AnswerCriteriaAsync(request);
    }

    /// <summary>An answer to a routing question that leads to no other instrument.</summary>
    public CriterionAnswer AnswerTo(Domain.Guidelines.RoutingQuestion question)
    {
        var away = Pack.Routing.Rules.Where(rule => rule.Strength is Domain.Guidelines.RoutingStrength.ExcludesIop or Domain.Guidelines.RoutingStrength.Suggests)
            .SelectMany(rule => Parts(rule.When)).ToHashSet();
        var answer = question.Options.Count > 0
            ? question.Options.Select(option => option.Key).First(key => !away.Contains(new Domain.Guidelines.Condition.OptionIs(question.Key, key)))
            : away.Contains(new Domain.Guidelines.Condition.AnswerIs(question.Key, Domain.Guidelines.Answer.No)) ? "yes" : "no";
        return new CriterionAnswer { QuestionKey = question.Key, Option = answer, Reasoning = "Parterna vill göra detta tillsammans." };
    }

    private static IEnumerable<Domain.Guidelines.Condition> Parts(Domain.Guidelines.Condition condition) => condition switch
    {
        Domain.Guidelines.Condition.All all => all.Parts.SelectMany(Parts),
        Domain.Guidelines.Condition.Any any => any.Parts.SelectMany(Parts),
        _ => [condition],
    };

    public async Task<Case> AssessedAsync(Action<Case>? change = null)
    {
        var @case = await AnsweredAsync(await InDialogueAsync(change));
        return await CompleteAsync(@case);
    }

    public async Task<Case> CompleteAsync(Case @case) => await AsOfficer.CompletePreliminaryAssessmentAsync(
        new CompletePreliminaryAssessmentRequest { Name = @case.Name, Etag = @case.Etag });

    public async Task<Case> LegallyAssessedAsync(Case @case, Action<LegalAssessment>? change = null) =>
        await AsLawyer.RecordLegalAssessmentAsync(Legal(@case, change));

    public static RecordLegalAssessmentRequest Legal(Case @case, Action<LegalAssessment>? change = null)
    {
        var assessment = new LegalAssessment
        {
            Kind = LegalAssessment.Types.Kind.Full,
            Conclusion = LegalAssessment.Types.Conclusion.IopPossible,
            Ground = LegalGround.NotProcurement,
            Procurement = "Kommunen förvärvar inget",
            StateAid = "Ingen ekonomisk verksamhet",
            MunicipalAct = "Allmänt intresse enligt 2 kap. 1 §",
            StateAidBasis = StateAidBasis.NoAid,
            Answers = { Domain.Law.LegalQuestions.For(@case.ActivityTags).Where(question => question.Area != Domain.Law.LegalArea.Procurement).Select(Answer) },
            Acquisition = false,
            Remuneration = false,
            EnforceablePerformance = false,
            DirectEconomicInterest = false,
        };
        change?.Invoke(assessment);
        Reason("procurement-acquisition", assessment.HasAcquisition, assessment.Acquisition);
        Reason("procurement-remuneration", assessment.HasRemuneration, assessment.Remuneration);
        Reason("procurement-enforceable", assessment.HasEnforceablePerformance, assessment.EnforceablePerformance);
        Reason("procurement-economic-interest", assessment.HasDirectEconomicInterest, assessment.DirectEconomicInterest);

        void Reason(string question, bool isSaid, bool yes)
        {
            if (isSaid && !assessment.Answers.Any(answer => answer.Question == question))
            {
                assessment.Answers.Add(new LegalAnswer { Question = question, Yes = yes, Reasoning = "Se bedömningen" });
            }
        }

        return new RecordLegalAssessmentRequest { Name = @case.Name, Etag = @case.Etag, LegalAssessment = assessment };
    }

    /// <summary>What a lawyer answers where a partnership is possible: the good things are there, the others are not.</summary>
    private static LegalAnswer Answer(Domain.Law.LegalQuestion question) => new()
    {
        Question = question.Code,
        Yes = question.Area == Domain.Law.LegalArea.Activity
            || question.Code is "municipal-general-interest" or "municipal-local-link" or "municipal-equal-treatment",
        Reasoning = "Se bedömningen",
    };

    public static void AsGate(LegalAssessment assessment)
    {
        assessment.Kind = LegalAssessment.Types.Kind.ProcurementGate;
        (assessment.StateAid, assessment.MunicipalAct) = ("", "");
        assessment.Answers.Clear();
    }

    public static void NotPossible(LegalAssessment assessment)
    {
        assessment.Conclusion = LegalAssessment.Types.Conclusion.NotPossible;
        assessment.Ground = LegalGround.Unspecified;
        assessment.Acquisition = assessment.Remuneration = assessment.EnforceablePerformance = assessment.DirectEconomicInterest = true;
    }

    public async Task<Case> SubmittedAsync(Action<Case>? change = null, bool withDocuments = false)
    {
        var @case = await LegallyAssessedAsync(await AssessedAsync(facts =>
        {
            change?.Invoke(facts);
            foreach (var document in withDocuments ? Pack.Documents : [])
            {
                var kind = Enum.GetValues<Iop.Organisations.V1.DocumentKind>().First(kind => Domain.Cases.Codes.KeyOf(kind) == document.Type);
                service.Organisations.Add(facts.Organisation, kind, Iop.Organisations.V1.Document.Types.State.Accepted);
            }
        }));
        return await AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });
    }

    public DecideCaseRequest Decide(Case @case, Action<Decision>? change = null)
    {
        var decision = new Decision
        {
            Outcome = Decision.Types.Outcome.Approved,
            Body = "Arbetsmarknadsnämnden",
            Date = Today,
            ReferenceNumber = Pack.CaseReference.Example,
            Reasons = "Partnerskapet möter ett behov",
        };
        change?.Invoke(decision);
        return new DecideCaseRequest { Name = @case.Name, Etag = @case.Etag, Decision = decision };
    }

    public async Task<Evaluation> EvaluateAsync(Case @case) => await AsOfficer.EvaluateCaseAsync(new EvaluateCaseRequest { Name = @case.Name });
}
