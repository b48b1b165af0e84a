using Google.Protobuf.Reflection;

namespace Iop.Platform.Health;

/// <summary>The gRPC services that this process serves, told when they are mapped.</summary>
internal sealed class ServedContracts
{
    private readonly List<ServiceDescriptor> _services = [];

    public IReadOnlyList<ServiceDescriptor> Services => _services;

    public void Add(ServiceDescriptor service) => _services.Add(service);

    public bool Serves(string name) => _services.Any(service => service.FullName == name);

    /// <summary>Every file that the services need, dependencies included, by name.</summary>
    public IReadOnlyDictionary<string, FileDescriptor> Files()
    {
        var files = new Dictionary<string, FileDescriptor>();
        foreach (var service in _services)
        {
            Collect(service.File, files);
        }

        return files;
    }

    private static void Collect(FileDescriptor file, Dictionary<string, FileDescriptor> files)
    {
        if (files.TryAdd(file.Name, file))
        {
            foreach (var dependency in file.Dependencies)
            {
                Collect(dependency, files);
            }
        }
    }
}
