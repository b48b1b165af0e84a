namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>A step of the municipality's process, in the order of the pack.</summary>
public sealed record Step(Provenance Provenance, string Key, LocalizedText Text, Severity Severity, Gate? Gate);

/// <summary>What must have happened before the case goes past a moment.</summary>
/// <param name="Before">The moment that the gate stands before.</param>
/// <param name="Meeting">For meetings: the kind that counts.</param>
/// <param name="AtLeast">For meetings: how many.</param>
/// <param name="Topics">For dialogue: the topics it must have covered.</param>
public sealed record Gate(GateKind Kind, GateMoment Before, MeetingKind? Meeting, int AtLeast, IReadOnlyList<string> Topics);

/// <summary>A document to ask for.</summary>
/// <param name="Yearly">A new one is due each year.</param>
/// <param name="IfExists">The organisation may declare that it has none.</param>
public sealed record DocumentRequirement(Provenance Provenance, string Type, DocumentSet Set, LocalizedText Text,
    bool Yearly, bool IfExists, Severity Severity);
