namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// The case of an agreement that is or has been in force was given to other committees, or is kept to them otherwise than
/// before. The subject is the agreement. A municipality that has joined is told of the committees of its own case, and not of the
/// lead's; the sequence is then that of the case, so it is compared with that of other AgreementCommitteesChanged alone.
/// </summary>
[AwaitedBy("followup")]
public sealed record AgreementCommitteesChanged : IntegrationEvent
{
    /// <summary>The committees from then on.</summary>
    public required AgreedCommittees Committees { get; init; }
}
