using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>Search by words, in Swedish.</summary>
[Collection(Register.Name)]
public sealed class SearchTests(RegisterFixture register)
{
    [Theory]
    [InlineData("Söderängens Idrottsförening", "idrottsförening", true)]
    [InlineData("Söderängens Idrottsförening", "FÖRENING", true)]
    [InlineData("Söderängens Idrottsförening", "föreningar", true)]
    [InlineData("Söderängens Idrottsförening", "föreningen söderäng", true)]
    [InlineData("Söderängens Idrottsförening", "ängens", true)]
    [InlineData("Söderängens Idrottsförening", "forening", false)]
    [InlineData("Söderängens Idrottsförening", "soderangens", false)]
    [InlineData("Söderängens Idrottsförening", "idrott teater", false)]
    [InlineData("ÅSBO BYALAG", "åsbo", true)]
    [InlineData("ÅSBO BYALAG", "asbo", false)]
    [InlineData("ÅSBO BYALAG", "äsbo", false)]
    [InlineData("Flickornas hus", "flicka", true)]
    [InlineData("Nattvandrarna", "vandra", true)]
    [InlineData("Barn, unga & familjer", "barn och unga", true)]
    [InlineData("Föreningen för språkkafé", "språkkafé i föreningen", true)]
    [InlineData("Barn, unga & familjer", "barn och äldre", false)]
    [InlineData("Kvinnojouren 100%_säker", "säker", true)]
    [InlineData("A\u030Alands va\u0308nner", "åland vän", true)]
    public async Task Words_are_found_whole_in_parts_and_inflected_and_letters_are_kept_apart(string displayName, string query, bool found)
    {
        var mark = $"märke{Guid.NewGuid():N}";
        var organisation = await NamedAsync($"{displayName} {mark}");

        var names = (await SearchAsync($"{query} {mark}")).Organisations.Select(o => o.Name);

        Assert.Equal(found ? [organisation.Name] : [], names);
    }

    [Fact]
    public async Task Purpose_activity_and_number_are_searched_too_and_a_change_is_found_at_once()
    {
        var sample = RegisterFixture.Sample();
        var mark = $"q{Guid.NewGuid():N}";
        (sample.PurposeStatement, sample.LocalActivity) = ($"Vi ordnar språkkaféer {mark}", "Läxhjälp i biblioteket");
        var organisation = await register.RegisterAsync(sample);

        Assert.Equal(organisation.Name, Assert.Single((await SearchAsync($"{mark} språkkafé")).Organisations).Name);
        Assert.Equal(organisation.Name, Assert.Single((await SearchAsync($"{mark} läxhjälp bibliotek")).Organisations).Name);
        Assert.Equal(organisation.Name, Assert.Single((await SearchAsync(organisation.OrganisationNumber)).Organisations).Name);
        organisation.LocalActivity = "Simskola";
        await register.Officer.UpdateOrganisationAsync(new UpdateOrganisationRequest { Organisation = organisation, UpdateMask = new() { Paths = { "local_activity" } } });
        Assert.Empty((await SearchAsync($"{mark} läxhjälp")).Organisations);
        Assert.Single((await SearchAsync($"{mark} simskola")).Organisations);
    }

    [Fact]
    public async Task Results_come_page_by_page_newest_first_within_the_filter()
    {
        var mark = $"sida{Guid.NewGuid():N}";
        var organisations = new List<Organisation>();
        for (var i = 0; i < 5; i++)
        {
            organisations.Insert(0, await NamedAsync($"{mark} {i}"));
        }

        await register.Officer.SuspendOrganisationAsync(new SuspendOrganisationRequest { Name = organisations[2].Name, Reason = "x", Etag = organisations[2].Etag });

        var (seen, token) = (new List<string>(), "");
        do
        {
            var page = await SearchAsync(mark, "state = ACTIVE", 3, token);
            seen.AddRange(page.Organisations.Select(o => o.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(organisations.Where((_, i) => i != 2).Select(o => o.Name), seen);
        Assert.Equal(organisations[2].Name, Assert.Single((await SearchAsync(mark, "party_eligibility = SUSPENDED")).Organisations).Name);
        Assert.Equal(organisations[1].Name, Assert.Single((await SearchAsync(mark, $"organisation_number = {organisations[1].OrganisationNumber}")).Organisations).Name);
        Assert.Empty((await SearchAsync(mark, "state = ACTIVE AND state = SUSPENDED")).Organisations);
        var first = await SearchAsync(mark, "", 2);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => SearchAsync(mark + "x", "", 2, first.NextPageToken));
    }

    [Fact]
    public async Task A_representative_finds_among_those_represented_and_nobody_finds_elsewhere()
    {
        var mark = $"vägg{Guid.NewGuid():N}";
        var (mine, _) = (await NamedAsync($"{mark} ett"), await NamedAsync($"{mark} två"));
        var representative = register.By(Roles.OrganisationRepresentative, mine.Name);
        var elsewhere = RegisterFixture.Sample();
        elsewhere.DisplayName = $"{mark} tre";
        await RegisterFixture.CreateAsync(register.OfficerElsewhere, elsewhere, parent: RegisterFixture.Elsewhere);

        Assert.Equal(mine.Name, Assert.Single((await SearchAsync(mark, by: representative)).Organisations).Name);
        Assert.Equal(2, (await SearchAsync(mark)).Organisations.Count);
        var other = await register.OfficerElsewhere.ListOrganisationsAsync(new ListOrganisationsRequest { Parent = RegisterFixture.Elsewhere, Query = mark });
        Assert.Equal(elsewhere.DisplayName, Assert.Single(other.Organisations).DisplayName);
    }

    [Fact]
    public async Task A_representative_who_holds_another_role_too_that_sees_no_organisation_finds_no_more_for_it()
    {
        var mark = $"roll{Guid.NewGuid():N}";
        var (mine, _) = (await NamedAsync($"{mark} ett"), await NamedAsync($"{mark} två"));
        var both = new OrganisationsService.OrganisationsServiceClient(register.With(register.Issuer.Token(new DevIssuer.TokenClaims
        {
            Municipality = RegisterFixture.Municipality,
            Roles = [Roles.OrganisationRepresentative, Roles.Operator],
            Subject = "driftar-och-foretrader",
            Organisations = [mine.Name],
        })));

        Assert.Equal(mine.Name, Assert.Single((await SearchAsync(mark, by: both)).Organisations).Name);
        Assert.Equal(mine.Name, Assert.Single((await both.ListOrganisationsAsync(new ListOrganisationsRequest { Parent = RegisterFixture.Here })).Organisations).Name);
    }

    [Theory]
    [InlineData("å", "QUERY_TOO_SHORT")]
    [InlineData("--- !", "QUERY_TOO_SHORT")]
    [InlineData("ett två tre fyra fem sex sju åtta nio tio elva", "NUMBER_OUT_OF_RANGE")]
    public Task A_query_that_says_too_little_or_too_much_is_refused(string query, string reason) =>
        Refused.ForFieldAsync("query", reason, () => SearchAsync(query));

    private async Task<Organisation> NamedAsync(string displayName)
    {
        var sample = RegisterFixture.Sample();
        sample.DisplayName = displayName;
        return await register.RegisterAsync(sample);
    }

    private Task<ListOrganisationsResponse> SearchAsync(
        string query, string filter = "", int size = 0, string token = "", OrganisationsService.OrganisationsServiceClient? by = null) =>
        (by ?? register.Officer).ListOrganisationsAsync(
            new ListOrganisationsRequest { Parent = RegisterFixture.Here, Query = query, Filter = filter, PageSize = size, PageToken = token }).ResponseAsync;
}
