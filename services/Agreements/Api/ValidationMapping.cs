using Iop.Agreements.Domain;
using Iop.Platform.Requests;
using Result = Iop.Agreements.V1.SignatureValidation.Types.Result;
using SignatureClass = Iop.Types.V1.SignatureClass;

namespace Iop.Agreements.Api;

/// <summary>What was found when a signature was tried, read and shown.</summary>
internal static class ValidationMapping
{
    /// <summary>A service that tells of a signature has tried it, and tells of one that holds.</summary>
    public static void MustBeTried(this Faults faults, string field, V1.SignatureValidation? told, SignatureClass @class, DateTimeOffset now)
    {
        foreach (var (question, result) in Answers(told ?? new()))
        {
            faults.Require(result != Result.Unspecified, $"{field}.{question}", "FIELD_REQUIRED");
            faults.Require(result is Result.Unspecified || Holds(question, result, @class), $"{field}.{question}", "SIGNATURE_NOT_VALID");
        }

        faults.MustBeReadable(field, told ?? new(), now);
    }

    /// <summary>What was signed elsewhere may have been tried or not: what has not is for the two who attest it.</summary>
    public static void MustNotHaveFailed(this Faults faults, string field, V1.SignatureValidation? told, SignatureClass @class, DateTimeOffset now)
    {
        foreach (var (question, result) in Answers(told ?? new()))
        {
            faults.Require(result is Result.Unspecified or Result.Attested || Holds(question, result, @class), $"{field}.{question}", "SIGNATURE_NOT_VALID");
        }

        faults.MustBeReadable(field, told ?? new(), now);
    }

    public static SignatureValidation ToDomain(this V1.SignatureValidation? told, string provider) => new()
    {
        Integrity = (ValidationResult)(told?.Integrity ?? default),
        Certificate = (ValidationResult)(told?.Certificate ?? default),
        Technique = (ValidationResult)(told?.Technique ?? default),
        ValidatedBy = told?.ValidatedBy.Trim() is { Length: > 0 } by ? by : provider,
        ValidateTime = told?.ValidateTime.ToInstant(),
        ReportSha256 = told?.ReportSha256 ?? "",
    };

    /// <summary>As it stands with a signature, the two answers of this service included.</summary>
    public static SignatureValidation Kept(this V1.SignatureValidation kept) =>
        kept.ToDomain("") with { Form = (ValidationResult)kept.Form, Authority = (ValidationResult)kept.Authority };

    public static V1.SignatureValidation? ToProto(this SignatureValidation? found) => found is null ? null : new V1.SignatureValidation
    {
        Form = (Result)found.Form,
        Integrity = (Result)found.Integrity,
        Certificate = (Result)found.Certificate,
        Technique = (Result)found.Technique,
        Authority = (Result)found.Authority,
        ValidatedBy = found.ValidatedBy,
        ValidateTime = found.ValidateTime.ToProto(),
        ReportSha256 = found.ReportSha256,
    };

    private static (string Question, Result Result)[] Answers(V1.SignatureValidation told) =>
        [("integrity", told.Integrity), ("certificate", told.Certificate), ("technique", told.Technique)];

    // eIDAS article 26: an advanced signature is uniquely linked to its signatory, which a certificate shows. A simple one may have none.
    private static bool Holds(string question, Result result, SignatureClass @class) =>
        result == Result.Passed || (result == Result.NotApplicable && question == "certificate" && @class == SignatureClass.Simple);

    private static void MustBeReadable(this Faults faults, string field, V1.SignatureValidation told, DateTimeOffset now)
    {
        faults.Text($"{field}.validated_by", told.ValidatedBy, 100);
        faults.Require(told.ReportSha256.Length == 0 || AgreementsApi.IsHash(told.ReportSha256), $"{field}.report_sha256", "TEXT_HASH_INVALID");
        faults.Require(!(faults.Time($"{field}.validate_time", told.ValidateTime) > now + SigningProviders.ClockDifference), $"{field}.validate_time", "DATE_IN_FUTURE");
    }
}
