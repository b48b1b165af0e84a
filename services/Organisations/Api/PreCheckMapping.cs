using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>What was looked into beforehand, from the domain to the contract.</summary>
internal static class PreCheckMapping
{
    /// <summary>The whole list, with what is recorded of it; all unchecked where nothing is.</summary>
    public static V1.PreCheck ToProto(PreCheck? check, string name)
    {
        var recorded = (check?.Results ?? []).ToDictionary(result => result.Check, StringComparer.Ordinal);

        // What an earlier list had and this one no longer asks stays after it.
        var codes = PreChecks.All.Keys.Concat(recorded.Keys.Except(PreChecks.All.Keys, StringComparer.Ordinal)).ToList();
        var message = new V1.PreCheck
        {
            Name = name,
            Items = { codes.Select(code => ToProto(code, recorded.GetValueOrDefault(code))) },
            RiskLevel = check?.Risk is { } risk ? (V1.RiskLevel)risk.Level : V1.RiskLevel.Unspecified,
            RiskReasons = check?.Risk?.Reasons ?? "",
            RiskDate = (check?.Risk?.Date).ToProto(),
            Explanation = Explanations.Of(
                "pre_check.STANDING", ("done", $"{codes.Count(recorded.ContainsKey)}"), ("all", $"{codes.Count}"),
                ("remarks", $"{recorded.Values.Count(result => result.Result == PreCheckResult.Remark)}")),
        };
        if (check is not null)
        {
            (message.CreateTime, message.UpdateTime, message.Etag) = (check.CreateTime.ToProto(), check.UpdateTime.ToProto(), check.Etag);
        }

        return message;
    }

    private static V1.PreCheckItem ToProto(string code, PreCheckRecord? result) => new()
    {
        Check = code,
        Text = PreChecks.All.TryGetValue(code, out var text) ? text.Clone() : null,
        Result = (V1.PreCheckItem.Types.Result)(result?.Result ?? PreCheckResult.NotChecked),
        CheckDate = (result?.CheckDate).ToProto(),
        Note = result?.Note ?? "",
    };
}
