using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>What one check showed, and when.</summary>
public sealed record PreCheckRecord(string Check, PreCheckResult Result, DateOnly CheckDate, string Note);

/// <summary>The risk that a person sees, and why.</summary>
public sealed record Risk(RiskLevel Level, string Reasons, DateOnly Date);

/// <summary>
/// What the municipality has looked into of an organisation beforehand. It informs those who decide and decides nothing
/// itself. Source: law.md 2.11 (RiR 2024, Arvsfonden).
/// </summary>
public sealed class PreCheck : Aggregate
{
    private PreCheck()
    {
    }

    public PreCheck(string municipality, string organisation)
        : base(municipality) => Organisation = organisation;

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    public IReadOnlyList<PreCheckRecord> Results { get; private set; } = [];

    /// <summary>Null until somebody has set a level.</summary>
    public Risk? Risk { get; private set; }

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfPreCheck(Municipality, Organisation);

    /// <summary>Lays results over those that stand; what is not among them stays as it was.</summary>
    public void Record(IReadOnlyList<PreCheckRecord> results, Risk? risk)
    {
        Results = [.. Results.Where(old => !results.Any(result => result.Check == old.Check)), .. results];
        Risk = risk ?? Risk;
    }
}
