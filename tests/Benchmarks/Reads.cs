using Iop.Eligibility.V1;

namespace Iop.Benchmarks;

/// <summary>The reads that are measured, each beside the floor of its kind.</summary>
internal sealed class Reads(CasesService.CasesServiceClient officer, CasesService.CasesServiceClient representative, CasesService.CasesServiceClient bare)
{
    private const int PageSize = 50;

    // Cases are numbered from 1; the five hundredth is there in every size of table.
    private static readonly string Name = $"{Parent}/cases/018f0000-0000-701f-8004-000000000000";

    private static string Parent => $"municipalities/{SampleCase.Municipality}";

    public IEnumerable<(string Name, Func<Task> Call, Func<Task> Floor)> All =>
    [
        ("one case", () => officer.GetCaseAsync(new GetCaseRequest { Name = Name }).ResponseAsync, () => bare.GetCaseAsync(new GetCaseRequest { Name = Name }).ResponseAsync),
        Listed("first page of 50", officer, new()),
        Listed("with a rare state", officer, new() { Filter = "state = \"APPROVED\"" }),
        Listed("with one pack", officer, new() { Filter = $"guideline_pack = \"{Parent}/guidelinePacks/2024-1\"" }),
        Listed("of one organisation", officer, new() { Filter = $"organisation = \"{SampleCase.Organisation(0)}\"" }),
        Listed("as its representative", representative, new()),
        Listed("word of every case", officer, new() { Query = CaseTable.Everywhere }),
        Listed("word of every other case", officer, new() { Query = CaseTable.Half }),
        Listed("rare word", officer, new() { Query = CaseTable.Rare }),
        Listed("part of a rare compound", officer, new() { Query = CaseTable.PartOfRare }),
        Listed("a common and a rare word", officer, new() { Query = $"{CaseTable.Half} {CaseTable.Rare}" }),
        Listed("word of no case", officer, new() { Query = "kvantdator" }),
    ];

    private (string, Func<Task>, Func<Task>) Listed(string name, CasesService.CasesServiceClient client, ListCasesRequest request)
    {
        (request.Parent, request.PageSize) = (Parent, PageSize);
        var least = new ListCasesRequest { Parent = Parent, PageSize = PageSize };
        return ($"list: {name}", () => client.ListCasesAsync(request).ResponseAsync, () => bare.ListCasesAsync(least).ResponseAsync);
    }
}
