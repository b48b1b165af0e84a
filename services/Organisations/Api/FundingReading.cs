using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Reads and checks what callers say of funding.</summary>
internal static partial class FundingReading
{
    private const string Root = "funding_disclosure";
    private const int NameLength = 200;
    private const int ValuationLength = 500;
    private const int MaxPlanned = 20;

    public static readonly IReadOnlyCollection<string> Updatable =
    [
        "giver", "giver_kind", "form", "amount", "in_kind_value", "in_kind_valuation", "period_start_date", "period_end_date", "cost", "same_cost_as_partnership",
        "aid_kind", "granted_date", "agreement",
    ];

    /// <summary>Lays the given fields over the terms that stand, and holds the whole to its rules.</summary>
    public static FundingTerms Read(
        V1.FundingDisclosure from, FundingTerms terms, IReadOnlySet<string> fields, string municipality, DateOnly today, Faults faults)
    {
        foreach (var field in fields)
        {
            var path = $"{Root}.{field}";
            terms = field switch
            {
                "giver" => terms with { Giver = faults.Text(path, from.Giver, NameLength, required: true) },
                "giver_kind" => terms with { GiverKind = (GiverKind)faults.Choice(path, from.GiverKind) },
                "form" => terms with { Form = (FundingForm)faults.Choice(path, from.Form) },
                "amount" => terms with { Amount = faults.Money(path, from.Amount) },
                "in_kind_value" => terms with { InKindValue = faults.Money(path, from.InKindValue) },
                "in_kind_valuation" => terms with { InKindValuation = faults.Text(path, from.InKindValuation, ValuationLength) },
                "period_start_date" => terms with { PeriodStart = faults.Date(path, from.PeriodStartDate, required: true) ?? default },
                "period_end_date" => terms with { PeriodEnd = faults.Date(path, from.PeriodEndDate, required: true) ?? default },
                "cost" => terms with { Cost = faults.Text(path, from.Cost, NameLength, required: true) },
                "same_cost_as_partnership" => terms with { SameCostAsPartnership = from.HasSameCostAsPartnership ? from.SameCostAsPartnership : null },
                "aid_kind" => terms with { AidKind = (AidKind)faults.Choice(path, from.AidKind) },
                "granted_date" => terms with { GrantedDate = OrganisationReading.NotInFuture(path, from.GrantedDate, today, faults) },
                "agreement" => terms with { Agreement = AgreementNames.Read(path, from.Agreement, municipality, faults) },
                _ => terms,
            };
        }

        Hold(terms, faults);
        return terms;
    }

    public static IReadOnlyList<PlannedFunding> ReadPlanned(RepeatedField<V1.PlannedFunding> from, Faults faults)
    {
        faults.Number("planned", from.Count, 0, MaxPlanned);
        var read = new List<PlannedFunding>(from.Count);
        foreach (var plan in from)
        {
            var at = $"planned[{read.Count}]";
            var (start, end) = (faults.Date($"{at}.period_start_date", plan.PeriodStartDate, required: true), faults.Date($"{at}.period_end_date", plan.PeriodEndDate, required: true));
            OrganisationReading.RequireOrder($"{at}.period_end_date", start, end, faults);
            faults.Money($"{at}.value", plan.Value);
            read.Add(new PlannedFunding(faults.Text($"{at}.cost", plan.Cost, NameLength, required: true), start ?? default, end ?? default,
                plan.AidKind == V1.AidKind.Unspecified ? AidKind.None : (AidKind)faults.Choice($"{at}.aid_kind", plan.AidKind)));
        }

        return read;
    }

    public static RateRow? ReadRate(V1.ExchangeRate? from, Faults faults)
    {
        if (from is null)
        {
            return null;
        }

        var source = faults.Text("exchange_rate.source", from.Source, NameLength, required: true);
        if (!Rate().IsMatch(from.SekPerEur) || decimal.Parse(from.SekPerEur, CultureInfo.InvariantCulture) is not (>= 1 and <= 1000 and var rate))
        {
            faults.Add("exchange_rate.sek_per_eur", "EXCHANGE_RATE_INVALID");
            return null;
        }

        return new RateRow(DateOnly.MinValue, DateOnly.MaxValue, rate, source);
    }

    private static void Hold(FundingTerms terms, Faults faults)
    {
        faults.Require(terms.Value > 0, $"{Root}.amount", "FUNDING_WITHOUT_VALUE");
        faults.Require(terms.InKindValue == 0 || terms.InKindValuation.Length > 0, $"{Root}.in_kind_valuation", "FIELD_REQUIRED");
        faults.Require(terms.AidKind is not (AidKind.DeMinimis or AidKind.SgeiDeMinimis or AidKind.OtherStateAid) || terms.GrantedDate is not null, $"{Root}.granted_date", "FIELD_REQUIRED");

        // Only what this municipality gives by a partnership can be what the register learns of from an agreement.
        faults.Require(
            terms.Agreement is null || terms is { GiverKind: GiverKind.OwnMunicipality, Form: FundingForm.Iop }, $"{Root}.agreement", "FIELD_NOT_ALLOWED");
        if (terms.PeriodStart != default && terms.PeriodEnd != default)
        {
            OrganisationReading.RequireOrder($"{Root}.period_end_date", terms.PeriodStart, terms.PeriodEnd, faults);
        }
    }

    [GeneratedRegex(@"^[0-9]{1,6}(?:\.[0-9]{1,6})?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();
}
