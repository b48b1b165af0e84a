namespace Iop.Agreements.Domain;

/// <summary>Writes the generated text of a section from the terms, so that text and data cannot disagree.</summary>
internal sealed partial class GeneratedText(Phrases phrases, AgreementTerms terms)
{
    public string Of(SectionSource source)
    {
        var lines = source switch
        {
            SectionSource.Name => [terms.Title],
            SectionSource.Parties => PartyLines(),
            SectionSource.Roles => RoleLines(),
            SectionSource.Contributions => ContributionLines(),
            SectionSource.Period => PeriodLines(),
            SectionSource.Goals => terms.Goals.Select((goal, index) => phrases.Fill("goals.line", ("number", $"{index + 1}"), ("text", OneLine(goal.Text)))),
            SectionSource.Contacts => terms.Contacts.Select(Contact),
            SectionSource.FollowUp => FollowUpLines(),
            SectionSource.Signatures => SignatureLines(),
            SectionSource.Exclusions => terms.Exclusions.Select(text => phrases.Fill("exclusions.line", ("text", OneLine(text)))),
            SectionSource.Commitments => CommitmentLines(),
            SectionSource.Meetings => MeetingLines(),
            SectionSource.MunicipalRole => MunicipalRoleLines(),
            SectionSource.Stakeholders => StakeholderLines(),
            SectionSource.Knowledge => KnowledgeLines(),
            SectionSource.Renegotiation => RenegotiationLines(),
            SectionSource.Termination => TerminationLines(),
            SectionSource.Notice => NoticeLines(),
            SectionSource.Hardship => Said((terms.Ending.Hardship, "plain")),
            SectionSource.Dispute => Said((terms.Ending.Disputes, "plain")),
            SectionSource.WindDown => Said((terms.Ending.WindDown, "plain")),
            SectionSource.Secrecy => SecrecyLines(),
            SectionSource.Insight => Said((terms.Publicity.Insight, "plain")),
            SectionSource.Entrustment => EntrustmentLines(),
            _ => [],
        };
        return PlainText.Normalise(string.Join('\n', lines));
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IEnumerable<string> PartyLines()
    {
        yield return phrases["parties.intro"];
        foreach (var (side, heading) in new[] { (PartySide.Public, "parties.public"), (PartySide.CivilSociety, "parties.civil") })
        {
            yield return "";
            yield return phrases[heading];
            foreach (var party in terms.Parties.Where(party => party.Side == side))
            {
                string[] details =
                [
                    .. party.Side == PartySide.Public ? [phrases[$"partyKind.{party.Kind}"]] : Array.Empty<string>(),
                    .. party.OrganisationNumber.Length > 0 ? [phrases.Fill("parties.number", ("number", party.OrganisationNumber))] : Array.Empty<string>(),
                    .. party.Lead ? [phrases["parties.lead"]] : Array.Empty<string>(),
                ];
                var tail = details.Length == 0 ? "" : phrases.Fill("parties.detail", ("details", string.Join(", ", details)));
                yield return phrases.Fill("parties.line", ("name", OneLine(party.DisplayName)), ("details", tail));
            }
        }
    }

    private IEnumerable<string> ContributionLines()
    {
        if (terms.Contributions.Count > 0)
        {
            yield return phrases["contributions.intro"];
            yield return "";
            yield return phrases["contributions.header"];
            yield return phrases["contributions.rule"];
            foreach (var item in terms.Contributions)
            {
                yield return phrases.Fill(
                    "contributions.line",
                    ("party", Name(item.PartyId)),
                    ("type", phrases[$"contribution.{item.Type}"]),
                    ("description", PlainText.Cell(item.Description)),
                    ("value", Phrases.Sum(item.Value)),
                    ("hours", item.Hours == 0 ? "" : $"{item.Hours}"),
                    ("method", PlainText.Cell(Method(item))));
            }

            yield return "";
            foreach (var share in terms.Contributions.GroupBy(item => item.PartyId))
            {
                yield return phrases.Fill("contributions.sum", ("party", Name(share.Key)), ("value", Phrases.Sum(share.Sum(item => item.Value))));
            }
        }

        foreach (var line in YearLines().Concat(FundingLines()).Concat(PaymentLines()).Concat(EconomyLines()))
        {
            yield return line;
        }
    }

    private string Method(Contribution item) => item.HourlyValue is not { } hourly ? item.ValuationMethod
        : phrases.Fill(item.ValuationMethod.Length > 0 ? "contributions.methodAndRate" : "contributions.rate", ("method", item.ValuationMethod), ("rate", Phrases.Sum(hourly)));

    private IEnumerable<string> FundingLines()
    {
        var funded = terms.Parties.Where(party => party.FundingSource != FundingSource.Unspecified || party.BudgetCode.Length > 0).ToList();
        var lines = funded.Select(party => phrases.Fill(
            "funding.line",
            ("party", OneLine(party.DisplayName)),
            ("source", phrases.Find($"fundingSource.{party.FundingSource}") ?? ""),
            ("budget", party.BudgetCode.Length == 0 ? "" : phrases.Fill("funding.budget", ("code", party.BudgetCode)))));
        return funded.Count == 0 ? [] : ["", phrases["funding.intro"], .. lines];
    }

    private IEnumerable<string> PaymentLines()
    {
        var lines = terms.PaymentPlan.Select(item => phrases.Fill(
            "payments.line",
            ("date", item.DueDate is { } due ? Phrases.Date(due) : ""),
            ("payer", Name(item.PayerPartyId)),
            ("payee", Name(item.PayeePartyId)),
            ("amount", Phrases.Sum(item.Amount))));
        return terms.PaymentPlan.Count == 0 ? [] : ["", phrases["payments.intro"], "", phrases["payments.header"], phrases["payments.rule"], .. lines];
    }

    private IEnumerable<string> PeriodLines()
    {
        if ((terms.StartDate, terms.EndDate) is not (null, null))
        {
            var key = terms.EndDate is null ? "period.start" : terms.StartDate is null ? "period.end" : "period.term";
            yield return phrases.Fill(key, ("start", Date(terms.StartDate)), ("end", Date(terms.EndDate)));
        }

        yield return terms.Extension.Allowed
            ? phrases.Fill("period.extension", ("count", $"{terms.Extension.MaxCount}"), ("months", $"{terms.Extension.Months}"))
            : phrases["period.noExtension"];
        if (terms.EndsWithoutNotice is { } withoutNotice)
        {
            yield return phrases[withoutNotice ? "period.endsWithoutNotice" : "period.endsWithNotice"];
        }

        // he-period-ends-without-notice: whatever the parties answer, nothing is renewed silently.
        yield return phrases["period.neverSilently"];
    }

    private string Contact(ContactPerson contact)
    {
        var details = new[] { contact.Function, contact.DisplayName, contact.Email, contact.Phone }.Where(part => part.Length > 0).Select(OneLine);
        return phrases.Fill("contacts.line", ("party", terms.NameOf(contact.PartyId)), ("details", string.Join(", ", details)));
    }

    private IEnumerable<string> FollowUpLines()
    {
        var agreed = terms.FollowUp;
        (bool Said, string Key, string Value)[] lines =
        [
            (agreed is { CheckInDates: [], CheckInEveryMonths: > 0 }, "followUp.checkIns", $"{agreed.CheckInEveryMonths}"),
            (agreed.CheckInDates.Count > 0, "followUp.checkInDates", string.Join(", ", agreed.CheckInDates.Select(Phrases.Date))),
            (agreed is { ReportDates: [], ReportEveryMonths: > 0 }, "followUp.reports", $"{agreed.ReportEveryMonths}"),
            (agreed.ReportDates.Count > 0, "followUp.reportDates", string.Join(", ", agreed.ReportDates.Select(Phrases.Date))),
            (agreed.ReportingResponsibility != ReportingResponsibility.Unspecified, "followUp.responsible", phrases.Find($"reporting.{agreed.ReportingResponsibility}") ?? ""),
            (agreed.EvaluationDate is not null, "followUp.evaluation", Date(agreed.EvaluationDate)),
            (agreed.RenewalTalksDate is not null, "followUp.talks", Date(agreed.RenewalTalksDate)),
            (agreed.How.Length > 0, "followUp.how", agreed.How),
            (agreed.Who.Length > 0, "followUp.who", agreed.Who),
            (agreed.Financing.Length > 0, "followUp.financing", agreed.Financing),
        ];
        return lines.Where(line => line.Said).Select(line => phrases.Fill(line.Key, ("months", line.Value), ("who", line.Value), ("date", line.Value), ("text", line.Value)));
    }

    private IEnumerable<string> SignatureLines() =>
    [
        phrases["signatures.intro"],
        .. terms.Parties.Select(party => phrases.Fill("signatures.line", ("name", OneLine(party.DisplayName)))),
        "",
        phrases["signatures.originals"],
    ];

    private string Name(string partyId) => PlainText.Cell(terms.NameOf(partyId));

    private static string Date(DateOnly? date) => date is { } day ? Phrases.Date(day) : "";
}
