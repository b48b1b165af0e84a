using Iop.Eligibility.V1;
using Iop.Testing;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class AccessMatrixTests(EligibilityFixture service)
{
    private static readonly AccessMatrix Matrix = AccessMatrix.Whole(Packs.Resource("access.txt"), CasesService.Descriptor);

    public static TheoryData<string> Rpcs => [.. Matrix.Rpcs];

    [Fact]
    public void Every_call_is_in_the_table_with_every_role() => Assert.Empty(Matrix.Faults());

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_role_may_what_the_table_says_at_home_and_nothing_elsewhere(string rpc) =>
        Assert.Empty(await Matrix.TryAsync(rpc, await WorldAsync()));

    [Fact]
    public async Task What_is_asked_of_a_municipality_is_asked_by_its_name_and_no_longer_one() =>
        Assert.Empty(await Matrix.TryParentsAsync(await WorldAsync()));

    [Fact]
    public async Task A_table_that_says_otherwise_is_found_out()
    {
        var table = Packs.Resource("access.txt");
        var row = "CasesService/GetLegalChecklist | case | yes | yes | yes | - | - | - | yes | - |";
        Assert.Contains(row, table, StringComparison.Ordinal);
        Assert.Equal(["CasesService/GetLegalChecklist has no row"], AccessMatrix.Whole(table.Replace(row, "", StringComparison.Ordinal), CasesService.Descriptor).Faults());

        var wrong = table.Replace(row, row.Replace("case | yes", "case | -", StringComparison.Ordinal).Replace("| - | - | - |", "| yes | own | - |", StringComparison.Ordinal), StringComparison.Ordinal);
        var found = await AccessMatrix.Read(wrong, CasesService.Descriptor).TryAsync("CasesService/GetLegalChecklist", await WorldAsync());
        Assert.Contains(found, difference => difference.Contains("as case-officer", StringComparison.Ordinal));
        Assert.Contains(found, difference => difference.Contains("as guideline-owner", StringComparison.Ordinal));
        Assert.Contains(found, difference => difference.Contains("as organisation-representative", StringComparison.Ordinal));
    }

    private async Task<AccessWorld> WorldAsync()
    {
        var eslov = new Journey(service, EligibilityFixture.Eslov);
        var @case = await eslov.DraftAsync();
        return new AccessWorld
        {
            As = (municipality, role, organisations) => service.As(municipality, role, $"matrix-{role}", organisations: organisations),
            Municipality = EligibilityFixture.Eslov,
            Elsewhere = EligibilityFixture.Gavle,
            Organisation = @case.Organisation,
            OtherOrganisation = service.Organisations.Add(EligibilityFixture.Eslov),
            Resources = new Dictionary<string, string>
            {
                ["parent"] = eslov.Parent,
                ["case"] = @case.Name,
                ["case-revision"] = $"{@case.Name}/revisions/1",
                ["memo"] = $"{@case.Name}/decisionMemo",
                ["pack"] = @case.GuidelinePack,
                ["sheet"] = $"{@case.GuidelinePack}/informationSheet",
                ["municipal-goal"] = $"{eslov.Parent}/municipalGoals/{Guid.CreateVersion7()}",
                ["threshold"] = $"{eslov.Parent}/thresholds/{Guid.CreateVersion7()}",
                ["precedent"] = $"{eslov.Parent}/precedents/{Guid.CreateVersion7()}",
            },
        };
    }
}
