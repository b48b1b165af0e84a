namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// The case of an agreement that is or has been in force was given to other committees, or is kept to them otherwise than
/// before. The subject is the agreement. Not told to municipalities that have joined: the committees are the lead's own.
/// </summary>
[AwaitedBy("followup")]
public sealed record AgreementCommitteesChanged : IntegrationEvent
{
    /// <summary>The committees from then on.</summary>
    public required AgreedCommittees Committees { get; init; }
}
