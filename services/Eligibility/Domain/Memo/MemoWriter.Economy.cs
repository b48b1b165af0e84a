using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Memo;

/// <content>What both sides contribute, and what it is measured against.</content>
public sealed partial class MemoWriter
{
    private MemoSection Economy()
    {
        var section = new SectionDraft("economy").SayIf(_facts.Contributions.Count == 0, "none").Tell("budget", _facts.BudgetPlan);
        foreach (var kind in Enum.GetValues<ThresholdKind>())
        {
            section.Tell(Codes.KeyOf(kind), thresholds.Of(kind) is { } row ? Swedish.Sum(row.Amount) : null);
        }

        section.SayIf(thresholds.Missing.Any(), "limitUnknown");
        if (_facts.Contributions.Count == 0)
        {
            return section.Done();
        }

        var sides = _facts.Parties.ToDictionary(party => party.PartyId, party => party.Side, StringComparer.Ordinal);
        return section
            .Table("contributions", [.. _facts.Contributions.Select<PlannedContribution, IReadOnlyList<string>>(contribution =>
            [
                NameOf(contribution.PartyId),
                Words.For(contribution.Type).Sv,
                OrNone(contribution.Description),
                contribution.Hours > 0 ? Swedish.Number(contribution.Hours) : MemoTexts.Of("form.none"),
                contribution.IsValued ? Swedish.Sum(contribution.Value) : MemoTexts.Of("form.cellMissing"),
                OrNone(contribution.ValuationMethod),
            ])])
            .Table("totals", [.. Enum.GetValues<PartySide>().Select<PartySide, IReadOnlyList<string>>(side =>
                [Words.For(side).Sv, Swedish.Sum(_facts.Contributions.Where(contribution => sides[contribution.PartyId] == side).Sum(contribution => contribution.Value))])])
            .Done();
    }
}
