using Iop.FollowUp.Domain;

namespace Iop.FollowUp.Data;

/// <summary>A plan with how much it holds, counted when it is read so that its own version stands for itself alone.</summary>
public sealed record PlanOverview
{
    /// <summary>The plan.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Check-ins, planned and held.</summary>
    public required int CheckIns { get; init; }

    /// <summary>Check-ins held.</summary>
    public int HeldCheckIns { get; init; }

    /// <summary>Reports.</summary>
    public required int Reports { get; init; }
}
