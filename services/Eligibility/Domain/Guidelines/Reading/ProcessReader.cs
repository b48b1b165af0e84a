namespace Iop.Eligibility.Domain.Guidelines.Reading;

internal static class ProcessReader
{
    public static Step Step(PackMap map) => new(map.Provenance(), map.Required("key"), map.Text("text"),
        map.ChoiceOrNull<Severity>("severity") ?? Severity.Informative, map.Child("gate", Gate));

    private static Gate Gate(PackMap map)
    {
        var gate = new Gate(map.Choice<GateKind>("kind"), map.Choice<GateMoment>("before"),
            map.ChoiceOrNull<MeetingKind>("meeting"), map.NumberOrNull("atLeast", 1, 100) ?? 1, map.Strings("topics"));
        if (gate.Kind == GateKind.Meetings && gate.Meeting is null)
            map.Ledger.Report(map.Path, FaultReason.GateUnclear, "meeting");
        if (gate.Kind == GateKind.Dialogue && gate.Topics.Count == 0)
            map.Ledger.Report(map.Path, FaultReason.GateUnclear, "topics");
        return gate;
    }

    public static DocumentRequirement Document(PackMap map) => new(map.Provenance(), map.Required("type"),
        map.Choice<DocumentSet>("set"), map.Text("text"), map.Flag("yearly"), map.Flag("ifExists"),
        map.Choice<Severity>("severity"));

    public static Role Role(PackMap map)
    {
        var (atLeast, atMost) = map.Range("atLeast", "atMost");
        return new Role(map.Provenance(), map.Required("key"), map.Text("text"), atLeast, atMost, map.Address());
    }

    public static DecisionRule Decision(PackMap map) => new(map.Provenance(), map.Choice<DecisionBody>("body"),
        map.Flag("delegation"), map.Flag("selfApproval"), map.Text("text"));

    public static CommitteeRule Committees(PackMap map)
    {
        var rule = new CommitteeRule(map.Provenance(), map.Choice<CommitteeSight>("sight") == CommitteeSight.Own, map.List("all", ProvenanceReader.Keyed));
        if (rule.All.Count == 0)
            map.Ledger.Report(map.At("all"), FaultReason.MissingKey, "all");
        for (var i = 0; i < rule.All.Count; i++)
        {
            if (rule.All[i].Key.Length > 0 && !CommitteeRule.IsCode(rule.All[i].Key))
                map.Ledger.Report($"{map.At("all")}[{i}].key", FaultReason.CodeFormat, rule.All[i].Key);
        }

        return rule;
    }

    private enum CommitteeSight { All, Own }

    public static Initiative Initiative(PackMap map)
    {
        var initiative = new Initiative(map.Provenance(), map.Choices<Initiator>("allowedInitiators"),
            map.Choices<Initiator>("allowedFormProposers"), map.Choice<Severity>("severity"));
        if (initiative.AllowedInitiators.Count == 0)
            map.Ledger.Report(map.At("allowedInitiators"), FaultReason.InitiativeContradiction);
        return initiative;
    }

    public static Adoption Adoption(PackMap map) => new(map.Provenance(), map.Choice<DecisionBody>("body"),
        map.NumberOrNull("year", 1990, 2100), map.DateOrNull("adoptedDate"), map.OptionalOrNull("referenceNumber"));

    public static Scope Scope(PackMap map) => new(map.Provenance(), map.List("domains", ProvenanceReader.Keyed));

    public static LocalCompact Compact(PackMap map)
    {
        var sections = map.Strings("sections");
        for (var i = 0; i < sections.Count; i++)
            map.Ledger.Refers($"{map.At("sections")}[{i}]", ReferenceKind.Section, sections[i]);
        var compact = new LocalCompact(
            map.Provenance(), map.Text("name"), map.DateOrNull("adoptedDate"), map.Address(), map.List("statements", ProvenanceReader.Keyed), sections);
        if (compact.Statements.Count == 0)
            map.Ledger.Report(map.At("statements"), FaultReason.MissingKey, "statements");
        return compact;
    }

    private static MunicipalGoal Goal(PackMap map)
    {
        var goal = new MunicipalGoal(map.Required("number"), map.Text("text"), map.DateOrNull("validFrom"), map.DateOrNull("validTo"));
        if (goal.ValidTo < goal.ValidFrom)
            map.Ledger.Report(map.At("validTo"), FaultReason.RangeReversed, $"{goal.ValidFrom:yyyy-MM-dd}", $"{goal.ValidTo:yyyy-MM-dd}");
        return goal;
    }

    public static PolicyLinks Policy(PackMap map) => new(
        map.List("goals", Goal),
        map.List("programmes", ProvenanceReader.Remark));
}
