using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Platform.Requests;
using T = Iop.Types.V1;

namespace Iop.Eligibility.Api;

/// <summary>
/// Reads the facts of a case out of a request. Only form is checked: a draft may be saved with anything left unsaid.
/// </summary>
internal sealed partial class CaseReading(Faults faults, GuidelinePack pack, string municipality, DateOnly today)
{
    private const int LongText = 4000;

    public CaseContent Read(V1.Case message)
    {
        var organisation = Organisation("case.organisation", message.Organisation, required: true);
        var parties = Parties(message.Parties, organisation);
        var ids = parties.Select(party => party.PartyId).ToHashSet();
        return new CaseContent
        {
            Title = faults.Text("case.title", message.Title, 200, required: true),
            CaseReference = Reference(message.CaseReference),
            Organisation = organisation,
            Parties = parties,
            ActivityInitiator = Initiator("case.activity_initiator", message.ActivityInitiator),
            FormProposer = Initiator("case.form_proposer", message.FormProposer),
            InitiativeDescription = faults.Text("case.initiative_description", message.InitiativeDescription, LongText),
            InitiativeDate = PastDate("case.initiative_date", message.InitiativeDate),
            Challenge = faults.Text("case.challenge", message.Challenge, LongText),
            Need = faults.Text("case.need", message.Need, LongText),
            ExistingServices = faults.Text("case.existing_services", message.ExistingServices, LongText),
            AddedValue = faults.Text("case.added_value", message.AddedValue, LongText),
            TargetGroup = faults.Text("case.target_group", message.TargetGroup, 2000),
            Scope = faults.Text("case.scope", message.Scope, LongText),
            OutOfScope = faults.Text("case.out_of_scope", message.OutOfScope, LongText),
            Domain = Domain(message.Domain),
            Rationales = Rationales(message.Rationales),
            MunicipalInterest = faults.Text("case.municipal_interest", message.MunicipalInterest, LongText),
            ChallengeCodes = CodesOf("case.challenge_codes", message.ChallengeCodes, Classification.Challenges),
            TargetGroupCodes = CodesOf("case.target_group_codes", message.TargetGroupCodes, Classification.TargetGroups),
            ActivityTags = CodesOf("case.activity_tags", message.ActivityTags, Classification.ActivityTags),
            Procurement = Procurement(message.ProcurementFacts),
            ContributionsComplete = message.ContributionsComplete,
            Incomes = Incomes(message.OrganisationIncomes, [.. parties.Where(party => party.Side == PartySide.Cso).Select(party => party.PartyId)]),
            Goals = Each("case.goals", message.Goals, 20, (goal, at) => GoalOf(goal, at, ids)),
            ProgrammeLinks = Each("case.programme_links", message.ProgrammeLinks, 10, Programme),
            MunicipalGoalLinks = Each("case.municipal_goal_links", message.MunicipalGoalLinks, 20, (link, at) => new GoalLink(
                faults.Text($"{at}.goal", link.Goal, 40, required: true), faults.Text($"{at}.description", link.Description, 1000))),
            PlannedStartDate = faults.NearDate("case.planned_start_date", message.PlannedStartDate),
            PlannedTermMonths = faults.Number("case.planned_term_months", message.PlannedTermMonths, 0, 240),
            PlannedExtensionCount = faults.Number("case.planned_extension_count", message.PlannedExtensionCount, 0, 10),
            PlannedExtensionMonths = faults.Number("case.planned_extension_months", message.PlannedExtensionMonths, 0, 120),
            Contributions = Each("case.contributions", message.Contributions, 100, (contribution, at) => ContributionOf(contribution, at, ids)),
            BudgetPlan = faults.Text("case.budget_plan", message.BudgetPlan, 10000),
            JointValues = faults.Text("case.shared_values", message.SharedValues, LongText),
            Declarations = Declarations(message.Declarations, ids),
        };
    }

    private string Reference(string text)
    {
        var reference = faults.Text("case.case_reference", text, 60);
        faults.Require(
            reference.Length == 0 || Case.HasForm(reference, pack), "case.case_reference", "REFERENCE_NUMBER_FORMAT", ("example", pack.CaseReference.Example));
        return reference;
    }

    private string Domain(string code)
    {
        faults.Require(code.Length == 0 || pack.Scope.Domains.Any(domain => domain.Key == code), "case.domain", "DOMAIN_UNKNOWN");
        return code;
    }

    // es-rationale-complex-challenge and its like: the guideline's own reasons are chosen from.
    private IReadOnlyList<string> Rationales(IReadOnlyList<string> keys) =>
        Chosen("case.rationales", keys, pack.Rationales.Select(rationale => rationale.Key));

    private IReadOnlyList<string> CodesOf(string field, IReadOnlyList<string> codes, IReadOnlyList<Code> known) => Chosen(field, codes, known.Select(one => one.Key));

    private IReadOnlyList<string> Chosen(string field, IReadOnlyList<string> codes, IEnumerable<string> known)
    {
        var seen = new HashSet<string>();
        return Each(field, codes, 10, (code, at) =>
        {
            faults.Require(known.Contains(code), at, "CODE_UNKNOWN");
            faults.Require(seen.Add(code), at, "DUPLICATE_VALUE");
            return code;
        });
    }

    private ProcurementAnswers Procurement(V1.ProcurementFacts? message)
    {
        const string At = "case.procurement_facts";
        if (message is null)
        {
            return new ProcurementAnswers();
        }

        return new ProcurementAnswers(
            message.HasAnnexTwoService ? message.AnnexTwoService : null,
            message.HasReservedConditionsMet ? message.ReservedConditionsMet : null,
            message.HasSystemOfChoice ? message.SystemOfChoice : null,
            message.HasOwnOperation ? message.OwnOperation : null)
        {
            PurchaseKind = SameKindMapping.Kind(faults, $"{At}.purchase_kind", message.PurchaseKind, message.SameKindPurchases.Count > 0 || message.HasSameKindComplete),
            SameKind = SameKindMapping.Purchases(faults, $"{At}.same_kind_purchases", message.SameKindPurchases),
            SameKindComplete = message.HasSameKindComplete ? message.SameKindComplete : null,
            ServiceCodes = ServiceCodes($"{At}.cpv_codes", message.CpvCodes),
            PrimaryCare = message.HasPrimaryCare ? message.PrimaryCare : null,
        };
    }

    private IReadOnlyList<string> ServiceCodes(string field, IReadOnlyList<string> codes)
    {
        var seen = new HashSet<string>();
        return Each(field, codes, 20, (code, at) =>
        {
            faults.Require(ReservableServices.IsCode(code), at, "CPV_CODE_INVALID");
            faults.Require(seen.Add(code), at, "DUPLICATE_VALUE");
            return code;
        });
    }

    private Goal GoalOf(V1.Goal goal, string at, HashSet<string> parties)
    {
        for (var i = 0; i < goal.AgreedPartyIds.Count; i++)
        {
            faults.Require(parties.Contains(goal.AgreedPartyIds[i]), $"{at}.agreed_party_ids[{i}]", "PARTY_UNKNOWN");
        }

        return new Goal(faults.Text($"{at}.text", goal.Text, 1000, required: true), [.. goal.AgreedPartyIds.Distinct()], faults.Text($"{at}.public_benefit", goal.PublicBenefit, 1000));
    }

    private Programme Programme(V1.ProgrammeLink link, string at)
    {
        var uri = faults.Text($"{at}.uri", link.Uri, 500);
        faults.Require(uri.Length == 0 || (Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps), $"{at}.uri", "ADDRESS_INVALID");
        return new Programme(
            faults.Text($"{at}.title", link.Title, 200, required: true), faults.Date($"{at}.adopted_date", link.AdoptedDate), faults.Text($"{at}.section", link.Section, 200), uri);
    }

    // C5: everything but money is valued, and volunteer time is counted in hours. A draft may leave that unsaid; what is said
    // must be right.
    private PlannedContribution ContributionOf(T.Contribution contribution, string at, HashSet<string> parties)
    {
        faults.Require(parties.Contains(contribution.PartyId), $"{at}.party_id", "PARTY_UNKNOWN");
        var type = faults.Choice($"{at}.type", contribution.Type);
        var hours = type switch
        {
            T.ContributionType.VolunteerHours or T.ContributionType.Staff => faults.Number($"{at}.hours", contribution.Hours, 0, Faults.LargestHours),
            _ => faults.Number($"{at}.hours", contribution.Hours, 0, 0),
        };
        var (value, hourly) = ValueOf(contribution, at);
        return new PlannedContribution(
            contribution.PartyId,
            Enums.ToOrNull<T.ContributionType, ContributionKind>(type) ?? default,
            faults.Text($"{at}.description", contribution.Description, 1000),
            value,
            hours,
            faults.Text($"{at}.valuation_method", contribution.ValuationMethod, 500),
            hourly);
    }

    // Hours that have a value each are worth hours times it; a sum of another size would be a slip of the pen.
    private (decimal Value, decimal? Hourly) ValueOf(T.Contribution contribution, string at)
    {
        if (contribution.HourlyValue is null)
        {
            return (faults.Money($"{at}.value", contribution.Value, required: contribution.Value is not null), null);
        }

        var byHours = contribution.Type is T.ContributionType.VolunteerHours or T.ContributionType.Staff;
        faults.Require(byHours && contribution.Hours > 0, $"{at}.hourly_value", "FIELD_NOT_ALLOWED");
        var hourly = faults.Money($"{at}.hourly_value", contribution.HourlyValue, required: true);
        var worth = contribution.Hours * hourly;
        faults.Require(worth < Faults.LargestMoney, $"{at}.hourly_value", "MONEY_INVALID");
        faults.Require(
            contribution.Value is null || faults.Money($"{at}.value", contribution.Value) == worth, $"{at}.value", "VALUE_NOT_HOURS_TIMES_RATE", ("value", $"{worth:0.##}"));
        return (worth, hourly);
    }

    private IReadOnlyList<Declaration> Declarations(IReadOnlyList<V1.Declaration> messages, HashSet<string> parties)
    {
        var seen = new HashSet<(string, V1.DeclarationKind)>();
        return Each("case.declarations", messages, 100, (declaration, at) =>
        {
            faults.Require(parties.Contains(declaration.PartyId), $"{at}.party_id", "PARTY_UNKNOWN");
            faults.Choice($"{at}.kind", declaration.Kind);
            faults.Require(seen.Add((declaration.PartyId, declaration.Kind)), $"{at}.kind", "DUPLICATE_VALUE");
            return new Declaration(
                declaration.PartyId,
                Enums.ToOrNull<V1.DeclarationKind, DeclarationKind>(declaration.Kind) ?? default,
                PastDate($"{at}.declare_date", declaration.DeclareDate, required: true) ?? today,
                faults.Text($"{at}.note", declaration.Note, 1000));
        });
    }

    private static Initiator? Of(T.Initiator initiator) => initiator switch
    {
        T.Initiator.CivilSociety => Iop.Eligibility.Domain.Guidelines.Initiator.Cso,
        T.Initiator.Municipality => Iop.Eligibility.Domain.Guidelines.Initiator.Municipality,
        T.Initiator.Joint => Iop.Eligibility.Domain.Guidelines.Initiator.Joint,
        _ => null,
    };

    private Initiator? Initiator(string field, T.Initiator initiator)
    {
        faults.Require(Enum.IsDefined(initiator), field, "ENUM_VALUE_REQUIRED");
        return Of(initiator);
    }

    private DateOnly? PastDate(string field, T.Date? message, bool required = false)
    {
        var date = faults.Date(field, message, required);
        faults.Require(date is null || date <= today, field, "DATE_IN_FUTURE");
        return date;
    }

    private IReadOnlyList<TOut> Each<TIn, TOut>(string field, IReadOnlyList<TIn> messages, int limit, Func<TIn, string, TOut> read)
    {
        faults.Require(messages.Count <= limit, field, "TOO_MANY_ITEMS", ("limit", $"{limit}"));
        return [.. messages.Select((message, i) => read(message, $"{field}[{i}]"))];
    }
}
