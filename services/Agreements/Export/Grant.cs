using Iop.Agreements.Domain;

namespace Iop.Agreements.Export;

/// <summary>What one public party gives one organisation by an agreement.</summary>
public sealed record Grant(Party From, Party To, decimal Amount)
{
    /// <summary>
    /// The grants of an agreement: by its payment plan; where it has none, the money that public parties contribute, to
    /// the organisation that leads. A partnership without money is one grant of nothing, so that it is counted too.
    /// </summary>
    /// <param name="terms">The agreement's terms.</param>
    /// <param name="municipality">Code of the other municipality whose grants these are; empty for the lead's.</param>
    public static IReadOnlyList<Grant> Of(AgreementTerms terms, string municipality = "")
    {
        var grants = AllOf(terms);
        List<Grant> own = [.. grants.Where(grant => grant.From.Municipality == municipality)];
        return own.Count > 0 || terms.Parties.FirstOrDefault(party => party.Side == PartySide.Public && party.Municipality == municipality) is not { } party
            ? own
            : [new Grant(party, Lead(terms, PartySide.CivilSociety), 0)];
    }

    private static List<Grant> AllOf(AgreementTerms terms)
    {
        var planned = terms.PaymentPlan.GroupBy(item => (item.PayerPartyId, item.PayeePartyId))
            .Select(plan => Between(terms, plan.Key.PayerPartyId, plan.Key.PayeePartyId, plan.Sum(item => item.Amount)))
            .OfType<Grant>()
            .ToList();
        if (planned.Count > 0)
        {
            return planned;
        }

        var lead = Lead(terms, PartySide.CivilSociety);
        var contributed = terms.Contributions.Where(contribution => contribution.Type == ContributionType.Money).GroupBy(contribution => contribution.PartyId)
            .Select(money => Between(terms, money.Key, lead.PartyId, money.Sum(contribution => contribution.Value)))
            .OfType<Grant>()
            .ToList();
        return contributed.Count > 0 ? contributed : [new Grant(Lead(terms, PartySide.Public), lead, 0)];
    }

    private static Grant? Between(AgreementTerms terms, string payer, string payee, decimal amount) =>
        (terms.PartyWith(payer), terms.PartyWith(payee)) is ({ Side: PartySide.Public } from, { Side: PartySide.CivilSociety } to) ? new Grant(from, to, amount) : null;

    private static Party Lead(AgreementTerms terms, PartySide side) =>
        terms.Parties.FirstOrDefault(party => party.Side == side && party.Lead) ?? terms.Parties.First(party => party.Side == side);
}
