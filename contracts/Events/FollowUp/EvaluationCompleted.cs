namespace Iop.Contracts.Events.FollowUp;

/// <summary>The evaluation of a partnership was completed. The subject is the plan.</summary>
[AwaitedBy("agreements")]
public sealed record EvaluationCompleted : IntegrationEvent
{
    /// <summary>Resource name of the agreement that the plan follows.</summary>
    public required string Agreement { get; init; }

    /// <summary>
    /// Whether the challenge was solved, as a code: <c>SOLVED</c>, <c>PARTLY</c>, <c>NOT_SOLVED</c> or <c>TOO_EARLY</c>.
    /// </summary>
    public required string Verdict { get; init; }

    /// <summary>Number of the evaluation, from 1: an extension calls for a new one.</summary>
    public int Number { get; init; } = 1;
}
