using System.Reflection;
using Iop.Platform.Persistence;

namespace Iop.Architecture.Tests;

/// <summary>The source tree and the assemblies that these tests read.</summary>
internal static class Repository
{
    public static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static readonly IReadOnlyList<string> Services = ["Organisations", "Eligibility", "Agreements", "FollowUp"];

    public static readonly Assembly Platform = typeof(IopDbContext).Assembly;

    /// <summary>What services share beside Platform, each room an idea of its own.</summary>
    public static readonly IReadOnlyList<string> Rooms = ["Scheduling", "Sight", "Typesetting"];

    public static Assembly AssemblyOf(string serviceOrRoom) => Assembly.Load($"Iop.{serviceOrRoom}");

    /// <summary>The assemblies of ours that one refers to.</summary>
    public static IEnumerable<string> OursKnownTo(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => name.StartsWith("Iop.", StringComparison.Ordinal));

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>The source files below a folder, as (path from the root, text). A folder without any proves nothing, and fails.</summary>
    public static IReadOnlyList<(string Path, string Text)> Sources(params string[] path)
    {
        var found = Files(path).ToList();
        Assert.NotEmpty(found);
        return found;
    }

    private static IEnumerable<(string Path, string Text)> Files(string[] path) =>
        Directory.EnumerateFiles(System.IO.Path.Combine([Root, .. path]), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (System.IO.Path.GetRelativePath(Root, file), File.ReadAllText(file)));
}
