using Iop.Eligibility.Domain.Cases;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using ConflictKind = Iop.Eligibility.Domain.Cases.ConflictKind;

namespace Iop.Eligibility.Api;

/// <summary>Reads what surrounds the assessment out of requests.</summary>
internal static class CareReading
{
    private const int MaxKinds = 20;

    public static ConflictOfInterest Read(V1.ConflictOfInterest? message, string actor, DateTimeOffset now)
    {
        var faults = new Faults();
        faults.Require(message is not null, "conflict", "FIELD_REQUIRED");
        message ??= new V1.ConflictOfInterest();
        faults.Choice("conflict.kind", message.Kind);
        faults.Require(message.Kind != V1.ConflictKind.None || !message.Recused, "conflict.recused", "FIELD_NOT_ALLOWED");
        var person = faults.Text("conflict.person_ref", message.PersonRef, 200);
        var conflict = new ConflictOfInterest(
            person.Length > 0 ? person : actor,
            Enums.ToOrNull<V1.ConflictKind, ConflictKind>(message.Kind) ?? default,
            message.Recused,
            faults.Text("conflict.note", message.Note, 1000, required: message.Kind == V1.ConflictKind.Other),
            actor,
            now);
        faults.ThrowIfAny();
        return conflict;
    }

    public static DocumentRequest Read(V1.DocumentRequest? message, DateOnly today, string actor, DateTimeOffset now)
    {
        var faults = new Faults();
        faults.Require(message is not null, "document_request", "FIELD_REQUIRED");
        message ??= new V1.DocumentRequest();
        const string At = "document_request";
        faults.Require(message.Kinds.Count > 0, $"{At}.kinds", "FIELD_REQUIRED");
        faults.Require(message.Kinds.Count <= MaxKinds, $"{At}.kinds", "TOO_MANY_ITEMS", ("limit", $"{MaxKinds}"));
        for (var i = 0; i < message.Kinds.Count; i++)
        {
            faults.Choice($"{At}.kinds[{i}]", message.Kinds[i]);
        }

        var date = faults.Date($"{At}.request_date", message.RequestDate, required: true) ?? today;
        faults.Require(date <= today, $"{At}.request_date", "DATE_IN_FUTURE");
        var due = faults.Date($"{At}.due_date", message.DueDate, required: true) ?? date;
        faults.Require(due >= date, $"{At}.due_date", "DATE_ORDER", ("after", $"{date:yyyy-MM-dd}"));
        var note = faults.Text($"{At}.note", message.Note, 2000);
        faults.ThrowIfAny();
        return new DocumentRequest(0, [.. message.Kinds.Distinct().Select(kind => Codes.KeyOf(kind))], date, due, note, actor, now);
    }

    /// <summary>The contract's kind of a document that packs name so.</summary>
    public static DocumentKind KindOf(string type) => Kinds.GetValueOrDefault(type);

    private static readonly Dictionary<string, DocumentKind> Kinds =
        Enum.GetValues<DocumentKind>().ToDictionary(kind => Codes.KeyOf(kind), StringComparer.Ordinal);
}
