using Google.Protobuf.Collections;
using Iop.Organisations.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Reads, maps and masks what is told of the content of documents.</summary>
internal static class DocumentContentReading
{
    private const int MaxMembers = 50;
    private const int NameLength = 200;
    private const int FunctionLength = 100;

    public static AuditOpinion ReadOpinion(string field, V1.AuditOpinion from, Faults faults) => (AuditOpinion)faults.Choice(field, from);

    public static IReadOnlyList<BoardMember> ReadBoard(string field, RepeatedField<V1.BoardMember> from, Faults faults)
    {
        faults.Number(field, from.Count, 1, MaxMembers);
        var read = new List<BoardMember>(from.Count);
        foreach (var member in from)
        {
            var at = $"{field}[{read.Count}]";

            // What was masked on its way out must not come back as if it were the truth.
            faults.Require(!member.Masked, at, "CONTACT_MASKED");
            var person = faults.Text($"{at}.person_ref", member.PersonRef, NameLength);
            faults.Require(!OrganisationNumber.MayBePersonal(person), $"{at}.person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED");
            faults.Require(person.Length == 0 || !read.Exists(other => other.PersonRef == person), $"{at}.person_ref", "DUPLICATE_VALUE");
            read.Add(new BoardMember(
                faults.Text($"{at}.display_name", member.DisplayName, NameLength, required: true),
                faults.Text($"{at}.function", member.Function, FunctionLength, required: true),
                person,
                member.ProtectedIdentity));
        }

        return read;
    }

    /// <summary>What a header tells of the content, each for its own kind only.</summary>
    public static DocumentLabel WithContent(this DocumentLabel label, V1.UploadDocumentHeader header, Faults faults)
    {
        var (tellsOpinion, tellsBoard) = (header.AuditOpinion != V1.AuditOpinion.Unspecified, header.BoardMembers.Count > 0);
        faults.Require(!tellsOpinion || label.Kind == DocumentKind.AuditReport, "header.audit_opinion", "FIELD_NOT_ALLOWED");
        faults.Require(!tellsBoard || label.Kind == DocumentKind.BoardList, "header.board_members", "FIELD_NOT_ALLOWED");
        return label with
        {
            AuditOpinion = tellsOpinion ? ReadOpinion("header.audit_opinion", header.AuditOpinion, faults) : null,
            BoardMembers = tellsBoard ? ReadBoard("header.board_members", header.BoardMembers, faults) : null,
        };
    }

    public static V1.BoardMember ToProto(this BoardMember member) => new()
    {
        DisplayName = member.DisplayName,
        Function = member.Function,
        PersonRef = member.PersonRef,
        ProtectedIdentity = member.ProtectedIdentity,
    };

    /// <summary>The organisation itself sees its protected persons, and so does the case officer. Source: law.md 2.6, 2.7.</summary>
    public static V1.Document For(this V1.Document document, Caller caller, string organisation)
    {
        if (!caller.Is(Roles.CaseOfficer) && !caller.Represents(organisation))
        {
            foreach (var member in document.BoardMembers.Where(member => member.ProtectedIdentity))
            {
                (member.DisplayName, member.PersonRef, member.Masked) = ("", "", true);
            }
        }

        return document;
    }
}
