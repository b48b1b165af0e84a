using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>How one condition stands, on what evidence and why.</summary>
public sealed record ConditionRecord(
    string ConditionKey,
    ConditionStatus Status,
    Guid? EvidenceDocument,
    DateOnly CheckDate,
    string ToleranceNote,
    string Reason,
    DateOnly? HeardDate,
    DateTimeOffset RecordTime)
{
    /// <summary>Why a ground of exclusion does not shut the organisation out.</summary>
    public string SpecialReasons { get; init; } = "";

    /// <summary>Reference number of the decision that the ground is at hand.</summary>
    public string DecisionReference { get; init; } = "";

    /// <summary>Roles of the one who recorded it: one guideline lets an officer check what another leaves to the committee.</summary>
    public IReadOnlyList<string> RecordedAs { get; init; } = [];

    /// <summary>Somebody has looked into it, whatever was found.</summary>
    public bool IsChecked => Status is ConditionStatus.Verified or ConditionStatus.Failed or ConditionStatus.Excepted;

    /// <summary>Whether the condition stands otherwise than before. Whose check it is counts too: one guideline asks for the committee's.</summary>
    public bool IsOtherThan(ConditionRecord before) => Status != before.Status || (IsChecked && !RecordedAs.ToHashSet().SetEquals(before.RecordedAs));

    /// <summary>Whether it is the committee's check, which one with none of the roles of who made it leaves as it is, whatever guideline is named.</summary>
    public bool IsOfCommitteeAndNotOf(IEnumerable<string> roles) => IsChecked && RecordedAs.Contains(Roles.DecisionMaker) && !RecordedAs.Intersect(roles).Any();
}

/// <summary>
/// What is recorded of an organisation and one condition set of a guideline. The organisation declares, the municipality
/// verifies or fails. Source: law.md 2.11; ga-check-*, he-democracy-conditions, he-formal-conditions.
/// </summary>
public sealed class ConditionCheck : Aggregate
{
    private ConditionCheck()
    {
    }

    public ConditionCheck(string municipality, string organisation, string setKey)
        : base(municipality) => (Organisation, SetKey) = (organisation, setKey);

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    public string SetKey { get; private set; } = "";

    /// <summary>Name of the pack that it was last recorded under.</summary>
    public string GuidelinePack { get; private set; } = "";

    public IReadOnlyList<ConditionRecord> Conditions { get; private set; } = [];

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfConditionCheck(Municipality, Organisation, SetKey);

    /// <summary>Lays records over those that stand. What is not among them stays as it was.</summary>
    /// <param name="pack">Name of the pack.</param>
    /// <param name="order">Keys of the set's conditions, in the order of the pack.</param>
    /// <param name="records">The new records, each condition once.</param>
    /// <param name="byMunicipality">Whether the municipality records; the organisation cannot undo what it has checked.</param>
    /// <returns>Whether the standing of any condition changed.</returns>
    /// <exception cref="Refusal"><c>CONDITION_ALREADY_CHECKED</c>.</exception>
    public bool Record(string pack, IReadOnlyList<string> order, IReadOnlyList<ConditionRecord> records, bool byMunicipality)
    {
        var standing = Conditions.ToDictionary(record => record.ConditionKey);
        var changed = false;
        foreach (var record in records)
        {
            var known = standing.GetValueOrDefault(record.ConditionKey);
            if (!byMunicipality && known is { IsChecked: true })
            {
                throw Refusal.Precondition("CONDITION_ALREADY_CHECKED", Name, ("condition", record.ConditionKey));
            }

            changed |= known is null || record.IsOtherThan(known);
            standing[record.ConditionKey] = record;
        }

        // Of an earlier version of the guideline, what this one no longer asks stays after what it does.
        GuidelinePack = pack;
        Conditions = [.. order.Concat(standing.Keys.Except(order)).Where(standing.ContainsKey).Select(key => standing[key])];
        return changed;
    }
}
