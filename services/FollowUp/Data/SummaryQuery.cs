namespace Iop.FollowUp.Data;

/// <summary>One number, or one side's sums of one year, of a municipality's summary.</summary>
public sealed class SummaryRow
{
    /// <summary>What it counts.</summary>
    public string Section { get; init; } = "";

    /// <summary>The code or side that it counts it for.</summary>
    public string Key { get; init; } = "";

    /// <summary>The year; 0 where it is of no year.</summary>
    public int Year { get; init; }

    /// <summary>The number.</summary>
    public int Count { get; init; }

    /// <summary>Money in SEK.</summary>
    public decimal Money { get; init; }

    /// <summary>Value in SEK of everything else.</summary>
    public decimal InKind { get; init; }

    /// <summary>Hours.</summary>
    public int Hours { get; init; }
}

/// <summary>The summary of a municipality, in one round trip.</summary>
public static class SummaryQuery
{
    /// <summary>
    /// Counts and sums. What was promised over a term is spread over its days, cut at the turns of the year: each year
    /// takes what is promised up to its end less what was up to its beginning, so that the öre add up.
    /// </summary>
    public static FormattableString For(string municipality, DateOnly today) =>
        $"""
        WITH followed AS MATERIALIZED (
            SELECT id, state, domain, challenge_codes, target_group_codes, promises, start_date, end_date FROM plan AS p
            WHERE municipality = {municipality} AND NOT EXISTS (
                -- Of an agreement that had a plan for each version, the latest counts.
                SELECT FROM plan AS later
                WHERE later.municipality = p.municipality AND later.agreement = p.agreement AND later.agreement_version > p.agreement_version)
        ), promise AS (
            SELECT c ->> 'side' AS side, c ->> 'type' AS type, (c ->> 'value')::numeric AS value, (c ->> 'hours')::integer AS hours, y::integer AS year,
                   (LEAST(f.end_date + 1, make_date(y::integer + 1, 1, 1)) - f.start_date)::numeric / (f.end_date + 1 - f.start_date) AS by_end,
                   (GREATEST(f.start_date, make_date(y::integer, 1, 1)) - f.start_date)::numeric / (f.end_date + 1 - f.start_date) AS by_start
            FROM followed AS f, jsonb_array_elements(f.promises) AS c,
                 generate_series(extract(year FROM f.start_date)::integer, extract(year FROM f.end_date)::integer) AS y
        ), spread AS (
            SELECT side, type, year, round(value * by_end, 2) - round(value * by_start, 2) AS value, round(hours * by_end) - round(hours * by_start) AS hours
            FROM promise
        )
        SELECT 'state' AS "Section", state AS "Key", 0 AS "Year", count(*)::integer AS "Count", 0::numeric AS "Money", 0::numeric AS "InKind", 0 AS "Hours"
        FROM followed GROUP BY state
        UNION ALL SELECT 'domain', domain, 0, count(*)::integer, 0, 0, 0 FROM followed GROUP BY domain
        UNION ALL SELECT 'challenge', code, 0, count(*)::integer, 0, 0, 0 FROM followed, unnest(challenge_codes) AS code GROUP BY code
        UNION ALL SELECT 'target', code, 0, count(*)::integer, 0, 0, 0 FROM followed, unnest(target_group_codes) AS code GROUP BY code
        UNION ALL SELECT 'verdict', verdict, 0, count(*)::integer, 0, 0, 0
        FROM (
            SELECT COALESCE(e.outcome ->> 'verdict', e.earlier -> -1 -> 'outcome' ->> 'verdict') AS verdict
            FROM evaluation AS e JOIN followed AS f ON f.id = e.plan_id WHERE e.municipality = {municipality}) AS found
        WHERE verdict IS NOT NULL GROUP BY verdict
        UNION ALL SELECT 'indicator', outcome, 0, count(*)::integer, 0, 0, 0
        FROM (
            SELECT CASE WHEN i.target IS NULL THEN 'NoTarget'
                        WHEN latest IS NULL THEN 'NotMeasured'
                        WHEN CASE WHEN i.target < i.baseline THEN latest <= i.target ELSE latest >= i.target END THEN 'Reached'
                        ELSE 'NotReached' END AS outcome
            FROM indicator AS i JOIN followed AS f ON f.id = i.plan_id
            CROSS JOIN LATERAL (SELECT (i."values" -> -1 ->> 'value')::double precision AS latest) AS measured
            WHERE i.municipality = {municipality}) AS standing
        GROUP BY outcome
        UNION ALL SELECT 'overdue', '', 0, count(*)::integer, 0, 0, 0
        FROM expected_item WHERE municipality = {municipality} AND due_date < LEAST({today}, suspended_date)
        UNION ALL SELECT 'ending', '', 0, count(*)::integer, 0, 0, 0
        FROM followed WHERE state IN ('Active', 'Suspended') AND end_date >= {today} AND end_date < {today.AddYears(1)}
        UNION ALL SELECT 'promised', side, year, 0, COALESCE(sum(value) FILTER (WHERE type = 'MONEY'), 0), COALESCE(sum(value) FILTER (WHERE type <> 'MONEY'), 0), sum(hours)::integer
        FROM spread GROUP BY side, year
        UNION ALL SELECT 'received', c.side, extract(year FROM c.period_end_date)::integer, 0,
               COALESCE(sum(c.value) FILTER (WHERE c.type = 'MONEY'), 0), COALESCE(sum(c.value) FILTER (WHERE c.type <> 'MONEY'), 0), sum(c.hours)::integer
        FROM contribution_entry AS c JOIN followed AS f ON f.id = c.plan_id
        WHERE c.municipality = {municipality} AND c.state = 'Recorded' GROUP BY c.side, 3
        """;
}
