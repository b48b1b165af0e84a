using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

/// <summary>Something in a case that points to a kind of activity.</summary>
/// <param name="Field">Field of the case, as the contract names it.</param>
/// <param name="Code">What stands there.</param>
public sealed record ActivityCause(string Field, string Code, LocalizedText Text);

/// <summary>A kind of activity that the case does not name and its facts point to.</summary>
public sealed record ActivitySuggestion(Code Activity, IReadOnlyList<ActivityCause> Causes)
{
    /// <summary>What the law would then ask.</summary>
    public IEnumerable<LegalQuestion> Questions => LegalQuestions.All.Where(question => question.Tag == Activity.Key);
}

/// <summary>
/// Proposes the kinds of activity whose laws may apply, from target group, challenge, domain and what the municipality lends
/// (es-step-2-applicable-laws).
/// </summary>
public static class ActivitySuggestions
{
    internal static IReadOnlyList<Pointer> Pointers { get; } = Read();

    public static IReadOnlyList<ActivitySuggestion> For(CaseContent facts, GuidelinePack pack)
    {
        var found = new List<ActivitySuggestion>();
        foreach (var pointer in Pointers.Where(pointer => !facts.ActivityTags.Contains(pointer.Tag)))
        {
            var causes = Causes(pointer, facts, pack).ToList();
            if (causes.Count > 0)
            {
                found.Add(new ActivitySuggestion(Classification.ActivityTags.First(tag => tag.Key == pointer.Tag), causes));
            }
        }

        return found;
    }

    private static IEnumerable<ActivityCause> Causes(Pointer pointer, CaseContent facts, GuidelinePack pack)
    {
        IEnumerable<ActivityCause> Codes(string field, IEnumerable<Code> known, IReadOnlyList<string> said, IReadOnlyList<string> pointing) =>
            known.Where(code => said.Contains(code.Key) && pointing.Contains(code.Key)).Select(code => new ActivityCause(field, code.Key, code.Text));

        var lent = facts.Contributions
            .Where(contribution => facts.Parties.Any(party => party.PartyId == contribution.PartyId && party.Side == PartySide.Public))
            .Select(contribution => contribution.Type).Distinct()
            .Where(type => pointer.Contributions.Contains(Cases.Codes.KeyOf(type)));
        return Codes("target_group_codes", Classification.TargetGroups, facts.TargetGroupCodes, pointer.TargetGroups)
            .Concat(Codes("challenge_codes", Classification.Challenges, facts.ChallengeCodes, pointer.Challenges))
            .Concat(Codes("domain", pack.Scope.Domains.Select(domain => new Code(domain.Key, domain.Text)), [facts.Domain], pointer.Domains))
            .Concat(lent.Select(type => new ActivityCause("contributions", Cases.Codes.KeyOf(type), Words.For(type))));
    }

    private static List<Pointer> Read() =>
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/activity-suggestions.yaml")["suggestions"]).Children.Select(row => new Pointer(
            row["tag"].ToString(), LawTexts.Strings(row, "targetGroups"), LawTexts.Strings(row, "challenges"), LawTexts.Strings(row, "domains"), LawTexts.Strings(row, "contributions")))];

    internal sealed record Pointer(
        string Tag, IReadOnlyList<string> TargetGroups, IReadOnlyList<string> Challenges, IReadOnlyList<string> Domains, IReadOnlyList<string> Contributions);
}
