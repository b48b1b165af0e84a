using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>Reading the register: one, several, all, by number; and what each caller sees of it.</summary>
[Collection(Register.Name)]
public sealed class ReadingTests(RegisterFixture register)
{
    [Fact]
    public async Task What_is_not_there_is_not_found_by_one_who_may_know()
    {
        var missing = $"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}";

        var refused = await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => GetAsync(register.Officer, missing));
        Assert.Equal(missing, refused.Detail<Google.Rpc.ResourceInfo>().ResourceName);
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => BatchAsync(register.Officer, missing));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => LookupAsync(register.Officer, RegisterFixture.NewNumber()));
    }

    [Fact]
    public Task A_name_of_the_wrong_form_is_refused() =>
        Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => GetAsync(register.Officer, $"{RegisterFixture.Here}/organisations/X"));

    [Fact]
    public async Task Another_municipalitys_organisation_is_denied_whether_it_exists_or_not()
    {
        var created = await register.RegisterAsync();

        foreach (var name in new[] { created.Name, $"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}" })
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => GetAsync(register.OfficerElsewhere, name));
        }
    }

    [Fact]
    public async Task Several_are_read_in_the_order_asked_for()
    {
        var names = new[] { (await register.RegisterAsync()).Name, (await register.RegisterAsync()).Name };

        var response = await BatchAsync(register.Officer, names[1], names[0], names[1]);

        Assert.Equal([names[1], names[0], names[1]], response.Organisations.Select(o => o.Name));
    }

    [Fact]
    public async Task A_batch_is_1_to_100_names_of_the_municipality()
    {
        var foreign = await RegisterFixture.CreateAsync(register.OfficerElsewhere, RegisterFixture.Sample(), parent: RegisterFixture.Elsewhere);

        await Refused.ForFieldAsync("names", "NUMBER_OUT_OF_RANGE", () => BatchAsync(register.Officer));
        await Refused.ForFieldAsync("names", "NUMBER_OUT_OF_RANGE", () => BatchAsync(register.Officer, [.. Enumerable.Repeat(foreign.Name, 101)]));
        await Refused.ForFieldAsync("names[0]", "RESOURCE_NAME_INVALID", () => BatchAsync(register.Officer, foreign.Name));
    }

    [Fact]
    public async Task An_organisation_is_found_by_its_number_however_it_is_written()
    {
        var created = await register.RegisterAsync();

        Assert.Equal(created, await LookupAsync(register.Officer, created.OrganisationNumber));
        Assert.Equal(created, await LookupAsync(register.Officer, $"16{created.OrganisationNumber}"));
    }

    [Theory]
    [InlineData("121212-1213", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("899999-0017", "ORGANISATION_NUMBER_CHECK_DIGIT")]
    [InlineData("", "FIELD_REQUIRED")]
    public Task A_bad_number_is_not_looked_up(string number, string reason) =>
        Refused.ForFieldAsync("organisation_number", reason, () => LookupAsync(register.Officer, number));

    [Fact]
    public async Task A_list_goes_newest_first_through_its_pages_and_each_once()
    {
        var own = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            own.Insert(0, (await register.RegisterAsync()).Name);
        }

        var representative = register.By(Roles.OrganisationRepresentative, [.. own]);
        var (seen, token) = (new List<string>(), "");
        do
        {
            var page = await ListAsync(representative, size: 2, token: token);
            seen.AddRange(page.Organisations.Select(o => o.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(own, seen);
    }

    [Fact]
    public async Task A_page_token_belongs_to_its_query()
    {
        await register.RegisterAsync();
        await register.RegisterAsync();
        var token = (await ListAsync(register.Officer, size: 1)).NextPageToken;

        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => ListAsync(register.Officer, size: 1, token: token, filter: "state = ACTIVE"));
        await Refused.ForFieldAsync("page_size", "PAGE_SIZE_NEGATIVE", () => ListAsync(register.Officer, size: -1));
    }

    [Fact]
    public async Task A_filter_narrows_the_list()
    {
        var (plain, company) = (await register.RegisterAsync(), RegisterFixture.Sample(RegisterFixture.NewNumber(5)));
        var unchecked_ = await register.RegisterAsync(company);
        var representative = register.By(Roles.OrganisationRepresentative, plain.Name, unchecked_.Name);

        async Task<IEnumerable<string>> Of(string filter) => (await ListAsync(representative, filter: filter)).Organisations.Select(o => o.Name);

        Assert.Equal([unchecked_.Name], await Of("party_eligibility = \"NEEDS_STATUTES_CHECK\""));
        Assert.Equal([plain.Name], await Of("state = \"ACTIVE\" AND party_eligibility = \"ELIGIBLE\""));
        Assert.Equal([plain.Name], await Of($"organisation_number = \"{plain.OrganisationNumber.Replace("-", "", StringComparison.Ordinal)}\""));
        Assert.Empty(await Of("state = \"SUSPENDED\""));
    }

    [Theory]
    [InlineData("display_name = \"x\"", "display_name =")]
    [InlineData("state != \"ACTIVE\"", "state !=")]
    [InlineData("state = \"GONE\"", "state")]
    [InlineData("party_eligibility = \"Eligible\"", "party_eligibility")]
    [InlineData("organisation_number = \"899999-0017\"", "organisation_number")]
    [InlineData("state", "syntax")]
    public async Task A_filter_that_is_not_understood_is_refused_where_it_fails(string filter, string at)
    {
        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => ListAsync(register.Officer, filter: filter));

        Assert.Equal(at, refused.Metadata["at"]);
    }

    [Fact]
    public async Task A_representative_sees_no_organisation_but_those_of_the_token()
    {
        var (mine, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var representative = register.By(Roles.OrganisationRepresentative, mine.Name);

        Assert.Equal(mine, await GetAsync(representative, mine.Name));
        Assert.Equal(mine, await LookupAsync(representative, mine.OrganisationNumber));
        Assert.Equal(mine.Name, Assert.Single((await BatchAsync(representative, mine.Name)).Organisations).Name);
        Assert.Equal(mine, Assert.Single((await ListAsync(representative)).Organisations));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => GetAsync(representative, other.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => GetAsync(representative, $"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => BatchAsync(representative, mine.Name, other.Name));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => LookupAsync(representative, other.OrganisationNumber));
        Assert.Empty((await ListAsync(register.By(Roles.OrganisationRepresentative))).Organisations);
    }

    [Theory]
    [InlineData(Roles.Lawyer, true)]
    [InlineData(Roles.DecisionMaker, true)]
    [InlineData(Roles.Integration, true)]
    [InlineData(Roles.Auditor, true)]
    [InlineData(Roles.GuidelineOwner, false)]
    [InlineData(Roles.Operator, false)]
    public async Task Those_who_work_with_cases_may_read_and_others_not(string role, bool allowed)
    {
        var created = await register.RegisterAsync();
        var client = register.By(role);
        Func<Task>[] reads = [() => GetAsync(client, created.Name), () => ListAsync(client), () => BatchAsync(client, created.Name), () => LookupAsync(client, created.OrganisationNumber)];
        foreach (var read in reads)
        {
            if (allowed)
            {
                await read();
            }
            else
            {
                await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", read);
            }
        }
    }

    private static Task<Organisation> GetAsync(OrganisationsService.OrganisationsServiceClient by, string name) =>
        by.GetOrganisationAsync(new GetOrganisationRequest { Name = name }).ResponseAsync;

    private static Task<BatchGetOrganisationsResponse> BatchAsync(OrganisationsService.OrganisationsServiceClient by, params string[] names) =>
        by.BatchGetOrganisationsAsync(new BatchGetOrganisationsRequest { Parent = RegisterFixture.Here, Names = { names } }).ResponseAsync;

    private static Task<Organisation> LookupAsync(OrganisationsService.OrganisationsServiceClient by, string number) =>
        by.LookupOrganisationAsync(new LookupOrganisationRequest { Parent = RegisterFixture.Here, OrganisationNumber = number }).ResponseAsync;

    private static Task<ListOrganisationsResponse> ListAsync(OrganisationsService.OrganisationsServiceClient by, int size = 0, string token = "", string filter = "") =>
        by.ListOrganisationsAsync(new ListOrganisationsRequest { Parent = RegisterFixture.Here, PageSize = size, PageToken = token, Filter = filter }).ResponseAsync;
}
