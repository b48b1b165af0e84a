namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>Where an entry of a pack comes from: the rule it states, and its line in the adopted document.</summary>
/// <param name="RuleId">The stable rule id, or null where the entry is the platform's own default.</param>
/// <param name="Line">Line or lines in the source document; null where the rule has its home in another entry.</param>
/// <param name="IsDefault">The document gives no value here; the platform's default is used.</param>
public sealed record Provenance(string? RuleId, string? Line, bool IsDefault)
{
    public static Provenance Default { get; } = new(null, null, true);
}

/// <summary>A municipality's adopted guideline as one immutable document.</summary>
public sealed record GuidelinePack
{
    public required string Municipality { get; init; }
    public required string Version { get; init; }
    public required string Language { get; init; }
    public required LocalizedText Title { get; init; }
    public required SourceDocument Document { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }
    public Adoption? Adoption { get; init; }
    public required CaseReferenceRule CaseReference { get; init; }
    public required Initiative Initiative { get; init; }
    public required DecisionRule Decision { get; init; }

    /// <summary>Null: the municipality has not said which its committees are.</summary>
    public CommitteeRule? Committees { get; init; }
    public required AggregateRule AggregateRule { get; init; }
    public required AnswerRule Answers { get; init; }
    public required IReadOnlyList<Criterion> Criteria { get; init; }
    public required IReadOnlyList<JointItem> JointItems { get; init; }
    public required IReadOnlyList<ConditionSet> Vetting { get; init; }
    public required RoutingRules Routing { get; init; }
    public required IReadOnlyList<Step> Steps { get; init; }
    public required IReadOnlyList<DocumentRequirement> Documents { get; init; }
    public required AgreementRules Agreement { get; init; }
    public required PeriodRule Period { get; init; }
    public required ExtensionRule Extension { get; init; }
    public required ContributionRules Contributions { get; init; }
    public required FundingRules Funding { get; init; }
    public required FollowUpRules FollowUp { get; init; }
    public required SigningRules Signing { get; init; }
    public required RetentionRule Retention { get; init; }
    public required SharingRule Sharing { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public required Scope Scope { get; init; }
    public required PolicyLinks Policy { get; init; }
    /// <summary>The local compact that the municipality has with civil society; null where the guideline refers to none.</summary>
    public LocalCompact? Compact { get; init; }

    public required IReadOnlyList<Remark> Principles { get; init; }
    public required IReadOnlyList<Remark> Rationales { get; init; }
    public required IReadOnlyList<Remark> References { get; init; }
    public required IReadOnlyList<Remark> Guidance { get; init; }

    /// <summary>Every rule id that has its home in this pack.</summary>
    public required IReadOnlySet<string> RuleIds { get; init; }
}

public sealed record SourceDocument(string Name, LocalizedText Kind);

public sealed record Adoption(Provenance Provenance, DecisionBody Body, int? Year, DateOnly? Date, string? ReferenceNumber);

public sealed record CaseReferenceRule(Provenance Provenance, string Pattern, string Example);

public sealed record Initiative(Provenance Provenance, IReadOnlyList<Initiator> AllowedInitiators,
    IReadOnlyList<Initiator> AllowedFormProposers, Severity Severity);

public sealed record DecisionRule(Provenance Provenance, DecisionBody Body, bool DelegationAllowed,
    bool SelfApprovalAllowed, LocalizedText Text)
{
    /// <summary>Who may decide: the body that the document names first, then those above it, who can always take a matter up.</summary>
    public IReadOnlyList<DecidingBody> Bodies => Body switch
    {
        DecisionBody.Council => [DecidingBody.Council],
        DecisionBody.ExecutiveBoard => [DecidingBody.ExecutiveBoard, DecidingBody.Council],
        DecisionBody.CommitteeOrCompanyBoard => [DecidingBody.Committee, DecidingBody.CompanyBoard, DecidingBody.ExecutiveBoard, DecidingBody.Council],
        DecisionBody.Administration => [DecidingBody.Administration, DecidingBody.Committee, DecidingBody.ExecutiveBoard, DecidingBody.Council],
        _ => [DecidingBody.Committee, DecidingBody.ExecutiveBoard, DecidingBody.Council],
    };
}

/// <summary>A stated principle, rationale, reference or piece of guidance.</summary>
/// <param name="Uri">Where more is said, or to whom one turns; empty where the document names no place.</param>
public sealed record Remark(Provenance Provenance, string Key, LocalizedText Text, string Uri = "");

public sealed record Role(Provenance Provenance, string Key, LocalizedText Text, int? AtLeast, int? AtMost, string Uri = "");

/// <summary>The local compact (lokal överenskommelse) that partnerships build on (li-compact-aim-welfare-actors, he-six-principles-reference).</summary>
/// <param name="Statements">Its aims or principles.</param>
/// <param name="Sections">Keys of the sections of an agreement whose first text refers to it.</param>
public sealed record LocalCompact(Provenance Provenance, LocalizedText Name, DateOnly? AdoptedDate, string Uri,
    IReadOnlyList<ScopeDomain> Statements, IReadOnlyList<string> Sections);

public sealed record Scope(Provenance Provenance, IReadOnlyList<ScopeDomain> Domains);

public sealed record ScopeDomain(string Key, LocalizedText Text);

/// <summary>The municipality's own goals and programmes that a case may be linked to.</summary>
public sealed record PolicyLinks(IReadOnlyList<MunicipalGoal> Goals, IReadOnlyList<Remark> Programmes);

/// <summary>A goal of the municipality, and the days that it holds; open where the document does not say.</summary>
public sealed record MunicipalGoal(string Number, LocalizedText Text, DateOnly? ValidFrom = null, DateOnly? ValidTo = null)
{
    public bool HoldsOn(DateOnly date) => !(ValidFrom > date) && !(ValidTo < date);
}
