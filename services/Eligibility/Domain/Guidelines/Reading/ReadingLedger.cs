using System.Globalization;

namespace Iop.Eligibility.Domain.Guidelines.Reading;

/// <summary>What one reading has come upon: faults, the homes of rule ids, and references still to be resolved.</summary>
internal sealed class ReadingLedger
{
    private static readonly IReadOnlyDictionary<string, string> Sentences =
        EmbeddedTexts.Flat("Domain/fault-sentences.yaml");

    private readonly List<PackFault> faults = [];
    private readonly Dictionary<string, string> homes = new(StringComparer.Ordinal);
    private readonly List<(string Path, ReferenceKind Kind, string Target)> references = [];

    public IReadOnlyList<PackFault> Faults => faults;

    public IReadOnlySet<string> RuleIds => homes.Keys.ToHashSet(StringComparer.Ordinal);

    public void Report(string path, string reason, params object[] parts) =>
        faults.Add(new PackFault(path, reason, string.Format(CultureInfo.InvariantCulture, Sentences[reason], parts)));

    public void ReportWrongType(string path, string expected) =>
        Report(path, FaultReason.WrongType, Sentences["type." + expected]);

    public void Home(string ruleId, string path)
    {
        if (!homes.TryAdd(ruleId, path))
            Report(path, FaultReason.DuplicateId, ruleId, homes[ruleId]);
    }

    public void Refers(string path, ReferenceKind kind, string target) => references.Add((path, kind, target));

    /// <summary>References point forwards as well as backwards, so they are resolved when all is read.</summary>
    public void Resolve(IReadOnlyDictionary<ReferenceKind, IReadOnlySet<string>> known)
    {
        foreach (var (path, kind, target) in references)
        {
            if (!(kind == ReferenceKind.Rule ? homes.ContainsKey(target) : known[kind].Contains(target)))
                Report(path, FaultReason.UnknownReference, target);
        }
    }
}

internal enum ReferenceKind { Rule, Criterion, Question, Option, ConditionSet, VettingCondition, Section }
