using Google.Protobuf.WellKnownTypes;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Api;

/// <summary>Reads terms out of the contract's message, field by field of the mask, and tells every fault at once.</summary>
internal sealed partial class TermsInput(V1.Agreement input, string municipality)
{
    private static readonly IReadOnlyDictionary<string, (Func<V1.Agreement, bool> IsFilled, Func<TermsInput, AgreementTerms, AgreementTerms> Read)> Fields =
        new Dictionary<string, (Func<V1.Agreement, bool>, Func<TermsInput, AgreementTerms, AgreementTerms>)>
        {
            ["title"] = (a => a.Title.Length > 0, (r, t) => t with { Title = Text(r.Input.Title) }),
            ["parties"] = (a => a.Parties.Count > 0, (r, t) => t with { Parties = r.Parties(r.Input.Parties) }),
            ["contributions"] = (a => a.Contributions.Count > 0, (r, t) => t with { Contributions = r.Contributions(r.Input.Contributions) }),
            ["payment_plan"] = (a => a.PaymentPlan.Count > 0, (r, t) => t with { PaymentPlan = r.Payments() }),
            ["start_date"] = (a => a.StartDate is not null, (r, t) => t with { StartDate = r.Date("start_date", r.Input.StartDate) }),
            ["end_date"] = (a => a.EndDate is not null, (r, t) => t with { EndDate = r.Date("end_date", r.Input.EndDate) }),
            ["extension"] = (a => a.Extension is not null, (r, t) => t with { Extension = Extension(r.Input.Extension) }),
            ["ends_without_notice"] = (a => a.HasEndsWithoutNotice, (r, t) => t with { EndsWithoutNotice = r.Input.HasEndsWithoutNotice ? r.Input.EndsWithoutNotice : null }),
            ["goals"] = (a => a.Goals.Count > 0, (r, t) => t with { Goals = [.. r.Input.Goals.Select(g => new Goal(g.GoalId, Text(g.Text)))] }),
            ["contacts"] = (a => a.Contacts.Count > 0, (r, t) => t with { Contacts = [.. r.Input.Contacts.Select(Contact)] }),
            ["follow_up"] = (a => a.FollowUp is not null, (r, t) => t with { FollowUp = r.FollowUp(r.Input.FollowUp ?? new()) }),
            ["public_signatories"] = (a => a.PublicSignatories.Count > 0, (r, t) => t with { PublicSignatories = [.. r.Input.PublicSignatories.Select(Signatory)] }),
            ["exclusions"] = (a => a.Exclusions.Count > 0, (r, t) => t with { Exclusions = [.. r.Input.Exclusions.Select(Text)] }),
            ["commitments"] = (a => a.Commitments.Count > 0, (r, t) => t with { Commitments = [.. r.Input.Commitments.Select(Commitment)] }),
            ["collaboration"] = (a => a.Collaboration is not null, (r, t) => t with { Collaboration = Collaboration(r.Input.Collaboration ?? new()) }),
            ["stakeholders"] = (a => a.Stakeholders.Count > 0, (r, t) => t with { Stakeholders = [.. r.Input.Stakeholders.Select(Stakeholder)] }),
            ["economy"] = (a => a.Economy is not null, (r, t) => t with { Economy = r.Economy(r.Input.Economy ?? new()) }),
            ["knowledge"] = (a => a.Knowledge is not null, (r, t) => t with { Knowledge = Knowledge(r.Input.Knowledge ?? new()) }),
            ["ending"] = (a => a.Ending is not null, (r, t) => t with { Ending = Ending(r.Input.Ending ?? new()) }),
            ["publicity"] = (a => a.Publicity is not null, (r, t) => t with { Publicity = Publicity(r.Input.Publicity ?? new()) }),
            ["entrustment"] = (a => a.Entrustment is not null, (r, t) => t with { Entrustment = Entrustment(r.Input.Entrustment ?? new()) }),
            ["annexes"] = (a => a.Annexes.Count > 0, (r, t) => t with { Annexes = [.. r.Input.Annexes.Select(annex => new Annex(Text(annex.Heading), Text(annex.Text)) { Document = annex.Document })] }),
            ["decision_required"] = (a => a.DecisionRequired, (r, t) => t with { DecisionRequired = r.Input.DecisionRequired }),
        };

    private static readonly HashSet<string> OutputOnly =
    [
        "name", "case", "guideline_pack", "state", "sections", "required_signatures", "text_hash", "canonical_text", "approvals", "signatures",
        "version", "drafting_side", "share_time", "text_agreed_time", "activate_time", "create_time", "update_time", "etag",
        "amendment", "open_amendment", "extension_count", "joint_proposals", "endings", "ended_date", "renegotiations", "hardships", "wind_down_items",
        "renewal_talks", "evaluations", "retentions", "validity", "signing_rounds", "signing_evidence",
        "import_source", "joint_members", "domain", "challenge_codes", "target_group_codes", "text_decision", "committees", "departures",
    ];

    private readonly Faults _faults = new();

    private V1.Agreement Input => input;

    /// <summary>Whether a field of the contract is one of the terms that the parties set.</summary>
    public static bool IsTerm(string field) => Fields.ContainsKey(field);

    /// <summary>The fields that a request changes: those of the mask, all for <c>*</c>, the filled ones without a mask.</summary>
    public IReadOnlyList<string> Changed(FieldMask? mask)
    {
        if (mask is null || mask.Paths.Count == 0)
        {
            return [.. Fields.Where(field => field.Value.IsFilled(input)).Select(field => field.Key)];
        }

        _faults.Require(mask.Paths.All(path => path == "*" || Fields.ContainsKey(path) || OutputOnly.Contains(path)), "update_mask", "UPDATE_MASK_INVALID");
        return mask.Paths.Contains("*") ? [.. Fields.Keys] : [.. mask.Paths.Where(Fields.ContainsKey)];
    }

    public AgreementTerms Apply(AgreementTerms terms, IEnumerable<string> fields) =>
        fields.Aggregate(terms, (current, field) => Fields[field].Read(this, current));

    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with every fault of what was read and of the terms as they become.</exception>
    public void ThrowIfFaultyIn(AgreementTerms terms)
    {
        foreach (var fault in TermsRules.FaultsIn(terms))
        {
            _faults.Add(fault.Field, fault.Reason, fault.Values);
        }

        _faults.ThrowIfAny();
    }

    public void ThrowIfUnreadable() => _faults.ThrowIfAny();

    public IReadOnlyList<Party> Parties(IEnumerable<Types.V1.Party> parties) => [.. parties.Select((party, i) =>
    {
        if (party.Organisation.Length > 0)
        {
            MustBeOrganisation(party.Organisation, $"agreement.parties[{i}].organisation");
        }

        return new Party(party.PartyId, (PartySide)party.Side, Text(party.DisplayName))
        {
            Organisation = party.Organisation,
            Kind = (PublicPartyKind)party.PublicPartyKind,
            Lead = party.Lead,
            FundingSource = (FundingSource)party.FundingSource,
            BudgetCode = Text(party.BudgetCode),
        };
    })];

    public IReadOnlyList<Contribution> Contributions(IEnumerable<Types.V1.Contribution> contributions) => [.. contributions.Select((item, i) =>
    {
        var at = $"agreement.contributions[{i}]";
        decimal? hourly = item.HourlyValue is { } rate ? _faults.Money($"{at}.hourly_value", rate) : null;
        var value = item.Value is null && hourly is { } each ? item.Hours * each : _faults.Money($"{at}.value", item.Value);
        return new Contribution(item.PartyId, (ContributionType)item.Type, value)
        {
            Description = Text(item.Description),
            Hours = item.Hours,
            ValuationMethod = Text(item.ValuationMethod),
            HourlyValue = hourly,
        };
    })];

    private List<PaymentPlanItem> Payments() => [.. input.PaymentPlan.Select((item, i) => new PaymentPlanItem(
        _faults.Money($"agreement.payment_plan[{i}].amount", item.Amount), Date($"payment_plan[{i}].due_date", item.DueDate), item.PayerPartyId, item.PayeePartyId))];

    private FollowUpTerms FollowUp(V1.FollowUpTerms terms) => new()
    {
        CheckInEveryMonths = terms.CheckInEveryMonths,
        ReportEveryMonths = terms.ReportEveryMonths,
        ReportingResponsibility = (ReportingResponsibility)terms.ReportingResponsibility,
        EvaluationDate = Date("follow_up.evaluation_date", terms.EvaluationDate),
        RenewalTalksDate = Date("follow_up.renewal_talks_date", terms.RenewalTalksDate),
        How = Text(terms.How),
        Who = Text(terms.Who),
        Financing = Text(terms.Financing),
        CheckInDates = Dates("follow_up.check_in_dates", terms.CheckInDates),
        ReportDates = Dates("follow_up.report_dates", terms.ReportDates),
    };

    private DateOnly[] Dates(string path, IEnumerable<Types.V1.Date> dates) => [.. dates.Select((date, i) => Date($"{path}[{i}]", date) ?? default).Order()];

    private DateOnly? Date(string path, Types.V1.Date? date) => _faults.NearDate($"agreement.{path}", date);

    private void MustBeOrganisation(string name, string field)
    {
        try
        {
            ResourceName.IdIn(name, "organisations", municipality, field);
        }
        catch (Refusal refusal)
        {
            _faults.Add(refusal.Fields[0].Field, refusal.Fields[0].Reason, refusal.Fields[0].Values);
        }
    }

    private static ExtensionTerms Extension(V1.ExtensionTerms? terms) =>
        terms is null ? ExtensionTerms.None : new ExtensionTerms(terms.Allowed, terms.MaxCount, terms.Months);

    private static ContactPerson Contact(V1.ContactPerson contact) =>
        new(contact.PartyId, Text(contact.Function), Text(contact.DisplayName), contact.Email.Trim(), contact.Phone.Trim());

    private static Signatory Signatory(V1.Signatory signatory) =>
        new(signatory.PartyId, signatory.PersonRef.Trim(), Text(signatory.DisplayName), Text(signatory.Role));

    private static string Text(string text) => PlainText.Normalise(text);
}
