using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Describes an application for a test; what an entry point described can still be changed.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>The application as described.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>Makes applications for tests. They run on data that is thrown away, unless told otherwise.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>The application that the entry point of an assembly describes.</summary>
    /// <typeparam name="TEntryPoint">Any type of the application host's assembly.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>The application that the entry point of an assembly describes, with further arguments.</summary>
    /// <typeparam name="TEntryPoint">Any type of the application host's assembly.</typeparam>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default) where TEntryPoint : class
    {
        var described = new TaskCompletionSource<DistributedApplicationBuilder>(TaskCreationOptions.RunContinuationsAsynchronously);
        var capture = new EntryPointCapture
        {
            Assembly = typeof(TEntryPoint).Assembly,
            Args = args,
            Building = builder =>
            {
                described.TrySetResult(builder);
                // The description is complete: what follows in the entry point would run the application itself.
                throw new HostAbortedException();
            },
        };
        _ = Task.Run(() => RunEntryPoint(capture, described), cancellationToken);
        return new TestingBuilder(await described.Task.WaitAsync(cancellationToken));
    }

    /// <summary>An empty application.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) =>
        new TestingBuilder(new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args }, capture: null, underTest: true));

    private static void RunEntryPoint(EntryPointCapture capture, TaskCompletionSource<DistributedApplicationBuilder> described)
    {
        EntryPointCapture.Current = capture;
        try
        {
            var entryPoint = capture.Assembly.EntryPoint ??
                throw new InvalidOperationException($"{capture.Assembly.GetName().Name} has no entry point.");
            entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            described.TrySetException(new InvalidOperationException("The entry point ended without building an application."));
        }
        catch (TargetInvocationException e) when (e.InnerException is HostAbortedException && described.Task.IsCompleted)
        {
            // The expected way out of the entry point, see Building above.
        }
        catch (Exception e)
        {
            described.TrySetException(e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }
    }

    private sealed class TestingBuilder(DistributedApplicationBuilder inner) : IDistributedApplicationTestingBuilder
    {
        private DistributedApplication? _application;

        public ConfigurationManager Configuration => inner.Configuration;

        public string AppHostDirectory => inner.AppHostDirectory;

        public Assembly? AppHostAssembly => inner.AppHostAssembly;

        public IHostEnvironment Environment => inner.Environment;

        public IServiceCollection Services => inner.Services;

        public DistributedApplicationExecutionContext ExecutionContext => inner.ExecutionContext;

        public IResourceCollection Resources => inner.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource => inner.AddResource(resource);

        public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => inner.CreateResourceBuilder(resource);

        public DistributedApplication Build() => _application ??= inner.BuildCore();

        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => Task.FromResult(Build());

        public void Dispose() => _application?.Dispose();

        public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
