using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Launcher;

/// <summary>Settings under <c>Launcher</c>, and the data folder that they choose.</summary>
internal sealed class LauncherOptions : IDisposable
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // Handed out by this process: two applications in one test run must not be given the same port before either listens.
    private static readonly HashSet<int> Taken = [];

    private readonly Lock _lock = new();
    private Dictionary<string, int>? _remembered;
    private FileStream? _hold;

    private LauncherOptions(IDistributedApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Launcher");
        Ephemeral = bool.TryParse(settings["Ephemeral"], out var ephemeral) && ephemeral;
        Configuration = settings["Configuration"] ?? "Debug";
        PostgresBinaries = settings["PostgresBinaries"];
        RabbitMQServer = settings["RabbitMQServer"];
        DataFolder = Ephemeral
            ? Path.Combine(Path.GetTempPath(), $"iop-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}")
            : Path.GetFullPath(Path.Combine(RepositoryRoot(builder.AppHostDirectory), settings["DataFolder"] ?? ".iop"));
    }

    /// <summary>A throw-away run: data in a temporary folder that goes at the end, and no waiting for disks.</summary>
    public bool Ephemeral { get; }

    /// <summary>Which build of the projects to run.</summary>
    public string Configuration { get; }

    /// <summary>Folder of initdb and postgres, if they are not where they usually are.</summary>
    public string? PostgresBinaries { get; }

    /// <summary>Path of the rabbitmq-server script, if it is not where it usually is.</summary>
    public string? RabbitMQServer { get; }

    public string DataFolder { get; }

    public static LauncherOptions Of(IDistributedApplicationBuilder builder) =>
        ((Lazy<LauncherOptions>)builder.Services.Single(service => service.ServiceType == typeof(Lazy<LauncherOptions>)).ImplementationInstance!).Value;

    /// <summary>Read when first needed: until then the settings can be changed.</summary>
    public static void AddTo(IDistributedApplicationBuilder builder) =>
        builder.Services.AddSingleton(new Lazy<LauncherOptions>(() => new LauncherOptions(builder)));

    /// <summary>Makes the data folder and holds it, so that no second launcher starts servers on the same data.</summary>
    public void Hold()
    {
        Folder();
        try
        {
            _hold = new FileStream(Path.Combine(DataFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException(
                $"Another launcher runs on {DataFolder}. Stop it, or choose another folder with Launcher:DataFolder.", e);
        }
    }

    /// <summary>Lets go of the data folder, which goes with a throw-away run.</summary>
    public void Dispose()
    {
        _hold?.Dispose();
        _hold = null;
        if (Ephemeral && Directory.Exists(DataFolder)) Directory.Delete(DataFolder, recursive: true);
    }

    /// <summary>A folder in the data folder.</summary>
    public string Folder(params string[] path)
    {
        var folder = Path.Combine([DataFolder, .. path]);
        Directory.CreateDirectory(folder, Readable);
        return folder;
    }

    public string LogFile(string id) => Path.Combine(Folder("logs"), $"{id}.log");

    /// <summary>A secret that is made once and kept for as long as the data.</summary>
    public string Secret(string name)
    {
        var file = Path.Combine(Folder("secrets"), name);
        lock (_lock)
        {
            if (File.Exists(file)) return File.ReadAllText(file);

            var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            using (var stream = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
                stream.Write(System.Text.Encoding.ASCII.GetBytes(secret));
            return secret;
        }
    }

    /// <summary>A free port, the same as last time if that is free.</summary>
    public int Port(string use)
    {
        lock (_lock)
        {
            var file = Path.Combine(Folder(), "ports.json");
            _remembered ??= File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(file))! : [];
            if (_remembered.TryGetValue(use, out var last) && TryTake(last)) return last;

            // Below the range that systems give outgoing connections: such a port stays free until its owner listens.
            int port;
            do port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            while (!TryTake(port));
            _remembered[use] = port;
            File.WriteAllText(file, JsonSerializer.Serialize(_remembered));
            return port;
        }
    }

    public static void GiveBack(IEnumerable<int> ports)
    {
        lock (Taken) Taken.ExceptWith(ports);
    }

    private static bool TryTake(int port)
    {
        lock (Taken) return !Taken.Contains(port) && IsFree(IPAddress.Loopback, port) && IsFree(IPAddress.IPv6Loopback, port) && Taken.Add(port);
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException e)
        {
            // A machine without IPv6 cannot have the port taken there.
            return e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;
        }
    }

    private static string RepositoryRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IopPlatform.sln"))) return folder.FullName;
        }

        return from;
    }
}
