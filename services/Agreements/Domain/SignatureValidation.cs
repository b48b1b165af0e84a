namespace Iop.Agreements.Domain;

// Numbers are those of the contract.
public enum ValidationResult
{
    Unspecified,
    Passed,
    Failed,
    NotApplicable,
    Attested,
}

/// <summary>
/// What was found when a signature that another service made was tried: form, integrity, certificate, technique and authority,
/// each by itself. It is kept with the signature and outlives it as evidence. Source: law.md 2.9.
/// </summary>
public sealed record SignatureValidation
{
    public ValidationResult Form { get; init; }

    public ValidationResult Integrity { get; init; }

    public ValidationResult Certificate { get; init; }

    public ValidationResult Technique { get; init; }

    public ValidationResult Authority { get; init; }

    /// <summary>Who tried integrity, certificate and technique.</summary>
    public string ValidatedBy { get; init; } = "";

    public DateTimeOffset? ValidateTime { get; init; }

    public string ReportSha256 { get; init; } = "";

    /// <summary>What nobody has tried is what the two vouch for who attest the evidence.</summary>
    public SignatureValidation Attested() => this with { Integrity = Vouched(Integrity), Certificate = Vouched(Certificate), Technique = Vouched(Technique) };

    private static ValidationResult Vouched(ValidationResult result) => result == ValidationResult.Unspecified ? ValidationResult.Attested : result;
}
