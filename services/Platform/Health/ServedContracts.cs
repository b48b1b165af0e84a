using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace Iop.Platform.Health;

/// <summary>The gRPC services that this process serves, as they were mapped.</summary>
internal sealed class ServedContracts(EndpointDataSource endpoints)
{
    /// <summary>Their full names. Descriptors are left alone for these: they are many MB, and health is asked for often.</summary>
    public IEnumerable<string> Names => Methods().Select(method => method.Method.ServiceName).Distinct();

    /// <summary>Every file that the services need, dependencies included.</summary>
    public IReadOnlyCollection<FileDescriptor> Files() => WithDependencies(Methods().Select(method => FileOf(method.ServiceType)).Distinct());

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

    private IEnumerable<GrpcMethodMetadata> Methods() => endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()).OfType<GrpcMethodMetadata>();

    // The generated base of an API names the class of its contract, which holds the descriptor.
    private static FileDescriptor FileOf(Type api) =>
        ((ServiceDescriptor)api.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)!.BindType.GetProperty("Descriptor")!.GetValue(null)!).File;
}
