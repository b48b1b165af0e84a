namespace Iop.Agreements.Domain;

/// <summary>How the parties work together, and what they owe each other and the public.</summary>
internal sealed partial class GeneratedText
{
    private IEnumerable<string> CommitmentLines() => terms.Parties.SelectMany(party => SaidOf(party, CommitmentKind.Commitment) is { Count: > 0 } said
        ? said.Select(text => phrases.Fill("commitments.line", ("text", text))).Prepend(phrases.Fill("commitments.party", ("name", OneLine(party.DisplayName))))
        : []);

    // es-step-3-expectations-and-roles: one row for each party, none without a role.
    private IEnumerable<string> RoleLines() => terms.Parties.Select(party =>
    {
        string[] parts =
        [
            .. party.Lead ? [phrases[party.Side == PartySide.Public ? "roles.leadPublic" : "roles.leadCivil"]] : Array.Empty<string>(),
            .. terms.Collaboration.ConvenerPartyId == party.PartyId ? [phrases["roles.convener"]] : Array.Empty<string>(),
            .. SaidOf(party, CommitmentKind.Role),
            .. Brings(party) is { Length: > 0 } types ? [phrases.Fill("roles.brings", ("types", types))] : Array.Empty<string>(),
            .. SaidOf(party, CommitmentKind.Expectation).Select(text => phrases.Fill("roles.expects", ("text", text))),
        ];
        return phrases.Fill("roles.line", ("name", OneLine(party.DisplayName)), ("role", parts.Length == 0 ? phrases["roles.takesPart"] : string.Join("; ", parts)));
    });

    private IEnumerable<string> MeetingLines()
    {
        if (terms.NameOf(terms.Collaboration.ConvenerPartyId) is { Length: > 0 } convener)
        {
            yield return phrases.Fill("meetings.convener", ("name", OneLine(convener)));
        }

        foreach (var group in terms.Collaboration.Groups)
        {
            yield return phrases.Fill(
                group.MeetingsPerYear == 0 ? "meetings.whenNeeded" : "meetings.line",
                ("group", phrases[$"group.{group.Kind}"]),
                ("times", $"{group.MeetingsPerYear}"),
                ("members", string.Join(", ", group.Members.Select(OneLine))),
                ("chair", group.Chair.Length == 0 ? "" : phrases.Fill("meetings.chair", ("chair", OneLine(group.Chair)))));
        }
    }

    private IEnumerable<string> StakeholderLines() => terms.Stakeholders.Select(body => phrases.Fill(
        "stakeholders.line",
        ("name", OneLine(body.Name)),
        ("kind", phrases[$"stakeholder.{body.Kind}"]),
        ("concern", body.Concern.Length == 0 ? "" : phrases.Fill("stakeholders.concern", ("text", OneLine(body.Concern).TrimEnd('.')))),
        ("contact", body.ContactFunction.Length == 0 ? "" : phrases.Fill("stakeholders.contact", ("text", OneLine(body.ContactFunction).TrimEnd('.')))))).ToList() is { Count: > 0 } lines
            ? lines.Prepend(phrases["stakeholders.intro"])
            : [];

    private IEnumerable<string> MunicipalRoleLines() => Said(
        (terms.Collaboration.MunicipalRole, "municipalRole.text"),
        (terms.Collaboration.OfficerFunction.Length == 0 ? "" : OneLine(terms.Collaboration.OfficerFunction), "municipalRole.officer"),
        (terms.Collaboration.OfficerHoursPerMonth == 0 ? "" : $"{terms.Collaboration.OfficerHoursPerMonth}", "municipalRole.hours"));

    private IEnumerable<string> KnowledgeLines()
    {
        var knowledge = terms.Knowledge;
        return Said(
            (knowledge.Pilot ? "-" : "", "knowledge.pilot"), (knowledge.What, "knowledge.what"), (knowledge.How, "knowledge.how"), (knowledge.Who, "knowledge.who"));
    }

    private IEnumerable<string> RenegotiationLines() => terms.Ending.RenegotiationPartyIds.Count == 0
        ? [phrases["renegotiation.all"]]
        : [phrases.Fill("renegotiation.some", ("names", Names(terms.Ending.RenegotiationPartyIds)))];

    private IEnumerable<string> TerminationLines() => terms.Ending.RescissionGrounds.Count == 0
        ? []
        : terms.Ending.RescissionGrounds.Select(ground => phrases.Fill("termination.line", ("text", OneLine(ground)))).Prepend(phrases["termination.intro"]);

    private IEnumerable<string> NoticeLines() => terms.Ending.Notices.Select(notice =>
        phrases.Fill("notice.line", ("name", OneLine(terms.NameOf(notice.PartyId))), ("months", $"{notice.Months}")));

    private IEnumerable<string> SecrecyLines()
    {
        var under = terms.Parties.Where(terms.Publicity.IsUnderOsl).Select(party => OneLine(party.DisplayName)).ToList();
        return Said((string.Join(", ", under), "secrecy.parties"), (terms.Publicity.Secrecy, "secrecy.text"));
    }

    private IEnumerable<string> EntrustmentLines() => Said(
        (terms.Entrustment.Service, "entrustment.service"),
        (terms.Entrustment.Compensation, "entrustment.compensation"),
        (terms.Entrustment.Overcompensation, "entrustment.overcompensation"));

    private IEnumerable<string> EconomyLines()
    {
        var economy = terms.Economy;
        List<string> lines =
        [
            .. Said((economy.VolunteerHourValue == 0 ? "" : Phrases.Sum(economy.VolunteerHourValue), "economy.hour")),
            .. economy.OtherGrantsAllowed is { } allowed ? [phrases[allowed ? "economy.otherGrants" : "economy.noOtherGrants"]] : Array.Empty<string>(),
            .. Said(
                (economy.OtherGrantsDisclosure, "economy.disclosure"),
                (phrases.Find($"surplus.{economy.SurplusRule}") ?? "", "economy.surplus"),
                (economy.CompensationBasis, "economy.compensation"),
                (economy.BudgetPlan, "economy.budget")),
        ];
        return lines.Count == 0 ? [] : lines.Prepend("");
    }

    private IEnumerable<string> YearLines()
    {
        var years = ContributionSum.Of(terms).Where(sum => sum is { Year: > 0, Value: > 0 }).GroupBy(sum => sum.Year).ToList();
        if (years.Count == 0)
        {
            return [];
        }

        string Of(IEnumerable<ContributionSum> sums, PartySide side) => Phrases.Sum(sums.Where(sum => sum.Side == side).Sum(sum => sum.Value));
        var lines = years.Select(year => phrases.Fill(
            "years.line", ("year", $"{year.Key}"), ("public", Of(year, PartySide.Public)), ("civil", Of(year, PartySide.CivilSociety))));
        return ["", phrases["years.intro"], "", phrases["years.header"], phrases["years.rule"], .. lines];
    }

    private IEnumerable<string> Said(params IEnumerable<(string Text, string Key)> lines) =>
        lines.Where(line => line.Text.Length > 0).Select(line => phrases.Fill(line.Key, ("text", line.Text)));

    private IReadOnlyList<string> SaidOf(Party party, CommitmentKind kind) =>
        [.. terms.Commitments.Where(said => said.PartyId == party.PartyId && said.Kind == kind).Select(said => OneLine(said.Text))];

    private string Brings(Party party) =>
        string.Join(", ", terms.Contributions.Where(item => item.PartyId == party.PartyId).Select(item => phrases[$"contribution.{item.Type}"]).Distinct(StringComparer.Ordinal));

    private string Names(IEnumerable<string> partyIds) => string.Join(", ", partyIds.Select(terms.NameOf).Select(OneLine));
}
