using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>What the municipality has asked an organisation for, and when. Only added to.</summary>
public sealed class DocumentReminder : Aggregate
{
    private DocumentReminder()
    {
    }

    public DocumentReminder(string municipality, string organisation, DocumentKind kind, int financialYear, DateOnly? dueDate, string message, int sequenceNumber)
        : base(municipality) =>
        (Organisation, Kind, FinancialYear, DueDate, Message, SequenceNumber) = (organisation, kind, financialYear, dueDate, message, sequenceNumber);

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    public DocumentKind Kind { get; private set; }

    public int FinancialYear { get; private set; }

    public DateOnly? DueDate { get; private set; }

    public string Message { get; private set; } = "";

    /// <summary>Which in order for the kind and year, from 1.</summary>
    public int SequenceNumber { get; private set; }

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.DocumentReminders, Id);
}

/// <summary>A note that an extract from criminal records was shown, and nothing of what it says. Source: law.md 2.7.</summary>
public sealed class ExtractAttestation : Aggregate
{
    private ExtractAttestation()
    {
    }

    public ExtractAttestation(string municipality, string organisation, string personRef, string role, DateOnly shownDate, DateOnly extractDate, ExtractPurpose purpose)
        : base(municipality) =>
        (Organisation, PersonRef, Role, ShownDate, ExtractDate, Purpose) = (organisation, personRef, role, shownDate, extractDate, purpose);

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    public string PersonRef { get; private set; } = "";

    public string Role { get; private set; } = "";

    public DateOnly ShownDate { get; private set; }

    public DateOnly ExtractDate { get; private set; }

    public ExtractPurpose Purpose { get; private set; }

    /// <summary>Last day that the extract may be relied on.</summary>
    public DateOnly ValidUntil => LastDayOf(ExtractDate);

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.ExtractAttestations, Id);

    /// <summary>Whether an extract of one day may be shown on another: at most one year old, and not of a later day.</summary>
    public static bool MayBeShown(DateOnly extract, DateOnly shown) => extract <= shown && shown <= LastDayOf(extract);

    private static DateOnly LastDayOf(DateOnly extract) => extract.AddYears(1);
}
