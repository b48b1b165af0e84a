using Iop.Eligibility.Domain.Law;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <summary>What the law's own data look like in the contract.</summary>
internal static class LawMapping
{
    public static V1.Threshold ToProto(this Threshold threshold)
    {
        var message = threshold.Row.ToProto(threshold.Municipality);
        message.Shipped = false;
        message.State = Enums.To<ThresholdState, V1.Threshold.Types.State>(threshold.State);
        message.RetireReason = threshold.RetireReason;
        message.CreateTime = threshold.CreateTime.ToProto();
        message.UpdateTime = threshold.UpdateTime.ToProto();
        message.Etag = threshold.Etag;
        return message;
    }

    /// <summary>A row, as a shipped one unless the caller says otherwise.</summary>
    public static V1.Threshold ToProto(this ThresholdRow row, string municipality) => new()
    {
        Name = Threshold.NameOf(municipality, row.Id),
        Law = Enums.To<ProcurementLaw, V1.ProcurementLaw>(row.Law),
        Kind = Enums.To<ThresholdKind, V1.ThresholdKind>(row.Kind),
        ValidFrom = row.ValidFrom.ToProto(),
        ValidUntil = row.ValidTo.ToProto(),
        Amount = row.Amount.ToProto(),
        Source = row.Source,
        Shipped = Thresholds.Shipped.Contains(row),
        State = V1.Threshold.Types.State.Active,
        Unverified = !row.IsVerified,
    };

    public static V1.MissingThreshold ToProto(this MissingThreshold missing) => new()
    {
        Law = Enums.To<ProcurementLaw, V1.ProcurementLaw>(missing.Law),
        Kind = Enums.To<ThresholdKind, V1.ThresholdKind>(missing.Kind),
        Date = missing.Date.ToProto(),
    };

    public static V1.LegalQuestion ToProto(this LegalQuestion question) => new()
    {
        Question = question.Code,
        Area = Enums.To<LegalArea, V1.LegalArea>(question.Area),
        Text = question.Text.ToProto(),
        LawReferences = { question.Law },
        ActivityTag = question.Tag,
    };

    public static V1.ActivitySuggestion ToProto(this ActivitySuggestion suggestion) => new()
    {
        ActivityTag = suggestion.Activity.Key,
        Text = suggestion.Activity.Text.ToProto(),
        Causes = { suggestion.Causes.Select(cause => new V1.ActivitySuggestion.Types.Cause { Field = cause.Field, Code = cause.Code, Text = cause.Text.ToProto() }) },
        Questions = { suggestion.Questions.Select(question => question.ToProto()) },
    };

    public static V1.GuidelineNote ToProto(this OfficialText text) => new() { Kind = "reference", Key = text.Key, Text = text.Text.ToProto(), Uri = text.Uri };

    public static V1.ClassificationCode ToProto(this Code code) => new() { Code = code.Key, Text = code.Text.ToProto() };

    public static V1.LawFinding ToProto(this LawFinding finding) => new()
    {
        Code = finding.Code,
        Severity = finding.Severity.ToProto(),
        Blocking = finding.IsBlocking,
        Sentence = finding.Sentence.ToProto(),
        LawReferences = { finding.Law },
    };
}
