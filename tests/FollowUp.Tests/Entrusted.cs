using Iop.FollowUp.V1;
using Iop.Platform.Requests;

namespace Iop.FollowUp.Tests;

/// <summary>A partnership whose service is compensated under an entrustment.</summary>
internal static class Entrusted
{
    /// <summary>Publishes the news of such an agreement, and answers with the plan that comes of it.</summary>
    public static Task<Partnership> FollowEntrustedAsync(this FollowUpFixture service, DateOnly start, DateOnly end) => service.FollowAsync(
        Partnership.Agreement(followUp: f => f with { Entrusted = true, EvaluationDate = end.AddMonths(-3), RenewalTalksDate = null }) with { StartDate = start, EndDate = end });

    /// <summary>Its checks.</summary>
    public static async Task<IReadOnlyList<OvercompensationCheck>> ChecksAsync(Partnership partnership) =>
        (await partnership.Officer.ListOvercompensationChecksAsync(new ListOvercompensationChecksRequest { Parent = partnership.Plan.Name })).OvercompensationChecks;

    /// <summary>A request that records what a check has found.</summary>
    public static RecordOvercompensationCheckRequest Finding(OvercompensationCheck check, decimal compensation, decimal netCost, decimal profit, bool carryForward = false, string correction = "") => new()
    {
        Name = check.Name,
        Finding = new OvercompensationFinding
        {
            Compensation = compensation.ToProto(),
            NetCost = netCost.ToProto(),
            ReasonableProfit = profit.ToProto(),
            Reasons = "Årsredovisningen och kommunens utbetalningar.",
            CarryForward = carryForward,
        },
        CorrectionReason = correction,
        Etag = check.Etag,
        RequestId = Partnership.NewRequest(),
    };
}
