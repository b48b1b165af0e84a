namespace Iop.Agreements.Domain;

/// <summary>A section of an agreement. Its own revision lets two people write in two sections at the same time.</summary>
public sealed record Section
{
    public required string SectionId { get; init; }

    public required string Key { get; init; }

    public string RuleId { get; init; } = "";

    public required LocalizedText Heading { get; init; }

    public required LocalizedText Guidance { get; init; }

    public IReadOnlyList<LocalizedText> Prompts { get; init; } = [];

    public SectionMode Mode { get; init; }

    public bool Repeatable { get; init; }

    /// <summary>The repeatable section that it was added under; empty for a section of the guideline pack.</summary>
    public string Under { get; init; } = "";

    /// <summary>What it is generated from; <see cref="SectionSource.None"/> when it is only written.</summary>
    public SectionSource Source { get; init; }

    public string Text { get; init; } = "";

    public string GeneratedText { get; init; } = "";

    public bool Skipped { get; init; }

    public string SkipReason { get; init; } = "";

    /// <summary>Parties that have approved it by itself, as it reads now.</summary>
    public IReadOnlyList<SectionApproval> Approvals { get; init; } = [];

    public PartySide UpdatedBy { get; init; }

    public DateTimeOffset? UpdateTime { get; init; }

    public int Revision { get; init; } = 1;

    public bool IsGenerated => GeneratedText.Length > 0;

    public bool IsAdded => Under.Length > 0;

    public bool HasText => Text.Length > 0 || GeneratedText.Length > 0;

    /// <summary>Whether it is part of the agreement's text.</summary>
    public bool IsIncluded => !Skipped && HasText;

    public string Etag => $"\"{Revision}\"";
}

public sealed record SectionApproval(string PartyId, string PersonRef, DateTimeOffset Time);

/// <summary>The structured terms that a section's generated text is made from.</summary>
public enum SectionSource
{
    None,
    Name,
    Parties,

    /// <summary>One line for each party: what it leads and brings. A repeatable section from the parties.</summary>
    Roles,
    Contributions,
    Period,
    Goals,
    Contacts,
    FollowUp,
    Signatures,
    Exclusions,
    Commitments,

    /// <summary>Who convenes, and the groups.</summary>
    Meetings,
    MunicipalRole,
    Knowledge,
    Renegotiation,
    Termination,
    Notice,
    Hardship,
    Dispute,
    WindDown,
    Secrecy,
    Insight,
    Entrustment,
    Stakeholders,
}

/// <summary>New values of a section; null leaves a value as it is.</summary>
public sealed record SectionEdit(string? Text, bool? Skipped, string? SkipReason);
