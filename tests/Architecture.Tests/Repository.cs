using System.Reflection;
using Iop.Platform.Persistence;

namespace Iop.Architecture.Tests;

/// <summary>The source tree and the assemblies that these tests read.</summary>
internal static class Repository
{
    public static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static readonly IReadOnlyList<string> Services = ["Organisations", "Eligibility", "Agreements", "FollowUp"];

    public static readonly Assembly Platform = typeof(IopDbContext).Assembly;

    public static readonly Assembly Typesetting = typeof(Iop.Typesetting.Document).Assembly;

    public static Assembly AssemblyOf(string service) => Assembly.Load($"Iop.{service}");

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
