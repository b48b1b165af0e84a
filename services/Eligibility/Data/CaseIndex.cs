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

/// <summary>A committee that sees a case; one without a code where the case is kept to none.</summary>
public sealed class CaseCommittee : ITenantOwned
{
    public const string Every = "";

    public required string Municipality { get; init; }

    public required string Committee { get; init; }

    public required Guid CaseId { get; init; }
}
