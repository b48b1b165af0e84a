using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Reads and checks what callers say of an organisation.</summary>
internal static class OrganisationReading
{
    private const int NameLength = 200;
    private const int StatementLength = 2000;
    internal const int ShortStatementLength = 1000;

    /// <summary>The fields that a caller may change.</summary>
    public static readonly IReadOnlyCollection<string> Updatable =
    [
        "display_name", "legal_form", "purpose", "purpose_statement", "founded_date", "active_in_municipality", "local_activity", "distributes_profit",
        "democratically_governed", "publicly_controlled", "activity_history", "member_count", "member_count_date", "next_annual_meeting_date",
        "relation_history", "act_registration", "contacts", "profit_distribution_note", "public_control_note", "undertaking_key",
    ];

    /// <summary>What an organisation is registered under, and keeps.</summary>
    public const string Settled = "organisation_number";

    /// <summary>Lays the given fields over the facts that stand.</summary>
    public static OrganisationFacts Read(V1.Organisation from, OrganisationFacts facts, IReadOnlySet<string> fields, DateOnly today, Faults faults)
    {
        foreach (var field in fields)
        {
            var path = $"organisation.{field}";
            facts = field switch
            {
                "display_name" => facts with { DisplayName = faults.Text(path, from.DisplayName, NameLength, required: true) },
                "legal_form" => facts with { LegalForm = (LegalForm)faults.Choice(path, from.LegalForm) },
                "purpose" => facts with { Purpose = (OrganisationPurpose)faults.Choice(path, from.Purpose) },
                "purpose_statement" => facts with { PurposeStatement = faults.Text(path, from.PurposeStatement, StatementLength) },
                "founded_date" => facts with { FoundedDate = NotInFuture(path, from.FoundedDate, today, faults) },
                "active_in_municipality" => facts with { ActiveInMunicipality = from.ActiveInMunicipality },
                "local_activity" => facts with { LocalActivity = faults.Text(path, from.LocalActivity, StatementLength) },
                "distributes_profit" => facts with { DistributesProfit = from.HasDistributesProfit ? from.DistributesProfit : null },
                "democratically_governed" => facts with { DemocraticallyGoverned = from.HasDemocraticallyGoverned ? from.DemocraticallyGoverned : null },
                "publicly_controlled" => facts with { PubliclyControlled = from.HasPubliclyControlled ? from.PubliclyControlled : null },
                "activity_history" => facts with { ActiveSince = faults.Text(path, from.ActivityHistory, ShortStatementLength) },
                "member_count" => facts with { MemberCount = faults.Number(path, from.MemberCount, 0, int.MaxValue) },
                "member_count_date" => facts with { MemberCountDate = NotInFuture(path, from.MemberCountDate, today, faults) },
                "next_annual_meeting_date" => facts with { NextAnnualMeetingDate = faults.Date(path, from.NextAnnualMeetingDate) },
                "profit_distribution_note" => facts with { ProfitDistributionNote = faults.Text(path, from.ProfitDistributionNote, ShortStatementLength) },
                "public_control_note" => facts with { PublicControlNote = faults.Text(path, from.PublicControlNote, ShortStatementLength) },
                "relation_history" => facts with { RelationHistory = OrganisationDetails.ReadRelations(path, from.RelationHistory, faults) },
                "act_registration" => facts with { ActRegistration = OrganisationDetails.ReadRegistration(path, from.ActRegistration, today, faults) },
                "contacts" => facts with { Contacts = OrganisationDetails.ReadContacts(path, from.Contacts, faults) },
                "undertaking_key" => facts with { UndertakingKey = OrganisationDetails.ReadUndertakingKey(path, from.UndertakingKey, faults) },
                _ => facts,
            };
        }

        // A number of members says nothing without its day.
        faults.Require(
            !fields.Contains("member_count") || facts.MemberCount <= 0 || facts.MemberCountDate is not null
                || (fields.Contains("member_count_date") && from.MemberCountDate is not null),
            "organisation.member_count_date", "FIELD_REQUIRED");
        return facts;
    }

    /// <summary>Reads an organisation number. What is at fault is told by its reason and never repeated.</summary>
    public static OrganisationNumber? ReadNumber(string field, string text, Faults faults)
    {
        if (text.Length == 0)
        {
            faults.Add(field, "FIELD_REQUIRED");
            return null;
        }

        var (number, fault) = OrganisationNumber.Read(text);
        if (number is null)
        {
            faults.Add(field, fault);
        }

        return number;
    }

    /// <summary>Holds the number to those that civil society organisations of the form can have.</summary>
    public static void RequireCivilSociety(OrganisationNumber? number, LegalForm form, string field, Faults faults)
    {
        if (number is not null && !number.FitsCivilSociety(form))
        {
            faults.Add(field, "ORGANISATION_NUMBER_GROUP", ("group", $"{number.Group}"));
        }
    }

    /// <summary>Holds a period to its order; it may last a single day.</summary>
    internal static void RequireOrder(string field, DateOnly? start, DateOnly? end, Faults faults)
    {
        if (end < start)
        {
            faults.Add(field, "DATE_ORDER", ("after", $"{start.Value.AddDays(-1):yyyy-MM-dd}"));
        }
    }

    internal static DateOnly? NotInFuture(string field, Types.V1.Date? date, DateOnly today, Faults faults, bool required = false)
    {
        var day = faults.Date(field, date, required);
        faults.Require(day is null || day <= today, field, "DATE_IN_FUTURE");
        return day;
    }
}
