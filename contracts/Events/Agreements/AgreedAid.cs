namespace Iop.Contracts.Events.Agreements;

/// <summary>De minimis aid that an agreement gives by its version in force.</summary>
public sealed record AgreedAid
{
    /// <summary>The regulation as a code: <c>DE_MINIMIS</c> or <c>SGEI_DE_MINIMIS</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The whole of it in SEK over the term, with ören, in-kind aid at its value. Not what this version adds.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day on which the version was signed by the last, in Sweden: the day that what it adds was given.</summary>
    public required DateOnly GrantDate { get; init; }
}
