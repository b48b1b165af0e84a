using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Launcher;

/// <summary>A private PostgreSQL cluster on the loopback interface.</summary>
internal sealed class PostgresServer(PostgresServerResource server, LauncherOptions options) : ResourceDriver
{
    // PostgreSQL refuses to run as root.
    private static string? User => System.Environment.IsPrivilegedProcess ? "postgres" : null;

    public override async Task<ChildProcess?> StartAsync(ResourceInstance instance, CancellationToken token)
    {
        var log = options.LogFile(instance.Id);
        var folder = await FolderAsync(log);
        if (!File.Exists(Path.Combine(folder, "data", "PG_VERSION"))) await InitialiseAsync(folder, log, token);

        var port = server.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        // A socket path has at most 107 bytes; in a deeper folder the server does with TCP.
        var sockets = Encoding.UTF8.GetByteCount(folder) < 85 ? folder : "";
        string[] hurried = options.Ephemeral ? ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"] : [];
        return await ChildProcess.StartAsync(Command("postgres", folder, log,
            ["-D", Path.Combine(folder, "data"), "-p", port, "-c", "listen_addresses=localhost", "-c", $"unix_socket_directories={sockets}",
                "-c", "max_connections=300", "-c", "logging_collector=off", .. hurried]));
    }

    // SIGINT ends sessions and checkpoints; SIGTERM would wait for every client to leave.
    public override Task StopAsync(ChildProcess process, bool discard) =>
        process.StopAsync(discard ? Signal.Quit : Signal.Interrupt, TimeSpan.FromSeconds(15));

    public static async Task<string> AdministrationAsync(PostgresServerResource server, CancellationToken token) =>
        $"{await server.ConnectionStringExpression.GetValueAsync(token)};Database=postgres";

    public static async Task<string?> ProbeAsync(string connectionString, CancellationToken token)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false;Timeout=3");
        await connection.OpenAsync(token);
        return null;
    }

    private async Task InitialiseAsync(string folder, string log, CancellationToken token)
    {
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, await server.PasswordParameter.GetValueAsync(token), token);
        try
        {
            // The folder is closed to others; within it the server's user must be able to read what the launcher wrote.
            File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            var user = await server.UserNameReference.GetValueAsync(token);
            var made = await ChildProcess.StartAsync(Command("initdb", folder, log,
                ["-D", Path.Combine(folder, "data"), "-U", user!, $"--pwfile={password}", "-A", "scram-sha-256",
                    "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions", .. options.Ephemeral ? (string[])["--no-sync"] : []]));
            // An initdb that is told to end removes what it made; leave it no half-made cluster to be taken for a whole one.
            await using var ending = token.Register(() => made.Send(Signal.Terminate));
            if (await made.Exit is not 0 and var code && !token.IsCancellationRequested)
                throw new DistributedApplicationException($"initdb ended with exit code {code}");
            token.ThrowIfCancellationRequested();
        }
        finally
        {
            File.Delete(password);
        }
    }

    private Command Command(string program, string folder, string log, string[] arguments) =>
        new(Path.Combine(Binaries(), program), arguments, folder, log)
        {
            User = User,
            Withheld = ["PG"],
            OnLauncherDeath = Signal.Interrupt,
        };

    /// <summary>A folder that the server's user owns and can reach.</summary>
    private async Task<string> FolderAsync(string log)
    {
        var folder = Path.Combine(options.DataFolder, server.Name);
        if (User is null)
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return folder;
        }

        if (!IsReachable(options.DataFolder))
        {
            // A clone in root's home: the cluster goes where another user can reach it, under a name that stays the same.
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12];
            folder = Path.Combine("/var/tmp", $"iop-{hash}");
        }

        var made = await ChildProcess.StartAsync(new Command("install", ["-d", "-o", User, "-g", User, "-m", "700", folder], options.DataFolder, log));
        return await made.Exit is 0 ? folder : throw new DistributedApplicationException($"could not make {folder} for the user {User}");
    }

    private static bool IsReachable(string folder)
    {
        for (var each = new DirectoryInfo(folder); each is not null; each = each.Parent)
        {
            if (!each.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        }

        return true;
    }

    private string Binaries()
    {
        if (options.PostgresBinaries is { } configured) return configured;

        // Debian keeps one folder for each major version, and none of them on the path.
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return debian.OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
                .Concat((System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) ??
            throw new DistributedApplicationException("PostgreSQL is not installed: there is no initdb (Debian: apt-get install postgresql)");
    }
}

/// <summary>Creates a database once its server is ready.</summary>
internal sealed class PostgresDatabase(PostgresDatabaseResource database) : ResourceDriver
{
    public override async Task<ChildProcess?> StartAsync(ResourceInstance instance, CancellationToken token)
    {
        await using var connection = new NpgsqlConnection($"{await PostgresServer.AdministrationAsync(database.Parent, token)};Pooling=false");
        await connection.OpenAsync(token);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new NpgsqlParameter { Value = database.DatabaseName } },
        };
        if (await exists.ExecuteScalarAsync(token) is not null) return null;

        var name = database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal);
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
        await create.ExecuteNonQueryAsync(token);
        return null;
    }
}
