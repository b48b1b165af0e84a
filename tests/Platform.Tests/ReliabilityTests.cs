using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Iop.DevIssuer;
using Iop.Platform.Tests.Sample;
using Iop.Sample.V1;
using Iop.Testing;
using Npgsql;

namespace Iop.Platform.Tests;

/// <summary>What the service owes its callers while the machinery under it breaks.</summary>
[Collection(Notes.Name)]
public sealed class ReliabilityTests(NotesFixture notes)
{
    private const int Rows = 40;

    [Fact]
    public async Task A_call_whose_deadline_passes_leaves_no_query_behind_and_changes_nothing()
    {
        var note = await notes.WriteAsync("As it was");
        await using var owner = NpgsqlDataSource.Create(notes.OwnerConnectionString);
        await using var blocker = await owner.OpenConnectionAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await ExecuteAsync(blocker, $"SELECT FROM note WHERE text = '{note.Text}' FOR UPDATE");

        var late = await Assert.ThrowsAsync<RpcException>(() => notes.Officer.UpdateNoteAsync(
            new UpdateNoteRequest { Note = new Note { Name = note.Name, Text = "Too late", Etag = note.Etag } },
            deadline: DateTime.UtcNow.AddMilliseconds(500)).ResponseAsync);
        await Eventually.IsAsync(0L, () => notes.CountAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"));
        await transaction.RollbackAsync();

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.Equal("As it was", (await notes.Officer.GetNoteAsync(new GetNoteRequest { Name = note.Name })).Text);
    }

    [Fact]
    public async Task A_save_whose_session_the_database_ends_is_told_to_come_back_and_nothing_is_half_saved()
    {
        var note = await notes.WriteAsync("Not yet");
        await using var owner = NpgsqlDataSource.Create(notes.OwnerConnectionString);
        await using var blocker = await owner.OpenConnectionAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await ExecuteAsync(blocker, $"SELECT FROM note WHERE text = '{note.Text}' FOR UPDATE");

        var saving = notes.Officer.UpdateNoteAsync(new UpdateNoteRequest { Note = new Note { Name = note.Name, Text = "Saved", Etag = note.Etag } }).ResponseAsync;
        await Eventually.IsAsync(1L, () => notes.CountAsync(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"));
        var refused = await Refused.ByAsync(StatusCode.Unavailable, "DATABASE_UNAVAILABLE", () => saving);
        await transaction.RollbackAsync();

        Assert.True(refused.Detail<RetryInfo>().RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        Assert.Equal("Not yet", (await notes.Officer.GetNoteAsync(new GetNoteRequest { Name = note.Name })).Text);
    }

    [Fact]
    public async Task When_the_database_ends_every_session_callers_are_told_to_come_back_and_a_repeat_makes_one_note()
    {
        var requests = Enumerable.Range(0, Rows)
            .Select(number => new CreateNoteRequest { Parent = NotesFixture.Here, RequestId = $"{Guid.NewGuid()}", Note = new Note { Text = $"Kept {number}" } })
            .ToList();

        var writing = Task.WhenAll(requests.Select(UntilTakenAsync));
        await EndEverySessionAsync();
        await writing;

        Assert.Equal(Rows, await notes.CountAsync("SELECT count(*) FROM note WHERE text LIKE 'Kept %'"));
        await Eventually.IsAsync(0L, () => notes.CountAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task Two_replicas_share_one_outbox_and_each_event_has_effect_once()
    {
        await using var replica = notes.Replica();
        await replica.StartWithBusAsync();

        var written = await Task.WhenAll(Enumerable.Range(0, Rows).Select(number => notes.WriteAsync($"Shared {number}")));

        await Eventually.IsAsync((long)Rows, () => notes.CountAsync(
            $"SELECT count(*) FROM heard WHERE subject IN ({string.Join(',', written.Select(note => $"'{note.Name}'"))})"));
        await Eventually.IsAsync(0L, () => notes.CountAsync("SELECT count(*) FROM outbox"));
        await replica.StopAsync();
    }

    [Fact]
    public async Task Of_several_migrations_at_once_one_works_and_the_others_wait()
    {
        await using var database = await TestDatabase.CreateAsync();

        var replicas = Enumerable.Range(0, 3).Select(_ => notes.Replica($"--ConnectionStrings:testsdb={database.ConnectionString}")).ToList();
        await Task.WhenAll(replicas.Select(replica => replica.MigrateAsync<NotesDb>()));

        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        await using var count = owner.CreateCommand("SELECT count(*) FROM \"__EFMigrationsHistory\"");
        Assert.Equal(2L, await count.ExecuteScalarAsync());
        await Task.WhenAll(replicas.Select(replica => replica.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_service_that_is_told_to_stop_answers_the_calls_under_way()
    {
        await using var replica = notes.Replica();
        await replica.StartWithBusAsync();
        using var channel = GrpcChannel.ForAddress(replica.Addresses()[0]);
        var officer = new NotesService.NotesServiceClient(channel);
        var note = await notes.WriteAsync("Under way");
        await using var owner = NpgsqlDataSource.Create(notes.OwnerConnectionString);
        await using var blocker = await owner.OpenConnectionAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await ExecuteAsync(blocker, $"SELECT FROM note WHERE text = '{note.Text}' FOR UPDATE");

        var underWay = officer.UpdateNoteAsync(
            new UpdateNoteRequest { Note = new Note { Name = note.Name, Text = "Finished", Etag = note.Etag } },
            new Metadata { { "authorization", $"Bearer {notes.Issuer.Token(new TokenClaims { Municipality = "1283", Roles = [Identity.Roles.CaseOfficer] })}" } }).ResponseAsync;
        await Eventually.IsAsync(1L, () => notes.CountAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"));
        var stopping = replica.StopAsync();
        await transaction.RollbackAsync();

        Assert.Equal("Finished", (await underWay).Text);
        await stopping;
    }

    private async Task UntilTakenAsync(CreateNoteRequest request)
    {
        await Eventually.IsAsync(true, async () =>
        {
            try
            {
                await notes.Officer.CreateNoteAsync(request);
                return true;
            }
            catch (RpcException refusal) when (refusal.StatusCode == StatusCode.Unavailable)
            {
                return false;
            }
        });
    }

    // Those of the service, that is: the test's own come and go.
    private async Task EndEverySessionAsync() => Assert.True(0 < await notes.CountAsync(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'iop-tests'"));

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
