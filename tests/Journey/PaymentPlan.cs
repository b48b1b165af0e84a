using Iop.Agreements.V1;
using Iop.Types.V1;

namespace Iop.Journey;

/// <summary>Divides the money that the public parties contribute into one payment a year.</summary>
internal static class PaymentPlan
{
    public static IEnumerable<PaymentPlanItem> Of(Agreement agreement)
    {
        var (start, end) = (agreement.StartDate.ToDate(), agreement.EndDate.ToDate());
        var years = Enumerable.Range(0, int.MaxValue).TakeWhile(year => start.AddYears(year) < end).Count();
        var payee = agreement.Parties.First(party => party.Side == PartySide.CivilSociety && party.Lead).PartyId;
        var payers = agreement.Parties.Where(party => party.Side == PartySide.Public).Select(party => party.PartyId).ToHashSet();
        var promised = agreement.Contributions.Where(item => item.Type == ContributionType.Money && payers.Contains(item.PartyId)).ToList();
        return
            from year in Enumerable.Range(0, years)
            from item in promised
            let share = item.Value.Units / years
            select new PaymentPlanItem
            {
                Amount = new Money { Units = year == years - 1 ? item.Value.Units - (share * (years - 1)) : share },
                DueDate = start.AddYears(year).ToProto(),
                PayerPartyId = item.PartyId,
                PayeePartyId = payee,
            };
    }
}
