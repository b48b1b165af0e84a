using Iop.Eligibility.Domain.Precedents;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>What a precedent is looked for by. Precedents are few, so their texts are read through.</summary>
/// <param name="Stems">Stems of the words looked for; null where none are.</param>
public sealed record PrecedentQuery(IReadOnlyList<string> ChallengeCodes, IReadOnlyList<string> TargetGroupCodes, string Domain, IReadOnlyList<string>? Stems)
{
    // A stem found inside a word stands for every form of it and for compounds.
    public IEnumerable<string> Patterns => (Stems ?? []).Select(stem => $"%{stem.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%");

    /// <summary>Small words alone say nothing to look for.</summary>
    public bool FindsNothing => Stems is [];

    public IQueryable<Precedent> On(IQueryable<Precedent> precedents)
    {
        precedents = ChallengeCodes.Count == 0 ? precedents : precedents.Where(p => p.ChallengeCodes.Any(code => ChallengeCodes.Contains(code)));
        precedents = TargetGroupCodes.Count == 0 ? precedents : precedents.Where(p => p.TargetGroupCodes.Any(code => TargetGroupCodes.Contains(code)));
        precedents = Domain.Length == 0 ? precedents : precedents.Where(p => p.Domain == Domain);
        precedents = Patterns.Aggregate(precedents, (query, pattern) => query.Where(p => EF.Functions.ILike(p.Title + " " + p.Summary, pattern)));
        return FindsNothing ? precedents.Where(_ => false) : precedents;
    }

    public IQueryable<SharedPrecedent> On(IQueryable<SharedPrecedent> precedents)
    {
        precedents = ChallengeCodes.Count == 0 ? precedents : precedents.Where(p => p.ChallengeCodes.Any(code => ChallengeCodes.Contains(code)));
        precedents = TargetGroupCodes.Count == 0 ? precedents : precedents.Where(p => p.TargetGroupCodes.Any(code => TargetGroupCodes.Contains(code)));
        precedents = Domain.Length == 0 ? precedents : precedents.Where(p => p.Domain == Domain);
        precedents = Patterns.Aggregate(precedents, (query, pattern) => query.Where(p => EF.Functions.ILike(p.Title + " " + p.Summary, pattern)));
        return FindsNothing ? precedents.Where(_ => false) : precedents;
    }

    public bool Matches(PublicExample example) =>
        !FindsNothing
        && (ChallengeCodes.Count == 0 || example.ChallengeCodes.Any(ChallengeCodes.Contains))
        && (TargetGroupCodes.Count == 0 || example.TargetGroupCodes.Any(TargetGroupCodes.Contains))
        && Domain.Length == 0
        && (Stems ?? []).All(stem => $"{example.Title} {example.Summary}".Contains(stem, StringComparison.OrdinalIgnoreCase));
}
