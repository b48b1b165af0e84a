using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class SearchTests(EligibilityFixture service)
{
    private readonly Journey _gavle = new(service, EligibilityFixture.Gavle);

    [Theory]
    [InlineData("seniorpromenader")] // as written
    [InlineData("SENIORPROMENADERNA")] // in another form and case
    [InlineData("promenad")] // the end of a compound
    [InlineData("senior")] // its beginning
    [InlineData("äldreensamheten")] // å, ä and ö are letters
    [InlineData("ensam")] // a part within a compound
    [InlineData("Åkern")] // in the name of a goal
    [InlineData("öppen gemenskap")] // several words, in different fields
    [InlineData("promenader för äldre")] // small words are passed over
    public async Task A_case_is_found_by_its_words_in_any_form_and_inside_compounds(string query)
    {
        var @case = await WrittenAsync();
        Assert.Contains(@case.Name, await FoundAsync(query));
    }

    [Theory]
    [InlineData("aldreensamhet")] // ä is not a
    [InlineData("promenad bibliotek")] // every word must be there
    [InlineData("och i på")] // small words alone say nothing
    [InlineData("% _ ' \\ & | ! ( ) : *")] // no sign means anything but itself
    public async Task A_case_is_not_found_by_what_it_does_not_say(string query)
    {
        var @case = await WrittenAsync();
        Assert.DoesNotContain(@case.Name, await FoundAsync(query));
    }

    [Fact]
    public async Task What_is_written_anew_is_found_and_what_is_taken_out_is_not()
    {
        var @case = await WrittenAsync();
        await _gavle.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, Title = "Kajakpaddling" } });

        Assert.Contains(@case.Name, await FoundAsync("kajak"));
        Assert.DoesNotContain(@case.Name, await FoundAsync("seniorpromenader"));
    }

    [Fact]
    public async Task A_representative_finds_only_cases_of_the_organisations_represented()
    {
        var (mine, others) = (await WrittenAsync(), await WrittenAsync());
        var representative = service.Cases(EligibilityFixture.Gavle, Roles.OrganisationRepresentative, "chair-s", mine.Organisation);
        var found = await representative.ListCasesAsync(new ListCasesRequest { Parent = _gavle.Parent, Query = "seniorpromenader" });

        Assert.Equal([mine.Name], found.Cases.Select(@case => @case.Name));
        Assert.DoesNotContain(others.Name, found.Cases.Select(@case => @case.Name));
    }

    [Fact]
    public async Task Another_municipality_finds_nothing_by_the_same_words()
    {
        Assert.Contains((await WrittenAsync()).Name, await FoundAsync("seniorpromenader"));
        var falun = service.Cases(EligibilityFixture.Falun);
        Assert.Empty((await falun.ListCasesAsync(new ListCasesRequest { Parent = $"municipalities/{EligibilityFixture.Falun}", Query = "seniorpromenader" })).Cases);
    }

    [Fact]
    public async Task A_search_turns_pages_goes_with_filters_and_binds_its_pages_to_its_words()
    {
        var organisation = service.Organisations.Add(EligibilityFixture.Gavle);
        for (var i = 0; i < 3; i++)
        {
            await _gavle.DraftAsync(facts =>
            {
                facts.Organisation = facts.Parties[0].Organisation = organisation;
                facts.Title = "Gökottor";
            });
        }

        var request = new ListCasesRequest { Parent = _gavle.Parent, Query = "gökotta", PageSize = 2, Filter = $"organisation = \"{organisation}\"" };
        var first = await _gavle.AsOfficer.ListCasesAsync(request);
        var second = await _gavle.AsOfficer.ListCasesAsync(new ListCasesRequest(request) { PageToken = first.NextPageToken });
        Assert.Equal((2, 1, ""), (first.Cases.Count, second.Cases.Count, second.NextPageToken));
        Assert.Empty(first.Cases.Select(@case => @case.Name).Intersect(second.Cases.Select(@case => @case.Name)));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => _gavle.AsOfficer.ListCasesAsync(
            new ListCasesRequest(request) { PageToken = first.NextPageToken, Query = "annat" }).ResponseAsync);
        await Refused.ForFieldAsync("query", "TEXT_TOO_LONG", () => _gavle.AsOfficer.ListCasesAsync(
            new ListCasesRequest { Parent = _gavle.Parent, Query = new string('å', 201) }).ResponseAsync);
    }

    private Task<Case> WrittenAsync() => _gavle.DraftAsync(facts =>
    {
        facts.Title = "Seniorpromenader";
        facts.Challenge = "Äldreensamhet";
        facts.Need = "En öppen mötesplats";
        facts.Goals[0].Text = "Gemenskap på Åkern";
    });

    private async Task<IReadOnlyList<string>> FoundAsync(string query)
    {
        var found = await _gavle.AsOfficer.ListCasesAsync(new ListCasesRequest { Parent = _gavle.Parent, Query = query, PageSize = 200 });
        return [.. found.Cases.Select(@case => @case.Name)];
    }
}
