namespace Iop.Agreements.Domain;

/// <content>What remains of terms when parties have left.</content>
public sealed partial record AgreementTerms
{
    /// <summary>
    /// The terms without some of the parties: what they bring, are paid, are to do and sign for. Money that another promised in order
    /// to pay one of them is promised to nobody any more.
    /// </summary>
    public AgreementTerms Without(IReadOnlySet<string> gone)
    {
        if (gone.Count == 0)
        {
            return this;
        }

        bool Stays(string partyId) => !gone.Contains(partyId);
        var unpaid = PaymentPlan.Where(item => !Stays(item.PayeePartyId)).GroupBy(item => item.PayerPartyId).ToDictionary(paid => paid.Key, paid => paid.Sum(item => item.Amount));
        return this with
        {
            Parties = Led([.. Parties.Where(party => Stays(party.PartyId))]),
            Contributions = [.. Contributions.Where(item => Stays(item.PartyId)).Select(item => Lowered(item, unpaid)).Where(item => item.Value > 0)],
            PaymentPlan = [.. PaymentPlan.Where(item => Stays(item.PayerPartyId) && Stays(item.PayeePartyId))],
            Contacts = [.. Contacts.Where(contact => Stays(contact.PartyId))],
            PublicSignatories = [.. PublicSignatories.Where(signatory => Stays(signatory.PartyId))],
            Commitments = [.. Commitments.Where(said => Stays(said.PartyId))],
            Collaboration = Stays(Collaboration.ConvenerPartyId) ? Collaboration : Collaboration with { ConvenerPartyId = "" },
            Publicity = Publicity with { OslPartyIds = [.. Publicity.OslPartyIds.Where(Stays)] },
            Ending = Ending with
            {
                RenegotiationPartyIds = [.. Ending.RenegotiationPartyIds.Where(Stays)],
                Notices = [.. Ending.Notices.Where(notice => Stays(notice.PartyId))],
            },
        };
    }

    // A payer can have promised its money in several lines: what falls away is taken from them in their order.
    private static Contribution Lowered(Contribution item, Dictionary<string, decimal> unpaid)
    {
        if (item.Type != ContributionType.Money || !unpaid.TryGetValue(item.PartyId, out var rest))
        {
            return item;
        }

        var less = Math.Min(rest, item.Value);
        unpaid[item.PartyId] = rest - less;
        return item with { Value = item.Value - less };
    }

    // Each side has one that leads it.
    private static List<Party> Led(List<Party> parties)
    {
        foreach (var side in parties.Select(party => party.Side).Distinct().ToList())
        {
            var first = parties.FindIndex(party => party.Side == side);
            if (!parties.Exists(party => party.Side == side && party.Lead))
            {
                parties[first] = parties[first] with { Lead = true };
            }
        }

        return parties;
    }
}
