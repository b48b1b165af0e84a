using System.CommandLine;
using Grpc.Core;
using Iop.DevIssuer;
using Spectre.Console;

namespace Iop.Journey;

/// <summary>Plays one partnership per municipality against running services, and tells how it went.</summary>
public static class Program
{
    private const int NarrowestTable = 120;

    public static Task<int> Main(string[] args)
    {
        var (organisations, eligibility, agreements, followUp) = (Address("organisations"), Address("eligibility"), Address("agreements"), Address("followup"));
        var issuer = new Option<string>("--issuer") { Description = "Folder of the development issuer.", Required = true };
        var municipality = new Option<string[]>("--municipality")
        {
            Description = "Municipality code, four digits; may be given several times. Default: every one that has a story.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new RootCommand("Plays whole partnerships through gRPC, as an integrator would.") { organisations, eligibility, agreements, followUp, issuer, municipality };
        command.SetAction((parsed, cancellation) =>
        {
            var addresses = new Addresses(
                parsed.GetRequiredValue(organisations), parsed.GetRequiredValue(eligibility), parsed.GetRequiredValue(agreements), parsed.GetRequiredValue(followUp));
            var chosen = parsed.GetValue(municipality) is { Length: > 0 } codes ? codes : Story.Municipalities();
            return PlayAllAsync(addresses, DevelopmentIssuer.OpenOrCreate(parsed.GetRequiredValue(issuer)), chosen, cancellation);
        });
        return command.Parse(args).InvokeAsync();
    }

    private static Option<Uri> Address(string service) => new($"--{service}")
    {
        Description = $"Address of the gRPC endpoint of the service {service}.",
        Required = true,
        CustomParser = result => new Uri(result.Tokens[0].Value),
    };

    private static async Task<int> PlayAllAsync(Addresses addresses, DevelopmentIssuer issuer, IReadOnlyList<string> municipalities, CancellationToken cancellation)
    {
        using var channels = new Channels(addresses);
        var results = new List<JourneyResult>();
        foreach (var municipality in municipalities)
        {
            try
            {
                results.Add(await Partnership.PlayAsync(channels, issuer, municipality, Story.Of(municipality), Tell, cancellation));
            }
            catch (RpcException refused)
            {
                Fail(municipality, RichError.Of(refused).ToString());
            }
            catch (Exception e) when (e is JourneyException or ArgumentException)
            {
                Fail(municipality, e.Message);
            }

            void Tell(string step, string result) => Console.WriteLine($"{municipality}  {step,-24} {result}");
        }

        if (results.Count > 0)
            Show(results);
        return results.Count == municipalities.Count && results.TrueForAll(result => result.Plan.Length > 0) ? 0 : 1;
    }

    private static void Fail(string municipality, string why) =>
        Console.Error.WriteLine($"{municipality}  FAILED  {why.Replace("\n", $"\n{municipality}          ", StringComparison.Ordinal)}");

    private static void Show(IReadOnlyList<JourneyResult> results)
    {
        // Where nobody looks at a terminal, wide enough for whole names.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, NarrowestTable);
        var table = new Table().Border(TableBorder.Simple).ShowRowSeparators()
            .AddColumns("Municipality", "Outcome").AddColumn(new TableColumn("Agreement, plan, trace id").NoWrap()).AddColumn("Seconds");
        foreach (var result in results)
        {
            table.AddRow(
                $"{result.Municipality} {result.Guideline.EscapeMarkup()}",
                $"{result.Outcome} → {result.Instrument}",
                $"{Short(result.Agreement)} {result.AgreementState}\n{Short(result.Plan)}\n{result.TraceId}",
                $"{result.Duration.TotalSeconds:F1}");
        }

        AnsiConsole.Write(table);
    }

    // Without the municipality, which stands beside it.
    private static string Short(string name) => string.Join('/', name.Split('/').Skip(2));
}
