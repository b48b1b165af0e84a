using System.Globalization;
using Grpc.Net.Client;
using Iop.Benchmarks;
using Iop.Eligibility.Data;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Eligibility.V1;
using Iop.Testing;
using Counterfactual = Iop.Eligibility.Domain.Assessment.Counterfactual;

// Prints tables in Markdown, as docs/benchmarks.md shows them, and fails where a promise is broken.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Runs = 100;
if (args is [OriginalRun.Mode or OriginalRun.FloorMode, var folder])
{
    return OriginalRun.Measure(args[0], folder);
}

var most = args is [var rows, ..] ? int.Parse(rows) : 1_000_000;
var packs = ShippedGuidelines.Texts().Values.Select(text => GuidelinePackReader.Read(text).Pack!).ToList();
var broken = new List<string>();
OriginalTable.Write(broken);
if (most == 0)
{
    broken.ForEach(Console.Error.WriteLine);
    return broken.Count == 0 ? 0 : 1;
}

Console.WriteLine();

// What the runtime compiles along the way is no part of what is measured.
foreach (var pack in packs)
{
    var @case = SampleCase.Answered(pack);
    Measured.Microseconds(50, 200, () => @case.Evaluate(pack, Thresholds.On(new DateOnly(2025, 6, 1))));
}

Console.WriteLine("| pack | criteria | evaluate, µs | counterfactual of a case just begun, µs |\n|---|---|---|---|");
foreach (var pack in packs)
{
    var @case = SampleCase.Answered(pack);
    var thresholds = Thresholds.On(new DateOnly(2025, 6, 1));
    var evaluate = Measured.Microseconds(200, 200, () => @case.Evaluate(pack, thresholds));
    var begun = SampleCase.Begun(pack);
    var counterfactual = Measured.Microseconds(50, 10, () => Counterfactual.Of(CaseMeasures.Of(begun, pack, thresholds), pack));
    Console.WriteLine($"| {pack.Municipality} {pack.Version} | {pack.Criteria.Count} | {evaluate:0.0} | {counterfactual:0.0} |");
    if (evaluate > 100)
    {
        broken.Add($"an evaluation under {pack.Municipality} takes {evaluate:0} µs");
    }
}

// Nothing that is measured asks for an organisation, so none is there to answer.
var service = new RunningService<EligibilityDb>(Iop.Eligibility.Program.Build, null, "--services:organisations:Grpc:0=http://127.0.0.1:1");
await service.InitializeAsync();
var table = new CaseTable(service.OwnerConnectionString, packs.Find(pack => pack.Municipality == SampleCase.Municipality)!);
await using var floor = new Floor(service.OwnerConnectionString);
using var channel = GrpcChannel.ForAddress(await floor.StartAsync());
var reads = new Reads(service, new CasesService.CasesServiceClient(channel));

var smallest = new Dictionary<string, double>();
Console.WriteLine("\n| cases | read | service, ms | floor, ms | service / floor | that ratio against the smallest table |\n|---|---|---|---|---|---|");
foreach (var size in new[] { 1_000, 100_000, 1_000_000 }.Where(size => size <= most))
{
    await table.GrowToAsync(size);
    if (smallest.Count == 0)
    {
        // What the runtime compiles along the way is no part of what is compared.
        foreach (var (_, call, bare) in reads.All)
        {
            await Measured.MillisecondsAsync(Runs, call, bare);
        }
    }

    foreach (var (name, call, bare) in reads.All)
    {
        var (time, least) = await Measured.MillisecondsAsync(Runs, call, bare);
        smallest.TryAdd(name, time / least);
        Console.WriteLine($"| {size} | {name} | {time:0.00} | {least:0.00} | {time / least:0.0} | {time / least / smallest[name]:0.0} |");
        if (time / least > 3 * smallest[name])
        {
            broken.Add($"{name} takes {time / least:0.0} times the floor among {size} cases and {smallest[name]:0.0} times in the smallest table");
        }
    }
}

await service.DisposeAsync();
broken.ForEach(Console.Error.WriteLine);
return broken.Count == 0 ? 0 : 1;
