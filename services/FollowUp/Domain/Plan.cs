using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>What a plan is made from: the agreement as it was when it became active.</summary>
public sealed record AgreementFacts
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Resource names of the organisations that are parties.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    /// <summary>Resource name of the guideline pack.</summary>
    public required string GuidelinePack { get; init; }

    /// <summary>Term and intervals.</summary>
    public required ScheduleTerms Terms { get; init; }

    /// <summary>Who writes the reports; null where none are planned.</summary>
    public ReportingResponsibility? Reporting { get; init; }

    /// <summary>The day by which the evaluation shall be done.</summary>
    public required DateOnly EvaluationDate { get; init; }

    /// <summary>The day by which the parties shall have talked about continuing.</summary>
    public DateOnly? RenewalTalksDate { get; init; }
}

/// <summary>The plan by which one partnership is followed up.</summary>
public sealed class Plan : Aggregate
{
    /// <summary>The collection of plans.</summary>
    public const string Collection = "plans";

    private Plan()
    {
    }

    /// <summary>Makes the plan of an agreement.</summary>
    public Plan(string municipality, AgreementFacts facts)
        : base(municipality)
    {
        (Agreement, AgreementVersion, GuidelinePack) = (facts.Agreement, facts.Version, facts.GuidelinePack);
        Organisations = [.. facts.Organisations];
        (StartDate, EndDate) = (facts.Terms.StartDate, facts.Terms.EndDate);
        Reporting = facts.Reporting;
        (EvaluationDate, RenewalTalksDate) = (facts.EvaluationDate, facts.RenewalTalksDate);
    }

    /// <inheritdoc/>
    public override string Name => ResourceName.Of(Municipality, Collection, Id);

    /// <summary>Resource name of the agreement.</summary>
    public string Agreement { get; private set; } = "";

    /// <summary>Version of the agreement.</summary>
    public int AgreementVersion { get; private set; }

    /// <summary>Resource names of the organisations that are parties.</summary>
    public string[] Organisations { get; private set; } = [];

    /// <summary>Resource name of the guideline pack.</summary>
    public string GuidelinePack { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public PlanState State { get; private set; }

    /// <summary>First day of the term.</summary>
    public DateOnly StartDate { get; private set; }

    /// <summary>Last day of the term.</summary>
    public DateOnly EndDate { get; private set; }

    /// <summary>Who writes the reports; null where none are planned.</summary>
    public ReportingResponsibility? Reporting { get; private set; }

    /// <summary>The day by which the parties shall have talked about continuing.</summary>
    public DateOnly? RenewalTalksDate { get; private set; }

    /// <summary>The day by which the evaluation shall be done.</summary>
    public DateOnly EvaluationDate { get; private set; }

    /// <summary>Whether a day lies within the term.</summary>
    public bool IsWithinTerm(DateOnly day) => day >= StartDate && day <= EndDate;

    /// <summary>Plans a check-in that somebody wishes for.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public CheckIn ScheduleAdHoc(DateOnly due, IReadOnlyList<string> topics) => State == PlanState.Active
        ? new CheckIn(this, CheckInKind.AdHoc, due, topics)
        : throw Refusal.State("PLAN_STATE_NOT_ALLOWED", Name, State.Code(), PlanState.Active.Code());

    /// <summary>Says that nothing more is expected: all is done, or a new version of the agreement has its own plan.</summary>
    public void Close() => State = PlanState.Closed;
}
