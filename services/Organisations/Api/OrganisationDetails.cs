using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using Iop.Organisations.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Reads, maps and masks what belongs to an organisation: relations, registration and contacts.</summary>
internal static partial class OrganisationDetails
{
    private const int MaxRelations = 50;
    private const int MaxContacts = 20;
    private const int DescriptionLength = 500;
    private const int FunctionLength = 100;
    private const int NameLength = 200;
    private const int EmailLength = 254;

    public static IReadOnlyList<RelationEntry> ReadRelations(string path, RepeatedField<V1.RelationEntry> from, Faults faults)
    {
        faults.Number(path, from.Count, 0, MaxRelations);
        var read = new List<RelationEntry>(from.Count);
        foreach (var entry in from)
        {
            var at = $"{path}[{read.Count}]";
            var start = faults.Date($"{at}.start_date", entry.StartDate, required: true);
            var end = faults.Date($"{at}.end_date", entry.EndDate);
            OrganisationReading.RequireOrder($"{at}.end_date", start, end, faults);
            read.Add(new RelationEntry(
                (RelationKind)faults.Choice($"{at}.kind", entry.Kind), start ?? default, end, faults.Text($"{at}.description", entry.Description, DescriptionLength)));
        }

        return read;
    }

    public static ActRegistration? ReadRegistration(string path, V1.ActRegistration? from, DateOnly today, Faults faults)
    {
        if (from is null)
        {
            return null;
        }

        var status = (ActRegistrationStatus)faults.Choice($"{path}.status", from.Status);
        var dated = status is ActRegistrationStatus.Registered or ActRegistrationStatus.Deregistered;
        faults.Require(dated || from.StatusDate is null, $"{path}.status_date", "FIELD_NOT_ALLOWED");
        return new ActRegistration(
            status,
            OrganisationReading.NotInFuture($"{path}.status_date", from.StatusDate, today, faults, required: dated),
            OrganisationReading.NotInFuture($"{path}.check_date", from.CheckDate, today, faults));
    }

    public static IReadOnlyList<Contact> ReadContacts(string path, RepeatedField<V1.Contact> from, Faults faults)
    {
        faults.Number(path, from.Count, 0, MaxContacts);
        var read = new List<Contact>(from.Count);
        foreach (var contact in from)
        {
            var at = $"{path}[{read.Count}]";

            // What was masked on its way out must not come back as if it were the truth.
            faults.Require(!contact.Masked, at, "CONTACT_MASKED");
            var email = faults.Text($"{at}.email", contact.Email, EmailLength);
            var phone = contact.Phone.Trim();
            faults.Require(email.Length == 0 || Email().IsMatch(email), $"{at}.email", "EMAIL_FORMAT");
            faults.Require(phone.Length == 0 || (Phone().IsMatch(phone) && phone.Count(char.IsAsciiDigit) is >= 7 and <= 15), $"{at}.phone", "PHONE_FORMAT");
            read.Add(new Contact(
                faults.Text($"{at}.function", contact.Function, FunctionLength, required: true),
                faults.Text($"{at}.display_name", contact.DisplayName, NameLength),
                email, phone, contact.ProtectedIdentity));
        }

        return read;
    }

    public static string ReadUndertakingKey(string path, string from, Faults faults)
    {
        faults.Require(from.Length == 0 || UndertakingKey().IsMatch(from), path, "UNDERTAKING_KEY_INVALID");
        return from;
    }

    public static V1.RelationEntry ToProto(this RelationEntry entry) => new()
    {
        Kind = (V1.RelationEntry.Types.Kind)entry.Kind,
        StartDate = entry.StartDate.ToProto(),
        EndDate = entry.EndDate.ToProto(),
        Description = entry.Description,
    };

    public static V1.ActRegistration ToProto(this ActRegistration registration) => new()
    {
        Status = (V1.ActRegistration.Types.Status)registration.Status,
        StatusDate = registration.StatusDate.ToProto(),
        CheckDate = registration.CheckedOn.ToProto(),
    };

    public static V1.Contact ToProto(this Contact contact) => new()
    {
        Function = contact.Function,
        DisplayName = contact.DisplayName,
        Email = contact.Email,
        Phone = contact.Phone,
        ProtectedIdentity = contact.ProtectedIdentity,
    };

    /// <summary>Leaves protected persons out, where the caller need not see them. Source: law.md 2.6, 2.7.</summary>
    public static V1.Organisation Masked(this V1.Organisation organisation)
    {
        foreach (var contact in organisation.Contacts.Where(contact => contact.ProtectedIdentity))
        {
            (contact.DisplayName, contact.Email, contact.Phone, contact.Masked) = ("", "", "", true);
        }

        return organisation;
    }

    /// <summary>The organisation itself sees its protected contacts, and so does the case officer who opens it.</summary>
    public static V1.Organisation For(this V1.Organisation organisation, Caller caller) =>
        caller.Is(Roles.CaseOfficer) || caller.Represents(organisation.Name) ? organisation : organisation.Masked();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"^\+[1-9][0-9 -]{5,24}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[a-z0-9-]{1,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UndertakingKey();
}
