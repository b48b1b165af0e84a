namespace Iop.FollowUp.Domain;

/// <summary>A plan with everything that it expects, as it is when the agreement becomes active.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="CheckIns">Its check-ins.</param>
/// <param name="Reports">Its reports.</param>
/// <param name="Evaluation">Its evaluation.</param>
public sealed record NewPlan(Plan Plan, IReadOnlyList<CheckIn> CheckIns, IReadOnlyList<Report> Reports, Evaluation Evaluation)
{
    /// <summary>Makes the plan of an agreement. Rule: es-step-5-iop-is-a-process.</summary>
    /// <param name="municipality">The tenant.</param>
    /// <param name="facts">The agreement.</param>
    /// <param name="agendaOf">The topics that a check-in of a kind begins with.</param>
    public static NewPlan From(string municipality, AgreementFacts facts, Func<CheckInKind, IReadOnlyList<string>> agendaOf)
    {
        var plan = new Plan(municipality, facts);
        var checkIns = Schedule.CheckIns(facts.Terms).Select(due => (Kind: CheckInKind.Regular, Due: due));
        if (facts.RenewalTalksDate is { } talks)
        {
            // he-period-renegotiation-timing: the talks are a meeting of their own, also on a day with a regular one.
            checkIns = checkIns.Append((CheckInKind.RenewalTalks, talks));
        }

        return new NewPlan(
            plan,
            [.. checkIns.Select(item => new CheckIn(plan, item.Kind, item.Due, agendaOf(item.Kind)))],
            [.. Schedule.Reports(facts.Terms).Select(period => new Report(plan, period))],
            new Evaluation(plan));
    }
}
