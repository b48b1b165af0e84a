using System.Text.Json;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Persistence;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>
/// A table of very many cases in one municipality, written by the set. Of the words, one is in every case, one in every
/// other, one in a case out of a thousand, and one in two cases. What is rare stands among the oldest thousand and is as
/// many in every size of table: the worst place for a list that begins with the newest.
/// </summary>
internal sealed class CaseTable(string connection, GuidelinePack pack)
{
    public const string Everywhere = "gemenskap";
    public const string Half = "promenader";
    public const string Rare = "sköldpaddsklubb";
    public const string PartOfRare = "paddsklubbar";

    // Every case is kept to one committee: most to one, and few to the other.
    public const string LargeCommittee = "socialnamnden";
    public const string SmallCommittee = "kulturnamnden";

    private int _rows;

    public async Task GrowToAsync(int rows)
    {
        // Ids in the order of the numbers, and times long past, so that a case opened meanwhile is the newest.
        await RunAsync(
            """
            ALTER TABLE case_file DISABLE TRIGGER case_file_index, DISABLE TRIGGER case_file_committees;
            CREATE OR REPLACE FUNCTION numbered(i int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
                $$ SELECT ('018f0000-' || lpad(to_hex(i >> 16), 4, '0') || '-7' || lpad(to_hex((i >> 4) & 4095), 3, '0') || '-8' || lpad(to_hex(i & 15), 3, '0') || '-000000000000')::uuid $$;
            """);
        await RunAsync(
            """
            INSERT INTO case_file (municipality, id, revision, create_time, update_time, state, guideline_pack, organisation, organisations, facts, answers,
                motivations, dialogue, legal_assessments, assessors, return_reason, withdrawal_reason, responsible_committee, committees, committees_only)
            SELECT @municipality, numbered(i), 1, now(), now(), CASE WHEN i <= 1000 AND i % 20 = 7 THEN 'Approved' ELSE 'Dialogue' END, @pack,
                organisation, ARRAY[organisation], @facts::jsonb || jsonb_build_object('title', 'Ärende ' || i), '[]', '[]', '[]', '[]', '[]', '', '',
                committee, ARRAY[committee], true
            FROM generate_series(@from, @to) AS i, LATERAL (
                SELECT @organisations || lpad((CASE WHEN i IN (100, 300, 500) THEN 0 ELSE 1 + i % 10000 END)::text, 12, '0') AS organisation,
                    CASE WHEN i IN (150, 350, 550) THEN @small ELSE @large END AS committee) AS o
            """, rows);
        await RunAsync(
            """
            INSERT INTO case_organisation SELECT municipality, organisation, id FROM case_file WHERE id >= numbered(@from) AND id <= numbered(@to);
            INSERT INTO case_committee SELECT municipality, responsible_committee, id FROM case_file WHERE id >= numbered(@from) AND id <= numbered(@to);
            INSERT INTO case_word
            SELECT @municipality, stem, numbered(i) FROM generate_series(@from, @to) AS i, LATERAL unnest(ARRAY['gemenskap', 'nummer' || (i % 1000)]
                || CASE WHEN i % 2 = 0 THEN ARRAY['promenad'] ELSE '{}' END || CASE WHEN i IN (200, 400) THEN ARRAY['sköldpaddsklubb'] ELSE '{}' END) AS stem;
            INSERT INTO case_word_ending
            SELECT DISTINCT @municipality, ending, word FROM (SELECT DISTINCT word FROM case_word) AS w, case_endings(word) AS ending ON CONFLICT DO NOTHING;
            """, rows);
        await RunAsync("ALTER TABLE case_file ENABLE TRIGGER case_file_index, ENABLE TRIGGER case_file_committees");
        await RunAsync("VACUUM (ANALYZE) case_file, case_word, case_word_ending, case_organisation, case_committee");
        _rows = rows;
    }

    private async Task RunAsync(string sql, int rows = 0)
    {
        await using var data = NpgsqlDataSource.Create(connection);
        await using var command = data.CreateCommand(sql);
        command.CommandTimeout = 1800;
        if (rows > 0)
        {
            command.Parameters.AddWithValue("municipality", SampleCase.Municipality);
            command.Parameters.AddWithValue("pack", GuidelineVersion.NameOf(pack.Municipality, pack.Version));
            command.Parameters.AddWithValue("facts", JsonSerializer.Serialize(SampleCase.Content(pack), Json.Options));
            command.Parameters.AddWithValue("organisations", SampleCase.Organisation(0)[..^12]);
            command.Parameters.AddWithValue("small", SmallCommittee);
            command.Parameters.AddWithValue("large", LargeCommittee);
            command.Parameters.AddWithValue("from", _rows + 1);
            command.Parameters.AddWithValue("to", rows);
        }

        await command.ExecuteNonQueryAsync();
    }
}
