namespace Iop.Agreements.Domain.Documents;

/// <summary>Says that a document may hold something secret, and on what ground. Source: law.md 2.6 (OSL).</summary>
public sealed record ConfidentialityMark(string LegalReference, string Reason, DateOnly? UntilDate, string SetBy, DateTimeOffset SetTime)
{
    public bool HoldsOn(DateOnly day) => UntilDate is null || day <= UntilDate;
}

/// <summary>What a mark is set on and lifted from.</summary>
public interface IMarked
{
    void Mark(ConfidentialityMark mark);

    /// <exception cref="Platform.Errors.Refusal"><c>CONFIDENTIALITY_MARK_NOT_SET</c>.</exception>
    void LiftMark();
}
