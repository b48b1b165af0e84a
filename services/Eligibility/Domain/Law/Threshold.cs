using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Law;

/// <summary>The states of a threshold of a municipality's own.</summary>
public enum ThresholdState { Active, Retired }

/// <summary>A threshold that a municipality has entered itself. It is retired and never changed, as cases rely on it.</summary>
public sealed class Threshold : Platform.Persistence.Aggregate
{
    private Threshold()
    {
    }

    /// <summary>Enters a threshold. The active ones of its law and kind must leave its days free.</summary>
    public Threshold(string municipality, ThresholdRow row, IEnumerable<Threshold> active)
        : base(municipality)
    {
        if (active.FirstOrDefault(other => other.ValidFrom <= row.ValidTo && row.ValidFrom <= other.ValidTo) is { } taken)
        {
            throw Refusal.Precondition("THRESHOLD_PERIOD_TAKEN", Name, ("other", taken.Name));
        }

        (Law, Kind, ValidFrom, ValidTo, Amount, Source) = (row.Law, row.Kind, row.ValidFrom, row.ValidTo, row.Amount, row.Source);
    }

    public ProcurementLaw Law { get; private set; }

    public ThresholdKind Kind { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    public DateOnly ValidTo { get; private set; }

    public decimal Amount { get; private set; }

    public string Source { get; private set; } = "";

    public ThresholdState State { get; private set; }

    public string RetireReason { get; private set; } = "";

    public override string Name => NameOf(Municipality, Id.ToString());

    public ThresholdRow Row => new(Id.ToString(), Law, Kind, ValidFrom, ValidTo, Amount, Source);

    public static string NameOf(string municipality, string id) => $"municipalities/{municipality}/thresholds/{id}";

    /// <summary>Takes it out of use. What has relied on it keeps its name.</summary>
    public void Retire(string reason)
    {
        if (State != ThresholdState.Active)
        {
            throw Refusal.State("THRESHOLD_STATE_NOT_ALLOWED", Name, "RETIRED", "ACTIVE");
        }

        (State, RetireReason) = (ThresholdState.Retired, reason);
    }
}
