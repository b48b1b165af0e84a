using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

public sealed partial class Agreement
{
    /// <summary>Days in which the signed document of an imported agreement must be attested.</summary>
    private const int DaysToAttest = 365;

    /// <summary>
    /// Takes in an agreement that was drawn up and signed elsewhere. It waits for the word of two on the signed document,
    /// as any signature that was not given here does.
    /// </summary>
    public static Agreement Import(
        string municipality, CaseFacts facts, AgreementTerms terms, IReadOnlyList<Section> sections, IReadOnlyList<SignatureRequirement> requirements, DateTimeOffset now, AgreementWriter writer)
    {
        var agreement = DrawUp(municipality, facts, terms, sections, PartySide.Public, writer);
        var today = now.DayInSweden();
        (agreement.ShareTime, agreement.TextAgreedTime) = (now, now);
        agreement.FixedRequirements = requirements;
        agreement.SigningRounds = [SigningRound.Open(1, terms, requirements, new SigningPlan(now, today, today.AddDays(DaysToAttest), DaysToAttest))];
        agreement.State = AgreementState.AwaitingSignatures;
        return agreement;
    }

    /// <summary>Who has signed for each party, all of whom are needed; a party that nobody has signed for has agreed to nothing.</summary>
    public static IReadOnlyList<SignatureRequirement> SignedBy(string municipality, AgreementTerms terms, IReadOnlyList<Signatory> signatories)
    {
        List<SignatureRequirement> requirements =
        [
            .. terms.Parties.Select(party => (party.PartyId, Own: signatories.Where(person => person.PartyId == party.PartyId).ToList()))
                .Select(party => new SignatureRequirement(party.PartyId, Math.Max(party.Own.Count, 1), party.Own)),
        ];
        if (requirements.Where(requirement => !requirement.CanBeFulfilled).Select(requirement => requirement.PartyId).ToList() is { Count: > 0 } missing)
        {
            throw Refusal.Precondition("SIGNATORIES_MISSING", Platform.Tenancy.ResourceName.OfMunicipality(municipality), ("parties", string.Join(", ", missing)));
        }

        return requirements;
    }

    /// <summary>Refuses a signature given here on what was signed elsewhere.</summary>
    public void MustNotBeImport()
    {
        if (Origin.IsImported && Amends is null)
        {
            throw Refusal.Precondition("SIGNED_ELSEWHERE", Name, ("provider", Origin.ImportSource));
        }
    }
}
