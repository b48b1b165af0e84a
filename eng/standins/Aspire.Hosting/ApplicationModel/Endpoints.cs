using System.Globalization;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource listens on.</summary>
/// <param name="protocol">The transport.</param>
/// <param name="uriScheme">Scheme of the endpoint's address.</param>
/// <param name="transport">Application protocol, such as <c>http2</c>.</param>
/// <param name="name">Name of the endpoint; the scheme when absent.</param>
/// <param name="port">The port that callers use.</param>
/// <param name="targetPort">The port that the process listens on.</param>
public sealed class EndpointAnnotation(
    ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null)
    : IResourceAnnotation
{
    /// <summary>Name of the endpoint.</summary>
    public string Name { get; set; } = name ?? uriScheme ?? "tcp";

    /// <summary>The transport.</summary>
    public ProtocolType Protocol { get; set; } = protocol;

    /// <summary>Scheme of the endpoint's address.</summary>
    public string UriScheme { get; set; } = uriScheme ?? "tcp";

    /// <summary>Application protocol.</summary>
    public string Transport { get; set; } = transport ?? (uriScheme is "http" or "https" ? "http" : "tcp");

    /// <summary>The port that callers use.</summary>
    public int? Port { get; set; } = port;

    /// <summary>The port that the process listens on.</summary>
    public int? TargetPort { get; set; } = targetPort;

    /// <summary>The address that the running endpoint has; of the first replica if there are several.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => Allocated.Count > 0 ? Allocated[0] : null;
        set => Allocated = value is null ? [] : [value];
    }

    /// <summary>Addresses of all replicas: no proxy stands before them here.</summary>
    internal List<AllocatedEndpoint> Allocated { get; set; } = [];

    /// <summary>The environment variable that tells the process its port, if it wants one.</summary>
    internal string? PortVariable { get; set; }

    /// <summary>Key under <c>Kestrel:Endpoints</c> in the project's settings, if the endpoint comes from there.</summary>
    internal string? KestrelKey { get; set; }
}

/// <summary>Address of a running endpoint.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="address">Host name.</param>
/// <param name="port">Port.</param>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port)
{
    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>Host name.</summary>
    public string Address { get; } = address;

    /// <summary>Port.</summary>
    public int Port { get; } = port;

    /// <summary>Scheme.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>The whole address.</summary>
    public string UriString => string.Create(CultureInfo.InvariantCulture, $"{UriScheme}://{Address}:{Port}");
}

/// <summary>A part of an endpoint's address.</summary>
public enum EndpointProperty
{
    /// <summary>The whole address.</summary>
    Url,
    /// <summary>The host.</summary>
    Host,
    /// <summary>The host, as an IPv4 address.</summary>
    IPV4Host,
    /// <summary>The port.</summary>
    Port,
    /// <summary>The scheme.</summary>
    Scheme,
    /// <summary>The port that the process listens on.</summary>
    TargetPort,
    /// <summary>Host and port.</summary>
    HostAndPort,
}

/// <summary>A reference to an endpoint, which has an address once the application starts.</summary>
/// <param name="owner">The resource that listens.</param>
/// <param name="endpointName">Name of the endpoint.</param>
public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider, IManifestExpressionProvider
{
    /// <summary>The resource that listens.</summary>
    public IResourceWithEndpoints Resource { get; } = owner;

    /// <summary>Name of the endpoint.</summary>
    public string EndpointName { get; } = endpointName;

    /// <summary>Whether the resource has such an endpoint.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether the endpoint has an address.</summary>
    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    /// <summary>The endpoint.</summary>
    public EndpointAnnotation EndpointAnnotation => Find() ??
        throw new InvalidOperationException($"Resource '{Resource.Name}' has no endpoint '{EndpointName}'.");

    /// <summary>Scheme.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>Host.</summary>
    public string Host => Address.Address;

    /// <summary>Port.</summary>
    public int Port => Address.Port;

    /// <summary>The whole address.</summary>
    public string Url => Address.UriString;

    /// <inheritdoc />
    public string ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    private AllocatedEndpoint Address => EndpointAnnotation.AllocatedEndpoint ??
        throw new InvalidOperationException($"Endpoint '{EndpointName}' of '{Resource.Name}' has no address before the application starts.");

    /// <summary>A part of the address.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    private EndpointAnnotation? Find() => Resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(endpoint => string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A part of an endpoint's address.</summary>
/// <param name="endpointReference">The endpoint.</param>
/// <param name="property">The part.</param>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property)
    : IValueProvider, IManifestExpressionProvider
{
    /// <summary>The endpoint.</summary>
    public EndpointReference Endpoint { get; } = endpointReference;

    /// <summary>The part.</summary>
    public EndpointProperty Property { get; } = property;

    /// <inheritdoc />
    public string ValueExpression => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{Property.ToString().ToLowerInvariant()}}}";

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Property switch
    {
        EndpointProperty.Host => Endpoint.Host,
        EndpointProperty.IPV4Host => "127.0.0.1",
        EndpointProperty.Port or EndpointProperty.TargetPort => Endpoint.Port.ToString(CultureInfo.InvariantCulture),
        EndpointProperty.Scheme => Endpoint.Scheme,
        EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{Endpoint.Host}:{Endpoint.Port}"),
        _ => Endpoint.Url,
    });
}
