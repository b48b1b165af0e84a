using Iop.Eligibility.V1;
using Iop.Types.V1;

namespace Iop.Journey;

/// <summary>The municipality enters the thresholds of procurement law for this year, where it has not done so.</summary>
public sealed class KeepThresholds(Stage stage)
{
    private static readonly (ThresholdKind Kind, long Amount)[] Limits =
        [(ThresholdKind.DirectAward, 700_000), (ThresholdKind.AnnexTwoServices, 8_109_450)];

    public async Task RunAsync(CancellationToken cancellation)
    {
        var owner = stage.People.GuidelineOwner.Guidelines;
        var known = await owner.ListThresholdsAsync(new ListThresholdsRequest { Parent = stage.Parent }, cancellationToken: cancellation);
        foreach (var (kind, amount) in Limits.Where(limit => !known.Thresholds.Any(own => own.Kind == limit.Kind && own.ValidUntil.ToDate() >= Calendar.Today)))
        {
            var threshold = new Threshold
            {
                Law = ProcurementLaw.Lou,
                Kind = kind,
                ValidFrom = new DateOnly(Calendar.Today.Year, 1, 1).ToProto(),
                ValidUntil = new DateOnly(Calendar.Today.Year, 12, 31).ToProto(),
                Amount = new Money { Units = amount },
                Source = "Kontrollerat av kommunens jurist",
            };
            await owner.CreateThresholdAsync(
                new CreateThresholdRequest { Parent = stage.Parent, Threshold = threshold, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);
        }

        stage.Tell("thresholds kept", $"{Calendar.Today.Year}");
    }
}
