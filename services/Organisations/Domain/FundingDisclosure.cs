using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;

namespace Iop.Organisations.Domain;

/// <summary>What an organisation tells of something that it is given.</summary>
public sealed record FundingTerms
{
    public string Giver { get; init; } = "";
    public GiverKind GiverKind { get; init; }
    public FundingForm Form { get; init; }
    public decimal Amount { get; init; }
    public decimal InKindValue { get; init; }
    public string InKindValuation { get; init; } = "";
    public DateOnly PeriodStart { get; init; }
    public DateOnly PeriodEnd { get; init; }
    public string Cost { get; init; } = "";
    public bool? SameCostAsPartnership { get; init; }
    public AidKind AidKind { get; init; }
    public DateOnly? GrantedDate { get; init; }

    /// <summary>Id of the agreement that gives it, where that is a partnership of this municipality.</summary>
    public Guid? Agreement { get; init; }

    /// <summary>What is given in kind counts at its value. Source: law.md 2.2.</summary>
    public decimal Value => Amount + InKindValue;
}

/// <summary>
/// Something that an organisation is given by others. Corrected or withdrawn, never removed. Source: law.md 2.11
/// (RiR 2023:7), he-economy-other-grants.
/// </summary>
public sealed class FundingDisclosure : Aggregate
{
    /// <summary>Most that stand of one organisation: they are held against each other, each with each.</summary>
    public const int MostOfOne = 500;

    private FundingDisclosure()
    {
    }

    public FundingDisclosure(string municipality, string organisation, FundingTerms terms, bool byMunicipality)
        : base(municipality)
    {
        Organisation = organisation;
        Set(terms, byMunicipality);
    }

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    public FundingTerms Terms { get; private set; } = new();

    /// <summary>Kept beside the terms, so that lists and sums can be narrowed to it.</summary>
    public AidKind AidKind { get; private set; }

    /// <summary>Kept beside the terms.</summary>
    public FundingForm Form { get; private set; }

    /// <summary>Kept beside the terms; absent for what is no aid.</summary>
    public DateOnly? GrantedDate { get; private set; }

    /// <summary>Kept beside the terms.</summary>
    public Guid? Agreement { get; private set; }

    /// <summary>The municipality said last what it holds, and not the organisation.</summary>
    public bool OfMunicipality { get; private set; }

    public DisclosureState State { get; private set; } = DisclosureState.Disclosed;

    /// <summary>Empty unless it is withdrawn.</summary>
    public string WithdrawalReason { get; private set; } = "";

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.FundingDisclosures, Id);

    /// <exception cref="Refusal"><c>FUNDING_DISCLOSURE_STATE_NOT_ALLOWED</c> or <c>FUNDING_DISCLOSURE_OF_MUNICIPALITY</c>.</exception>
    public void Correct(FundingTerms terms, bool byMunicipality)
    {
        RequireDisclosed();
        RequireOwn(byMunicipality);
        Set(terms, byMunicipality);
    }

    /// <exception cref="Refusal"><c>FUNDING_DISCLOSURE_STATE_NOT_ALLOWED</c> or <c>FUNDING_DISCLOSURE_OF_MUNICIPALITY</c>.</exception>
    public void Withdraw(string reason, bool byMunicipality)
    {
        RequireDisclosed();
        RequireOwn(byMunicipality);
        (State, WithdrawalReason) = (DisclosureState.Withdrawn, reason);
    }

    private void Set(FundingTerms terms, bool byMunicipality)
    {
        (Terms, OfMunicipality) = (terms, byMunicipality);
        (AidKind, Form, GrantedDate, Agreement) = (terms.AidKind, terms.Form, terms.GrantedDate, terms.Agreement);
    }

    // law.md 2.2: the sum of aid rests on it, and is not the receiver's to lower.
    private void RequireOwn(bool byMunicipality)
    {
        if (OfMunicipality && !byMunicipality)
        {
            throw Refusal.Denied("FUNDING_DISCLOSURE_OF_MUNICIPALITY");
        }
    }

    private void RequireDisclosed()
    {
        if (State != DisclosureState.Disclosed)
        {
            throw Refusal.State("FUNDING_DISCLOSURE_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(), DisclosureState.Disclosed.ToUpperSnake());
        }
    }
}
