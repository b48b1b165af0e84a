using Google.Protobuf.Reflection;

namespace Iop.Platform.Health;

/// <summary>The gRPC services that this process serves, told when they are mapped.</summary>
internal sealed class ServedContracts
{
    private readonly List<ServiceDescriptor> _services = [];

    public IReadOnlyList<ServiceDescriptor> Services => _services;

    public void Add(ServiceDescriptor service) => _services.Add(service);

    public bool Serves(string name) => _services.Any(service => service.FullName == name);

    /// <summary>Every file that the services need, dependencies included.</summary>
    public IReadOnlyCollection<FileDescriptor> Files() => WithDependencies(_services.Select(service => service.File));

    /// <summary>Files, each before those that it depends on, and none twice.</summary>
    public static IReadOnlyCollection<FileDescriptor> WithDependencies(params IEnumerable<FileDescriptor> files)
    {
        var found = new Dictionary<string, FileDescriptor>();
        var open = new Queue<FileDescriptor>(files);
        while (open.TryDequeue(out var file))
        {
            if (found.TryAdd(file.Name, file))
            {
                foreach (var dependency in file.Dependencies)
                {
                    open.Enqueue(dependency);
                }
            }
        }

        return found.Values;
    }
}
