using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

/// <summary>Something that speaks for a contract after all.</summary>
/// <param name="Words">Words in a case that propose it.</param>
public sealed record RedFlag(string Code, LocalizedText Text, IReadOnlyList<string> Words);

/// <summary>The red flags of procurement (law.md 2.1), and which of them the facts of a case propose.</summary>
public static class RedFlags
{
    private const int MonthsOfLongExtension = 120;
    private const string ValueAboveThreshold = "value-above-threshold";
    private static readonly YamlMappingNode Root = EmbeddedTexts.Root("Domain/red-flags.yaml");
    private static readonly IReadOnlyList<string> WordsOfLocalSeat = LawTexts.Strings(Root, "localSeat");

    public static IReadOnlyList<RedFlag> All { get; } = Read();

    /// <summary>Whether flags make a case resemble a purchase: a high value alone does not.</summary>
    public static bool Resemble(IReadOnlySet<string> codes) => codes.Any(code => code != ValueAboveThreshold);

    /// <summary>Whether a case asks for a seat in the municipality.</summary>
    public static bool DemandsLocalSeat(CaseContent facts) => Texts(facts).Any(AsksForSeat);

    /// <summary>What in a guideline asks for a seat in the municipality: a municipality that publishes its own may do so unawares.</summary>
    public static IReadOnlyList<LocalizedText> DemandsLocalSeat(GuidelinePack pack) =>
    [
        .. pack.Criteria.Select(criterion => criterion.Statement)
            .Concat(pack.Vetting.SelectMany(set => set.Conditions, (_, condition) => condition.Text))
            .Where(text => AsksForSeat(text.Sv)),
    ];

    /// <summary>The flags that the facts propose. A proposal only: a lawyer decides.</summary>
    public static IReadOnlySet<string> ProposedBy(CaseContent facts, decimal? value, decimal? limit)
    {
        var texts = Texts(facts).ToList();
        var proposed = All.Where(flag => flag.Words.Any(word => texts.Exists(text => text.Contains(word, StringComparison.OrdinalIgnoreCase))))
            .Select(flag => flag.Code).ToHashSet();
        if (GivesNothing(facts))
        {
            proposed.Add("no-cso-contribution");
        }

        if (facts.PlannedExtensionCount * facts.PlannedExtensionMonths >= MonthsOfLongExtension)
        {
            proposed.Add("open-ended-extension");
        }

        if (value >= limit)
        {
            proposed.Add(ValueAboveThreshold);
        }

        return proposed;
    }

    private static bool AsksForSeat(string text) => WordsOfLocalSeat.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    // Silence of one side says something only when the other has spoken.
    private static bool GivesNothing(CaseContent facts)
    {
        decimal Given(PartySide side)
        {
            var parties = facts.Parties.Where(party => party.Side == side).Select(party => party.PartyId).ToHashSet();
            return facts.Contributions.Where(contribution => parties.Contains(contribution.PartyId)).Sum(contribution => contribution.Value);
        }

        return facts.Contributions.All(contribution => contribution.IsValued) && Given(PartySide.Cso) == 0 && (facts.ContributionsComplete || Given(PartySide.Public) > 0);
    }

    private static IEnumerable<string> Texts(CaseContent facts) =>
        facts.Contributions.SelectMany(contribution => new[] { contribution.Description, contribution.ValuationMethod })
            .Concat([facts.BudgetPlan, facts.InitiativeDescription, facts.Need, facts.AddedValue, facts.Title]);

    private static List<RedFlag> Read() =>
        [.. ((YamlSequenceNode)Root["flags"]).Children
            .Select(row => new RedFlag(row["code"].ToString(), LawTexts.Text(row), LawTexts.Strings(row, "words")))];
}
