namespace Iop.Contracts.Events.Agreements;

/// <summary>What a partnership is about, in codes and numbers, for overviews.</summary>
public sealed record AgreedPartnership
{
    /// <summary>Code of the domain; empty when there is none.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Codes of the kind of challenge.</summary>
    public IReadOnlyList<string> ChallengeCodes { get; init; } = [];

    /// <summary>Codes of those whom it is for.</summary>
    public IReadOnlyList<string> TargetGroupCodes { get; init; } = [];

    /// <summary>What the parties have promised to contribute over the whole term.</summary>
    public IReadOnlyList<AgreedContribution> Contributions { get; init; } = [];
}

/// <summary>What one party has promised to contribute over the whole term.</summary>
public sealed record AgreedContribution
{
    /// <summary>Key of the party within the agreement.</summary>
    public required string PartyId { get; init; }

    /// <summary>The side as a code: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string Side { get; init; }

    /// <summary>The type as a code, for example <c>VOLUNTEER_HOURS</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Value in SEK over the whole term, with ören.</summary>
    public required decimal Value { get; init; }

    /// <summary>Hours over the whole term; 0 where hours are not counted.</summary>
    public int Hours { get; init; }
}
