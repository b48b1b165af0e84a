namespace Iop.Eligibility.Domain.Guidelines.Reading;

/// <summary>One thing that is wrong with a pack.</summary>
/// <param name="Path">Where, such as <c>criteria[3].severity</c>; empty for the document as a whole.</param>
/// <param name="Reason">A stable code from <see cref="FaultReason"/>.</param>
/// <param name="Sentence">What is wrong, in Swedish, for the person who writes the pack.</param>
public sealed record PackFault(string Path, string Reason, string Sentence);

/// <summary>The stable reason codes of pack faults.</summary>
public static class FaultReason
{
    public const string NotYaml = "NOT_YAML";
    public const string TooDeep = "TOO_DEEP";
    public const string AliasRefused = "ALIAS_REFUSED";
    public const string UnknownKey = "UNKNOWN_KEY";
    public const string DuplicateKey = "DUPLICATE_KEY";
    public const string MissingKey = "MISSING_KEY";
    public const string WrongType = "WRONG_TYPE";
    public const string UnknownValue = "UNKNOWN_VALUE";
    public const string EmptyText = "EMPTY_TEXT";
    public const string OutOfRange = "OUT_OF_RANGE";
    public const string BadPattern = "BAD_PATTERN";
    public const string ExampleMismatch = "EXAMPLE_MISMATCH";
    public const string MunicipalityNotQuoted = "MUNICIPALITY_NOT_QUOTED";
    public const string MunicipalityFormat = "MUNICIPALITY_FORMAT";
    public const string VersionFormat = "VERSION_FORMAT";
    public const string ProvenanceUnclear = "PROVENANCE_UNCLEAR";
    public const string DuplicateId = "DUPLICATE_ID";
    public const string UnknownReference = "UNKNOWN_REFERENCE";
    public const string SelfReference = "SELF_REFERENCE";
    public const string RangeReversed = "RANGE_REVERSED";
    public const string ClauseContradiction = "CLAUSE_CONTRADICTION";
    public const string ProhibitionCleared = "PROHIBITION_CLEARED";
    public const string InitiativeContradiction = "INITIATIVE_CONTRADICTION";
    public const string AggregateContradiction = "AGGREGATE_CONTRADICTION";
    public const string ExtensionContradiction = "EXTENSION_CONTRADICTION";
    public const string RetentionContradiction = "RETENTION_CONTRADICTION";
    public const string ConditionUnclear = "CONDITION_UNCLEAR";
    public const string SeverityContradiction = "SEVERITY_CONTRADICTION";
    public const string MeasureWithoutBasis = "MEASURE_WITHOUT_BASIS";
    public const string GateUnclear = "GATE_UNCLEAR";
    public const string AddressInvalid = "ADDRESS_INVALID";
    public const string CodeFormat = "CODE_FORMAT";

    public static IReadOnlyList<string> All { get; } =
    [
        NotYaml, TooDeep, AliasRefused, UnknownKey, DuplicateKey, MissingKey, WrongType, UnknownValue, EmptyText, OutOfRange, BadPattern,
        ExampleMismatch, MunicipalityNotQuoted, MunicipalityFormat, VersionFormat, ProvenanceUnclear, DuplicateId,
        UnknownReference, SelfReference, RangeReversed, ClauseContradiction, ProhibitionCleared,
        InitiativeContradiction, AggregateContradiction, ExtensionContradiction, RetentionContradiction, ConditionUnclear, SeverityContradiction,
        MeasureWithoutBasis, GateUnclear, AddressInvalid, CodeFormat,
    ];
}

/// <summary>Either a pack, or every fault that was found; never both.</summary>
public sealed record PackReading(GuidelinePack? Pack, IReadOnlyList<PackFault> Faults);
