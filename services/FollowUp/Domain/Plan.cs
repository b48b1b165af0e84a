using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Sight;

namespace Iop.FollowUp.Domain;

/// <summary>The person whom one side has named for the follow-up.</summary>
/// <param name="Side">The side.</param>
/// <param name="PersonRef">Opaque reference of the person.</param>
/// <param name="Organisation">The organisation that named the person; empty for the municipality.</param>
public sealed record PlanContact(Side Side, string PersonRef, string Organisation);

/// <summary>The plan by which one partnership is followed up.</summary>
public sealed class Plan : Aggregate, IMatterOfCommittees
{
    /// <summary>The collection of plans.</summary>
    public const string Collection = "plans";

    private Plan()
    {
    }

    /// <summary>Makes the plan of an agreement.</summary>
    public Plan(string municipality, AgreementFacts facts)
        : base(municipality) => Take(facts);

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

    /// <summary>The agreement as the plan has taken it in; null for a plan from before that was kept.</summary>
    public AgreementFacts? Facts { get; private set; }

    /// <summary>What the parties have set instead of the agreement's schedule; null when they have not.</summary>
    public ChosenSchedule? Chosen { get; private set; }

    /// <summary>Code of the domain; empty when there is none.</summary>
    public string Domain { get; private set; } = "";

    /// <summary>Codes of the challenges.</summary>
    public string[] ChallengeCodes { get; private set; } = [];

    /// <summary>Codes of those whom it is for.</summary>
    public string[] TargetGroupCodes { get; private set; } = [];

    /// <summary>What the parties have promised.</summary>
    public IReadOnlyList<Promise> Promises { get; private set; } = [];

    /// <summary>The day from which the agreement is paused; null when it is in force.</summary>
    public DateOnly? SuspendedDate { get; private set; }

    /// <summary>Whom each side has named to be reminded.</summary>
    public IReadOnlyList<PlanContact> Contacts { get; private set; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Committees { get; private set; } = [];

    /// <inheritdoc/>
    public bool CommitteesOnly { get; private set; }

    /// <summary>What the guideline says of the follow-up.</summary>
    public FollowUpRules Rules => Facts?.Rules ?? new FollowUpRules();

    /// <summary>Term, and the intervals or days that hold now.</summary>
    public ScheduleTerms Terms
    {
        get
        {
            var agreed = Facts?.Terms ?? new ScheduleTerms(StartDate, EndDate, 0, 0);
            return Chosen is null ? agreed : agreed with
            {
                CheckInEveryMonths = Chosen.CheckInEveryMonths,
                ReportEveryMonths = Chosen.ReportEveryMonths,
                CheckInDates = Chosen.CheckInDates,
                ReportDates = Chosen.ReportDates,
            };
        }
    }

    /// <summary>Whether the agreement has ended.</summary>
    public bool HasEnded => Facts is { EndReason.Length: > 0 };

    /// <summary>Whether a day lies within the term.</summary>
    public bool IsWithinTerm(DateOnly day) => day >= StartDate && day <= EndDate;

    /// <summary>The day by which what is due is judged: while the agreement is paused, no day goes by.</summary>
    public DateOnly DayOn(DateOnly today) => SuspendedDate is { } paused && paused < today ? paused : today;

    /// <summary>Plans a check-in that somebody wishes for.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public CheckIn ScheduleAdHoc(DateOnly due, IReadOnlyList<string> topics)
    {
        MustBe(PlanState.Active, PlanState.Suspended);
        return new CheckIn(this, CheckInKind.AdHoc, due, topics);
    }

    /// <summary>Plans a report that somebody wishes for.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>, or <c>REPORTS_NOT_AGREED</c> where nobody writes any.</exception>
    public Report ScheduleAdHoc(ReportPeriod period, string topic)
    {
        MustBe(PlanState.Active, PlanState.Suspended);
        return Reporting is null ? throw Refusal.Precondition("REPORTS_NOT_AGREED", Name) : new Report(this, period, ReportKind.AdHoc, topic);
    }

    /// <summary>Names the person of a side whom reminders are for; without one they go to the role.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public void NameContact(Side side, string organisation, string personRef)
    {
        MustBeOpen();
        var others = Contacts.Where(c => c.Side != side);
        Contacts = personRef.Length == 0 ? [.. others] : [.. others, new PlanContact(side, personRef, organisation)];
    }

    /// <summary>Lets through while anything is followed up.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public void MustBeOpen() => MustBe(PlanState.Active, PlanState.Suspended, PlanState.Ending);

    /// <summary>Says that nothing more is expected.</summary>
    public void Close() => State = PlanState.Closed;

    /// <summary>Sets the parties' own schedule. The items follow by <see cref="WholePlan"/>.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    internal void Choose(ChosenSchedule chosen)
    {
        MustBe(PlanState.Active);
        Chosen = chosen;
    }

    /// <summary>Takes in the agreement as it now stands. The items follow by <see cref="WholePlan"/>.</summary>
    internal void Take(AgreementFacts facts)
    {
        // What the parties have set stands until the agreement itself says something else of it.
        var says = Facts is null || Says(Facts) != Says(facts);
        Chosen = says ? null : Chosen;
        Facts = facts;
        (Agreement, AgreementVersion, GuidelinePack) = (facts.Agreement, facts.Version, facts.GuidelinePack);
        Organisations = [.. facts.Organisations];
        Contacts = [.. Contacts.Where(c => c.Organisation.Length == 0 || facts.Organisations.Contains(c.Organisation))];
        (StartDate, EndDate) = (facts.Terms.StartDate, facts.Terms.EndDate);
        Reporting = facts.Reporting;
        (EvaluationDate, RenewalTalksDate) = (facts.EvaluationDate, facts.RenewalTalksDate);
        (Domain, Promises) = (facts.Partnership.Domain, facts.Partnership.Promises);
        (ChallengeCodes, TargetGroupCodes) = ([.. facts.Partnership.ChallengeCodes], [.. facts.Partnership.TargetGroupCodes]);
        SuspendedDate = facts.SuspendedDate;
        var committees = facts.Committees ?? MatterCommittees.None;
        (Committees, CommitteesOnly) = (committees.All, committees.Only);
        State = HasEnded ? PlanState.Ending : SuspendedDate is null ? PlanState.Active : PlanState.Suspended;
    }

    private static string Says(AgreementFacts facts) => string.Join(
        ' ',
        [facts.Terms.CheckInEveryMonths, facts.Terms.ReportEveryMonths, .. facts.Terms.CheckInDates.Concat(facts.Terms.ReportDates).Select(day => day.DayNumber)]);

    private void MustBe(params PlanState[] allowed)
    {
        if (!allowed.Contains(State))
        {
            throw Refusal.State("PLAN_STATE_NOT_ALLOWED", Name, State.Code(), allowed.Select(state => state.Code()));
        }
    }
}
