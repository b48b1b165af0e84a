using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Launcher;

/// <summary>One process of a resource: replicas of a resource differ in id and ports.</summary>
internal sealed record ResourceInstance(IResource Resource, string Id, int Replica)
{
    public IEnumerable<EndpointAnnotation> Endpoints =>
        Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.Allocated.Count > Replica);

    public string Url(string endpointName) =>
        Endpoints.FirstOrDefault(endpoint => string.Equals(endpoint.Name, endpointName, StringComparison.OrdinalIgnoreCase)) is { } endpoint
            ? endpoint.Allocated[Replica].UriString
            : throw new DistributedApplicationException($"Resource '{Resource.Name}' has no endpoint '{endpointName}'.");

    public static IEnumerable<ResourceInstance> Of(IResource resource)
    {
        var replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        return Enumerable.Range(0, replicas)
            .Select(replica => new ResourceInstance(resource, replicas == 1 ? resource.Name : $"{resource.Name}-{replica + 1}", replica));
    }
}
