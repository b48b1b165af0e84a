using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.FollowUp.V1;
using Iop.Journey;
using Iop.Organisations.V1;
using Iop.Testing;
using IopPlatform.AppHost;
using StatutesResult = Iop.Organisations.V1.StatutesCheck.Types.Result;

namespace Iop.EndToEnd;

/// <summary>Who may be registered, and in whose register.</summary>
[Collection(SharedSuite.Name)]
public sealed class RegisterTests(Suite suite)
{
    private const string Personal = "121212-1212";

    [Fact]
    public async Task A_company_with_limited_profit_is_a_party_only_after_its_statutes_were_checked()
    {
        var story = Told.Of("1283", "599999-0012", "Samverkanskraft AB (svb)");
        story.Organisation.LegalForm = LegalForm.ProfitLimitedCompany;
        var stage = await suite.StageAsync("1283", story);
        var company = await new RegisterOrganisation(stage).RunAsync(Suite.Deadline());
        Assert.Equal(PartyEligibility.NeedsStatutesCheck, company.PartyEligibility);
        var opening = new PrepareCase(stage);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "ORGANISATION_NOT_ELIGIBLE", () => opening.OpenAsync(company, Suite.Deadline()));

        var @checked = await stage.People.Lawyer.Organisations.RecordStatutesCheckAsync(new RecordStatutesCheckRequest
        {
            Name = company.Name,
            StatutesCheck = new StatutesCheck { CheckDate = Calendar.Today.ToProto(), Result = StatutesResult.Passed, Note = "Vinstutdelningen är begränsad enligt bolagsordningen." },
            Etag = company.Etag,
            RequestId = Stage.NewRequestId(),
        });

        Assert.Equal(PartyEligibility.Eligible, @checked.PartyEligibility);
        Assert.Equal(Case.Types.State.Draft, (await opening.OpenAsync(company, Suite.Deadline())).State);
    }

    [Theory]
    [InlineData(Personal, "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("899999-0017", "ORGANISATION_NUMBER_CHECK_DIGIT")]
    [InlineData("222999-0011", "ORGANISATION_NUMBER_GROUP")]
    public async Task A_number_that_no_civil_society_organisation_has_is_refused(string number, string reason)
    {
        var organisation = Story.Of("1285").Organisation;
        organisation.OrganisationNumber = number;
        await Refused.ForFieldAsync("organisation.organisation_number", reason, () => RegisterAsync("1285", "municipalities/1285", organisation));
    }

    [Fact]
    public async Task A_personal_identity_number_is_in_no_log()
    {
        var organisation = Story.Of("1285").Organisation;
        organisation.OrganisationNumber = Personal;
        organisation.PurposeStatement = $"Kontakta {Personal}";
        var refusals = Refusals();
        await Assert.ThrowsAsync<RpcException>(() => RegisterAsync("1285", "municipalities/1285", organisation));

        // The console is written to behind the answer; what was logged of the call is there when the refusal is.
        await Eventually.IsAsync(true, () => Task.FromResult(Refusals() > refusals));

        var digits = Personal.Replace("-", "", StringComparison.Ordinal);
        Assert.All(Suite.ServiceNames, service => Assert.DoesNotContain(
            suite.LogLines(service), line => line.Contains(Personal, StringComparison.Ordinal) || line.Contains(digits, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("municipalities/580", "MUNICIPALITY_CODE_INVALID")]
    [InlineData("municipalities/9999", "MUNICIPALITY_UNKNOWN")]
    [InlineData("", "MUNICIPALITY_REQUIRED")]
    public async Task A_tenant_that_is_missing_or_misspelt_is_refused_and_never_guessed(string parent, string reason) =>
        await Refused.ForFieldAsync("parent", reason, () => RegisterAsync("0580", parent, Story.Of("0580").Organisation));

    [Theory]
    [InlineData("")]
    [InlineData("municipalities/-")]
    [InlineData("municipalities/580")]
    public async Task A_list_without_a_tenant_is_refused_and_never_everyones(string parent)
    {
        var officer = new People(suite.Channels, suite.Issuer, "0580").Officer;
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", async () => await officer.Organisations.ListOrganisationsAsync(new ListOrganisationsRequest { Parent = parent }));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", async () => await officer.Cases.ListCasesAsync(new ListCasesRequest { Parent = parent }));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", async () => await officer.Agreements.ListAgreementsAsync(new ListAgreementsRequest { Parent = parent }));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", async () => await officer.FollowUp.ListPlansAsync(new ListPlansRequest { Parent = parent }));
    }

    [Fact]
    public async Task A_token_that_nobody_issued_is_refused()
    {
        var refused = await Refused.ByAsync(StatusCode.Unauthenticated, "TOKEN_INVALID", async () =>
            await suite.Channels.With(null).Organisations.ListOrganisationsAsync(new ListOrganisationsRequest { Parent = "municipalities/1285" }));
        Assert.Equal("missing", refused.Metadata["cause"]);
    }

    private int Refusals() => suite.LogLines(ResourceNames.Organisations).Count(line => line.Contains("Call refused: INVALID_FIELDS", StringComparison.Ordinal));

    private async Task RegisterAsync(string municipality, string parent, Organisation organisation) =>
        await new People(suite.Channels, suite.Issuer, municipality).Officer.Organisations.CreateOrganisationAsync(
            new CreateOrganisationRequest { Parent = parent, Organisation = organisation, RequestId = Stage.NewRequestId() });
}
