namespace Iop.Agreements.Domain;

/// <summary>A pack that binds a text, and the municipality whose it is; empty for the lead.</summary>
public sealed record BindingPack(string Name, string Municipality, AgreementRules Rules);

/// <summary>
/// The check of a text that several packs bind: it runs once for each, as if that municipality were the only one, and
/// what any of them stops is stopped. Each finding says whose rule it is.
/// </summary>
public static class JointCheck
{
    public static IReadOnlyList<Finding> Run(Agreement agreement, IReadOnlyList<BindingPack> packs, Phrases phrases) =>
        [.. Found(agreement, packs, phrases).Select(finding => WithReasons(finding, agreement))];

    /// <summary>
    /// Whether the guidelines of those who remain are kept as well without some of the parties: both sides are there, and nothing
    /// stops the text that did not stop it when it was signed.
    /// </summary>
    public static bool HoldsWithout(Agreement agreement, IReadOnlySet<string> gone, IReadOnlyList<BindingPack> packs, Phrases phrases)
    {
        var terms = agreement.Terms.Without(gone);
        List<BindingPack> remaining = [.. packs.Where(pack => pack.Municipality.Length == 0 || terms.Parties.Any(party => party.Municipality == pack.Municipality))];
        return new[] { PartySide.Public, PartySide.CivilSociety }.All(side => terms.Parties.Any(party => party.Side == side))
            && Stopping(agreement, terms, remaining, phrases).IsSubsetOf(Stopping(agreement, agreement.Terms, remaining, phrases));
    }

    private static HashSet<(string Pack, string Code, string Values)> Stopping(Agreement agreement, AgreementTerms terms, IReadOnlyList<BindingPack> packs, Phrases phrases) =>
        [.. packs.SelectMany(pack => AgreementCheck
            .Run(terms, agreement.Sections, pack.Rules, phrases, agreement.Origin, agreement.Amends is not null, ViewOf(agreement, pack, packs))
            .Where(finding => finding.Blocking)
            .Select(finding => (pack.Name, finding.Code, string.Join('\n', finding.Values))))];

    private static PackView ViewOf(Agreement agreement, BindingPack pack, IReadOnlyList<BindingPack> packs) =>
        new(HeadingsOf(agreement, pack, packs), party => party.Side != PartySide.Public || party.Municipality == pack.Municipality);

    // es-guidelines-guiding: what is recommended is departed from for stated reasons; of what stops the text there are none.
    private static Finding WithReasons(Finding finding, Agreement agreement) =>
        !finding.Blocking && finding.IsOfPack && agreement.Life.Departures.FirstOrDefault(departure => departure.RuleId == finding.RuleId) is { } stated
            ? finding with { NeedsMotivation = false, Motivation = stated.Text }
            : finding;

    private static List<Finding> Found(Agreement agreement, IReadOnlyList<BindingPack> packs, Phrases phrases)
    {
        List<Finding> found = [.. Members(agreement)];
        if (packs is [var only])
        {
            return Sorted([.. found, .. AgreementCheck.Run(agreement.Terms, agreement.Sections, only.Rules, phrases, agreement.Origin, agreement.Amends is not null)]);
        }

        foreach (var pack in packs)
        {
            var ofPack = AgreementCheck.Run(
                agreement.Terms, agreement.Sections, pack.Rules, phrases, agreement.Origin, agreement.Amends is not null, ViewOf(agreement, pack, packs));
            found.AddRange(ofPack.Concat(FollowUp(agreement.Terms, pack.Rules.FollowUp, agreement.Amends is not null)).Select(finding => finding with { PackName = finding.IsOfPack ? pack.Name : "" }));
        }

        return Sorted(WithoutRepeats(WithoutMilderLaw(found)));
    }

    private static IEnumerable<Finding> Members(Agreement agreement)
    {
        foreach (var (member, party) in agreement.Members.Select(member => (member, Party: agreement.Terms.PartyWith(member.PartyId))))
        {
            if (party is null)
            {
                continue;
            }

            if (member.State != MemberState.Joined)
            {
                yield return new Finding("municipality-not-joined", "", Blocking: true, "", "parties", ("party", party.DisplayName));
                continue;
            }

            // law.md: each authority must have found for itself that it may enter into this with this organisation.
            foreach (var other in agreement.Terms.Parties.Where(other => other.Side == PartySide.CivilSociety && !member.OrganisationNumbers.Contains(other.OrganisationNumber)))
            {
                yield return new Finding("party-not-assessed", "", Blocking: true, "", "parties", ("party", other.DisplayName), ("municipality", party.DisplayName));
            }
        }
    }

    // The headings as one pack looks upon them. What the law demands stands in no pack and is looked at with the lead's.
    private static List<Section> HeadingsOf(Agreement agreement, BindingPack pack, IReadOnlyList<BindingPack> packs)
    {
        var templates = pack.Rules.Sections.DistinctBy(template => template.Key).ToDictionary(template => template.Key);
        var known = packs.SelectMany(other => other.Rules.Sections).Select(template => template.Key).ToHashSet();
        return
        [
            .. agreement.Sections
                .Where(section => templates.ContainsKey(section.Key) || (pack == packs[0] && !known.Contains(section.Key)))
                .Select(section => !section.IsAdded && templates.TryGetValue(section.Key, out var template) ? section with { Mode = template.Mode, RuleId = template.RuleId } : section),
        ];
    }

    // One who joins has not chosen the intervals: the guideline's duties hold in the common text.
    private static IEnumerable<Finding> FollowUp(AgreementTerms terms, FollowUpRule rule, bool isAmendment)
    {
        var agreed = terms.FollowUp;
        if (IsTooSeldom(rule.CheckInEveryMonths, agreed.CheckInEveryMonths, agreed.CheckInDates, terms))
        {
            yield return Of("check-ins-too-seldom", "follow_up.check_in_every_months", rule.CheckInEveryMonths);
        }

        if (IsTooSeldom(rule.ReportEveryMonths, agreed.ReportEveryMonths, agreed.ReportDates, terms))
        {
            yield return Of("reports-too-seldom", "follow_up.report_every_months", rule.ReportEveryMonths);
        }

        if (rule.EvaluationMonthsBeforeEnd > 0 && agreed.EvaluationDate > Term.EvaluationDate(rule, terms.StartDate, terms.EndDate))
        {
            yield return Of("evaluation-too-late", "follow_up.evaluation_date", rule.EvaluationMonthsBeforeEnd);
        }

        // After the last extension there are no talks: of that AgreementCheck tells, without stopping it.
        if (terms.Extension.Allowed && Term.RenewalTalksDate(rule, terms.StartDate, terms.EndDate) is { } latest && (agreed.RenewalTalksDate is { } talks ? talks > latest : !isAmendment))
        {
            yield return Of("renewal-talks-too-late", "follow_up.renewal_talks_date", rule.RenewalTalksMonthsBeforeEnd);
        }

        Finding Of(string code, string fieldPath, int months) => new(code, rule.RuleId, Blocking: true, "", fieldPath, ("months", $"{months}"));
    }

    private static bool IsTooSeldom(int wanted, int agreed, IReadOnlyList<DateOnly> dates, AgreementTerms terms)
    {
        if (wanted == 0)
        {
            return false;
        }

        if (dates.Count == 0)
        {
            return agreed == 0 || agreed > wanted;
        }

        // Days named one by one: no longer apart than the interval, from the first day of the term to the last.
        if (terms is not { StartDate: { } last, EndDate: { } end })
        {
            return false;
        }

        foreach (var date in dates)
        {
            if (date > last.AddMonths(wanted))
            {
                return true;
            }

            last = date;
        }

        return end > last.AddMonths(wanted);
    }

    // What the law makes of a clause is not told where a pack is as strict about the same words.
    private static IEnumerable<Finding> WithoutMilderLaw(IReadOnlyList<Finding> found) => found.Where(finding =>
        finding.Place is null || finding.IsOfPack
        || !found.Any(other => other.Place == finding.Place && other.SectionId == finding.SectionId && other.FieldPath == finding.FieldPath && other.IsOfPack && (other.Blocking || !finding.Blocking)));

    // The same thing missing is told once for each rule that asks for it, and by no rule only where none does.
    private static IEnumerable<Finding> WithoutRepeats(IEnumerable<Finding> found) => found
        .GroupBy(finding => (finding.Code, finding.SectionId, finding.FieldPath, finding.Place, string.Join('\n', finding.Values)))
        .SelectMany(same => same.Where(finding => finding.RuleId.Length > 0 || !same.Any(other => other.RuleId.Length > 0 && other.Blocking == finding.Blocking))
            .GroupBy(finding => (finding.RuleId, finding.PackName))
            .Select(repeated => repeated.OrderByDescending(finding => finding.Blocking).First()));

    private static List<Finding> Sorted(IEnumerable<Finding> found) => [.. found.OrderByDescending(finding => finding.Blocking)];
}
