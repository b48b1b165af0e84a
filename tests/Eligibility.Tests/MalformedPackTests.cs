using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Guidelines.Reading;

namespace Iop.Eligibility.Tests;

/// <summary>A pack with faults is no pack, and its writer learns of every fault at once.</summary>
public class MalformedPackTests
{
    private static readonly string Sound = Packs.TextOf("1283");

    /// <summary>What is replaced by what in a sound pack, and the fault that follows.</summary>
    public static TheoryData<string, string, string, string> Changes => new()
    {
        { "language: sv\n", "language: sv\ncolour: blue\n", "colour", FaultReason.UnknownKey },
        { "language: sv\n", "language: sv\nlanguage: en\n", "", FaultReason.DuplicateKey },
        { "language: sv\n", "language: sv\ncommittees: {default: true, sight: some, all: [{key: a, text: {sv: A, en: A}}]}\n", "committees.sight", FaultReason.UnknownValue },
        { "language: sv\n", "language: sv\ncommittees: {default: true, sight: own}\n", "committees.all", FaultReason.MissingKey },
        { "language: sv\n", "language: sv\ncommittees: {default: true, sight: own, all: [{key: Nämnd, text: {sv: A, en: A}}]}\n", "committees.all[0].key", FaultReason.CodeFormat },
        { "language: sv\n", "language: sv\ncommittees: {default: true, sight: own, all: [{key: ks, text: {sv: A, en: A}}, {key: ks, text: {sv: A, en: A}}]}\n", "committees.all[1].key", FaultReason.DuplicateId },
        { "language: sv\n", "", "language", FaultReason.MissingKey },
        { "language: sv\n", "language: [sv]\n", "language", FaultReason.WrongType },
        { "language: sv\n", "language: sv\n  deep: [\n", "", FaultReason.NotYaml },
        { "language: sv\n", "language: \"\\UFFFFFFFF\"\n", "", FaultReason.NotYaml },
        { "language: sv\n", "language: ?\n", "", FaultReason.NotYaml },
        { "{fact: procurementRequired}", "&part {not: *part}", "", FaultReason.AliasRefused },
        { "{fact: procurementRequired}", "{all: [&part {fact: procurementRequired}, *part]}", "", FaultReason.AliasRefused },
        { "{fact: procurementRequired}", Deep(100_000), "", FaultReason.TooDeep },
        { "validFrom: 2024-01-01", "validFrom: 1 januari", "validFrom", FaultReason.WrongType },
        { "validFrom: 2024-01-01", "validFrom: 2024-01-01\nvalidTo: 2023-01-01", "validTo", FaultReason.RangeReversed },
        { "municipality: \"1283\"", "municipality: 1283", "municipality", FaultReason.MunicipalityNotQuoted },
        { "municipality: \"1283\"", "municipality: \"580\"", "municipality", FaultReason.MunicipalityFormat },
        { "version: \"2024-1\"", "version: \"v2\"", "version", FaultReason.VersionFormat },
        { "severity: prohibited", "severity: forbidden", "criteria[0].severity", FaultReason.UnknownValue },
        { "severity: prohibited", "severity: prohibited\n    clearedBy: he-ask-market", "criteria[0].clearedBy", FaultReason.ProhibitionCleared },
        { "severity: prohibited", "severity: mandatory\n    clearedBy: he-not-in-procurement-area", "criteria[0].clearedBy", FaultReason.SelfReference },
        { "severity: prohibited", "severity: mandatory\n    clearedBy: he-nowhere", "criteria[0].clearedBy", FaultReason.UnknownReference },
        { "measure: {by: procurementGate}", "measure: {by: procurementGate, aspect: democratic}", "criteria[0].measure.aspect", FaultReason.UnknownKey },
        { "measure: {by: procurementGate}", "measure: {by: answer, against: democratic, maxIncomeShare: 50}", "criteria[0].measure.maxIncomeShare", FaultReason.UnknownKey },
        { "measure: {by: procurementGate}", "measure: {by: answer, against: remainsIndependent, maxIncomeShare: 101}", "criteria[0].measure.maxIncomeShare", FaultReason.OutOfRange },
        { "measure: {by: procurementGate}", "measure: {by: organisation, aspect: established, minYears: 0}", "criteria[0].measure.minYears", FaultReason.OutOfRange },
        { "measure: {by: procurementGate}", "measure: {by: organisation, aspect: democratic, minYears: 3}", "criteria[0].measure.minYears", FaultReason.UnknownKey },
        { "policy:\n  goals: []", "policy:\n  goals:\n    - {number: \"4\", text: {sv: Hälsa, en: Health}, validFrom: 2022-10-15, validTo: 2018-10-14}", "policy.goals[0].validTo", FaultReason.RangeReversed },
        { "measure: {by: procurementGate}", "measure: {by: vetting, conditionSet: nowhere}", "criteria[0].measure.conditionSet", FaultReason.UnknownReference },
        { "measure: {by: procurementGate}", "measure: {by: term, minMonths: 60, maxMonths: 24}", "criteria[0].measure.minMonths", FaultReason.RangeReversed },
        { "measure: {by: procurementGate}", "measure: {by: municipalGoals}", "criteria[0].measure.by", FaultReason.MeasureWithoutBasis },
        { "measure: {by: procurementGate}", "measure: {by: initiator}", "criteria[0].severity", FaultReason.SeverityContradiction },
        { "id: he-parties-many-to-many", "id: he-not-in-procurement-area", "criteria[1].id", FaultReason.DuplicateId },
        { "id: he-parties-many-to-many", "name: he-parties-many-to-many", "criteria[1]", FaultReason.ProvenanceUnclear },
        { "key: active-regular-cooperation", "key: problem-owner", "routing.questions[1].key", FaultReason.DuplicateId },
        { "{key: joint, ", "{key: municipality, ", "routing.questions[0].options[1].key", FaultReason.DuplicateId },
        { "{key: inclusive, ", "{key: open-membership, ", "vetting[0].conditions[1].key", FaultReason.DuplicateId },
        { "key: convener", "key: guideline-owner", "roles[1].key", FaultReason.DuplicateId },
        { "type: fine", "type: penalty", "agreement.forbiddenClauses[1].type", FaultReason.DuplicateId },
        { "sv: \"Finns det en marknad?\"", "sv: \" \"", "criteria[4].statement.sv", FaultReason.EmptyText },
        { "language: sv\n", "language: \"\"\n", "language", FaultReason.EmptyText },
        { "id: he-parties-many-to-many", "id:", "criteria[1].id", FaultReason.EmptyText },
        { "key: active-regular-cooperation", "key: \" \"", "routing.questions[1].key", FaultReason.EmptyText },
        { "{fact: procurementRequired}", "{fact: procurementRequired, always: true}", "routing.rules[0].when", FaultReason.ConditionUnclear },
        { "{answer: problem-owner, is: municipality}", "{answer: problem-owner, is: nobody}", "routing.rules[5].when.is", FaultReason.UnknownReference },
        { "{answer: problem-owner, is: municipality}", "{answer: nothing, is: yes}", "routing.rules[5].when.answer", FaultReason.UnknownReference },
        { "kind: meetings, before: agreement, meeting: dialogue,", "kind: meetings, before: agreement,", "steps[0].gate", FaultReason.GateUnclear },
        { "uri: https://helsingborg.se", "uri: http://helsingborg.se", "vetting[0].uri", FaultReason.AddressInvalid },
        { "typicalMinMonths: 24", "typicalMinMonths: 72", "period.typicalMinMonths", FaultReason.RangeReversed },
        { "typicalMinMonths: 24", "typicalMinMonths: 0", "period.typicalMinMonths", FaultReason.OutOfRange },
        { "allowedClauses: [rescission, dispute]", "allowedClauses: [rescission, penalty]", "agreement.allowedClauses[1]", FaultReason.ClauseContradiction },
        { "      sections: [activity]\n      eachPartyApproves: true", "      eachPartyApproves: true", "agreement.rules[8].sections", FaultReason.MissingKey },
        { "  sections: [values]\n", "  sections: [worth]\n", "compact.sections[0]", FaultReason.UnknownReference },
        { "{key: dialogue, text:", "{key: independence, text:", "compact.statements[1].key", FaultReason.DuplicateId },
        { "retention: {default: true, preserve: true}", "retention: {default: true, preserve: true, yearsAfterEnd: 10}", "retention.yearsAfterEnd", FaultReason.RetentionContradiction },
        { "allowed: true\n  silentRenewal: false", "allowed: false\n  silentRenewal: true", "extension", FaultReason.ExtensionContradiction },
        { "allowedInitiators: [cso, joint]", "allowedInitiators: []", "initiative.allowedInitiators", FaultReason.InitiativeContradiction },
        { "  order: any\n  originalToEach", "  order: any\n  levels: [{document: receipt, minimumAssurance: low}]\n  originalToEach", "signing.levels[0].document", FaultReason.UnknownValue },
        { "  order: any\n  originalToEach", "  order: any\n  minimumClass: strong\n  originalToEach", "signing.minimumClass", FaultReason.UnknownValue },
        { "  order: any\n  originalToEach", "  order: any\n  levels: [{document: amendment, minimumAssurance: low, minimumClass: ses}]\n  originalToEach", "signing.levels[0].minimumClass", FaultReason.UnknownValue },
        { "  order: any\n  originalToEach", "  order: any\n  levels: [{document: ending, minimumAssurance: low, minimumClass: simple}]\n  originalToEach", "signing.levels[0].minimumClass", FaultReason.UnknownKey },
        { "  order: any\n  originalToEach", "  order: any\n  levels: [{document: ending}]\n  originalToEach", "signing.levels[0].minimumAssurance", FaultReason.MissingKey },
        { "  order: any\n  originalToEach", "  order: any\n  levels: [{document: ending, minimumAssurance: low}, {document: ending, minimumAssurance: high}]\n  originalToEach", "signing.levels[1].document", FaultReason.DuplicateId },
        { "kind: all\n", "kind: atLeast\n  count: 99\n", "aggregateRule.count", FaultReason.AggregateContradiction },
        { "kind: all\n", "kind: atLeast\n", "aggregateRule.count", FaultReason.MissingKey },
        { "example: \"123/2024\"", "example: \"KS 123\"", "caseReference.example", FaultReason.ExampleMismatch },
        { "pattern: \"^", "pattern: \"^(", "caseReference.pattern", FaultReason.BadPattern },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_fault_is_told_with_its_place_and_reason(string was, string becomes, string path, string reason)
    {
        Assert.Contains(was, Sound, StringComparison.Ordinal);
        var reading = GuidelinePackReader.Read(ReplaceFirst(Sound, was, becomes));
        Assert.Null(reading.Pack);
        var fault = Assert.Single(reading.Faults, fault => fault.Path == path && fault.Reason == reason);
        Assert.NotEmpty(fault.Sentence);
        Assert.DoesNotContain("{", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_is_shown_by_a_test() =>
        Assert.Equal(FaultReason.All.Order(), Changes.Select(change => (string)change[3]).Distinct().Order());

    [Fact]
    public void Several_faults_are_all_told_and_no_partial_pack_is_given()
    {
        var text = ReplaceFirst(Sound, "language: sv\n", "colour: blue\n");
        text = ReplaceFirst(text, "severity: prohibited", "severity: forbidden");
        text = ReplaceFirst(text, "{fact: procurementRequired}", "{criterion: he-nowhere, is: met}");
        text = ReplaceFirst(text, "allowedClauses: [rescission, dispute]", "allowedClauses: [penalty]");
        var reading = GuidelinePackReader.Read(text);
        Assert.Null(reading.Pack);
        Assert.Equal(
            [
                ("agreement.allowedClauses[0]", FaultReason.ClauseContradiction), ("colour", FaultReason.UnknownKey),
                ("criteria[0].severity", FaultReason.UnknownValue), ("language", FaultReason.MissingKey),
                ("routing.rules[0].when.criterion", FaultReason.UnknownReference),
            ],
            reading.Faults.Select(fault => (fault.Path, fault.Reason)).OrderBy(fault => fault.Path, StringComparer.Ordinal));
    }

    [Theory, InlineData(""), InlineData("- a list"), InlineData("just a word"), InlineData("municipality: \"0580\"")]
    public void What_is_no_pack_at_all_is_refused_without_an_exception(string text)
    {
        var reading = GuidelinePackReader.Read(text);
        Assert.Null(reading.Pack);
        Assert.NotEmpty(reading.Faults);
    }

    private static string Deep(int times) => $"{string.Concat(Enumerable.Repeat("{not: ", times))}{{fact: procurementRequired}}{new string('}', times)}";

    private static string ReplaceFirst(string text, string was, string becomes)
    {
        var at = text.IndexOf(was, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), becomes, text.AsSpan(at + was.Length));
    }
}
