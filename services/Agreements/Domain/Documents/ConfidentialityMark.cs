namespace Iop.Agreements.Domain.Documents;

/// <summary>Says that a document may hold something secret, and on what ground. Source: law.md 2.6 (OSL).</summary>
public sealed record ConfidentialityMark(string LegalReference, string Reason, DateOnly? UntilDate, string SetBy, DateTimeOffset SetTime)
{
    public bool HoldsOn(DateOnly day) => UntilDate is null || day <= UntilDate;
}
