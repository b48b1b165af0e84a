using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;

namespace Iop.Organisations.Domain;

/// <summary>
/// An organisation's consent that another municipality sees what it has disclosed in this one. Source: law.md 2.11 (RiR
/// 2023:7: givers cannot see what others pay).
/// </summary>
public sealed class FundingConsent : Aggregate
{
    /// <summary>Years that a consent can hold: as long as de minimis aid is counted.</summary>
    public const int MaxYears = 3;

    private FundingConsent()
    {
    }

    public FundingConsent(string municipality, string organisation, string recipient, DateOnly validUntil)
        : base(municipality) => (Organisation, Recipient, ValidUntil) = (organisation, recipient, validUntil);

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    /// <summary>Code of the municipality that may see.</summary>
    public string Recipient { get; private set; } = "";

    public DateOnly ValidUntil { get; private set; }

    public ConsentState State { get; private set; } = ConsentState.Given;

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.FundingConsents, Id);

    /// <summary>The state on a day: one that has expired was never withdrawn.</summary>
    public ConsentState StateOn(DateOnly day) => State == ConsentState.Given && ValidUntil < day ? ConsentState.Expired : State;

    /// <exception cref="Refusal"><c>FUNDING_CONSENT_STATE_NOT_ALLOWED</c>.</exception>
    public void Withdraw(DateOnly today)
    {
        if (StateOn(today) is not ConsentState.Given and var state)
        {
            throw Refusal.State("FUNDING_CONSENT_STATE_NOT_ALLOWED", Name, state.ToUpperSnake(), ConsentState.Given.ToUpperSnake());
        }

        State = ConsentState.Withdrawn;
    }
}

/// <summary>A disclosure that another municipality shows this one, whose row it is.</summary>
public sealed class FundingShare : ITenantOwned
{
    /// <summary>The municipality that sees it.</summary>
    public required string Municipality { get; init; }

    /// <summary>The municipality that shows it.</summary>
    public required string Source { get; init; }

    public required Guid Disclosure { get; init; }

    /// <summary>Last part of the organisation's name there.</summary>
    public required string SourceOrganisation { get; init; }

    public required string OrganisationNumber { get; init; }

    public required FundingTerms Terms { get; init; }

    public required DateOnly ValidUntil { get; init; }

    public required DateTimeOffset ShareTime { get; init; }

    /// <summary>Name of the disclosure in the municipality that shows it.</summary>
    public string Name => OrganisationName.OfChild(Source, SourceOrganisation, OrganisationName.FundingDisclosures, Disclosure);
}
