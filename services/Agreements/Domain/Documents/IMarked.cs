using Iop.Sight;

namespace Iop.Agreements.Domain.Documents;

/// <summary>What a mark is set on and lifted from.</summary>
public interface IMarked
{
    void Mark(ConfidentialityMark mark);

    /// <exception cref="Platform.Errors.Refusal"><c>CONFIDENTIALITY_MARK_NOT_SET</c>.</exception>
    void LiftMark();
}
