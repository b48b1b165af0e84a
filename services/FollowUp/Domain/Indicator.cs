using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>One measured value: a number and no text, so that it cannot tell of a person.</summary>
/// <param name="Date">The day that it stands for.</param>
/// <param name="Value">The value.</param>
/// <param name="GroupSize">How many people it tells about; 0 where it tells about none.</param>
/// <param name="By">The side that recorded it.</param>
public sealed record Measurement(DateOnly Date, double Value, int GroupSize, Side By);

/// <summary>What is measured.</summary>
/// <param name="DisplayName">What.</param>
/// <param name="Unit">The unit.</param>
/// <param name="AboutPeople">Whether the values count or describe people.</param>
/// <param name="Baseline">Where the parties began.</param>
/// <param name="Target">Where they want to come.</param>
public sealed record Measure(string DisplayName, string Unit, bool AboutPeople, double? Baseline, double? Target)
{
    /// <summary>How many people the baseline tells about; 0 where it tells about none.</summary>
    public int BaselineGroupSize { get; init; }

    /// <summary>How many people the target tells about; 0 where it tells about none.</summary>
    public int TargetGroupSize { get; init; }
}

/// <summary>What an indicator was before it was changed.</summary>
/// <param name="DisplayName">What was measured.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Baseline">Where the parties began.</param>
/// <param name="Target">Where they wanted to come.</param>
/// <param name="Reason">Why it was changed.</param>
/// <param name="By">The side that changed it.</param>
/// <param name="Time">When.</param>
public sealed record EarlierMeasure(string DisplayName, string Unit, double? Baseline, double? Target, string Reason, Side By, DateTimeOffset Time)
{
    /// <summary>How many people the baseline told about.</summary>
    public int BaselineGroupSize { get; init; }

    /// <summary>How many people the target told about.</summary>
    public int TargetGroupSize { get; init; }
}

/// <summary>Something by which the parties see whether the partnership works. Rule: es-dialogue-output-quality.</summary>
public sealed class Indicator : PlanPart
{
    /// <summary>The collection of indicators within a plan.</summary>
    public const string Collection = "indicators";

    private Indicator()
    {
    }

    /// <summary>Sets up an indicator.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public Indicator(Plan plan, Measure measure)
        : base(plan)
    {
        plan.MustBeOpen();
        (DisplayName, Unit, AboutPeople, Baseline, Target) = measure;
        (BaselineGroupSize, TargetGroupSize) = (measure.BaselineGroupSize, measure.TargetGroupSize);
        MinimumGroupSize = plan.Rules.MinimumGroupSize;
    }

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Collection}/{Id}";

    /// <summary>What is measured.</summary>
    public string DisplayName { get; private set; } = "";

    /// <summary>The unit.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>Whether the values count or describe people.</summary>
    public bool AboutPeople { get; private set; }

    /// <summary>Where the parties began.</summary>
    public double? Baseline { get; private set; }

    /// <summary>Where they want to come.</summary>
    public double? Target { get; private set; }

    /// <summary>How many people the baseline tells about; 0 where it tells about none.</summary>
    public int BaselineGroupSize { get; private set; }

    /// <summary>How many people the target tells about; 0 where it tells about none.</summary>
    public int TargetGroupSize { get; private set; }

    /// <summary>Fewest people that a value, the baseline or the target may tell about.</summary>
    public int MinimumGroupSize { get; private set; }

    /// <summary>What was measured, earliest first.</summary>
    public IReadOnlyList<Measurement> Values { get; private set; } = [];

    /// <summary>What it was before each change, first one first: a goal that is moved stays to be seen.</summary>
    public IReadOnlyList<EarlierMeasure> Earlier { get; private set; } = [];

    /// <summary>Where the latest value stands against the target, which lies below the baseline where less is better.</summary>
    public IndicatorOutcome Outcome => (Target, Values) switch
    {
        (null, _) => IndicatorOutcome.NoTarget,
        (_, []) => IndicatorOutcome.NotMeasured,
        ({ } target, [.., var latest]) when Reaches(latest.Value, target) => IndicatorOutcome.Reached,
        _ => IndicatorOutcome.NotReached,
    };

    /// <summary>Changes what is measured, or where the parties want to come.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public void Change(Plan plan, Measure measure, string reason, Side by, DateTimeOffset now)
    {
        plan.MustBeOpen();
        Earlier = [.. Earlier, new EarlierMeasure(DisplayName, Unit, Baseline, Target, reason, by, now) { BaselineGroupSize = BaselineGroupSize, TargetGroupSize = TargetGroupSize }];
        (DisplayName, Unit, _, Baseline, Target) = measure;
        (BaselineGroupSize, TargetGroupSize) = (measure.BaselineGroupSize, measure.TargetGroupSize);
    }

    /// <summary>Whether a group of people is so large, as is asked for, that no member of it can be made out. An empty one tells of nobody.</summary>
    public static bool Hides(int groupSize, int minimum) => groupSize == 0 || groupSize >= minimum;

    /// <summary>Records a value; one of the same day gives way.</summary>
    public void Record(Measurement measured) =>
        Values = [.. Values.Where(v => v.Date != measured.Date).Append(measured).OrderBy(v => v.Date)];

    private bool Reaches(double value, double target) => target < Baseline ? value <= target : value >= target;
}
