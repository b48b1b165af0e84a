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
    public long Hours { get; init; }
}

/// <summary>The summary of a municipality, in one round trip.</summary>
public static class SummaryQuery
{
    /// <summary>
    /// Counts and sums. What was promised over a term, or came in over a period, is spread over its days, cut at the turns
    /// of the year: each year takes what lies up to its end less what lies up to its beginning, so that the öre add up.
    /// </summary>
    /// <param name="municipality">The tenant.</param>
    /// <param name="today">Today in Sweden.</param>
    /// <param name="sight">The committees whose plans count beside those that are kept to none; null for all (law.md 2.3).</param>
    public static FormattableString For(string municipality, DateOnly today, string[]? sight) =>
        $"""
        WITH seen AS (
            SELECT * FROM plan WHERE municipality = {municipality} AND (NOT committees_only OR {sight is null} OR committees && {sight ?? []})
        ), followed AS MATERIALIZED (
            SELECT id, state, domain, challenge_codes, target_group_codes, promises, start_date, end_date, committees FROM seen AS p
            WHERE NOT EXISTS (
                -- Of an agreement that had a plan for each version, the latest counts.
                SELECT FROM plan AS later
                WHERE later.municipality = p.municipality AND later.agreement = p.agreement AND later.agreement_version > p.agreement_version)
        ), contribution AS (
            SELECT 'promised' AS section, c ->> 'side' AS side, c ->> 'type' AS type, (c ->> 'value')::numeric AS value, (c ->> 'hours')::integer AS hours,
                   f.start_date, f.end_date
            FROM followed AS f, jsonb_array_elements(f.promises) AS c
            UNION ALL
            SELECT 'received', c.side, c.type, c.value, c.hours, c.period_start_date, c.period_end_date
            FROM contribution_entry AS c JOIN followed AS f ON f.id = c.plan_id
            WHERE c.municipality = {municipality} AND c.state = 'Recorded'
        ), part AS (
            SELECT c.*, y::integer AS year,
                   (LEAST(end_date + 1, make_date(y::integer + 1, 1, 1)) - start_date)::numeric / (end_date + 1 - start_date) AS by_end,
                   (GREATEST(start_date, make_date(y::integer, 1, 1)) - start_date)::numeric / (end_date + 1 - start_date) AS by_start
            FROM contribution AS c, generate_series(extract(year FROM c.start_date)::integer, extract(year FROM c.end_date)::integer) AS y
        ), spread AS (
            SELECT section, side, type, year, round(value * by_end, 2) - round(value * by_start, 2) AS value, round(hours * by_end) - round(hours * by_start) AS hours
            FROM part
        )
        SELECT 'state' AS "Section", state AS "Key", 0 AS "Year", count(*)::integer AS "Count", 0::numeric AS "Money", 0::numeric AS "InKind", 0::bigint AS "Hours"
        FROM followed GROUP BY state
        UNION ALL SELECT 'domain', domain, 0, count(*)::integer, 0, 0, 0 FROM followed GROUP BY domain
        UNION ALL SELECT 'committee', COALESCE(committees[1], ''), 0, count(*)::integer, 0, 0, 0 FROM followed GROUP BY committees[1]
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
        FROM expected_item AS e WHERE municipality = {municipality} AND due_date < LEAST({today}, suspended_date) AND EXISTS (SELECT FROM seen WHERE seen.id = e.plan_id)
        UNION ALL SELECT 'ending', '', 0, count(*)::integer, 0, 0, 0
        FROM followed WHERE state IN ('Active', 'Suspended') AND end_date >= {today} AND end_date < {today.AddYears(1)}
        UNION ALL SELECT section, side, year, 0, COALESCE(sum(value) FILTER (WHERE type = 'MONEY'), 0), COALESCE(sum(value) FILTER (WHERE type <> 'MONEY'), 0), sum(hours)::bigint
        FROM spread GROUP BY section, side, year
        """;
}
