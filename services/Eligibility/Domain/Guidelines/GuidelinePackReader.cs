using System.Globalization;
using System.Text.RegularExpressions;
using Iop.Eligibility.Domain.Guidelines.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>Reads a guideline pack from YAML: a whole pack, or all that is wrong with it.</summary>
public static partial class GuidelinePackReader
{
    public static PackReading Read(string yaml)
    {
        var ledger = new ReadingLedger();
        var root = Root(yaml, ledger);
        if (root is null)
            return new PackReading(null, ledger.Faults);

        var pack = new PackMap(root, "", ledger).ReadWith(Pack);
        PackConsistency.Check(pack, ledger);
        return ledger.Faults.Count == 0
            ? new PackReading(pack with { RuleIds = ledger.RuleIds }, [])
            : new PackReading(null, ledger.Faults);
    }

    private static YamlMappingNode? Root(string yaml, ReadingLedger ledger)
    {
        using var reader = new StringReader(yaml);
        var events = new Parser(reader);
        try
        {
            var stream = new YamlStream();
            stream.Load(new PlainYaml(events));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return root;
            ledger.ReportWrongType("", "map");
        }
        catch (YamlException fault)
        {
            var reason = (fault as RefusedYamlException)?.Reason
                ?? (fault.Message.Contains("Duplicate key", StringComparison.OrdinalIgnoreCase) ? FaultReason.DuplicateKey : FaultReason.NotYaml);
            ledger.Report("", reason, fault.Start.Line.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // The scanner tells some faults of a text as faults of its own: a plain word that never begins, a character that is none.
            ledger.Report("", FaultReason.NotYaml, (events.Current?.End.Line ?? 1).ToString(CultureInfo.InvariantCulture));
        }

        return null;
    }

    private static GuidelinePack Pack(PackMap map) => new()
    {
        Municipality = Municipality(map),
        Version = Version(map),
        Language = map.Required("language"),
        Title = map.Text("title"),
        Document = map.RequiredChild("document", document => new SourceDocument(document.Required("name"), document.Text("kind"))),
        ValidFrom = map.Date("validFrom"),
        ValidTo = map.DateOrNull("validTo"),
        Adoption = map.Child("adoption", ProcessReader.Adoption),
        CaseReference = map.RequiredChild("caseReference", CaseReference),
        Initiative = map.RequiredChild("initiative", ProcessReader.Initiative),
        Decision = map.RequiredChild("decision", ProcessReader.Decision),
        Committees = map.Child("committees", ProcessReader.Committees),
        AggregateRule = map.RequiredChild("aggregateRule", Aggregate),
        Answers = map.RequiredChild("answers", answers => new AnswerRule(answers.Provenance(),
            answers.Choice<AnswerScale>("scale"), answers.Flag("partlyMeets"))),
        Criteria = Criteria(map),
        JointItems = map.List("jointItems", CriterionReader.JointItem),
        Vetting = map.List("vetting", CriterionReader.ConditionSet),
        Routing = map.RequiredChild("routing", RoutingReader.Routing),
        Steps = map.List("steps", ProcessReader.Step),
        Documents = map.List("documents", ProcessReader.Document, identity: "type"),
        Agreement = map.RequiredChild("agreement", AgreementReader.Agreement),
        Period = map.RequiredChild("period", AgreementReader.Period),
        Extension = map.RequiredChild("extension", AgreementReader.Extension),
        Contributions = map.RequiredChild("contributions", AgreementReader.Contributions),
        Funding = map.RequiredChild("funding", AgreementReader.Funding),
        FollowUp = map.RequiredChild("followUp", AgreementReader.FollowUp),
        Signing = map.RequiredChild("signing", AgreementReader.Signing),
        Retention = map.Child("retention", AgreementReader.Retention) ?? new RetentionRule(Provenance.Default, null),
        Sharing = map.Child("sharing", AgreementReader.Sharing) ?? new SharingRule(false, false),
        Roles = map.List("roles", ProcessReader.Role),
        Scope = map.RequiredChild("scope", ProcessReader.Scope),
        Policy = map.RequiredChild("policy", ProcessReader.Policy),
        Compact = map.Child("compact", ProcessReader.Compact),
        Principles = map.List("principles", ProvenanceReader.Remark),
        Rationales = map.List("rationales", ProvenanceReader.Remark),
        References = map.List("references", ProvenanceReader.Remark),
        Guidance = map.List("guidance", ProvenanceReader.Remark),
        RuleIds = new HashSet<string>(),
    };

    private static IReadOnlyList<Criterion> Criteria(PackMap map)
    {
        if (!map.Has("criteria"))
            map.Ledger.Report(map.At("criteria"), FaultReason.MissingKey, "criteria");
        return map.List("criteria", CriterionReader.Criterion, identity: "");
    }

    private static string Municipality(PackMap map)
    {
        var code = map.Required("municipality");
        if (map.Has("municipality") && !map.IsQuoted("municipality"))
            map.Ledger.Report(map.At("municipality"), FaultReason.MunicipalityNotQuoted);
        else if (map.Has("municipality") && !FourDigits().IsMatch(code))
            map.Ledger.Report(map.At("municipality"), FaultReason.MunicipalityFormat, code);
        return code;
    }

    private static string Version(PackMap map)
    {
        var version = map.Required("version");
        if (map.Has("version") && !YearAndNumber().IsMatch(version))
            map.Ledger.Report(map.At("version"), FaultReason.VersionFormat, version);
        return version;
    }

    private static AggregateRule Aggregate(PackMap map)
    {
        var rule = new AggregateRule(map.Provenance(), map.Choice<AggregateKind>("kind"), map.NumberOrNull("count", 1, 1000));
        if (rule.Kind == AggregateKind.AtLeast && rule.Count is null)
            map.Ledger.Report(map.At("count"), FaultReason.MissingKey, "count");
        return rule;
    }

    private static CaseReferenceRule CaseReference(PackMap map)
    {
        var rule = new CaseReferenceRule(map.Provenance(), map.Required("pattern"), map.Required("example"));
        try
        {
            if (!Regex.IsMatch(rule.Example, rule.Pattern, RegexOptions.NonBacktracking))
                map.Ledger.Report(map.At("example"), FaultReason.ExampleMismatch, rule.Example);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            map.Ledger.Report(map.At("pattern"), FaultReason.BadPattern);
        }

        return rule;
    }

    [GeneratedRegex("^[0-9]{4}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FourDigits();

    [GeneratedRegex("^[0-9]{4}-[1-9][0-9]?\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearAndNumber();
}
