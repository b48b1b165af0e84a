using System.Text.RegularExpressions;
using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

/// <summary>
/// The limits of the contract on the terms as a whole, since a change of one list can break what another refers to.
/// What only the text's approval needs is left to <see cref="AgreementCheck"/>.
/// </summary>
public sealed partial class TermsRules
{
    private const string Root = "agreement";
    private readonly List<FieldFault> _faults = [];
    private readonly AgreementTerms _terms;

    private TermsRules(AgreementTerms terms) => _terms = terms;

    public static IReadOnlyList<FieldFault> FaultsIn(AgreementTerms terms)
    {
        var rules = new TermsRules(terms);
        rules.Text("title", terms.Title, 200, required: true);
        rules.Parties();
        rules.Contributions();
        rules.Payments();
        rules.Dates();
        rules.Goals();
        rules.Contacts();
        rules.FollowUp();
        rules.Signatories();
        rules.Partnership();
        rules.Conditions();
        return rules._faults;
    }

    private void Parties()
    {
        var parties = _terms.Parties;
        foreach (var side in new[] { PartySide.Public, PartySide.CivilSociety })
        {
            var ofSide = parties.Where(party => party.Side == side).ToList();
            Require(ofSide.Count > 0, "parties", "BOTH_SIDES_REQUIRED");
            Require(ofSide.Count <= 20, "parties", "LIST_TOO_LONG", ("limit", "20"));
            Require(ofSide.Count == 0 || ofSide.Count(party => party.Lead) == 1, "parties", "ONE_LEAD_REQUIRED");
        }

        Unique("parties", parties.Select(party => party.PartyId));
        Unique("parties", parties.Select(party => party.Organisation).Where(name => name.Length > 0));
        Each("parties", parties, (party, at) =>
        {
            var isPublic = party.Side == PartySide.Public;
            Key($"{at}.party_id", party.PartyId, 40);
            Require(party.Side != PartySide.Unspecified && Enum.IsDefined(party.Side), $"{at}.side", "ENUM_VALUE_REQUIRED");
            Text($"{at}.display_name", party.DisplayName, 200, required: true);
            Text($"{at}.budget_code", party.BudgetCode, 40);
            Require(isPublic || party.Organisation.Length > 0, $"{at}.organisation", "FIELD_REQUIRED");
            Require(!isPublic || party.Organisation.Length == 0, $"{at}.organisation", "FIELD_NOT_ALLOWED");
            Require(!isPublic || (party.Kind != PublicPartyKind.Unspecified && Enum.IsDefined(party.Kind)), $"{at}.public_party_kind", "ENUM_VALUE_REQUIRED");
            Require(isPublic || party.Kind == PublicPartyKind.Unspecified, $"{at}.public_party_kind", "FIELD_NOT_ALLOWED");
            Require(Enum.IsDefined(party.FundingSource), $"{at}.funding_source", "ENUM_VALUE_REQUIRED");
            Require(isPublic || party.FundingSource == FundingSource.Unspecified, $"{at}.funding_source", "FIELD_NOT_ALLOWED");
            Require(isPublic || party.BudgetCode.Length == 0, $"{at}.budget_code", "FIELD_NOT_ALLOWED");
        });
    }

    private void Contributions()
    {
        Limit("contributions", _terms.Contributions.Count, 100);
        Each("contributions", _terms.Contributions, (item, at) =>
        {
            PartyRef($"{at}.party_id", item.PartyId);
            Require(item.Type != ContributionType.Unspecified && Enum.IsDefined(item.Type), $"{at}.type", "ENUM_VALUE_REQUIRED");
            Text($"{at}.description", item.Description, 1_000, required: item.Type == ContributionType.Other);
            Text($"{at}.valuation_method", item.ValuationMethod, 500, required: item.Type != ContributionType.Money && item.HourlyValue is null);
            Require(item.Value > 0, $"{at}.value", "MONEY_INVALID");
            if (item.HourlyValue is { } hourly)
            {
                ValueOfHours(item, hourly, at);
            }

            Number($"{at}.hours", item.Hours, item.Type == ContributionType.VolunteerHours ? 1 : 0, Faults.LargestHours);
            Require(item.Hours == 0 || item.Type is ContributionType.VolunteerHours or ContributionType.Staff, $"{at}.hours", "FIELD_NOT_ALLOWED");
        });
    }

    private void ValueOfHours(Contribution item, decimal hourly, string at)
    {
        var worth = item.Hours * hourly;
        Require(item.Type is ContributionType.VolunteerHours or ContributionType.Staff && item.Hours > 0, $"{at}.hourly_value", "FIELD_NOT_ALLOWED");
        Require(worth is > 0 and < Faults.LargestMoney, $"{at}.hourly_value", "MONEY_INVALID");
        Require(item.Value == worth, $"{at}.value", "VALUE_NOT_HOURS_TIMES_RATE", ("value", $"{worth:0.##}"));
    }

    private void Payments()
    {
        Limit("payment_plan", _terms.PaymentPlan.Count, 200);
        var last = DateOnly.MinValue;
        Each("payment_plan", _terms.PaymentPlan, (item, at) =>
        {
            Require(item.Amount > 0, $"{at}.amount", "MONEY_INVALID");
            Require(item.DueDate is not null, $"{at}.due_date", "FIELD_REQUIRED");
            Require(item.DueDate is null || item.DueDate >= last, $"{at}.due_date", "DATE_ORDER", ("after", Phrases.Date(last)));
            PartyRef($"{at}.payer_party_id", item.PayerPartyId);
            PartyRef($"{at}.payee_party_id", item.PayeePartyId);
            Require(item.PayerPartyId != item.PayeePartyId, $"{at}.payee_party_id", "PAYER_IS_PAYEE");
            last = item.DueDate ?? last;
        });
    }

    private void Dates()
    {
        Require(_terms.StartDate is null || _terms.EndDate is null || _terms.EndDate >= _terms.StartDate, "end_date", "DATE_ORDER", ("after", _terms.StartDate is { } start ? Phrases.Date(start) : ""));
        var (extension, least) = (_terms.Extension, _terms.Extension.Allowed ? 1 : 0);
        Number("extension.max_count", extension.MaxCount, least, extension.Allowed ? 10 : 0);
        Number("extension.months", extension.Months, least, extension.Allowed ? 120 : 0);
    }

    private void Goals()
    {
        Limit("goals", _terms.Goals.Count, 50);
        Unique("goals", _terms.Goals.Select(goal => goal.GoalId));
        Each("goals", _terms.Goals, (goal, at) =>
        {
            Key($"{at}.goal_id", goal.GoalId, 40);
            Text($"{at}.text", goal.Text, 1_000, required: true);
        });
    }

    private void Contacts()
    {
        Limit("contacts", _terms.Contacts.Count, 50);
        Each("contacts", _terms.Contacts, (contact, at) =>
        {
            PartyRef($"{at}.party_id", contact.PartyId);
            Text($"{at}.function", contact.Function, 100, required: true);
            Text($"{at}.display_name", contact.DisplayName, 200);
            Require(contact.Email.Length + contact.Phone.Length > 0, $"{at}.email", "CONTACT_WAY_REQUIRED");
            Require(contact.Email.Length <= 254 && (contact.Email.Length == 0 || Email().IsMatch(contact.Email)), $"{at}.email", "EMAIL_INVALID");
            Require(contact.Phone.Length <= 30 && (contact.Phone.Length == 0 || Phone().IsMatch(contact.Phone)), $"{at}.phone", "PHONE_INVALID");
        });
    }

    private void FollowUp()
    {
        var agreed = _terms.FollowUp;
        Number("follow_up.check_in_every_months", agreed.CheckInEveryMonths, 0, 60);
        Number("follow_up.report_every_months", agreed.ReportEveryMonths, 0, 60);
        FollowUpDates("follow_up.check_in_dates", agreed.CheckInDates);
        FollowUpDates("follow_up.report_dates", agreed.ReportDates);
        Require(Enum.IsDefined(agreed.ReportingResponsibility), "follow_up.reporting_responsibility", "ENUM_VALUE_REQUIRED");
        if (_terms.StartDate is { } start && _terms.EndDate is { } end && start <= end)
        {
            Require(agreed.EvaluationDate is not { } evaluation || (evaluation >= start && evaluation <= end.AddMonths(12)), "follow_up.evaluation_date", "DATE_OUTSIDE_TERM");
            Require(agreed.RenewalTalksDate is not { } talks || (talks >= start && talks <= end), "follow_up.renewal_talks_date", "DATE_OUTSIDE_TERM");
        }

        Text("follow_up.how", agreed.How, 2_000);
        Text("follow_up.who", agreed.Who, 1_000);
        Text("follow_up.financing", agreed.Financing, 1_000);
    }

    private void FollowUpDates(string field, IReadOnlyList<DateOnly> dates)
    {
        Limit(field, dates.Count, 100);
        Require(dates.Distinct().Count() == dates.Count, field, "DUPLICATE_VALUE");
        Each(field, dates, (date, at) => Require((_terms.StartDate is not { } start || date >= start) && (_terms.EndDate is not { } end || date <= end), at, "DATE_OUTSIDE_TERM"));
    }

    private void Signatories()
    {
        Limit("public_signatories", _terms.PublicSignatories.Count, 50);
        Unique("public_signatories", _terms.PublicSignatories.Select(signatory => $"{signatory.PartyId}/{signatory.PersonRef}"));
        Each("public_signatories", _terms.PublicSignatories, (signatory, at) =>
        {
            PartyRef($"{at}.party_id", signatory.PartyId);
            Require(_terms.PartyWith(signatory.PartyId)?.Side != PartySide.CivilSociety, $"{at}.party_id", "PARTY_NOT_PUBLIC");
            Text($"{at}.person_ref", signatory.PersonRef, 200, required: true);
            Text($"{at}.display_name", signatory.DisplayName, 200, required: true);
            Text($"{at}.role", signatory.Role, 100, required: true);
        });
    }

    private static void Each<T>(string list, IReadOnlyList<T> items, Action<T, string> check)
    {
        for (var i = 0; i < items.Count; i++)
        {
            check(items[i], $"{list}[{i}]");
        }
    }

    private void Require(bool holds, string path, string reason, params IReadOnlyList<(string Key, string Value)> values)
    {
        if (!holds)
        {
            _faults.Add(new FieldFault($"{Root}.{path}", reason, values));
        }
    }

    private void Text(string path, string text, int limit, bool required = false)
    {
        Require(!required || text.Length > 0, path, "FIELD_REQUIRED");
        Require(text.Length <= limit, path, "TEXT_TOO_LONG", ("limit", $"{limit}"));
    }

    private void Number(string path, int value, int min, int max) =>
        Require(value >= min && value <= max, path, "NUMBER_OUT_OF_RANGE", ("min", $"{min}"), ("max", $"{max}"));

    private void Limit(string path, int count, int limit) => Require(count <= limit, path, "LIST_TOO_LONG", ("limit", $"{limit}"));

    private void Key(string path, string key, int limit) =>
        Require(key.Length <= limit && KeyForm().IsMatch(key), path, "KEY_INVALID", ("limit", $"{limit}"));

    private void PartyRef(string path, string partyId) => Require(_terms.PartyWith(partyId) is not null, path, "PARTY_UNKNOWN");

    private void Unique(string path, IEnumerable<string> values)
    {
        var all = values.ToList();
        Require(all.Count == all.Distinct(StringComparer.Ordinal).Count(), path, "DUPLICATE_VALUE");
    }

    [GeneratedRegex("^[a-z0-9-]+\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyForm();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"^\+?[0-9][0-9 -]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phone();
}
