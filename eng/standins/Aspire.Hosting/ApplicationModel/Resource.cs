using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A part of the application: a server, a database, a project, a parameter.</summary>
    public interface IResource
    {
        /// <summary>The name that the model knows the resource by.</summary>
        string Name { get; }

        /// <summary>What has been said about the resource with fluent calls.</summary>
        ResourceAnnotationCollection Annotations { get; }
    }

    /// <summary>A statement about a resource.</summary>
    public interface IResourceAnnotation;

    /// <summary>The annotations of one resource, in the order in which they were made.</summary>
    public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

    /// <summary>Base of all resources.</summary>
    /// <param name="name">The name of the resource.</param>
    public abstract class Resource(string name) : IResource
    {
        /// <inheritdoc />
        public virtual string Name { get; } = name;

        /// <inheritdoc />
        public virtual ResourceAnnotationCollection Annotations { get; } = [];
    }

    /// <summary>The resources of an application.</summary>
    public interface IResourceCollection : IList<IResource>;

    internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection;

    /// <summary>A resource whose process is given environment variables.</summary>
    public interface IResourceWithEnvironment : IResource;

    /// <summary>A resource whose process is given arguments.</summary>
    public interface IResourceWithArgs : IResource;

    /// <summary>A resource that listens.</summary>
    public interface IResourceWithEndpoints : IResource;

    /// <summary>A resource that can wait for others.</summary>
    public interface IResourceWithWaitSupport : IResource;

    /// <summary>A resource that belongs to another.</summary>
    public interface IResourceWithParent : IResource
    {
        /// <summary>The owner.</summary>
        IResource Parent { get; }
    }

    /// <summary>A resource that belongs to another of a known type.</summary>
    /// <typeparam name="T">Type of the owner.</typeparam>
    public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
    {
        /// <summary>The owner.</summary>
        new T Parent { get; }

        IResource IResourceWithParent.Parent => Parent;
    }

    /// <summary>A resource that others connect to with a connection string.</summary>
    public interface IResourceWithConnectionString : IResource, IValueProvider, IManifestExpressionProvider
    {
        /// <summary>The connection string as an expression over endpoints and parameters.</summary>
        ReferenceExpression ConnectionStringExpression { get; }

        /// <summary>The connection string, once endpoints have ports.</summary>
        ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
            ConnectionStringExpression.GetValueAsync(cancellationToken);

        /// <summary>The parts of the connection string, by name.</summary>
        IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];

        string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

        ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);
    }

    /// <summary>A .NET project that runs as a process.</summary>
    /// <param name="name">The name of the resource.</param>
    public class ProjectResource(string name) : Resource(name),
        IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport;
}

namespace Aspire.Hosting
{
    /// <summary>A resource that others find by service discovery.</summary>
    public interface IResourceWithServiceDiscovery : ApplicationModel.IResourceWithEndpoints;

    /// <summary>Where a project lies.</summary>
    public interface IProjectMetadata : ApplicationModel.IResourceAnnotation
    {
        /// <summary>Path of the project file.</summary>
        string ProjectPath { get; }
    }
}
