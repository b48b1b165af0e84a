using System.Net.Sockets;
using Npgsql;

namespace StandIns.Aspire.Tests;

/// <summary>Private servers: reachable as the connection string says, and gone afterwards.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task Servers_accept_their_connection_strings_and_leave_nothing_behind()
    {
        var builder = Sample.Builder();
        var database = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("agreementsdb");
        var messaging = builder.AddRabbitMQ("messaging").WithDataVolume();
        builder.AddSample("agreements").WithReference(database).WithReference(messaging).WaitFor(database).WaitFor(messaging);
        var app = await builder.BuildAsync(Sample.Deadline());
        string folder;
        await using (app)
        {
            await app.StartAsync(Sample.Deadline());
            await app.HealthyAsync("agreements");
            folder = app.DataFolder("agreements");

            Assert.Equal("agreementsdb", await QueryAsync(await app.GetConnectionStringAsync("agreementsdb"), "SELECT current_database()"));
            await AssertRefusesAsync((await app.GetConnectionStringAsync("agreementsdb"))!);
            Assert.StartsWith("Connection.Start", await GreetAsync(new Uri((await app.GetConnectionStringAsync("messaging"))!)), StringComparison.Ordinal);
            Assert.NotEmpty(Sample.ProcessesOf(folder));
        }

        await Sample.EventuallyAsync(() => Sample.ProcessesOf(folder).Count == 0, "processes are left");
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_server_that_was_stopped_comes_back_with_its_data()
    {
        var builder = Sample.Builder();
        builder.AddPostgres("postgres").AddDatabase("db");
        await using var app = await builder.BuildAsync(Sample.Deadline());
        await app.StartAsync(Sample.Deadline());
        await app.HealthyAsync("db");
        var connection = await app.GetConnectionStringAsync("db");
        await QueryAsync(connection, "CREATE TABLE kept AS SELECT 'here' AS word");

        await app.ResourceCommands.ExecuteCommandAsync("postgres", KnownResourceCommands.StopCommand, Sample.Deadline());
        await Assert.ThrowsAsync<NpgsqlException>(() => QueryAsync(connection, "SELECT 1"));
        await app.ResourceCommands.ExecuteCommandAsync("postgres", KnownResourceCommands.StartCommand, Sample.Deadline());
        await app.HealthyAsync("postgres");

        Assert.Equal("here", await QueryAsync(connection, "SELECT word FROM kept"));
    }

    private static async Task<object?> QueryAsync(string? connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Sample.Deadline());
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Sample.Deadline());
    }

    private static async Task AssertRefusesAsync(string connectionString)
    {
        var wrong = new NpgsqlConnectionStringBuilder(connectionString) { Password = "wrong" }.ConnectionString;
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => QueryAsync(wrong, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    private static async Task<string> GreetAsync(Uri address)
    {
        Assert.Equal("amqp", address.Scheme);
        Assert.Matches("^guest:[0-9a-f]{32}$", address.UserInfo);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Sample.Deadline());
        await client.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), Sample.Deadline());
        var frame = new byte[11];
        await client.GetStream().ReadExactlyAsync(frame, Sample.Deadline());
        return frame[7..] is [0, 10, 0, 10] ? "Connection.Start" : Convert.ToHexString(frame);
    }
}
