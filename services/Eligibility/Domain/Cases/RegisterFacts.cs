using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Cases;

public enum RelationKind { Grant, Iop, ProcuredContract, Cooperation, Premises, Dialogue, Other }

/// <summary>Something that an organisation and the municipality have had to do with each other.</summary>
public sealed record RegisteredRelation(RelationKind Kind, DateOnly Start, DateOnly? End);

/// <summary>Something that an organisation has disclosed that it is given.</summary>
/// <param name="Value">Money and kind together, in SEK.</param>
public sealed record RegisteredFunding(string Disclosure, OtherFundingForm Form, bool IsMunicipal, string Cost, decimal Value,
    DateOnly Start, DateOnly End, bool? IsSameCost);

/// <summary>What an organisation has had in income in a year, as it says itself.</summary>
/// <param name="Municipal">Of that, from the municipality; null where it is not said.</param>
public sealed record OrganisationIncome(string PartyId, int FinancialYear, decimal Total, decimal? Municipal);

/// <summary>A goal or priority as the municipality has entered it, when the case was last looked after.</summary>
public sealed record KnownGoal(string Code, GoalKind Kind, LocalizedText Text, DateOnly ValidFrom, DateOnly? ValidTo);

/// <summary>What the municipality's list of goals held when the case was last looked after.</summary>
/// <param name="HasGoals">Goals that come instead of the guideline's hold.</param>
/// <param name="HasAny">There is something to link to.</param>
/// <param name="Linked">Those that the case is linked to and that hold.</param>
public sealed record KnownGoals(bool HasGoals, bool HasAny, IReadOnlyList<KnownGoal> Linked)
{
    public static KnownGoals None { get; } = new(false, false, []);
}

/// <summary>What the register's facts say of an organisation, measured as a pack asks.</summary>
internal static class RegisterFacts
{
    private const int MonthsBefore = 12;

    /// <summary>What is known of the organisation, with what only a pack and a day can say.</summary>
    public static IReadOnlyDictionary<OrganisationAspect, bool>? Aspects(CaseParty party, CaseContent facts, GuidelinePack pack, DateOnly today)
    {
        if (party.Registered is not { } registered)
        {
            return null;
        }

        var aspects = new Dictionary<OrganisationAspect, bool>(registered.Aspects);
        foreach (var measure in pack.Criteria.Select(criterion => criterion.Measure))
        {
            var (aspect, holds) = measure switch
            {
                { By: MeasureKind.Organisation, Aspect: OrganisationAspect.Established, MinYears: { } years } => (OrganisationAspect.Established, IsEstablished(registered, years, today)),
                { Against: OrganisationAspect.KeepsGrants } => (OrganisationAspect.KeepsGrants, Replaced(registered, TermStart(facts, today)).Any() ? false : null),
                { Against: OrganisationAspect.RemainsIndependent, MaxIncomeShare: { } most } => (
                    OrganisationAspect.RemainsIndependent, IncomeShare.Of(party, facts)?.Largest is { } share ? share <= most : (bool?)null),
                _ => (default, null),
            };
            if (holds is { } known)
            {
                aspects[aspect] = known;
            }
        }

        return aspects;
    }

    public static DateOnly TermStart(CaseContent facts, DateOnly today) => facts.PlannedStartDate ?? today;

    /// <summary>es-complement-not-replace-grants: a grant for the same that ends as the partnership begins has been absorbed by it.</summary>
    public static IEnumerable<RegisteredFunding> Replaced(RegisteredOrganisation registered, DateOnly start) => (registered.Funding ?? []).Where(given =>
        given is { IsMunicipal: true, Form: OtherFundingForm.Grant, IsSameCost: true } && given.End < start && given.End >= start.AddMonths(-MonthsBefore));

    public static IEnumerable<OtherFunding> OtherFunding(CaseContent facts) => facts.Parties.SelectMany(
        party => party.Registered?.Funding ?? [],
        (party, given) => new OtherFunding(party.Organisation, given.Disclosure, given.Form, given.IsMunicipal, given.Cost, given.Start, given.End, given.IsSameCost));

    // A young organisation is new whatever anyone answers. That no long relation is on record proves nothing, as the register may
    // not know of it: then a person answers.
    private static bool? IsEstablished(RegisteredOrganisation registered, int years, DateOnly today) =>
        registered.FoundedDate is not { } founded ? null
        : founded.AddYears(years) > today ? false
        : registered.Relations.Any(relation => relation.Start <= today && relation.Start.AddYears(years) <= today) ? true : null;
}
