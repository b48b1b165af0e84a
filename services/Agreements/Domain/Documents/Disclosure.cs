using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Sight;

namespace Iop.Agreements.Domain.Documents;

/// <summary>A section or a document that is not given out, and on what ground. The other of the two is empty.</summary>
public sealed record WithheldPart(string SectionId, string Document, string LegalReference);

/// <summary>What the one who records a decision tells of it.</summary>
public sealed record DisclosureDecision(string ReferenceNumber, string DecidedBy, DateOnly DecideDate, IReadOnlyList<WithheldPart> WithheldParts);

/// <summary>
/// A decision on what of an agreement is given to the public, with the text that it gives. It never changes: what is asked for again is
/// tried again. Who asked is nobody's to record (TF 2:18). Source: law.md 2.6.
/// </summary>
public sealed class Disclosure : Aggregate
{
    public const string Collection = "disclosures";

    private Disclosure()
    {
    }

    private Disclosure(string municipality)
        : base(municipality)
    {
    }

    public override string Name => $"{ResourceName.Of(Municipality, Domain.Agreement.Collection, Agreement)}/{Collection}/{Id}";

    public Guid Agreement { get; private set; }

    public string ReferenceNumber { get; private set; } = "";

    public string DecidedBy { get; private set; } = "";

    public DateOnly DecideDate { get; private set; }

    public IReadOnlyList<WithheldPart> WithheldParts { get; private set; } = [];

    /// <summary>Ids of the documents that are given out.</summary>
    public IReadOnlyList<Guid> Documents { get; private set; } = [];

    /// <summary>Hash of the text before anything was masked.</summary>
    public string TextHash { get; private set; } = "";

    /// <summary>The text with what is withheld masked.</summary>
    public string DisclosedText { get; private set; } = "";

    public string RecordedBy { get; private set; } = "";

    /// <summary>Decides on an agreement as it is. What is marked is withheld, whether the decision names it or not.</summary>
    /// <param name="municipality">Whose decision it is, on its own copy.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="decision">The decision, whose parts are none but the agreement's.</param>
    /// <param name="documents">All that could be given out.</param>
    /// <param name="texts">Writes the text, and what stands for a masked part.</param>
    /// <param name="recordedBy">Subject of the one who records it.</param>
    /// <param name="today">The day of today.</param>
    public static Disclosure Of(
        string municipality, Agreement agreement, DisclosureDecision decision, IReadOnlyList<HeldDocument> documents, MaskedText texts, string recordedBy, DateOnly today)
    {
        if (agreement.State == AgreementState.Drafting)
        {
            // What has not been sent to the other side is no official document yet (TF 2:12).
            var allowed = Enum.GetValues<AgreementState>().Where(state => state is not (AgreementState.Unspecified or AgreementState.Drafting));
            var name = ResourceName.Of(municipality, Domain.Agreement.Collection, agreement.Id);
            throw Refusal.State("AGREEMENT_STATE_NOT_ALLOWED", name, Domain.Agreement.Word(agreement.State), allowed.Select(Domain.Agreement.Word));
        }

        var named = decision.WithheldParts.Select(part => part.Document).ToHashSet(StringComparer.Ordinal);
        List<WithheldPart> withheld =
        [
            .. decision.WithheldParts,
            .. documents.Where(document => !named.Contains(document.Name))
                .Select(document => (document.Name, Mark: document.ConfidentialityMark.On(today)))
                .Where(document => document.Mark is not null)
                .Select(document => new WithheldPart("", document.Name, document.Mark!.LegalReference)),
        ];
        return new Disclosure(municipality)
        {
            Agreement = agreement.Id,
            ReferenceNumber = decision.ReferenceNumber,
            DecidedBy = decision.DecidedBy,
            DecideDate = decision.DecideDate,
            WithheldParts = withheld,
            Documents = [.. documents.Where(document => !withheld.Exists(part => part.Document == document.Name)).Select(document => document.File.Id)],
            TextHash = agreement.TextHash,
            DisclosedText = texts.Of(agreement, withheld),
            RecordedBy = recordedBy,
        };
    }

    /// <summary>Holds the decision to the marks of the day that it is carried out on.</summary>
    /// <exception cref="Refusal"><c>DISCLOSURE_OUTDATED</c>.</exception>
    public void MustHold(IEnumerable<HeldDocument> documents, DateOnly today)
    {
        if (documents.FirstOrDefault(document => !document.IsReadable || document.ConfidentialityMark.On(today) is not null) is { } marked)
        {
            throw Refusal.Precondition("DISCLOSURE_OUTDATED", Name, ("document", marked.Name));
        }
    }
}
