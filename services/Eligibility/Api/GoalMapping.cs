using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <summary>The municipality's goals as the contract shows them.</summary>
internal static class GoalMapping
{
    public static V1.MunicipalGoal ToProto(this OwnGoal goal) => new()
    {
        Name = goal.Name,
        Code = goal.Row.Code,
        Kind = Enums.To<GoalKind, V1.MunicipalGoal.Types.Kind>(goal.Row.Kind),
        Text = goal.Row.Text.ToProto(),
        MandatePeriod = goal.Row.Mandate,
        ValidFrom = goal.Row.ValidFrom.ToProto(),
        ValidUntil = goal.Row.ValidTo.ToProto(),
        Source = goal.Row.Source,
        State = Enums.To<GoalState, V1.MunicipalGoal.Types.State>(goal.State),
        RetireReason = goal.RetireReason,
        CreateTime = goal.CreateTime.ToProto(),
        UpdateTime = goal.UpdateTime.ToProto(),
        Etag = goal.Etag,
    };

    /// <summary>A goal that the guideline lists; it has no name of its own.</summary>
    public static V1.MunicipalGoal ToProto(this MunicipalGoal goal) => new()
    {
        Code = goal.Number,
        Kind = V1.MunicipalGoal.Types.Kind.Goal,
        Text = goal.Text.ToProto(),
        ValidFrom = goal.ValidFrom.ToProto(),
        ValidUntil = goal.ValidTo.ToProto(),
        State = V1.MunicipalGoal.Types.State.Active,
    };
}
