namespace Iop.Agreements.Domain;

/// <summary>The limits on what the parties agree about their work, their money and the end.</summary>
public sealed partial class TermsRules
{
    private void Partnership()
    {
        Texts("exclusions", _terms.Exclusions, 30, 500);
        Limit("commitments", _terms.Commitments.Count, 200);
        Each("commitments", _terms.Commitments, (said, at) =>
        {
            PartyRef($"{at}.party_id", said.PartyId);
            Require(said.Kind != CommitmentKind.Unspecified && Enum.IsDefined(said.Kind), $"{at}.kind", "ENUM_VALUE_REQUIRED");
            Text($"{at}.text", said.Text, 1_000, required: true);
        });
        var work = _terms.Collaboration;
        Require(work.ConvenerPartyId.Length == 0 || _terms.PartyWith(work.ConvenerPartyId) is not null, "collaboration.convener_party_id", "PARTY_UNKNOWN");
        Text("collaboration.officer_function", work.OfficerFunction, 100);
        Number("collaboration.officer_hours_per_month", work.OfficerHoursPerMonth, 0, 1_000);
        Text("collaboration.municipal_role", work.MunicipalRole, 2_000);
        Groups(work.Groups);
        Stakeholders();
        Text("knowledge.how", _terms.Knowledge.How, 2_000);
        Text("knowledge.what", _terms.Knowledge.What, 2_000);
        Text("knowledge.who", _terms.Knowledge.Who, 1_000);
        Each("publicity.osl_party_ids", _terms.Publicity.OslPartyIds, (party, at) => PartyRef(at, party));
        Text("publicity.secrecy", _terms.Publicity.Secrecy, 2_000);
        Text("publicity.insight", _terms.Publicity.Insight, 2_000);
    }

    private void Stakeholders()
    {
        Limit("stakeholders", _terms.Stakeholders.Count, 50);
        Each("stakeholders", _terms.Stakeholders, (body, at) =>
        {
            Text($"{at}.name", body.Name, 200, required: true);
            Require(body.Kind != StakeholderKind.Unspecified && Enum.IsDefined(body.Kind), $"{at}.kind", "ENUM_VALUE_REQUIRED");
            Text($"{at}.concern", body.Concern, 1_000);
            Text($"{at}.contact_function", body.ContactFunction, 100);
        });
        Unique("stakeholders", _terms.Stakeholders.Select(body => body.Name));
    }

    // he-section-reference-group: how often, who, and who leads.
    private void Groups(IReadOnlyList<Group> groups)
    {
        Limit("collaboration.groups", groups.Count, 10);
        Each("collaboration.groups", groups, (group, at) =>
        {
            Require(group.Kind != GroupKind.Unspecified && Enum.IsDefined(group.Kind), $"{at}.kind", "ENUM_VALUE_REQUIRED");
            Number($"{at}.meetings_per_year", group.MeetingsPerYear, 0, 366);
            Require(group.Members.Count > 0, $"{at}.members", "FIELD_REQUIRED");
            Texts($"{at}.members", group.Members, 30, 100);
            Require(group.Chair.Length == 0 || group.Members.Contains(group.Chair), $"{at}.chair", "CHAIR_NOT_MEMBER");
        });
    }

    private void Conditions()
    {
        var (economy, ending, entrustment) = (_terms.Economy, _terms.Ending, _terms.Entrustment);
        Text("economy.other_grants_disclosure", economy.OtherGrantsDisclosure, 1_000);
        Require(Enum.IsDefined(economy.SurplusRule), "economy.surplus_rule", "ENUM_VALUE_REQUIRED");
        Text("economy.compensation_basis", economy.CompensationBasis, 2_000);
        Text("economy.budget_plan", economy.BudgetPlan, 10_000);
        Each("ending.renegotiation_party_ids", ending.RenegotiationPartyIds, (party, at) => PartyRef(at, party));
        Unique("ending.notices", ending.Notices.Select(notice => notice.PartyId));
        Each("ending.notices", ending.Notices, (notice, at) =>
        {
            PartyRef($"{at}.party_id", notice.PartyId);
            Number($"{at}.months", notice.Months, 0, 36);
        });
        Texts("ending.rescission_grounds", ending.RescissionGrounds, 20, 500);
        Text("ending.hardship", ending.Hardship, 2_000);
        Text("ending.disputes", ending.Disputes, 2_000);
        Text("ending.wind_down", ending.WindDown, 2_000);
        Text("entrustment.service", entrustment.Service, 2_000);
        Text("entrustment.compensation", entrustment.Compensation, 2_000);
        Text("entrustment.overcompensation", entrustment.Overcompensation, 2_000);
        Limit("annexes", _terms.Annexes.Count, 20);
        Require(_terms.Annexes.Sum(annex => annex.Text.Length) <= 100_000, "annexes", "TEXT_TOO_LONG", ("limit", "100000"));
        Each("annexes", _terms.Annexes, (annex, at) =>
        {
            Text($"{at}.heading", annex.Heading, 200, required: true);
            Text($"{at}.text", annex.Text, 20_000, required: !annex.IsFile);
        });
        Unique("annexes", _terms.Annexes.Where(annex => annex.IsFile).Select(annex => annex.Document));
    }

    private void Texts(string list, IReadOnlyList<string> texts, int count, int limit)
    {
        Limit(list, texts.Count, count);
        Each(list, texts, (text, at) => Text(at, text, limit, required: true));
    }
}
