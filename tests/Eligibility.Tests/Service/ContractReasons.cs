using System.Text.RegularExpressions;

namespace Iop.Eligibility.Tests.Service;

/// <summary>The reasons that the contract promises and that the code answers with, read from their texts.</summary>
internal static partial class ContractReasons
{
    private static readonly string Root = FindRoot();

    public static IReadOnlyList<string> In(string contract)
    {
        var text = File.ReadAllText(Path.Combine(Root, "contracts/iop/eligibility/v1", contract));
        return [.. Errors().Matches(text).SelectMany(match => Reason().Matches(match.Value)).Select(match => match.Value).Distinct()];
    }

    public static IReadOnlyList<string> InCode() =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "services/Eligibility"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("PackFault.cs", StringComparison.Ordinal))
            .SelectMany(file => Quoted().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["reason"].Value)
            .Distinct()];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "buf.yaml")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"// Errors:[^;]*?rpc", RegexOptions.Singleline, 1000)]
    private static partial Regex Errors();

    [GeneratedRegex("[A-Z]+(?:_[A-Z]+)+", RegexOptions.None, 1000)]
    private static partial Regex Reason();

    [GeneratedRegex("\"(?<reason>[A-Z]+(?:_[A-Z]+)+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
