using Npgsql;

namespace Iop.Eligibility.Tests.Service;

/// <summary>
/// What makes a list flat: behind row-level security each condition must still be able to narrow an index. With sequential
/// scans out of the way, the plan shows whether it can.
/// </summary>
[Collection(nameof(Eligibility))]
public sealed class SearchPlanTests(EligibilityFixture service)
{
    [Theory]
    [InlineData("case_word", "word = ANY (ARRAY['promenad', 'ensam'])")]
    [InlineData("case_word_ending", "ending >= 'ensam' COLLATE \"C\" AND ending <= ('ensam' || chr(1114111)) COLLATE \"C\"")]
    [InlineData("case_organisation", "organisation = ANY (ARRAY['municipalities/1285/organisations/x'])")]
    [InlineData("case_committee", "committee = ANY (ARRAY['', 'kulturnamnden'])")]
    [InlineData("case_file", "guideline_pack = 'municipalities/1285/guidelinePacks/2024-1'")]
    [InlineData("case_file", "purchase_kind = '85312000' AND purchase_kind <> ''")]
    [InlineData("case_file", "responsible_committee = 'socialnamnden' AND responsible_committee <> ''")]
    [InlineData("case_file", "id < '018f0000-0000-7000-8000-000000000000'")]
    public async Task Each_condition_narrows_an_index_behind_row_level_security(string table, string condition)
    {
        // The column stands in the condition of the index, beside the municipality, and not only in a filter after it.
        var column = condition.Split(' ')[0];
        var plan = await PlanByItsIndexAsync($"SELECT * FROM {table} WHERE municipality = '1285' AND {condition}", table, column);
        Assert.Contains(plan, line => line.Contains("Index Cond", StringComparison.Ordinal)
            && line.Contains("municipality", StringComparison.Ordinal) && line.Contains(column, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_index_could_not_which_is_why_words_are_rows()
    {
        await using var data = NpgsqlDataSource.Create(service.OwnerConnectionString);
        await using var connection = await data.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection,
            """
            CREATE EXTENSION IF NOT EXISTS btree_gin;
            CREATE TABLE tried (municipality text NOT NULL, words tsvector NOT NULL);
            CREATE INDEX tried_words ON tried USING gin (municipality, words);
            ALTER TABLE tried ENABLE ROW LEVEL SECURITY;
            CREATE POLICY tenant ON tried USING (municipality = current_setting('iop.municipality', true));
            GRANT SELECT ON tried TO iop_eligibility;
            """);
        var plan = await PlanAsync(connection, "SELECT * FROM tried WHERE municipality = '1285' AND words @@ 'ensam'::tsquery");

        Assert.DoesNotContain(plan, line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("@@", StringComparison.Ordinal));
    }

    // Of a table with hardly a row every index costs the same, and the planner takes any. So the others are put away, until the
    // transaction ends: what is asked is whether this one can be narrowed.
    private async Task<IReadOnlyList<string>> PlanByItsIndexAsync(string sql, string table, string column)
    {
        await using var data = NpgsqlDataSource.Create(service.OwnerConnectionString);
        await using var connection = await data.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection,
            $"""
            DO $$ DECLARE other record; BEGIN
                FOR other IN
                    SELECT i.indexrelid::regclass AS name, c.conname FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
                    WHERE i.indrelid = '{table}'::regclass AND pg_get_indexdef(i.indexrelid) NOT LIKE '%(municipality, {column}%'
                LOOP
                    IF other.conname IS NULL THEN EXECUTE format('DROP INDEX %s', other.name);
                    ELSE EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', other.conname);
                    END IF;
                END LOOP;
            END $$;
            """);
        return await PlanAsync(connection, sql);
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(NpgsqlConnection connection, string sql)
    {
        await ExecuteAsync(connection, "SET enable_seqscan = off; SET ROLE iop_eligibility; SELECT set_config('iop.municipality', '1285', false)");
        await using var command = new NpgsqlCommand($"EXPLAIN {sql}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
