using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Launcher;

/// <summary>A private RabbitMQ node on the loopback interface, with a port mapper of its own.</summary>
internal sealed class RabbitMQServer(RabbitMQServerResource server, LauncherOptions options) : ResourceDriver
{
    private static readonly byte[] ProtocolHeader = [.. "AMQP"u8, 0, 0, 9, 1];

    private ChildProcess? _portMapper;

    public override async Task<ChildProcess?> StartAsync(ResourceInstance instance, CancellationToken token)
    {
        var folder = options.Folder(server.Name);
        var home = options.Folder(server.Name, "home");
        var configuration = Path.Combine(folder, "rabbitmq.conf");
        await File.WriteAllTextAsync(configuration, await ConfigurationAsync(token), token);
        File.SetUnixFileMode(configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var plugins = Path.Combine(folder, "enabled_plugins");
        await File.WriteAllTextAsync(plugins, "[].\n", token);

        var mapper = Text(options.Port($"{server.Name}/epmd"));
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = mapper,
            ["RABBITMQ_NODENAME"] = $"{server.Name}@localhost",
            ["RABBITMQ_NODE_PORT"] = Text(server.PrimaryEndpoint.Port),
            ["RABBITMQ_DIST_PORT"] = Text(options.Port($"{server.Name}/distribution")),
            ["RABBITMQ_MNESIA_BASE"] = options.Folder(server.Name, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = options.Folder(server.Name, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = plugins,
            ["RABBITMQ_CONFIG_FILE"] = configuration,
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none"),
            // Makes the script become the Erlang machine instead of watching it: one process, one id.
            ["RABBITMQ_ALLOW_INPUT"] = "1",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +A 4 -noinput -kernel inet_dist_use_interface {127,0,0,1}",
        };
        var log = options.LogFile(instance.Id);
        if (_portMapper is null or { Exit.IsCompleted: true })
        {
            _portMapper = await ChildProcess.StartAsync(new Command("epmd", ["-port", mapper, "-address", "127.0.0.1"], folder, log)
            {
                Environment = environment,
                OnLauncherDeath = Signal.Kill,
            });
        }

        return await ChildProcess.StartAsync(new Command(Script(), [], folder, log)
        {
            Environment = environment,
            Withheld = ["RABBITMQ_", "ERL_"],
        });
    }

    public override Task StopAsync(ChildProcess process, bool discard) =>
        process.StopAsync(discard ? Signal.Kill : Signal.Terminate, TimeSpan.FromSeconds(15));

    public override Task EndAsync() => _portMapper?.StopAsync(Signal.Kill, TimeSpan.FromSeconds(1)) ?? Task.CompletedTask;

    /// <summary>Speaks the first word of AMQP: the answer says that the node serves connections, in a few milliseconds.</summary>
    public static async Task<string?> ProbeAsync(int port, CancellationToken token)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port, token);
        await socket.SendAsync(ProtocolHeader, token);
        var answer = new byte[11];
        await using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(answer, token);
        // A method frame (1) of channel 0 whose method is connection.start (10, 10).
        return answer[0] == 1 && answer[8] == 10 && answer[10] == 10 ? null : "the port does not speak AMQP 0-9-1";
    }

    private async Task<string> ConfigurationAsync(CancellationToken token) => $"""
        listeners.tcp.1 = 127.0.0.1:{Text(server.PrimaryEndpoint.Port)}
        default_user = {await server.UserNameReference.GetValueAsync(token)}
        default_pass = {await server.PasswordParameter.GetValueAsync(token)}
        loopback_users = none
        vm_memory_high_watermark.absolute = 512MB
        disk_free_limit.absolute = {(options.Ephemeral ? "16MB" : "128MB")}
        log.console.level = warning

        """;

    private string Script()
    {
        if (options.RabbitMQServer is { } configured) return configured;

        // Debian's wrapper on the path insists on a user of its own; the script behind it does not.
        return new[] { "/usr/lib/rabbitmq/bin/rabbitmq-server" }
                .Concat((System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "rabbitmq-server")))
                .FirstOrDefault(File.Exists) ??
            throw new DistributedApplicationException("RabbitMQ is not installed (Debian: apt-get install rabbitmq-server)");
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
