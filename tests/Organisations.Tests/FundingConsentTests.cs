using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using Cause = Iop.Organisations.V1.FundingOverlap.Types.Cause;
using State = Iop.Organisations.V1.FundingConsent.Types.State;

namespace Iop.Organisations.Tests;

/// <summary>What an organisation discloses in one municipality is seen in another by its own consent alone. Source: law.md 2.11.</summary>
[Collection(Register.Name)]
public sealed class FundingConsentTests(RegisterFixture register)
{
    private const string There = "0580";

    [Theory]
    [InlineData(RegisterFixture.Municipality, There)]
    [InlineData(There, RegisterFixture.Municipality)]
    public async Task Without_consent_nothing_is_seen_in_either_direction_and_with_it_in_that_direction_alone(string source, string recipient)
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await RegisterAsync(source, number), await RegisterAsync(recipient, number));
        var given = await DiscloseAsync(source, from);
        await DiscloseAsync(recipient, to, "Handledare");
        Assert.Empty((await CheckAsync(source, from)).Shared);
        Assert.Empty((await CheckAsync(recipient, to)).Shared);

        await ConsentAsync(source, from, recipient);

        var seen = Assert.Single((await CheckAsync(recipient, to)).Shared);
        Assert.Equal(($"municipalities/{source}", given.Name, RegisterFixture.Today(30)), (seen.Municipality, seen.FundingDisclosure.Name, seen.ValidUntil));
        Assert.Equal((given.Giver, given.Amount, given.Cost, ""), (seen.FundingDisclosure.Giver, seen.FundingDisclosure.Amount, seen.FundingDisclosure.Cost, seen.FundingDisclosure.Etag));
        Assert.Empty((await CheckAsync(source, from)).Shared);

        // The consent opens the one door: what is behind the wall stays there, for every other call.
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => By(recipient).GetFundingDisclosureAsync(new() { Name = given.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => By(recipient).CheckSharedFundingAsync(new() { Name = from }).ResponseAsync);
    }

    [Fact]
    public async Task A_third_municipality_and_another_organisation_see_nothing()
    {
        var number = RegisterFixture.NewNumber();
        var from = await RegisterAsync(RegisterFixture.Municipality, number);
        var (third, other) = (await RegisterAsync("2180", number), await RegisterAsync(There, RegisterFixture.NewNumber()));
        await DiscloseAsync(RegisterFixture.Municipality, from);
        await ConsentAsync(RegisterFixture.Municipality, from, There);

        Assert.Empty((await CheckAsync("2180", third)).Shared);
        Assert.Empty((await CheckAsync(There, other)).Shared);
        Assert.Equal(1, await register.CountAsync("funding_share", $"organisation_number = '{number.Replace("-", "", StringComparison.Ordinal)}'"));
    }

    [Fact]
    public async Task What_is_corrected_disclosed_or_withdrawn_later_is_seen_as_it_stands_and_after_the_withdrawal_of_the_consent_not_at_all()
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await RegisterAsync(RegisterFixture.Municipality, number), await RegisterAsync(There, number));
        var consent = await ConsentAsync(RegisterFixture.Municipality, from, There);
        var first = await DiscloseAsync(RegisterFixture.Municipality, from);
        var second = await DiscloseAsync(RegisterFixture.Municipality, from, "El");
        first.Amount = 60_000m.ToProto();
        await By(RegisterFixture.Municipality).UpdateFundingDisclosureAsync(new() { FundingDisclosure = first, UpdateMask = new() { Paths = { "amount" } } });
        await By(RegisterFixture.Municipality).WithdrawFundingDisclosureAsync(new() { Name = second.Name, Reason = "Fel", Etag = second.Etag });
        Assert.Equal(60_000, Assert.Single((await CheckAsync(There, to)).Shared).FundingDisclosure.Amount.Units);

        var withdrawn = await Representing(RegisterFixture.Municipality, from).WithdrawFundingConsentAsync(new() { Name = consent.Name, Etag = consent.Etag });

        Assert.Equal(State.Withdrawn, withdrawn.State);
        Assert.Empty((await CheckAsync(There, to)).Shared);
        await DiscloseAsync(RegisterFixture.Municipality, from, "Städning");
        Assert.Empty((await CheckAsync(There, to)).Shared);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "FUNDING_CONSENT_STATE_NOT_ALLOWED", () =>
            Representing(RegisterFixture.Municipality, from).WithdrawFundingConsentAsync(new() { Name = consent.Name, Etag = withdrawn.Etag }).ResponseAsync);
        Assert.Equal([withdrawn], (await By(RegisterFixture.Municipality).ListFundingConsentsAsync(new() { Parent = from })).FundingConsents);
        Assert.Equal(withdrawn, await By(RegisterFixture.Municipality).GetFundingConsentAsync(new() { Name = consent.Name }));
    }

    [Fact]
    public async Task Of_two_consents_the_other_still_holds_when_one_is_withdrawn()
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await RegisterAsync(RegisterFixture.Municipality, number), await RegisterAsync(There, number));
        await DiscloseAsync(RegisterFixture.Municipality, from);
        var first = await ConsentAsync(RegisterFixture.Municipality, from, There, days: 200);
        await ConsentAsync(RegisterFixture.Municipality, from, There, days: 10);
        Assert.Equal(RegisterFixture.Today(200), Assert.Single((await CheckAsync(There, to)).Shared).ValidUntil);

        await Representing(RegisterFixture.Municipality, from).WithdrawFundingConsentAsync(new() { Name = first.Name, Etag = first.Etag });

        Assert.Equal(RegisterFixture.Today(10), Assert.Single((await CheckAsync(There, to)).Shared).ValidUntil);
    }

    [Fact]
    public async Task The_same_cost_paid_in_two_municipalities_is_found()
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await RegisterAsync(RegisterFixture.Municipality, number), await RegisterAsync(There, number));
        var theirs = await DiscloseAsync(RegisterFixture.Municipality, from, "Lokalhyra");
        await DiscloseAsync(RegisterFixture.Municipality, from, "Resor");
        var own = await DiscloseAsync(There, to, "  lokalhyra ");
        await ConsentAsync(RegisterFixture.Municipality, from, There);

        var answer = await CheckAsync(There, to);

        Assert.Equal(2, answer.Shared.Count);
        var overlap = Assert.Single(answer.Overlaps);
        Assert.Equal((own.Name, theirs.Name, Cause.SameCost), (overlap.FundingDisclosure, overlap.OtherFundingDisclosure, overlap.Cause));
        Assert.Contains("två givare", overlap.Explanation.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_ends_with_its_last_day()
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await RegisterAsync(RegisterFixture.Municipality, number), await RegisterAsync(There, number));
        await DiscloseAsync(RegisterFixture.Municipality, from);
        var consent = await ConsentAsync(RegisterFixture.Municipality, from, There, days: 0);
        Assert.Single((await CheckAsync(There, to)).Shared);

        await using var owner = Npgsql.NpgsqlDataSource.Create(register.OwnerConnectionString);
        await using var command = owner.CreateCommand(
            $"UPDATE funding_share SET valid_until = valid_until - 1 WHERE source_organisation = '{from[(from.LastIndexOf('/') + 1)..]}'; UPDATE funding_consent SET valid_until = valid_until - 1 WHERE id = '{consent.Name[^36..]}'");
        await command.ExecuteNonQueryAsync();

        Assert.Empty((await CheckAsync(There, to)).Shared);
        Assert.Equal(State.Expired, (await By(RegisterFixture.Municipality).GetFundingConsentAsync(new() { Name = consent.Name })).State);
    }

    [Theory]
    [InlineData("municipalities/1283", 10, "recipient", "OTHER_MUNICIPALITY_REQUIRED")]
    [InlineData("municipalities/0000", 10, "recipient", "OTHER_MUNICIPALITY_REQUIRED")]
    [InlineData("municipalities/580", 10, "recipient", "OTHER_MUNICIPALITY_REQUIRED")]
    [InlineData("municipalities/0580/cases", 10, "recipient", "OTHER_MUNICIPALITY_REQUIRED")]
    [InlineData("municipalities/0580", -1, "valid_until", "CONSENT_PERIOD_INVALID")]
    [InlineData("municipalities/0580", 1100, "valid_until", "CONSENT_PERIOD_INVALID")]
    [InlineData("municipalities/0580", null, "valid_until", "FIELD_REQUIRED")]
    public async Task A_consent_names_another_municipality_and_a_last_day(string recipient, int? days, string field, string reason)
    {
        var organisation = await RegisterAsync(RegisterFixture.Municipality, RegisterFixture.NewNumber());
        await Refused.ForFieldAsync($"funding_consent.{field}", reason, () => Representing(RegisterFixture.Municipality, organisation).CreateFundingConsentAsync(new()
        {
            Parent = organisation,
            FundingConsent = new FundingConsent { Recipient = recipient, ValidUntil = days is { } until ? RegisterFixture.Today(until) : null },
        }).ResponseAsync);
        Assert.Empty((await By(RegisterFixture.Municipality).ListFundingConsentsAsync(new() { Parent = organisation })).FundingConsents);
    }

    private FundingService.FundingServiceClient By(string municipality) => new(register.As(municipality, Roles.CaseOfficer));

    private FundingService.FundingServiceClient Representing(string municipality, string organisation) =>
        new(register.As(municipality, Roles.OrganisationRepresentative, organisations: organisation));

    private async Task<string> RegisterAsync(string municipality, string number) => (await RegisterFixture.CreateAsync(
        new(register.As(municipality, Roles.CaseOfficer)), RegisterFixture.Sample(number), parent: $"municipalities/{municipality}")).Name;

    private Task<FundingDisclosure> DiscloseAsync(string municipality, string organisation, string cost = "Lokalhyra") =>
        By(municipality).CreateFundingDisclosureAsync(new()
        {
            Parent = organisation,
            FundingDisclosure = new FundingDisclosure
            {
                Giver = "Regionen",
                GiverKind = GiverKind.Region,
                Form = FundingForm.Grant,
                Amount = 50_000m.ToProto(),
                PeriodStart = RegisterFixture.Today(-100),
                PeriodEnd = RegisterFixture.Today(100),
                Cost = cost,
                AidKind = AidKind.None,
            },
        }).ResponseAsync;

    private Task<FundingConsent> ConsentAsync(string municipality, string organisation, string recipient, int days = 30) =>
        Representing(municipality, organisation).CreateFundingConsentAsync(new()
        {
            Parent = organisation,
            FundingConsent = new FundingConsent { Recipient = $"municipalities/{recipient}", ValidUntil = RegisterFixture.Today(days) },
        }).ResponseAsync;

    private Task<CheckSharedFundingResponse> CheckAsync(string municipality, string organisation) =>
        By(municipality).CheckSharedFundingAsync(new() { Name = organisation }).ResponseAsync;
}
