namespace Iop.Agreements.Domain;

// Names and numbers are those of the contract.
public enum MemberState
{
    Unspecified,
    Invited,
    Joined,
    Declined,
    Withdrawn,
    Left,
}

/// <summary>
/// Another municipality than the lead, as the lead's agreement knows it. Its case and what was found there stay with it.
/// </summary>
public sealed record Member(string Municipality, string PartyId, MemberState State, DateTimeOffset InviteTime)
{
    /// <summary>The first version that it is a party of, or would be.</summary>
    public int FromVersion { get; init; } = 1;

    public DateTimeOffset? AnswerTime { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    /// <summary>The guideline pack that it joined under; empty until it has.</summary>
    public string PackName { get; init; } = "";

    /// <summary>Numbers of the organisations that its own case is about.</summary>
    public IReadOnlyList<string> OrganisationNumbers { get; init; } = [];

    /// <summary>Whether its pack demands that a body of its own decides on the text.</summary>
    public bool DecisionRequired { get; init; }

    public TextDecision? TextDecision { get; init; }

    /// <summary>When it left what goes on for the others, after its notice; null before.</summary>
    public DateTimeOffset? LeaveTime { get; init; }

    /// <summary>Last day on which the agreement was in force for it.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The version that it left.</summary>
    public int LeftVersion { get; init; }
}

/// <summary>What a municipality brings into the agreement that it joins.</summary>
/// <param name="PackName">The pack of its case.</param>
/// <param name="Rules">What that pack says.</param>
/// <param name="OrganisationNumbers">Numbers of the organisations that its case is about.</param>
/// <param name="Origin">What its legal assessment demands of the text.</param>
public sealed record Joining(string PackName, AgreementRules Rules, IReadOnlyList<string> OrganisationNumbers, Origin Origin);
