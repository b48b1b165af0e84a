using System.Text.RegularExpressions;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Tenancy;
using PublicPartyKind = Iop.Eligibility.Domain.Cases.PublicPartyKind;
using T = Iop.Types.V1;

namespace Iop.Eligibility.Api;

/// <content>The parties of a case.</content>
internal sealed partial class CaseReading
{
    private const string LeadingOrganisation = "organisation";

    private List<CaseParty> Parties(IReadOnlyList<T.Party> messages, string organisation)
    {
        var parties = Each("case.parties", messages, 20, Party).ToList();
        foreach (var repeated in parties.GroupBy(party => party.PartyId).Where(group => group.Count() > 1))
        {
            faults.Add($"case.parties[{parties.LastIndexOf(repeated.Last())}].party_id", "DUPLICATE_VALUE");
        }

        if (organisation.Length > 0 && !parties.Exists(party => party.Organisation == organisation))
        {
            parties.Add(new CaseParty(UnusedId(parties), PartySide.Cso, organisation, null, "", false, null, "", null));
        }

        return [.. Led(parties, PartySide.Cso, party => party.Organisation == organisation), .. Led(parties, PartySide.Public, _ => false)];
    }

    private CaseParty Party(T.Party message, string at)
    {
        faults.Require(PartyId().IsMatch(message.PartyId), $"{at}.party_id", "PARTY_ID_INVALID");
        var side = faults.Choice($"{at}.side", message.Side);
        return side == T.PartySide.CivilSociety ? CsoParty(message, at) : PublicParty(message, at);
    }

    private CaseParty CsoParty(T.Party message, string at)
    {
        faults.Require(message.PublicPartyKind == T.PublicPartyKind.Unspecified, $"{at}.public_party_kind", "FIELD_NOT_ALLOWED");
        faults.Require(message.FundingSource == T.FundingSource.Unspecified, $"{at}.funding_source", "FIELD_NOT_ALLOWED");
        faults.Require(message.BudgetCode.Length == 0, $"{at}.budget_code", "FIELD_NOT_ALLOWED");
        return new CaseParty(
            message.PartyId, PartySide.Cso, Organisation($"{at}.organisation", message.Organisation, required: true), null, "", message.Lead, null, "", null);
    }

    private CaseParty PublicParty(T.Party message, string at)
    {
        faults.Require(message.Organisation.Length == 0, $"{at}.organisation", "FIELD_NOT_ALLOWED");
        faults.Choice($"{at}.public_party_kind", message.PublicPartyKind);
        faults.Require(Enum.IsDefined(message.FundingSource), $"{at}.funding_source", "ENUM_VALUE_REQUIRED");
        return new CaseParty(
            message.PartyId,
            PartySide.Public,
            "",
            Enums.ToOrNull<T.PublicPartyKind, PublicPartyKind>(message.PublicPartyKind),
            faults.Text($"{at}.display_name", message.DisplayName, 200, required: true),
            message.Lead,
            Enums.ToOrNull<T.FundingSource, PartyFunding>(message.FundingSource),
            faults.Text($"{at}.budget_code", message.BudgetCode, 40),
            null);
    }

    // A side that has one party, or whose lead is named elsewhere in the case, need not say who leads it.
    private IEnumerable<CaseParty> Led(List<CaseParty> parties, PartySide side, Func<CaseParty, bool> named)
    {
        var own = parties.Where(party => party.Side == side).ToList();
        var leads = own.Where(party => party.Lead).ToList();
        if (leads.Count == 0 && own.FirstOrDefault(party => own.Count == 1 || named(party)) is { } only)
        {
            return own.Select(party => party == only ? party with { Lead = true } : party);
        }

        // Which administration leads may be settled later, and is asked for before the case is assessed.
        faults.Require(own.Count == 0 || leads.Count == 1 || (side == PartySide.Public && leads.Count == 0), "case.parties", "ONE_LEAD_EACH_SIDE");
        faults.Require(side == PartySide.Public || leads.Count != 1 || named(leads[0]), "case.organisation", "ORGANISATION_MUST_LEAD");
        return own;
    }

    private string Organisation(string field, string name, bool required)
    {
        if (name.Length == 0)
        {
            faults.Require(!required, field, "FIELD_REQUIRED");
            return "";
        }

        var prefix = $"{ResourceName.OfMunicipality(municipality)}/organisations/";
        faults.Require(
            name.StartsWith(prefix, StringComparison.Ordinal) && OrganisationId().IsMatch(name[prefix.Length..]),
            field,
            "RESOURCE_NAME_INVALID",
            ("pattern", $"{prefix}{{organisation}}"));
        return name;
    }

    // fa-check-remains-independent: what comes from the municipality is measured against the whole.
    private IReadOnlyList<OrganisationIncome> Incomes(IReadOnlyList<V1.OrganisationIncome> messages, HashSet<string> organisations)
    {
        var seen = new HashSet<(string, int)>();
        return Each("case.organisation_incomes", messages, 40, (income, at) =>
        {
            faults.Require(organisations.Contains(income.PartyId), $"{at}.party_id", "PARTY_UNKNOWN");
            var year = faults.Number($"{at}.financial_year", income.FinancialYear, 2000, today.Year);
            faults.Require(seen.Add((income.PartyId, year)), $"{at}.financial_year", "DUPLICATE_VALUE");
            var total = faults.Money($"{at}.total_income", income.TotalIncome, required: true);
            decimal? municipal = income.MunicipalIncome is null ? null : faults.Money($"{at}.municipal_income", income.MunicipalIncome);
            faults.Require(!(municipal > total), $"{at}.municipal_income", "INCOME_PART_ABOVE_WHOLE");
            return new OrganisationIncome(income.PartyId, year, total, municipal);
        });
    }

    private static string UnusedId(List<CaseParty> parties)
    {
        var id = LeadingOrganisation;
        for (var i = 2; parties.Exists(party => party.PartyId == id); i++)
        {
            id = $"{LeadingOrganisation}-{i}";
        }

        return id;
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}\\z", RegexOptions.None, 1000)]
    private static partial Regex PartyId();

    // Ids that a client chose are words; those that the register made are UUIDs.
    [GeneratedRegex("^[a-z0-9][a-z0-9-]{3,62}\\z", RegexOptions.None, 1000)]
    private static partial Regex OrganisationId();
}
