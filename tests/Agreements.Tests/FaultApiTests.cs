using Iop.Agreements.V1;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed class FaultApiTests(AgreementsFixture service)
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { "title", "agreement.title", "TEXT_TOO_LONG" },
        { "end before start", "agreement.end_date", "DATE_ORDER" },
        { "date", "agreement.start_date", "DATE_INVALID" },
        { "no day after it", "agreement.end_date", "DATE_INVALID" },
        { "no day before it", "agreement.start_date", "DATE_INVALID" },
        { "party key", "agreement.goals[0].goal_id", "KEY_INVALID" },
        { "unknown party", "agreement.contributions[0].party_id", "PARTY_UNKNOWN" },
        { "valuation", "agreement.contributions[0].valuation_method", "FIELD_REQUIRED" },
        { "hourly value of premises", "agreement.contributions[0].hourly_value", "FIELD_NOT_ALLOWED" },
        { "value that is not the hours'", "agreement.contributions[0].value", "VALUE_NOT_HOURS_TIMES_RATE" },
        { "hours", "agreement.contributions[0].hours", "NUMBER_OUT_OF_RANGE" },
        { "payer", "agreement.payment_plan[0].payee_party_id", "PAYER_IS_PAYEE" },
        { "contact", "agreement.contacts[0].email", "CONTACT_WAY_REQUIRED" },
        { "phone", "agreement.contacts[0].phone", "PHONE_INVALID" },
        { "email", "agreement.contacts[0].email", "EMAIL_INVALID" },
        { "evaluation", "agreement.follow_up.evaluation_date", "DATE_OUTSIDE_TERM" },
        { "signatory", "agreement.public_signatories[0].party_id", "PARTY_NOT_PUBLIC" },
        { "one side", "agreement.parties", "BOTH_SIDES_REQUIRED" },
        { "no lead", "agreement.parties", "ONE_LEAD_REQUIRED" },
        { "foreign organisation", "agreement.parties[1].organisation", "RESOURCE_NAME_INVALID" },
        { "unregistered", "agreement.parties", "ORGANISATION_UNKNOWN" },
        { "too many goals", "agreement.goals", "LIST_TOO_LONG" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_the_contract_does_not_allow_is_refused_by_field_and_changes_nothing(string fault, string field, string reason)
    {
        var (agreement, _) = await service.DraftedAsync();
        var asked = new Agreement { Name = agreement.Name, Etag = agreement.Etag };
        var parties = agreement.Parties.Clone();
        switch (fault)
        {
            case "title": asked.Title = new string('a', 201); break;
            case "end before start": asked.EndDate = new Date { Year = 2026, Month = 12, Day = 31 }; break;
            case "date": asked.StartDate = new Date { Year = 2027, Month = 2, Day = 30 }; break;
            case "no day after it": (asked.EndDate, asked.FollowUp) = (new Date { Year = 9999, Month = 12, Day = 31 }, new FollowUpTerms { EvaluationDate = agreement.StartDate }); break;
            case "no day before it": (asked.StartDate, asked.EndDate) = (new Date { Year = 1, Month = 1, Day = 1 }, new Date { Year = 1, Month = 2, Day = 1 }); break;
            case "party key": asked.Goals.Add(new V1.Goal { GoalId = "Å", Text = "Mål" }); break;
            case "unknown party": asked.Contributions.Add(new Contribution { PartyId = "ingen", Type = ContributionType.Money, Value = new Money { Units = 1 } }); break;
            case "hourly value of premises": asked.Contributions.Add(new Contribution { PartyId = "arbete", Type = ContributionType.Premises, Value = new Money { Units = 1 }, HourlyValue = new Money { Units = 1 } }); break;
            case "value that is not the hours'": asked.Contributions.Add(new Contribution { PartyId = "arbete", Type = ContributionType.Staff, Value = new Money { Units = 99 }, Hours = 10, HourlyValue = new Money { Units = 10 } }); break;
            case "hours": asked.Contributions.Add(new Contribution { PartyId = "arbete", Type = ContributionType.Staff, ValuationMethod = "Lönekostnad", Value = new Money { Units = 1 }, Hours = 1_000_001 }); break;
            case "valuation": asked.Contributions.Add(new Contribution { PartyId = "arbete", Type = ContributionType.Premises, Value = new Money { Units = 1 } }); break;
            case "payer": asked.PaymentPlan.Add(new PaymentPlanItem { PayerPartyId = "arbete", PayeePartyId = "arbete", Amount = new Money { Units = 1 }, DueDate = agreement.StartDate }); break;
            case "contact": asked.Contacts.Add(new ContactPerson { PartyId = "arbete", Function = "Chef" }); break;
            case "phone": asked.Contacts.Add(new ContactPerson { PartyId = "arbete", Function = "Chef", Phone = "ring mig" }); break;
            case "email": asked.Contacts.Add(new ContactPerson { PartyId = "arbete", Function = "Chef", Email = "chefen" }); break;
            case "evaluation": asked.FollowUp = new FollowUpTerms { EvaluationDate = new Date { Year = 2031, Month = 1, Day = 1 } }; break;
            case "signatory": asked.PublicSignatories.Add(new Signatory { PartyId = "forening", PersonRef = "x", DisplayName = "X", Role = "chef" }); break;
            case "one side": asked.Parties.Add(parties[0]); break;
            case "no lead":
                parties[0].Lead = false;
                asked.Parties.Add(parties);
                break;
            case "foreign organisation":
                parties[1].Organisation = $"municipalities/0580/organisations/{Guid.CreateVersion7()}";
                asked.Parties.Add(parties);
                break;
            case "unregistered":
                parties[1].Organisation = $"{Here}/organisations/{Guid.CreateVersion7()}";
                asked.Parties.Add(parties);
                break;
            default: asked.Goals.Add(Enumerable.Range(0, 51).Select(i => new V1.Goal { GoalId = $"g{i}", Text = "Mål" })); break;
        }

        await Refused.ForFieldAsync(field, reason, () => service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = asked }).ResponseAsync);

        Assert.Equal(agreement, await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }));
    }
}
