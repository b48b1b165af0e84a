namespace Iop.Agreements.Domain;

/// <summary>Calendar rules of the term. All dates are calendar dates in Sweden; both ends are part of the term.</summary>
public static class Term
{
    /// <summary>
    /// The last day of a term of so many months: the day before the first day comes round again, or the last day of the
    /// month where that day does not exist. From 1 January, one month ends on the 31st; from 31 January, on the last of February.
    /// </summary>
    public static DateOnly End(DateOnly start, int months)
    {
        var again = start.AddMonths(months);
        return again.Day == start.Day ? again.AddDays(-1) : again;
    }

    /// <summary>
    /// The last day when notice is given on a day: the same day so many months later, or the last day of that month. The
    /// day of the notice itself is not counted.
    /// </summary>
    public static DateOnly NoticeEnd(DateOnly given, int months) => given.AddMonths(months);

    /// <summary>So many months before the end, month ends clamped, and never before the term begins.</summary>
    public static DateOnly BeforeEnd(DateOnly start, DateOnly end, int months)
    {
        var date = end.AddMonths(-months);
        return date < start ? start : date;
    }

    /// <summary>The evaluation date that a pack's rule gives; the last day where it gives none. Null without a whole term.</summary>
    public static DateOnly? EvaluationDate(FollowUpRule rule, DateOnly? start, DateOnly? end) =>
        start is { } first && end is { } last && first <= last ? BeforeEnd(first, last, rule.EvaluationMonthsBeforeEnd) : null;

    /// <summary>The date of renewal talks that a pack's rule gives; null where it gives none.</summary>
    public static DateOnly? RenewalTalksDate(FollowUpRule rule, DateOnly? start, DateOnly? end) =>
        rule.RenewalTalksMonthsBeforeEnd > 0 && start is { } first && end is { } last && first <= last
            ? BeforeEnd(first, last, rule.RenewalTalksMonthsBeforeEnd)
            : null;

    /// <summary>Lets follow-up dates that came from the rule follow a term that has moved; dates set by the parties stay.</summary>
    public static AgreementTerms FollowMovedTerm(AgreementTerms before, AgreementTerms after, FollowUpRule rule)
    {
        var (was, now) = (before.FollowUp, after.FollowUp);
        var evaluation = now.EvaluationDate is null || (was.EvaluationDate == now.EvaluationDate && was.EvaluationDate == EvaluationDate(rule, before.StartDate, before.EndDate))
            ? EvaluationDate(rule, after.StartDate, after.EndDate)
            : now.EvaluationDate;
        var talks = was.RenewalTalksDate == now.RenewalTalksDate && was.RenewalTalksDate == RenewalTalksDate(rule, before.StartDate, before.EndDate)
            ? RenewalTalksDate(rule, after.StartDate, after.EndDate)
            : now.RenewalTalksDate;
        return after with { FollowUp = now with { EvaluationDate = evaluation, RenewalTalksDate = talks } };
    }
}
