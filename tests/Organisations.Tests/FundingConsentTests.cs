using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Cause = Iop.Organisations.V1.FundingOverlap.Types.Cause;
using State = Iop.Organisations.V1.FundingConsent.Types.State;

namespace Iop.Organisations.Tests;

/// <summary>What an organisation discloses in one municipality is seen in another by its own consent alone. Source: law.md 2.11.</summary>
[Collection(Register.Name)]
public sealed class FundingConsentTests(RegisterFixture register)
{
    private const string Here = RegisterFixture.Municipality;
    private const string There = "0580";

    [Theory]
    [InlineData(Here, There)]
    [InlineData(There, Here)]
    public async Task Without_consent_nothing_is_seen_in_either_direction_and_with_it_in_that_direction_alone(string source, string recipient)
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await register.RegisterAsync(source, number), await register.RegisterAsync(recipient, number));
        var given = await register.DiscloseAsync(source, from);
        await register.DiscloseAsync(recipient, to, "Handledare");
        Assert.Empty((await register.CheckSharedAsync(source, from)).Shared);
        Assert.Empty((await register.CheckSharedAsync(recipient, to)).Shared);

        await register.ConsentAsync(source, from, recipient);

        var seen = Assert.Single((await register.CheckSharedAsync(recipient, to)).Shared);
        Assert.Equal(($"municipalities/{source}", given.Name, RegisterFixture.Today(30)), (seen.Municipality, seen.FundingDisclosure.Name, seen.ValidUntil));
        Assert.Equal((given.Giver, given.Amount, given.Cost, ""), (seen.FundingDisclosure.Giver, seen.FundingDisclosure.Amount, seen.FundingDisclosure.Cost, seen.FundingDisclosure.Etag));
        Assert.Empty((await register.CheckSharedAsync(source, from)).Shared);

        // The consent opens the one door: what is behind the wall stays there, for every other call.
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => register.FundingIn(recipient).GetFundingDisclosureAsync(new() { Name = given.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => register.FundingIn(recipient).CheckSharedFundingAsync(new() { Name = from }).ResponseAsync);
    }

    [Fact]
    public async Task A_third_municipality_and_another_organisation_see_nothing()
    {
        var number = RegisterFixture.NewNumber();
        var from = await register.RegisterAsync(Here, number);
        var (third, other) = (await register.RegisterAsync("2180", number), await register.RegisterAsync(There, RegisterFixture.NewNumber()));
        await register.DiscloseAsync(Here, from);
        await register.ConsentAsync(Here, from, There);

        Assert.Empty((await register.CheckSharedAsync("2180", third)).Shared);
        Assert.Empty((await register.CheckSharedAsync(There, other)).Shared);
        Assert.Equal(1, await register.CountAsync("funding_share", $"organisation_number = '{number.Replace("-", "", StringComparison.Ordinal)}'"));
    }

    [Fact]
    public async Task What_is_corrected_disclosed_or_withdrawn_later_is_seen_as_it_stands_and_after_the_withdrawal_of_the_consent_not_at_all()
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await register.RegisterAsync(Here, number), await register.RegisterAsync(There, number));
        var consent = await register.ConsentAsync(Here, from, There);
        var first = await register.DiscloseAsync(Here, from);
        var second = await register.DiscloseAsync(Here, from, "El");
        first.Amount = 60_000m.ToProto();
        await register.FundingIn(Here).UpdateFundingDisclosureAsync(new() { FundingDisclosure = first, UpdateMask = new() { Paths = { "amount" } } });
        await register.FundingIn(Here).WithdrawFundingDisclosureAsync(new() { Name = second.Name, Reason = "Fel", Etag = second.Etag });
        Assert.Equal(60_000, Assert.Single((await register.CheckSharedAsync(There, to)).Shared).FundingDisclosure.Amount.Units);

        var withdrawn = await register.FundingOf(Here, from).WithdrawFundingConsentAsync(new() { Name = consent.Name, Etag = consent.Etag });

        Assert.Equal(State.Withdrawn, withdrawn.State);
        Assert.Empty((await register.CheckSharedAsync(There, to)).Shared);
        await register.DiscloseAsync(Here, from, "Städning");
        Assert.Empty((await register.CheckSharedAsync(There, to)).Shared);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "FUNDING_CONSENT_STATE_NOT_ALLOWED", () =>
            register.FundingOf(Here, from).WithdrawFundingConsentAsync(new() { Name = consent.Name, Etag = withdrawn.Etag }).ResponseAsync);
        Assert.Equal([withdrawn], (await register.FundingIn(Here).ListFundingConsentsAsync(new() { Parent = from })).FundingConsents);
        Assert.Equal(withdrawn, await register.FundingIn(Here).GetFundingConsentAsync(new() { Name = consent.Name }));
    }

    [Fact]
    public async Task Of_two_consents_the_other_still_holds_when_one_is_withdrawn()
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await register.RegisterAsync(Here, number), await register.RegisterAsync(There, number));
        await register.DiscloseAsync(Here, from);
        var first = await register.ConsentAsync(Here, from, There, days: 200);
        await register.ConsentAsync(Here, from, There, days: 10);
        Assert.Equal(RegisterFixture.Today(200), Assert.Single((await register.CheckSharedAsync(There, to)).Shared).ValidUntil);

        await register.FundingOf(Here, from).WithdrawFundingConsentAsync(new() { Name = first.Name, Etag = first.Etag });

        Assert.Equal(RegisterFixture.Today(10), Assert.Single((await register.CheckSharedAsync(There, to)).Shared).ValidUntil);
    }

    [Fact]
    public async Task The_same_cost_paid_in_two_municipalities_is_found()
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await register.RegisterAsync(Here, number), await register.RegisterAsync(There, number));
        var theirs = await register.DiscloseAsync(Here, from, "Lokalhyra");
        await register.DiscloseAsync(Here, from, "Resor");
        var own = await register.DiscloseAsync(There, to, "  lokalhyra ");
        await register.ConsentAsync(Here, from, There);

        var answer = await register.CheckSharedAsync(There, to);

        Assert.Equal(2, answer.Shared.Count);
        var overlap = Assert.Single(answer.Overlaps);
        Assert.Equal((own.Name, theirs.Name, Cause.SameCost), (overlap.FundingDisclosure, overlap.OtherFundingDisclosure, overlap.Cause));
        Assert.Contains("två givare", overlap.Explanation.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_ends_with_its_last_day()
    {
        var number = RegisterFixture.NewNumber();
        var (from, to) = (await register.RegisterAsync(Here, number), await register.RegisterAsync(There, number));
        await register.DiscloseAsync(Here, from);
        var consent = await register.ConsentAsync(Here, from, There, days: 0);
        Assert.Single((await register.CheckSharedAsync(There, to)).Shared);

        await register.ExecuteAsync(
            $"UPDATE funding_share SET valid_until = valid_until - 1 WHERE source_organisation = '{from[(from.LastIndexOf('/') + 1)..]}'; UPDATE funding_consent SET valid_until = valid_until - 1 WHERE id = '{consent.Name[^36..]}'");

        Assert.Empty((await register.CheckSharedAsync(There, to)).Shared);
        Assert.Equal(State.Expired, (await register.FundingIn(Here).GetFundingConsentAsync(new() { Name = consent.Name })).State);
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
        var organisation = await register.RegisterAsync(Here, RegisterFixture.NewNumber());
        await Refused.ForFieldAsync($"funding_consent.{field}", reason, () => register.FundingOf(Here, organisation).CreateFundingConsentAsync(new()
        {
            Parent = organisation,
            FundingConsent = new FundingConsent { Recipient = recipient, ValidUntil = days is { } until ? RegisterFixture.Today(until) : null },
        }).ResponseAsync);
        Assert.Empty((await register.FundingIn(Here).ListFundingConsentsAsync(new() { Parent = organisation })).FundingConsents);
    }
}
