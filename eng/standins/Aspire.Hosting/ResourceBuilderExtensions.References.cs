using System.Globalization;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

// References: how one resource learns of another.
public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives a process the connection string of a resource, and its parts.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false) where TDestination : IResourceWithEnvironment
    {
        var name = connectionName ?? source.Resource.Name;
        return builder.WithAnnotation(new ResourceRelationshipAnnotation(source.Resource, "Reference")).WithEnvironment(context =>
        {
            var flags = Flags(context.Resource);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
                context.EnvironmentVariables[$"ConnectionStrings__{name}"] = source.Resource.ConnectionStringExpression;
            if (!flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionProperties)) return;

            foreach (var (key, value) in source.Resource.GetConnectionProperties())
                context.EnvironmentVariables[$"{Encode(name)}_{key}".ToUpperInvariant()] = value;
        });
    }

    /// <summary>Gives a process the addresses of another.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment =>
        builder.WithAnnotation(new ResourceRelationshipAnnotation(source.Resource, "Reference")).WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.Annotations.OfType<EndpointAnnotation>())
                AddEndpoint(context, source.Resource.Name, endpoint);
        });

    /// <summary>Gives a process the address of one endpoint of another.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference) where TDestination : IResourceWithEnvironment =>
        builder.WithAnnotation(new ResourceRelationshipAnnotation(endpointReference.Resource, "Reference"))
            .WithEnvironment(context => AddEndpoint(context, endpointReference.Resource.Name, endpointReference.EndpointAnnotation));

    /// <summary>Gives a process an address outside the application.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, string name, Uri uri) where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment(context =>
        {
            var flags = Flags(context.Resource);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
                context.EnvironmentVariables[$"services__{name}__default__0"] = uri.ToString();
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
                context.EnvironmentVariables[Encode(name).ToUpperInvariant()] = uri.ToString();
        });

    /// <summary>Narrows what references put into the environment.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags)
        where TDestination : IResourceWithEnvironment =>
        builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags), ResourceAnnotationMutationBehavior.Replace);

    private static ReferenceEnvironmentInjectionFlags Flags(IResource resource) =>
        resource.Annotations.OfType<ReferenceEnvironmentInjectionAnnotation>().LastOrDefault()?.Flags ??
        ReferenceEnvironmentInjectionFlags.All;

    private static void AddEndpoint(EnvironmentCallbackContext context, string resourceName, EndpointAnnotation endpoint)
    {
        var flags = Flags(context.Resource);
        var variables = context.EnvironmentVariables;
        if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints) && endpoint.AllocatedEndpoint is { } first)
            variables[$"{Encode(resourceName)}_{Encode(endpoint.Name)}".ToUpperInvariant()] = first.UriString;
        if (!flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery)) return;

        // An endpoint called http that speaks https is found under its scheme; any other under its own name.
        var key = endpoint.Name is "http" or "https" ? endpoint.UriScheme : endpoint.Name;
        foreach (var address in endpoint.Allocated)
        {
            var index = 0;
            string Variable() => string.Create(CultureInfo.InvariantCulture, $"services__{resourceName}__{key}__{index}");
            while (variables.ContainsKey(Variable()))
                index++;
            variables[Variable()] = address.UriString;
        }
    }

    private static string Encode(string name)
    {
        var encoded = new StringBuilder(name.Length + 1);
        if (name.Length > 0 && char.IsAsciiDigit(name[0])) encoded.Append('_');
        foreach (var character in name)
            encoded.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        return encoded.ToString();
    }
}
