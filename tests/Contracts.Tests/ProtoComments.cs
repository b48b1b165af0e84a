using System.Reflection;
using System.Text.RegularExpressions;

namespace Iop.Contracts.Tests;

/// <summary>The comments of the proto sources: compiled descriptors do not carry them.</summary>
internal sealed partial class ProtoComments
{
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Files => _files;

    private readonly List<string> _files = [];

    /// <summary>Comment before an element, as one line. Empty if it has none.</summary>
    public string this[string fullName] => _byName.GetValueOrDefault(fullName, "");

    public static ProtoComments Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var comments = new ProtoComments();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".proto", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            comments.Read(reader.ReadToEnd());
            comments._files.Add(name.Replace('\\', '/'));
        }
        return comments;
    }

    /// <summary>Reads one source; an element read before is overwritten.</summary>
    public void Read(string source)
    {
        var scopes = new Stack<string>();
        var comment = new List<string>();
        foreach (var line in source.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                comment.Add(line[2..].Trim());
                continue;
            }
            if (Element().Match(line) is { Success: true } element)
            {
                // The fields of a oneof belong to the message around it, so its own name is no part of theirs.
                var parent = scopes.FirstOrDefault(scope => scope.Length > 0, "");
                var name = parent.Length == 0 ? element.Groups["name"].Value : $"{parent}.{element.Groups["name"].Value}";
                _byName[name] = string.Join(' ', comment);
                if (element.Groups["kind"].Value == "package")
                    scopes.Push(name);
                else if (line.EndsWith('{'))
                    scopes.Push(element.Groups["kind"].Value == "oneof" ? "" : name);
            }
            else if (line == "}")
            {
                scopes.Pop();
            }
            comment.Clear();
        }
    }

    [GeneratedRegex(@"^(?<kind>package|service|message|enum|oneof|rpc) (?<name>[\w.]+)|^[\w. ]+ (?<name>\w+) = \d+;|^(?<name>\w+) = \d+;",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Element();
}
