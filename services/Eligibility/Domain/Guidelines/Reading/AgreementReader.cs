namespace Iop.Eligibility.Domain.Guidelines.Reading;

internal static class AgreementReader
{
    // A group of fewer is easily a person.
    private const int MinimumGroupSize = 5;

    public static AgreementRules Agreement(PackMap map)
    {
        var forbidden = map.List("forbiddenClauses", clause => new ForbiddenClause(clause.Provenance(),
            clause.Choice<ClauseType>("type"), clause.Choice<Severity>("severity")), identity: "type");
        var allowed = map.Choices<ClauseType>("allowedClauses");
        for (var i = 0; i < allowed.Count; i++)
        {
            if (forbidden.Any(clause => clause.Type == allowed[i]))
                map.Ledger.Report($"{map.At("allowedClauses")}[{i}]", FaultReason.ClauseContradiction, allowed[i]);
        }

        return new AgreementRules(map.List("sections", Section), map.List("rules", Rule), forbidden, allowed,
            map.RequiredChild("approval", approval => new ApprovalRule(approval.Provenance(), approval.Choices<PartySide>("requiredFrom"))))
        {
            Departures = map.Child("departures", Departures),
        };
    }

    private static Section Section(PackMap map) => new(map.Provenance(), map.Required("key"), map.Text("heading"),
        map.Choice<SectionMode>("mode"), map.Text("guidance"), map.List("prompts", PackMap.ReadText),
        map.ChoiceOrNull<SectionSource>("generatedFrom") ?? SectionSource.None, map.Flag("repeatable"));

    private static AgreementRule Rule(PackMap map)
    {
        var sections = map.Strings("sections");
        for (var i = 0; i < sections.Count; i++)
            map.Ledger.Refers($"{map.At("sections")}[{i}]", ReferenceKind.Section, sections[i]);
        return new AgreementRule(map.Provenance(), map.Required("key"), map.Text("text"), map.Choice<Severity>("severity"), sections, EachApproves(map, sections));
    }

    // Only what stands in a section can be approved by itself.
    private static bool EachApproves(PackMap map, IReadOnlyList<string> sections)
    {
        var each = map.Flag("eachPartyApproves");
        if (each && sections.Count == 0)
            map.Ledger.Report(map.At("sections"), FaultReason.MissingKey, "sections");
        return each;
    }

    private static DepartureRule Departures(PackMap map) => new(map.Provenance(), map.Flag("motivated"));

    public static PeriodRule Period(PackMap map)
    {
        var (min, max) = map.Range("minMonths", "maxMonths");
        var (typicalMin, typicalMax) = map.Range("typicalMinMonths", "typicalMaxMonths");
        return new PeriodRule(map.Provenance(), map.Flag("required"), min, max, typicalMin, typicalMax,
            map.Choice<Severity>("severity"), map.List("statements", ProvenanceReader.Remark));
    }

    public static ExtensionRule Extension(PackMap map)
    {
        var rule = new ExtensionRule(map.Provenance(), map.Flag("allowed"), map.NumberOrNull("maxCount", 1, 20),
            map.NumberOrNull("maxMonths", 1, 600), map.Flag("silentRenewal"),
            map.List("mustDecide", ProvenanceReader.Remark));
        if (!rule.Allowed && (rule.MaxCount is not null || rule.MaxMonths is not null || rule.SilentRenewal))
            map.Ledger.Report(map.Path, FaultReason.ExtensionContradiction);
        return rule;
    }

    public static ContributionRules Contributions(PackMap map) => new(map.Choices<PartySide>("requiredFrom"),
        map.Choices<ContributionType>("types"), map.List("permissions", ProvenanceReader.Remark));

    public static FundingRules Funding(PackMap map) => new(map.Provenance(), map.Flag("concurrentInstruments"),
        map.List("grantCatalogue", ProvenanceReader.Keyed), map.List("statements", ProvenanceReader.Remark));

    public static SigningRules Signing(PackMap map) => new(map.Provenance(),
        map.Choice<AssuranceLevel>("minimumAssurance"), map.ChoiceOrNull<SignatureClass>("minimumClass") ?? SignatureClass.Simple,
        map.Choice<SigningOrder>("order"), map.Flag("originalToEach"), map.List("statements", ProvenanceReader.Remark), map.List("levels", Level, identity: "document"));

    // A word that ends an agreement is given in the service itself, so that a class asked of it would keep everybody bound.
    private static DocumentLevel Level(PackMap map)
    {
        var document = map.Choice<SignedDocument>("document");
        return new DocumentLevel(document, map.Choice<AssuranceLevel>("minimumAssurance"),
            document == SignedDocument.Ending ? null : map.ChoiceOrNull<SignatureClass>("minimumClass"));
    }

    public static FollowUpRules FollowUp(PackMap map) => new(
        map.RequiredChild("checkIn", Interval), map.RequiredChild("report", Interval),
        map.RequiredChild("evaluation", LeadTime), map.RequiredChild("renewalTalks", LeadTime),
        map.RequiredChild("reportingResponsibility", duty => new ReportingResponsibilityRule(duty.Provenance(),
            duty.Choice<ReportingResponsibility>("value"), duty.Choices<ReportingResponsibility>("choices"))),
        map.Strings("requiredFields"),
        map.RequiredChild("reminders", reminders => new Reminders(reminders.Provenance(), reminders.Numbers("daysBefore", 1, 365),
            reminders.Numbers("daysAfter", 1, 365), reminders.NumberOrNull("escalateAfter", 0, 365) ?? 0)),
        map.List("duties", duty => new FollowUpDuty(duty.Provenance(), duty.Required("key"), duty.Text("text"), duty.Choice<Severity>("severity"))),
        map.NumberOrNull("minimumGroupSize", 2, 100) ?? MinimumGroupSize);

    public static RetentionRule Retention(PackMap map)
    {
        var (preserve, years) = (map.Flag("preserve"), map.NumberOrNull("yearsAfterEnd", 1, 100));
        if (preserve == years is not null)
            map.Ledger.Report(map.At("yearsAfterEnd"), FaultReason.RetentionContradiction);
        return new RetentionRule(map.Provenance(), preserve ? null : years);
    }

    public static SharingRule Sharing(PackMap map) => new(map.Flag("precedents"), map.Flag("learningNotes"));

    private static Interval Interval(PackMap map) => new(map.Provenance(), map.Number("everyMonths", 1, 60));

    private static LeadTime LeadTime(PackMap map) => new(map.Provenance(), map.Number("monthsBeforeEnd", 1, 60));
}
