using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>Changing what is known of an organisation, and checking its statutes.</summary>
[Collection(Register.Name)]
public sealed class ChangeTests(RegisterFixture register)
{
    [Fact]
    public async Task Without_a_mask_the_fields_that_are_filled_change_and_no_other()
    {
        var sample = RegisterFixture.Sample();
        sample.LocalActivity = "Språkkafé";
        var before = await register.RegisterAsync(sample);

        var after = await UpdateAsync(new Organisation { Name = before.Name, Etag = before.Etag, DisplayName = "Nytt namn", PubliclyControlled = false, MemberCount = 7, MemberCountDate = RegisterFixture.Today() });

        Assert.Equal(("Nytt namn", "Språkkafé", 7, true, before.Purpose), (after.DisplayName, after.LocalActivity, after.MemberCount, after.HasPubliclyControlled, after.Purpose));
        Assert.NotEqual(before.Etag, after.Etag);
        Assert.Equal(2, await register.CountAsync("revision", $"subject = '{before.Name}'"));
    }

    [Fact]
    public async Task A_mask_empties_what_it_names_and_leaves_the_rest()
    {
        var sample = RegisterFixture.Sample();
        (sample.LocalActivity, sample.DistributesProfit, sample.FoundedDate) = ("Museum", false, RegisterFixture.Today(-1));
        var before = await register.RegisterAsync(sample);

        var after = await UpdateAsync(new Organisation { Name = before.Name, Etag = before.Etag }, "distributes_profit", "founded_date", "etag");

        Assert.Equal((false, null, "Museum"), (after.HasDistributesProfit, after.FoundedDate, after.LocalActivity));
    }

    [Fact]
    public async Task A_star_replaces_all_and_needs_what_registration_needs()
    {
        var before = await register.RegisterAsync();

        var refused = await Refused.ForFieldAsync("organisation.display_name", "FIELD_REQUIRED", () => UpdateAsync(new Organisation { Name = before.Name, Etag = before.Etag }, "*"));

        Assert.Contains(("organisation.legal_form", "ENUM_VALUE_REQUIRED"), refused.Fields);
        Assert.Equal(before, await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = before.Name }));
    }

    [Theory]
    [InlineData("organisation_number")]
    [InlineData("colour")]
    public async Task A_mask_cannot_name_what_never_changes(string path)
    {
        var before = await register.RegisterAsync();

        await Refused.ForFieldAsync("update_mask", "UPDATE_MASK_INVALID", () => UpdateAsync(before, path));
    }

    [Fact]
    public async Task What_is_output_only_does_not_change_even_when_it_is_sent()
    {
        var before = await register.RegisterAsync();
        var sent = before.Clone();
        (sent.State, sent.PartyEligibility, sent.OrganisationNumber) = (Organisation.Types.State.Suspended, PartyEligibility.NotEligible, RegisterFixture.NewNumber());

        var after = await UpdateAsync(sent);

        Assert.Equal((before.State, before.PartyEligibility, before.OrganisationNumber), (after.State, after.PartyEligibility, after.OrganisationNumber));
    }

    [Fact]
    public async Task An_organisation_that_a_public_body_controls_may_not_be_a_party()
    {
        var before = await register.RegisterAsync();

        var after = await UpdateAsync(new Organisation { Name = before.Name, Etag = before.Etag, PubliclyControlled = true });

        Assert.Equal(PartyEligibility.NotEligible, after.PartyEligibility);
    }

    [Fact]
    public async Task That_a_public_body_controls_an_organisation_is_told_by_either_side_and_taken_back_by_the_municipality_alone()
    {
        var before = await register.RegisterAsync();
        var own = register.By(Roles.OrganisationRepresentative, before.Name);
        var told = await own.UpdateOrganisationAsync(new() { Organisation = new() { Name = before.Name, Etag = before.Etag, PubliclyControlled = true } });
        Assert.Equal(PartyEligibility.NotEligible, told.PartyEligibility);

        foreach (var organisation in new Organisation[] { new(told) { PubliclyControlled = false }, new() { Name = told.Name, Etag = told.Etag } })
        {
            var lift = new UpdateOrganisationRequest { Organisation = organisation, UpdateMask = new() { Paths = { "publicly_controlled" } } };
            await Refused.ForFieldAsync("organisation.publicly_controlled", "FIELD_NOT_ALLOWED", () => own.UpdateOrganisationAsync(lift).ResponseAsync);
        }

        var described = await own.UpdateOrganisationAsync(new() { Organisation = new() { Name = told.Name, Etag = told.Etag, LocalActivity = "Språkkafé" } });
        Assert.Equal(PartyEligibility.Eligible, (await UpdateAsync(new Organisation { Name = described.Name, Etag = described.Etag, PubliclyControlled = false })).PartyEligibility);
    }

    [Fact]
    public async Task A_number_in_25_belongs_to_a_faith_community_only()
    {
        var sample = RegisterFixture.Sample(Faith(RegisterFixture.NewNumber()));
        await Refused.ForFieldAsync("organisation.organisation_number", "ORGANISATION_NUMBER_GROUP", () => register.RegisterAsync(sample));
        sample.LegalForm = LegalForm.FaithCommunity;
        var created = await register.RegisterAsync(sample);
        Assert.Equal(PartyEligibility.Eligible, created.PartyEligibility);

        await Refused.ForFieldAsync(
            "organisation.legal_form", "ORGANISATION_NUMBER_GROUP", () => UpdateAsync(new Organisation { Name = created.Name, Etag = created.Etag, LegalForm = LegalForm.Other }));
    }

    [Fact]
    public async Task A_change_needs_the_version_last_read()
    {
        var before = await register.RegisterAsync();
        await UpdateAsync(new Organisation { Name = before.Name, Etag = before.Etag, MemberCount = 1, MemberCountDate = RegisterFixture.Today() });

        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => UpdateAsync(new Organisation { Name = before.Name, MemberCount = 2 }));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => UpdateAsync(new Organisation { Name = before.Name, Etag = before.Etag, MemberCount = 2 }));
        Assert.Equal(1, (await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = before.Name })).MemberCount);
    }

    [Fact]
    public async Task A_representative_changes_its_own_organisation_and_the_history_says_for_whom()
    {
        var (mine, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var representative = register.By(Roles.OrganisationRepresentative, mine.Name);

        await UpdateAsync(new Organisation { Name = mine.Name, Etag = mine.Etag, MemberCount = 5, MemberCountDate = RegisterFixture.Today() }, representative);

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => UpdateAsync(new Organisation { Name = other.Name, Etag = other.Etag, MemberCount = 5 }, representative));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => UpdateAsync(mine, register.By(Roles.Auditor)));
        Assert.Equal(1, await register.CountAsync("revision", $"subject = '{mine.Name}' AND number = 2 AND on_behalf_of = '{mine.Name}'"));
    }

    [Theory]
    [InlineData(5, StatutesCheck.Types.Result.Passed, PartyEligibility.Eligible)]
    [InlineData(7, StatutesCheck.Types.Result.Failed, PartyEligibility.NotEligible)]
    public async Task A_check_of_the_statutes_decides_for_groups_5_and_7(int group, StatutesCheck.Types.Result result, PartyEligibility expected)
    {
        var before = await register.RegisterAsync(RegisterFixture.Sample(RegisterFixture.NewNumber(group)));

        var after = await CheckAsync(before, Check(result));

        Assert.Equal((expected, Check(result)), (after.PartyEligibility, after.StatutesCheck));
    }

    [Fact]
    public async Task A_check_that_does_not_apply_is_refused_and_changes_nothing()
    {
        var before = await register.RegisterAsync();

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "STATUTES_CHECK_NOT_APPLICABLE", () => CheckAsync(before, Check()));

        Assert.Equal("8", refused.Metadata["group"]);
        Assert.Equal(before, await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = before.Name }));
    }

    [Fact]
    public async Task A_check_needs_a_day_that_has_come_a_result_and_the_version_last_read()
    {
        var before = await register.RegisterAsync(RegisterFixture.Sample(RegisterFixture.NewNumber(5)));

        await Refused.ForFieldAsync("statutes_check", "FIELD_REQUIRED", () => CheckAsync(before, null));
        await Refused.ForFieldAsync("statutes_check.check_date", "FIELD_REQUIRED", () => CheckAsync(before, new StatutesCheck { Result = StatutesCheck.Types.Result.Passed }));
        var refused = await Refused.ForFieldAsync("statutes_check.check_date", "DATE_IN_FUTURE", () => CheckAsync(before, new StatutesCheck { CheckDate = RegisterFixture.Today(2), Note = new string('a', 1001) }));
        Assert.Contains(("statutes_check.result", "ENUM_VALUE_REQUIRED"), refused.Fields);
        Assert.Contains(("statutes_check.note", "TEXT_TOO_LONG"), refused.Fields);
        var stale = before.Clone();
        stale.Etag = "\"1\"";
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => CheckAsync(stale, Check()));
    }

    [Theory]
    [InlineData(Roles.OrganisationRepresentative)]
    [InlineData(Roles.Integration)]
    [InlineData(Roles.Auditor)]
    public async Task The_statutes_are_checked_by_the_municipality_alone(string role)
    {
        var before = await register.RegisterAsync(RegisterFixture.Sample(RegisterFixture.NewNumber(5)));

        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => CheckAsync(before, Check(), register.By(role, before.Name)));
    }

    private static StatutesCheck Check(StatutesCheck.Types.Result result = StatutesCheck.Types.Result.Passed) =>
        new() { CheckDate = RegisterFixture.Today(), Result = result, Note = "Paragraf 3 läst" };

    private static string Faith(string number)
    {
        var nine = number.Replace("-", "", StringComparison.Ordinal)[..9];
        nine = $"2599{nine[4..]}";
        return $"{nine}{RegisterFixture.CheckDigit(nine)}";
    }

    private Task<Organisation> UpdateAsync(Organisation organisation, params string[] mask) => UpdateAsync(organisation, register.Officer, mask);

    private static Task<Organisation> UpdateAsync(Organisation organisation, OrganisationsService.OrganisationsServiceClient by, params string[] mask) =>
        by.UpdateOrganisationAsync(new UpdateOrganisationRequest { Organisation = organisation, UpdateMask = mask.Length == 0 ? null : new() { Paths = { mask } } }).ResponseAsync;

    private Task<Organisation> CheckAsync(Organisation organisation, StatutesCheck? check, OrganisationsService.OrganisationsServiceClient? by = null) =>
        (by ?? register.Officer).RecordStatutesCheckAsync(new RecordStatutesCheckRequest { Name = organisation.Name, StatutesCheck = check, Etag = organisation.Etag }).ResponseAsync;
}
