using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Cases;

public enum AskedDocumentState { Awaited, Missing, Received, DeclaredNonexistent }

/// <summary>One time that a document was asked for, in the case or by the register.</summary>
public sealed record Asking(bool ByRegister, DateOnly? Date, DateOnly? DueDate, int FinancialYear, string Message);

/// <summary>A kind of document that an organisation was asked for, and what has come of it.</summary>
public sealed record AskedDocument(string Organisation, string Type, AskedDocumentState State, DateOnly? DueDate, DateOnly? Received, IReadOnlyList<Asking> Askings);

/// <summary>What the organisations of a case were asked for: what the case noted and what the register asked are the same asking.</summary>
public static class AskedDocuments
{
    public static IReadOnlyList<AskedDocument> Of(Case @case, DateOnly today) =>
        [.. @case.Facts.Parties.Where(party => party.Side == PartySide.Cso).DistinctBy(party => party.Organisation).SelectMany(party => Of(@case, party, today))];

    private static IEnumerable<AskedDocument> Of(Case @case, CaseParty party, DateOnly today)
    {
        var inCase = @case.DocumentRequests.SelectMany(request => request.Types, (request, type) =>
            (Type: type, IsOpen: true, Asking: new Asking(false, request.Date, request.DueDate, 0, request.Note)));
        var byRegister = (party.Registered?.Asked ?? []).Select(request =>
            (request.Type, request.IsOpen, Asking: new Asking(true, request.Date, request.DueDate, request.FinancialYear, request.Message)));
        return inCase.Concat(byRegister).GroupBy(asked => asked.Type, StringComparer.Ordinal).OrderBy(asked => asked.Key, StringComparer.Ordinal).Select(asked =>
        {
            var open = asked.Where(asking => asking.IsOpen).Select(asking => asking.Asking.DueDate).ToList();
            var due = open.Exists(date => date is null) ? null : open.Max();
            DateOnly? received = party.Registered?.Received?.TryGetValue(asked.Key, out var date) == true ? date : null;
            return new AskedDocument(
                party.Organisation, asked.Key, State(party.Registered, asked.Key, due, today), due, received,
                [.. asked.Select(asking => asking.Asking).OrderBy(asking => asking.Date)]);
        });
    }

    private static AskedDocumentState State(RegisteredOrganisation? registered, string type, DateOnly? due, DateOnly today) =>
        registered?.Documents.TryGetValue(type, out var status) != true ? Open(due, today) : status switch
        {
            DocumentStatus.Received => AskedDocumentState.Received,
            DocumentStatus.DeclaredNonExistent => AskedDocumentState.DeclaredNonexistent,
            _ => Open(due, today),
        };

    private static AskedDocumentState Open(DateOnly? due, DateOnly today) => due < today ? AskedDocumentState.Missing : AskedDocumentState.Awaited;
}
