namespace Iop.Organisations.Domain;

/// <summary>How a required document stands.</summary>
public enum RequirementStatus
{
    Missing = 1,
    Received = 2,
    Accepted = 3,
    Returned = 4,
    DeclaredNonexistent = 5,
    Stale = 6,
}

/// <summary>What a guideline asks for, as far as its standing depends on it.</summary>
public sealed record RequiredDocument(DocumentKind Kind, bool Yearly);

/// <summary>A document as far as a requirement depends on it; without an id a number that is recorded and stands for one.</summary>
public sealed record HeldDocument(Guid? Id, DocumentKind Kind, int FinancialYear, int VersionNumber, DocumentState State, DateOnly ReceivedDate);

/// <summary>How a requirement stands, and by which document.</summary>
/// <param name="ByNumber">Whether a recorded number settles it, where otherwise a document would.</param>
public sealed record RequirementFinding(RequirementStatus Status, Guid? Document, int FinancialYear, bool ByNumber = false);

/// <summary>Holds what an organisation has handed in to what a guideline asks for. Source: ga-documents-request-if-exist.</summary>
public static class DocumentRequirements
{
    /// <summary>The latest of the kind counts; missing is what nobody has answered, and too old what only earlier years have.</summary>
    public static RequirementFinding Find(RequiredDocument required, IEnumerable<HeldDocument> held, AnnualCycle cycle, DateOnly today)
    {
        var dueYear = required.Yearly ? cycle.EarliestFreshYear(required.Kind, today) : 0;
        var latest = held.Where(document => document.Kind == required.Kind)
            .OrderByDescending(document => YearOf(document, required.Yearly, cycle))
            .ThenByDescending(document => document.ReceivedDate)
            .ThenByDescending(document => document.VersionNumber)
            .FirstOrDefault();
        if (latest is null)
        {
            return new RequirementFinding(RequirementStatus.Missing, null, dueYear);
        }

        var status = YearOf(latest, required.Yearly, cycle) < dueYear ? RequirementStatus.Stale : StatusOf(latest.State);
        return new RequirementFinding(status, latest.Id, dueYear, ByNumber: latest.Id is null);
    }

    /// <summary>The number of members recorded with its day answers what a paper with it would. Source: ga-doc-member-count.</summary>
    public static IEnumerable<HeldDocument> NumbersOf(OrganisationFacts facts) => facts.MemberCountDate is { } day
        ? [new HeldDocument(null, DocumentKind.MemberCount, day.Year, 0, DocumentState.Received, day)]
        : [];

    private static int YearOf(HeldDocument document, bool yearly, AnnualCycle cycle) => yearly ? cycle.YearOf(document.Kind, document.FinancialYear, document.ReceivedDate) : 0;

    private static RequirementStatus StatusOf(DocumentState state) => state switch
    {
        DocumentState.Accepted => RequirementStatus.Accepted,
        DocumentState.Returned => RequirementStatus.Returned,
        DocumentState.DeclaredNonexistent => RequirementStatus.DeclaredNonexistent,
        _ => RequirementStatus.Received,
    };
}
