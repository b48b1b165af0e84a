namespace Iop.Eligibility.Domain.Guidelines.Reading;

internal static class RoutingReader
{
    private static readonly IReadOnlyList<string> Forms =
        ["all", "any", "not", "criterion", "answer", "fact", "outcome", "always"];

    public static RoutingRules Routing(PackMap map) => new(map.List("questions", Question), map.List("rules", Rule));

    private static RoutingQuestion Question(PackMap map) => new(map.Provenance(), map.Required("key"), map.Text("text"),
        map.List("options", option => new RoutingOption(option.Required("key"), option.Text("text"))), map.Flag("required"), map.Flag("reasoned"));

    private static RoutingRule Rule(PackMap map) => new(map.Provenance(), map.RequiredChild("when", Condition),
        map.Choice<Instrument>("instrument"), map.Choice<RoutingStrength>("strength"), map.Text("text"),
        map.Strings("law"), map.Flag("interpretation"));

    private static Condition Condition(PackMap map)
    {
        var forms = Forms.Where(map.Has).ToList();
        if (forms.Count != 1)
        {
            map.Ledger.Report(map.Path, FaultReason.ConditionUnclear);
            return new Condition.Not(new Condition.Always());
        }

        return forms[0] switch
        {
            "all" => new Condition.All(map.List("all", Condition)),
            "any" => new Condition.Any(map.List("any", Condition)),
            "not" => new Condition.Not(map.RequiredChild("not", Condition)),
            "criterion" => OnCriterion(map),
            "answer" => OnAnswer(map),
            "fact" => new Condition.FactHolds(map.Choice<CaseFact>("fact")),
            "outcome" => new Condition.OutcomeIs(map.Choice<Outcome>("outcome")),
            _ => Always(map),
        };
    }

    private static Condition.Always Always(PackMap map)
    {
        if (!map.Flag("always"))
            map.Ledger.Report(map.Path, FaultReason.ConditionUnclear);
        return new Condition.Always();
    }

    private static Condition.CriterionIs OnCriterion(PackMap map)
    {
        var id = map.Required("criterion");
        map.Ledger.Refers(map.At("criterion"), ReferenceKind.Criterion, id);
        return new Condition.CriterionIs(id, map.Choice<FindingStatus>("is"));
    }

    /// <summary>Yes, no and partly are answers; any other word must be an option of the question.</summary>
    private static Condition OnAnswer(PackMap map)
    {
        var question = map.Required("answer");
        map.Ledger.Refers(map.At("answer"), ReferenceKind.Question, question);
        var word = map.Required("is");
        if (word is "yes" or "no" or "partly")
            return new Condition.AnswerIs(question, word switch { "yes" => Answer.Yes, "no" => Answer.No, _ => Answer.Partly });
        map.Ledger.Refers(map.At("is"), ReferenceKind.Option, $"{question}/{word}");
        return new Condition.OptionIs(question, word);
    }
}
