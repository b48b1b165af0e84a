using Google.Protobuf.Collections;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Reads and checks what callers say of who signs for an organisation.</summary>
internal static class SigningReading
{
    private const string Root = "signing_authority";
    private const int MaxSignatories = 20;
    private const int MaxEvidence = 10;
    private const int NameLength = 200;
    private const int RoleLength = 100;

    public static SigningTerms Read(V1.SigningAuthority from, Organisation organisation, int graceDays, Faults faults)
    {
        var rule = (SigningRule)faults.Choice($"{Root}.rule", from.Rule);
        var signatories = ReadSignatories(from.Signatories, faults);
        var validFrom = faults.Date($"{Root}.valid_from", from.ValidFrom, required: true);

        // A board sits until the next annual meeting, so that is when its authority normally ends. Source: law.md 2.9.
        var byMeeting = from.ValidUntil is null ? organisation.Facts.NextAnnualMeetingDate : null;
        var validUntil = byMeeting ?? faults.Date($"{Root}.valid_until", from.ValidUntil, required: true);
        faults.Require(validFrom is null || validUntil is null || validUntil >= validFrom, $"{Root}.valid_until", "VALID_UNTIL_BEFORE_VALID_FROM");
        return new SigningTerms(
            rule,
            ReadRequired(rule, from.RequiredSignatureCount, signatories.Count, faults),
            signatories,
            ReadEvidence(from.EvidenceDocuments, organisation, faults),
            validFrom ?? default,
            validUntil ?? default,
            byMeeting is null ? 0 : graceDays);
    }

    private static int ReadRequired(SigningRule rule, int required, int signatories, Faults faults)
    {
        const string Field = $"{Root}.required_signature_count";
        if (rule != SigningRule.Jointly)
        {
            return required == 0 ? 1 : faults.Number(Field, required, 1, 1);
        }

        if (signatories < 2)
        {
            faults.Add($"{Root}.signatories", "SIGNATORIES_TOO_FEW");
            return required;
        }

        return faults.Number(Field, required, 2, signatories);
    }

    private static List<AuthorisedSignatory> ReadSignatories(RepeatedField<V1.AuthorisedSignatory> from, Faults faults)
    {
        faults.Number($"{Root}.signatories", from.Count, 1, MaxSignatories);
        var read = new List<AuthorisedSignatory>(from.Count);
        foreach (var signatory in from)
        {
            var path = $"{Root}.signatories[{read.Count}]";
            var person = faults.Text($"{path}.person_ref", signatory.PersonRef, NameLength, required: true);

            // One digit wrong makes a personal identity number no less personal.
            faults.Require(!OrganisationNumber.MayBePersonal(person), $"{path}.person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED");
            faults.Require(!read.Exists(other => other.PersonRef == person), $"{path}.person_ref", "DUPLICATE_VALUE");
            read.Add(new AuthorisedSignatory(
                person,
                faults.Text($"{path}.display_name", signatory.DisplayName, NameLength, required: true),
                faults.Text($"{path}.role", signatory.Role, RoleLength)));
        }

        return read;
    }

    private static List<Guid> ReadEvidence(RepeatedField<string> from, Organisation organisation, Faults faults)
    {
        faults.Number($"{Root}.evidence_documents", from.Count, 0, MaxEvidence);
        var read = new List<Guid>(from.Count);
        for (var i = 0; i < from.Count; i++)
        {
            var path = $"{Root}.evidence_documents[{i}]";
            if (OrganisationName.ChildIn(from[i], OrganisationName.Documents, organisation.Municipality) is not { } document || document.Key != organisation.Key)
            {
                faults.Add(path, "RESOURCE_NAME_INVALID", ("pattern", $"{organisation.Name}/{OrganisationName.Documents}/{{id}}"));
                continue;
            }

            faults.Require(!read.Contains(document.Id), path, "DUPLICATE_VALUE");
            read.Add(document.Id);
        }

        return read;
    }
}
