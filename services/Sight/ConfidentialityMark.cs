using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Sight;

/// <summary>Says that a document may hold something secret, and on what ground. Source: law.md 2.6 (OSL).</summary>
public sealed record ConfidentialityMark(string LegalReference, string Reason, DateOnly? UntilDate, string SetBy, DateTimeOffset SetTime)
{
    /// <summary>Most characters of why a mark is set, and of why it is lifted.</summary>
    public const int ReasonLength = 500;

    private const int LegalReferenceLength = 100;

    /// <summary>Reads the mark that somebody sets now.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c>.</exception>
    public static ConfidentialityMark Read(Types.V1.ConfidentialityMark? from, string setBy, TimeProvider time)
    {
        const string Field = "confidentiality_mark";
        var (faults, today) = (new Faults(), time.Today());
        var mark = new ConfidentialityMark(
            faults.Text($"{Field}.legal_reference", from?.LegalReference ?? "", LegalReferenceLength, required: true),
            faults.Text($"{Field}.reason", from?.Reason ?? "", ReasonLength, required: true),
            faults.Date($"{Field}.until_date", from?.UntilDate),
            setBy,
            time.Now());
        faults.Require(mark.On(today) is not null, $"{Field}.until_date", "DATE_ORDER", ("after", $"{today.AddDays(-1):yyyy-MM-dd}"));
        faults.ThrowIfAny();
        return mark;
    }

    /// <summary>What one is told who may not read the document.</summary>
    public Refusal Hides() => Refusal.Denied("DOCUMENT_CONFIDENTIAL", ("legal_reference", LegalReference));

    /// <summary>The mark as the contracts have it.</summary>
    public Types.V1.ConfidentialityMark ToProto() => new()
    {
        LegalReference = LegalReference,
        Reason = Reason,
        UntilDate = UntilDate.ToProto(),
        SetBy = SetBy,
        SetTime = SetTime.ToProto(),
    };
}

/// <summary>What is asked of a document's mark, whether there is one or not.</summary>
public static class ConfidentialityMarks
{
    /// <summary>The mark, while it holds.</summary>
    public static ConfidentialityMark? On(this ConfidentialityMark? mark, DateOnly day) => mark?.UntilDate < day ? null : mark;

    /// <summary>What is left of a mark that is lifted from a document: nothing.</summary>
    /// <exception cref="Refusal"><c>CONFIDENTIALITY_MARK_NOT_SET</c>.</exception>
    public static ConfidentialityMark? Lifted(this ConfidentialityMark? mark, string document) =>
        mark is null ? throw Refusal.Precondition("CONFIDENTIALITY_MARK_NOT_SET", document) : null;
}
