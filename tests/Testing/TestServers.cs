using Npgsql;

namespace Iop.Testing;

/// <summary>The PostgreSQL and RabbitMQ of the test run, which <c>./test</c> starts and tells of in the environment.</summary>
public static class TestServers
{
    /// <summary>Connection string of a superuser of the test cluster, without a database.</summary>
    public static string Postgres => Required("IOP_TEST_POSTGRES");

    /// <summary>AMQP address of the test broker: the virtual host of this test project, so no other's events arrive.</summary>
    public static string Broker => $"{Required("IOP_TEST_BROKER")}/{Project}";

    /// <summary>AMQP address of the broker's default virtual host, for a fixture that shares no queue with its project.</summary>
    public static string BrokerApart => $"{Required("IOP_TEST_BROKER")}/";

    // …/tests/{project}/bin/{configuration}/{framework}/
    private static string Project => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Name;

    private static string Required(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set. Run the tests with ./test, or start the servers with `eng/test-servers start` and take its variables.");
}

/// <summary>A database of its own for one fixture, gone afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(string name) => ConnectionString = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = name }.ConnectionString;

    /// <summary>As the owner of the schema.</summary>
    public string ConnectionString { get; }

    /// <summary>Creates an empty database.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var name = $"test_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new TestDatabase(name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var name = new NpgsqlConnectionStringBuilder(ConnectionString).Database;
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var data = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = "postgres", Pooling = false }.ConnectionString);
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
