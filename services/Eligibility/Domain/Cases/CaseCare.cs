using Iop.Eligibility.Domain.Assessment;

namespace Iop.Eligibility.Domain.Cases;

public enum ConflictKind { None, Financial, CloseRelation, Position, Engagement, Other }

/// <summary>What a person who works with a case has said of being partial in it.</summary>
public sealed record ConflictOfInterest(string Person, ConflictKind Kind, bool Recused, string Note, string DeclaredBy, DateTimeOffset Time);

/// <summary>A halt in the work with a case.</summary>
public sealed record Pause(string Reason, string PausedBy, DateTimeOffset Time);

/// <summary>What a case that was returned lacks, and whether it has come.</summary>
public sealed record Completion(string Reason, string RequestedBy, DateTimeOffset RequestTime, string Note = "",
    string ResubmittedBy = "", DateTimeOffset? ResubmitTime = null)
{
    public bool IsOpen => ResubmitTime is null;
}

/// <summary>A request to the organisations for documents, or a reminder of one.</summary>
/// <param name="Types">Kinds of document, as packs name them.</param>
public sealed record DocumentRequest(int Number, IReadOnlyList<string> Types, DateOnly Date, DateOnly DueDate, string Note,
    string RequestedBy, DateTimeOffset RecordTime);

/// <summary>A case tried under a newer pack, beside what its own pack says of the same facts.</summary>
public sealed record Reevaluation(string GuidelinePack, Evaluation Evaluation, string PinnedPack, Evaluation PinnedEvaluation,
    IReadOnlyDictionary<string, string> Motivations, bool Moved, string ReevaluatedBy, DateTimeOffset Time);
