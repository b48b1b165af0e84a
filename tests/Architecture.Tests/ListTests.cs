using System.Reflection;
using System.Text.RegularExpressions;
using Iop.Platform.Errors;
using Microsoft.Extensions.Logging;

namespace Iop.Architecture.Tests;

/// <summary>The lists that operations and integrators rely on say what the code does, no more and no less.</summary>
public sealed partial class ListTests
{
    public static TheoryData<string> EachService => [.. Repository.Services];

    [Fact]
    public void Every_log_event_is_listed_and_every_listed_one_is_logged()
    {
        var logged = Repository.Services.Concat(Repository.Rooms).Select(Repository.AssemblyOf).Append(Repository.Platform)
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventName)
            .OfType<string>()
            .Distinct();

        Assert.Equal(logged.Order(StringComparer.Ordinal), Listed("operations.md", "## Log events").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_reason_is_listed_and_every_listed_one_can_be_answered()
    {
        var known = Repository.Services.SelectMany(service => CatalogueOf(service).Reasons).Distinct();

        Assert.Equal(known.Order(StringComparer.Ordinal), Listed("errors.md", "# Errors").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EachService))]
    public void Every_reason_that_the_code_names_has_its_sentences(string service)
    {
        var named = Repository.Rooms.Append("Platform").Append(service).SelectMany(part => Repository.Sources("services", part))
            .SelectMany(file => ReasonInCode().Matches(file.Text).Select(match => match.Groups["reason"].Value))
            .Distinct()
            .ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(CatalogueOf(service).Reasons));
    }

    [Theory]
    [MemberData(nameof(EachService))]
    public void Every_reason_that_the_contract_promises_has_its_sentences(string service)
    {
        var promised = Directory.EnumerateFiles(Path.Combine(Repository.Root, "contracts", "iop", service.ToLowerInvariant(), "v1"), "*.proto")
            .SelectMany(file => PromisedErrors().Matches(Regex.Replace(File.ReadAllText(file), @"\n\s*//", "", RegexOptions.None, TimeSpan.FromSeconds(5))))
            .SelectMany(match => match.Groups["reasons"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct()
            .ToList();

        // A refusal by a called service is passed on with the reason and the sentences of that service.
        var known = Repository.Services.SelectMany(each => CatalogueOf(each).Reasons);
        Assert.NotEmpty(promised);
        Assert.Empty(promised.Except(known));
    }

    [Theory]
    [MemberData(nameof(EachService))]
    public void Every_sentence_is_there_in_both_languages(string service)
    {
        var catalogue = CatalogueOf(service);

        Assert.All(catalogue.Reasons, reason =>
        {
            var text = catalogue.For(reason, []);
            Assert.True(text.Sv.Length > 0 && text.En.Length > 0, reason);
        });
    }

    private static ErrorCatalogue CatalogueOf(string service) => ErrorCatalogue.Load($"{service.ToLowerInvariant()}.iop", Repository.AssemblyOf(service));

    // The first cell of each row of the tables from a heading on.
    private static IEnumerable<string> Listed(string document, string from) =>
        FirstCell().Matches(Repository.Read("docs", document).Split(from, 2)[1]).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^\| `(?<name>[A-Za-z0-9_.]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FirstCell();

    [GeneratedRegex(@"(?:Refusal\.(?:NotFound|AlreadyExists|State|Precondition|Denied|Exhausted|Unavailable)|Refusal\.Input|new FieldFault|\bAdd|\bRequire)\((?:[^;""]*,\s*)?(?:""[a-z_.\[\]]*"",\s*)?""(?<reason>[A-Z][A-Z0-9_]{3,62})""", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ReasonInCode();

    [GeneratedRegex(@"Errors: (?<reasons>[A-Z0-9_, ]+)\.", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PromisedErrors();
}
