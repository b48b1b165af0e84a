using System.Collections.Frozen;
using System.Globalization;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>Writes what is on record beside the answers, criterion by criterion. Made when facts are loaded, so that an evaluation only passes it on.</summary>
internal sealed class EvidenceWriter(CaseContent facts, GuidelinePack pack, DateOnly today)
{
    private static readonly FrozenDictionary<string, LocalizedText> Sentences = Load();

    public IReadOnlyDictionary<string, IReadOnlyList<FindingEvidence>> Write()
    {
        var written = new Dictionary<string, IReadOnlyList<FindingEvidence>>(StringComparer.Ordinal);
        foreach (var criterion in pack.Criteria)
        {
            if (On(criterion.Measure).ToList() is { Count: > 0 } evidence)
            {
                written[criterion.Id] = evidence;
            }
        }

        return written;
    }

    private IEnumerable<FindingEvidence> On(Measure measure) => measure switch
    {
        { By: MeasureKind.Organisation } => Each(party => OfAspect(party, measure.Aspect)),
        { Against: OrganisationAspect.RemainsIndependent } => Each(OfIncome),
        { Against: OrganisationAspect.KeepsGrants } => Each(OfGrants),
        { Against: { } aspect } => Each(party => OfAspect(party, aspect)),
        { By: MeasureKind.MunicipalGoals or MeasureKind.Priorities } => OfGoals(measure.By),
        _ => [],
    };

    private IEnumerable<FindingEvidence> Each(Func<CaseParty, IEnumerable<FindingEvidence>> of) =>
        facts.Parties.Where(party => party is { Side: PartySide.Cso, Registered: not null }).SelectMany(of);

    private IEnumerable<FindingEvidence> OfAspect(CaseParty party, OrganisationAspect aspect)
    {
        var registered = party.Registered!;
        if (aspect is OrganisationAspect.Established)
        {
            yield return registered.FoundedDate is { } founded
                ? Said(party, "founded", party.DisplayName, founded.Year, Years(founded))
                : Said(party, "foundedUnknown", party.DisplayName);
            yield return registered.Relations.Count > 0
                ? Said(party, "relations", registered.Relations.Count, registered.Relations.Min(relation => relation.Start).Year)
                : Said(party, "noRelations");
        }
        else if (registered.Aspects.TryGetValue(aspect, out var holds))
        {
            yield return Said(party, $"{Codes.KeyOf(aspect)}-{(holds ? "yes" : "no")}", party.DisplayName);
            if (aspect == OrganisationAspect.ActiveInMunicipality && registered.HasLocalActivity)
            {
                yield return Said(party, "localActivity");
            }
        }
    }

    private IEnumerable<FindingEvidence> OfIncome(CaseParty party)
    {
        if (IncomeShare.Of(party, facts) is not { } share)
        {
            yield return Stated(party, "incomeUnknown", party.DisplayName);
            yield break;
        }

        yield return Stated(party, "incomeShare", party.DisplayName, share.Now, share.Year);
        if (share.WithPartnership is { } with)
        {
            yield return Stated(party, "incomeShareWith", with);
        }
    }

    private IEnumerable<FindingEvidence> OfGrants(CaseParty party) => RegisterFacts.Replaced(party.Registered!, RegisterFacts.TermStart(facts, today))
        .Select(given => Said(party, "grantReplaced", given.Cost, $"{given.End:yyyy-MM-dd}"));

    private IEnumerable<FindingEvidence> OfGoals(MeasureKind by)
    {
        var own = facts.KnownGoals.Linked.Where(goal => by == MeasureKind.Priorities || goal.Kind == GoalKind.Goal).ToList();
        foreach (var goal in own)
        {
            yield return Of(EvidenceSource.GoalRegister, goal.ValidTo is null ? "goal" : "goalUntil", "", text => [goal.Code, text.Of(goal.Text), $"{goal.ValidFrom:yyyy-MM-dd}", $"{goal.ValidTo:yyyy-MM-dd}"]);
        }

        if (by == MeasureKind.Priorities && !facts.KnownGoals.HasAny && facts.MunicipalGoalLinks.Count > 0)
        {
            yield return Of(EvidenceSource.GoalRegister, "noList", "", _ => []);
        }
    }

    // Whole years, as people count them.
    private int Years(DateOnly since) => today.Year - since.Year - (today < since.AddYears(today.Year - since.Year) ? 1 : 0);

    private static FindingEvidence Said(CaseParty party, string fact, params object[] values) => Of(EvidenceSource.Register, fact, party.Organisation, _ => values);

    private static FindingEvidence Stated(CaseParty party, string fact, params object[] values) => Of(EvidenceSource.Case, fact, party.Organisation, _ => values);

    private static FindingEvidence Of(EvidenceSource source, string fact, string organisation, Func<Language, object[]> values) =>
        new(source, KeyOf(fact), organisation, new LocalizedText(
            string.Format(Language.Swedish.Culture, Sentences[fact].Sv, values(Language.Swedish)),
            string.Format(Language.English.Culture, Sentences[fact].En, values(Language.English))));

    private static string KeyOf(string fact) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(fact);

    private static FrozenDictionary<string, LocalizedText> Load() => EmbeddedTexts.Root("Domain/evidence-sentences.yaml").Children
        .ToFrozenDictionary(pair => pair.Key.ToString(), pair => new LocalizedText(
            ((YamlMappingNode)pair.Value).Children["sv"].ToString(), ((YamlMappingNode)pair.Value).Children["en"].ToString()), StringComparer.Ordinal);

    private sealed record Language(CultureInfo Culture, Func<LocalizedText, string> Of)
    {
        public static readonly Language Swedish = new(CultureInfo.GetCultureInfo("sv-SE"), text => text.Sv);
        public static readonly Language English = new(CultureInfo.InvariantCulture, text => text.En);
    }
}
