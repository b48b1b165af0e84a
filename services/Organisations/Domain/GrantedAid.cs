using Iop.Platform.Errors;
using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>Where the aid of an agreement stands.</summary>
public enum GrantedAidState
{
    Granted = 1,
    EndedEarly = 2,
    Settled = 3,
    Void = 4,
}

/// <summary>What was really given, where it is less than what was granted.</summary>
/// <param name="Withheld">What was granted and not given.</param>
/// <param name="ThroughVersion">Latest version that it was settled with; what later ones add is beside it.</param>
/// <param name="Reason">Why it is less.</param>
/// <param name="Time">When it was settled.</param>
public sealed record AidSettlement(decimal Withheld, int ThroughVersion, string Reason, DateTimeOffset Time);

/// <summary>
/// Aid that an agreement gives an organisation, as far as the register has learnt of it. Aid is granted when all have signed
/// (law.md 2.2), so an early end lowers nothing by itself: what was never given, people know and settle.
/// </summary>
public sealed class GrantedAid : Aggregate
{
    private GrantedAid()
    {
    }

    public GrantedAid(string organisation, AgreementAid told)
        : base(told.Municipality)
    {
        (Organisation, Agreement) = (organisation, told.Agreement);
        Follow(told);
    }

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    /// <summary>Id of the agreement, which is the last part of this name too.</summary>
    public Guid Agreement { get; private set; }

    /// <summary>What was granted, oldest first.</summary>
    public IReadOnlyList<AidGrant> Grants { get; private set; } = [];

    public AgreementEnd? End { get; private set; }

    public AidSettlement? Settlement { get; private set; }

    /// <summary>Whether the agreement ended before its term began.</summary>
    public bool Void { get; private set; }

    public GrantedAidState State =>
        Void ? GrantedAidState.Void
        : Settlement is not null ? GrantedAidState.Settled
        : End is { Early: true } ? GrantedAidState.EndedEarly
        : GrantedAidState.Granted;

    /// <summary>What counts of each grant.</summary>
    public IReadOnlyList<AidGrant> Counted
    {
        get
        {
            if (Void || Settlement is not { } settled)
            {
                return Void ? [] : Grants;
            }

            var counted = Grants.Where(grant => grant.Version <= settled.ThroughVersion).ToList();
            var withheld = settled.Withheld;
            foreach (var kind in counted.Select(grant => grant.Kind).Distinct().Reverse().ToList())
            {
                var before = counted.Sum(grant => grant.Value);
                AgreementAid.TakeBack(counted, kind, withheld);
                withheld -= before - counted.Sum(grant => grant.Value);
            }

            return [.. counted, .. Grants.Where(grant => grant.Version > settled.ThroughVersion)];
        }
    }

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.GrantedAids, Agreement);

    /// <summary>Takes over what has been told of the agreement.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Follow(AgreementAid told)
    {
        var (grants, end) = (told.GrantsTo(Organisation), told.EndFor(Organisation));
        var isVoid = end is not null && told.StartDate is { } start && end.LastDay < start;
        if (Grants.SequenceEqual(grants) && End == end && Void == isVoid)
        {
            return false;
        }

        (Grants, End, Void) = (grants, end, isVoid);
        return true;
    }

    /// <summary>Records what was really given.</summary>
    /// <exception cref="Refusal"><c>SETTLED_VALUE_TOO_HIGH</c>.</exception>
    public void Settle(decimal given, string reason, DateTimeOffset now)
    {
        var granted = Grants.Sum(grant => grant.Value);
        if (given > granted)
        {
            throw Refusal.Input("SETTLED_VALUE_TOO_HIGH", "value", ("granted", $"{granted:0.##}"));
        }

        Settlement = new AidSettlement(granted - given, Grants.Count == 0 ? 0 : Grants.Max(grant => grant.Version), reason, now);
    }
}
