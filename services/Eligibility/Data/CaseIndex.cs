using Iop.Platform.Persistence;

namespace Iop.Eligibility.Data;

/// <summary>A word that is in a case, as its stem. The database writes these rows when it saves a case.</summary>
public sealed class CaseWord : ITenantOwned
{
    public required string Municipality { get; init; }

    public required string Word { get; init; }

    public required Guid CaseId { get; init; }
}

/// <summary>An ending of a word that some case has: where a search for a part of a compound begins.</summary>
public sealed class CaseWordEnding : ITenantOwned
{
    public required string Municipality { get; init; }

    public required string Ending { get; init; }

    public required string Word { get; init; }
}

/// <summary>An organisation that is a party of a case.</summary>
public sealed class CaseOrganisation : ITenantOwned
{
    public required string Municipality { get; init; }

    public required string Organisation { get; init; }

    public required Guid CaseId { get; init; }
}
