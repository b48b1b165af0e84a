using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Organisations.V1;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <summary>What the register tells of an organisation, in the terms of an evaluation.</summary>
internal static class RegisterMapping
{
    /// <summary>What the organisation and the municipality have had to do with each other, without the words about it.</summary>
    public static IReadOnlyList<RegisteredRelation> RelationsOf(Organisation organisation) =>
    [
        .. organisation.RelationHistory.Where(entry => entry.StartDate is not null).Select(entry => new RegisteredRelation(
            Enums.ToOrNull<RelationEntry.Types.Kind, RelationKind>(entry.Kind) ?? RelationKind.Other, entry.StartDate.ToDateOnly(), entry.EndDate?.ToDateOnly())),
    ];

    public static RegisteredFunding FundingOf(FundingDisclosure disclosure) => new(
        disclosure.Name,
        Enums.ToOrNull<FundingForm, OtherFundingForm>(disclosure.Form) ?? OtherFundingForm.Other,
        disclosure.GiverKind == GiverKind.OwnMunicipality,
        disclosure.Cost,
        (disclosure.Amount?.ToDecimal() ?? 0) + (disclosure.InKindValue?.ToDecimal() ?? 0),
        disclosure.PeriodStartDate.ToDateOnly(),
        disclosure.PeriodEndDate.ToDateOnly(),
        disclosure.HasSameCostAsPartnership ? disclosure.SameCostAsPartnership : null);
}
