using Grpc.Core;
using Iop.Testing;
using Npgsql;

namespace Iop.Organisations.Tests;

/// <summary>Several who register the same number at the same time.</summary>
[Collection(Register.Name)]
public sealed class RegistrationRaceTests(RegisterFixture register)
{
    [Fact]
    public async Task Of_many_who_register_the_same_number_at_once_one_wins_and_the_rest_are_told_of_it()
    {
        var number = RegisterFixture.NewNumber();
        var clients = Enumerable.Range(0, 12).Select(_ => register.Officer).ToList();
        var attempts = clients.Select(client => Task.Run(() => RegisterFixture.CreateAsync(client, RegisterFixture.Sample(number), requestId: Guid.NewGuid().ToString()))).ToList();
        await Task.WhenAll(attempts.Select(attempt => attempt.ContinueWith(_ => { }, TaskScheduler.Default)));

        var winner = Assert.Single(attempts, attempt => attempt.IsCompletedSuccessfully);
        var name = (await winner).Name;
        foreach (var loser in attempts.Where(attempt => attempt != winner))
        {
            var refused = await Refused.ByAsync(StatusCode.AlreadyExists, "ORGANISATION_NUMBER_TAKEN", () => loser);
            Assert.Equal(name, refused.Metadata["name"]);
        }
    }

    [Fact]
    public async Task One_who_is_overtaken_between_the_look_and_the_save_is_told_who_was_first()
    {
        var number = RegisterFixture.NewNumber();
        await using var data = NpgsqlDataSource.Create(register.OwnerConnectionString);
        await using var connection = await data.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand(
            $$"""
            INSERT INTO organisation (municipality, id, key, number, facts, state, party_eligibility, revision, create_time, update_time)
            VALUES ('1283', gen_random_uuid(), 'first-{{number}}', '{{number.Replace("-", "", StringComparison.Ordinal)}}', '{}', 'Active', 'Eligible', 1, now(), now())
            """,
            connection);
        await insert.ExecuteNonQueryAsync();

        // The call sees nothing of the row, and then waits for it at the unique constraint.
        var overtaken = register.RegisterAsync(RegisterFixture.Sample(number));
        await Eventually.IsAsync(1, () => register.CountAsync("pg_stat_activity", "datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO organisation%'"));
        await transaction.CommitAsync();

        var refused = await Refused.ByAsync(StatusCode.AlreadyExists, "ORGANISATION_NUMBER_TAKEN", () => overtaken);
        Assert.Equal($"{RegisterFixture.Here}/organisations/first-{number}", refused.Metadata["name"]);
        Assert.Equal(1, await register.CountAsync("organisation", $"key = 'first-{number}'"));
    }
}
