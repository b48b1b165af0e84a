using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>Reads a decision on disclosure, and tells it.</summary>
internal static class DisclosureInput
{
    private const int MostParts = 100;

    public static DisclosureDecision Read(V1.Disclosure from, Agreement agreement, IReadOnlyList<HeldDocument> documents, DateOnly today)
    {
        var faults = new Faults();
        var decision = new DisclosureDecision(
            faults.Text("disclosure.reference_number", from.ReferenceNumber, 100, required: true),
            faults.Text("disclosure.decided_by", from.DecidedBy, 200, required: true),
            faults.Date("disclosure.decide_date", from.DecideDate, required: true) ?? today,
            [.. from.WithheldParts.Select((part, index) => Part(part, $"disclosure.withheld_parts[{index}]", agreement, documents, faults))]);
        faults.Require(decision.DecideDate <= today, "disclosure.decide_date", "DATE_IN_FUTURE");
        faults.Number("disclosure.withheld_parts", from.WithheldParts.Count, 0, MostParts);
        faults.Require(decision.WithheldParts.DistinctBy(part => (part.SectionId, part.Document)).Count() == decision.WithheldParts.Count, "disclosure.withheld_parts", "DUPLICATE_VALUE");
        faults.ThrowIfAny();
        return decision;
    }

    public static V1.Disclosure ToProto(this Disclosure disclosure, Dictionary<Guid, string> names) => new()
    {
        Name = disclosure.Name,
        ReferenceNumber = disclosure.ReferenceNumber,
        DecidedBy = disclosure.DecidedBy,
        DecideDate = disclosure.DecideDate.ToProto(),
        WithheldParts = { disclosure.WithheldParts.Select(part => new V1.WithheldPart { SectionId = part.SectionId, Document = part.Document, LegalReference = part.LegalReference }) },
        Documents = { disclosure.Documents.Select(id => names[id]) },
        TextHash = disclosure.TextHash,
        RecordedBy = disclosure.RecordedBy,
        CreateTime = disclosure.CreateTime.ToProto(),
    };

    // A part that is misspelt would be given out.
    private static WithheldPart Part(V1.WithheldPart from, string field, Agreement agreement, IReadOnlyList<HeldDocument> documents, Faults faults)
    {
        var isSection = agreement.Sections.Any(section => section.SectionId == from.SectionId && section.IsIncluded) && from.Document.Length == 0;
        var isDocument = documents.Any(document => document.Name == from.Document) && from.SectionId.Length == 0;
        faults.Require(isSection || isDocument, field, "WITHHELD_PART_UNKNOWN");
        return new WithheldPart(from.SectionId, from.Document, faults.Text($"{field}.legal_reference", from.LegalReference, 100, required: true));
    }
}
