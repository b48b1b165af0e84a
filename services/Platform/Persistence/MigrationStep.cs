using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iop.Platform.Persistence;

/// <summary>What a service does to its data when its schema has been brought up to date. Run at every migration, so it does only what is missing.</summary>
/// <param name="RunAsync">The work. It opens the scopes that it needs.</param>
public sealed record MigrationStep(Func<IServiceProvider, CancellationToken, Task> RunAsync);

/// <summary>Registers what follows a migration.</summary>
public static class MigrationStepExtensions
{
    /// <summary>Adds a step to <c>&lt;service&gt; migrate</c>, after the schema.</summary>
    public static IHostApplicationBuilder AfterMigration(this IHostApplicationBuilder builder, Func<IServiceProvider, CancellationToken, Task> step)
    {
        builder.Services.AddSingleton(new MigrationStep(step));
        return builder;
    }
}
