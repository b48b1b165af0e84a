using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

// Names and numbers are those of the contract.
public enum DecidingBody
{
    Unspecified,
    Council,
    ExecutiveBoard,
    Committee,
    CompanyBoard,
    Administration,
}

/// <summary>Which bodies the guideline lets decide, and how it says it. None: it does not say.</summary>
public sealed record DecisionRule(string RuleId, IReadOnlyList<DecidingBody> Bodies, LocalizedText Text)
{
    public static readonly DecisionRule None = new("", [], new LocalizedText("", ""));
}

/// <summary>What the names of bodies say of their kind, from the embedded <c>Bodies.yaml</c>.</summary>
public sealed class BodyNames
{
    private readonly List<(string Word, DecidingBody Kind)> _words;

    private BodyNames(Dictionary<DecidingBody, List<string>> words) => _words = [.. words.SelectMany(kind => kind.Value.Select(word => (word, kind.Key)))];

    public static BodyNames Load() => new(Resources.Read<Dictionary<DecidingBody, List<string>>>("Bodies.yaml"));

    /// <summary>The kind that a name tells of. The last word that tells of one does: a committee's director is no committee.</summary>
    public DecidingBody KindOf(string name)
    {
        // A space at the end too, so that a word that ends one can be told from one that begins another.
        var text = $" {name} ";
        return _words
            .Select(known => (At: text.LastIndexOf(known.Word, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? at + known.Word.Length : -1, known.Kind))
            .Where(found => found.At >= 0)
            .OrderByDescending(found => found.At)
            .Select(found => found.Kind)
            .FirstOrDefault();
    }
}

public sealed partial record TextDecision
{
    /// <summary>
    /// The decision with the kind of its body, which must be one that the guideline names: C2, li-board-decides,
    /// ga-board-may-enter. A body is what its name says, whatever is said of it.
    /// </summary>
    public TextDecision HeldAgainst(DecisionRule rule, BodyNames names)
    {
        var named = names.KindOf(Body);
        var kind = BodyKind == DecidingBody.Unspecified ? named : BodyKind;
        if (kind == DecidingBody.Unspecified && rule.Bodies.Count > 0)
        {
            throw Refusal.Input(new FieldFault("decision.body_kind", "FIELD_REQUIRED"));
        }

        if (named != DecidingBody.Unspecified && named != kind)
        {
            throw Refusal.Input(new FieldFault("decision.body_kind", "DECISION_BODY_CONTRADICTED", ("body", Body)));
        }

        return rule.Bodies.Count == 0 || rule.Bodies.Contains(kind)
            ? this with { BodyKind = kind }
            : throw Refusal.Input(new FieldFault(
                BodyKind == DecidingBody.Unspecified ? "decision.body" : "decision.body_kind", "DECISION_BODY_NOT_ALLOWED", ("body", rule.Text.Sv)));
    }
}
