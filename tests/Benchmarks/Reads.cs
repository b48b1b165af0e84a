using Iop.Eligibility.Data;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Benchmarks;

/// <summary>The reads that are measured, each beside the floor of its kind.</summary>
internal sealed class Reads(RunningService<EligibilityDb> service, CasesService.CasesServiceClient bare)
{
    private const int PageSize = 50;

    // Cases are numbered from 1; the five hundredth is there in every size of table.
    private static readonly string Name = $"{Parent}/cases/018f0000-0000-701f-8004-000000000000";

    private readonly CasesService.CasesServiceClient _officer = new(service.As(SampleCase.Municipality, Roles.CaseOfficer));

    private static string Parent => $"municipalities/{SampleCase.Municipality}";

    public IEnumerable<(string Name, Func<Task> Call, Func<Task> Floor)> All =>
    [
        ("one case", () => _officer.GetCaseAsync(new GetCaseRequest { Name = Name }).ResponseAsync, () => bare.GetCaseAsync(new GetCaseRequest { Name = Name }).ResponseAsync),
        Listed("first page of 50", _officer, new()),
        Listed("with a rare state", _officer, new() { Filter = "state = \"APPROVED\"" }),
        Listed("with one pack", _officer, new() { Filter = $"guideline_pack = \"{Parent}/guidelinePacks/2024-1\"" }),
        Listed("of one organisation", _officer, new() { Filter = $"organisation = \"{SampleCase.Organisation(0)}\"" }),
        Listed("as its representative", new(service.As(SampleCase.Municipality, Roles.OrganisationRepresentative, organisations: SampleCase.Organisation(0))), new()),
        Listed("of the large committee, as its officer", OfficerOf(CaseTable.LargeCommittee), new()),
        Listed("of the small committee, as its officer", OfficerOf(CaseTable.SmallCommittee), new()),
        Listed("word of every case", _officer, new() { Query = CaseTable.Everywhere }),
        Listed("word of every other case", _officer, new() { Query = CaseTable.Half }),
        Listed("rare word", _officer, new() { Query = CaseTable.Rare }),
        Listed("part of a rare compound", _officer, new() { Query = CaseTable.PartOfRare }),
        Listed("a common and a rare word", _officer, new() { Query = $"{CaseTable.Half} {CaseTable.Rare}" }),
        Listed("word of no case", _officer, new() { Query = "kvantdator" }),
    ];

    private CasesService.CasesServiceClient OfficerOf(string committee) => new(service.AsOf(SampleCase.Municipality, Roles.CaseOfficer, [committee]));

    private (string, Func<Task>, Func<Task>) Listed(string name, CasesService.CasesServiceClient client, ListCasesRequest request)
    {
        (request.Parent, request.PageSize) = (Parent, PageSize);
        var least = new ListCasesRequest { Parent = Parent, PageSize = PageSize };
        return ($"list: {name}", () => client.ListCasesAsync(request).ResponseAsync, () => bare.ListCasesAsync(least).ResponseAsync);
    }
}
