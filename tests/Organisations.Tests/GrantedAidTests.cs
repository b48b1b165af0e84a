using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Organisations.Tests.AgreementNews;
using Result = Iop.Organisations.V1.SumDeMinimisAidResponse.Types.Result;
using State = Iop.Organisations.V1.GrantedAid.Types.State;

namespace Iop.Organisations.Tests;

/// <summary>Aid that agreements give, learnt from their events and counted once. Source: law.md 2.2.</summary>
[Collection(Register.Name)]
public sealed class GrantedAidTests(RegisterFixture register)
{
    private FundingService.FundingServiceClient Officer => register.FundingBy(Roles.CaseOfficer);

    [Fact]
    public async Task What_an_agreement_gives_is_counted_from_the_day_that_all_have_signed()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var agreement = NewAgreement();

        await register.TellAsync(Activated(agreement, 112_500m, organisation));

        var aid = Assert.Single(await Officer.GrantedToAsync(organisation));
        Assert.Equal(($"{organisation}/grantedAids/{agreement[^36..]}", agreement, State.Granted, 112_500m), (aid.Name, aid.Agreement, aid.State, aid.CountedValue.ToDecimal()));
        Assert.Equal((1, AidKind.DeMinimis, Day.ToProto()), (aid.Grants[0].Version, aid.Grants[0].AidKind, aid.Grants[0].GrantedDate));
        var sum = await Officer.SumAsync(organisation);
        var counted = Assert.Single(sum.Counted);
        Assert.Equal((Result.Within, aid.Name, "", "11.3054"), (sum.Result, counted.GrantedAid, counted.FundingDisclosure, counted.SekPerEur));
        Assert.Equal(995_100L, counted.EurCents);
        Assert.Equal(aid, await register.FundingBy(Roles.OrganisationRepresentative, organisation).GetGrantedAidAsync(new() { Name = aid.Name }));
    }

    [Fact]
    public async Task An_event_that_comes_twice_counts_once()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var activated = Activated(NewAgreement(), 100_000m, organisation);

        await register.TellAsync(activated, activated, activated with { EventId = Guid.CreateVersion7() });

        Assert.Single((await Officer.SumAsync(organisation)).Counted);
        Assert.Equal(1L, await register.CountAsync("revision", $"subject = '{Assert.Single(await Officer.GrantedToAsync(organisation)).Name}'"));
    }

    [Fact]
    public async Task An_agreement_without_aid_leaves_nothing_in_the_register()
    {
        var organisation = (await register.RegisterAsync()).Name;

        await register.TellAsync(Activated(NewAgreement(), 0m, organisation));

        Assert.Empty(await Officer.GrantedToAsync(organisation));
        Assert.Empty((await Officer.SumAsync(organisation)).Counted);
    }

    [Fact]
    public async Task A_new_version_counts_with_what_it_adds_from_its_own_day_also_when_it_is_heard_of_first()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var agreement = NewAgreement();

        await register.TellAsync(Amended(agreement, 2, 150_000m, Day.AddMonths(4), organisation), Activated(agreement, 100_000m, organisation));

        Assert.Equal(
            [(1, 100_000m, Day.ToProto()), (2, 50_000m, Day.AddMonths(4).ToProto())],
            Assert.Single(await Officer.GrantedToAsync(organisation)).Grants.Select(grant => (grant.Version, grant.Value.ToDecimal(), grant.GrantedDate)));
        Assert.Equal([100_000m, 50_000m], (await Officer.SumAsync(organisation)).Counted.Select(counted => counted.Value.ToDecimal()));

        await register.TellAsync(Extended(agreement, 3, 120_000m, organisation));
        Assert.Equal([100_000m, 20_000m], (await Officer.SumAsync(organisation)).Counted.Select(counted => counted.Value.ToDecimal()));
    }

    [Theory]
    [InlineData("EXPIRED", State.Granted)]
    [InlineData("TERMINATED", State.EndedEarly)]
    [InlineData("RESCINDED", State.EndedEarly)]
    public async Task An_early_end_lowers_nothing_until_somebody_says_what_was_given(string reason, State state)
    {
        var organisation = (await register.RegisterAsync()).Name;
        var agreement = NewAgreement();
        await register.TellAsync(Activated(agreement, 100_000m, organisation), Ended(agreement, reason, Day.AddMonths(6)));

        var ended = Assert.Single(await Officer.GrantedToAsync(organisation));
        Assert.Equal((state, 100_000m, Day.AddMonths(6).ToProto()), (ended.State, ended.CountedValue.ToDecimal(), ended.EndDate));

        var settled = await SettleAsync(ended, 40_000m);
        Assert.Equal((State.Settled, 40_000m, "Resten betalades aldrig ut"), (settled.State, settled.CountedValue.ToDecimal(), settled.SettlementReason));
        Assert.Equal(40_000m, Assert.Single((await Officer.SumAsync(organisation)).Counted).Value.ToDecimal());
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => SettleAsync(ended, 1m));
        await Refused.ByAsync(StatusCode.InvalidArgument, "SETTLED_VALUE_TOO_HIGH", () => SettleAsync(settled, 100_000.01m));
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => SettleAsync(settled, 1m, ""));
        Assert.Equal(0m, (await SettleAsync(settled, 0m)).CountedValue.ToDecimal());
        Assert.Empty((await Officer.SumAsync(organisation)).Counted);
    }

    [Fact]
    public async Task An_agreement_that_is_rescinded_before_its_term_begins_has_given_nothing_even_if_the_end_is_heard_of_first()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var agreement = NewAgreement();

        await register.TellAsync(Ended(agreement, "RESCINDED", Day.AddDays(3)), Activated(agreement, 100_000m, organisation));

        Assert.Equal(State.Void, Assert.Single(await Officer.GrantedToAsync(organisation)).State);
        Assert.Empty((await Officer.SumAsync(organisation)).Counted);
    }

    [Fact]
    public async Task Organisations_of_one_undertaking_are_counted_with_no_more_than_they_were_given_together()
    {
        var key = $"koncern-{Guid.NewGuid():N}";
        var (one, two, other) = ((await register.RegisterInAsync(key)).Name, (await register.RegisterInAsync(key)).Name, (await register.RegisterAsync()).Name);
        await register.TellAsync(Activated(NewAgreement(), 100_000m, one, two, other));

        Assert.Equal(100_000m, (await Officer.SumAsync(one)).Counted.Sum(counted => counted.Value.ToDecimal()));
        Assert.Equal(100_000m, (await Officer.SumAsync(other)).Counted.Sum(counted => counted.Value.ToDecimal()));

        await SettleAsync(Assert.Single(await Officer.GrantedToAsync(one)), 20_000m);
        await SettleAsync(Assert.Single(await Officer.GrantedToAsync(two)), 30_000m);
        Assert.Equal(50_000m, (await Officer.SumAsync(one)).Counted.Sum(counted => counted.Value.ToDecimal()));
    }

    [Fact]
    public async Task One_who_leaves_has_had_the_aid_all_the_same_and_it_awaits_being_settled()
    {
        var (stays, leaves) = ((await register.RegisterAsync()).Name, (await register.RegisterAsync()).Name);
        var agreement = NewAgreement();

        await register.TellAsync(Activated(agreement, 100_000m, stays, leaves), Amended(agreement, 2, 90_000m, Day.AddMonths(2), stays));

        Assert.Equal((State.Granted, 90_000m), Assert.Single(await Officer.GrantedToAsync(stays)) is var kept ? (kept.State, kept.CountedValue.ToDecimal()) : default);
        Assert.Equal((State.EndedEarly, 100_000m), Assert.Single(await Officer.GrantedToAsync(leaves)) is var left ? (left.State, left.CountedValue.ToDecimal()) : default);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task So_it_is_for_one_whose_notice_took_effect_while_the_agreement_goes_on_in_whatever_order_it_is_heard_of(bool first)
    {
        var (stays, leaves) = ((await register.RegisterAsync()).Name, (await register.RegisterAsync()).Name);
        var agreement = NewAgreement();
        var (activated, left) = (Activated(agreement, 100_000m, stays, leaves), Left(agreement, Day.AddMonths(2), stays));

        await register.TellAsync(first ? [left, activated] : [activated, left]);
        await register.TellAsync(Ended(agreement, "EXPIRED", Day.AddYears(2)));

        Assert.Equal(State.Granted, Assert.Single(await Officer.GrantedToAsync(stays)).State);
        var theirs = Assert.Single(await Officer.GrantedToAsync(leaves));
        Assert.Equal((State.EndedEarly, 100_000m, Day.AddMonths(2).ToProto()), (theirs.State, theirs.CountedValue.ToDecimal(), theirs.EndDate));
    }

    [Fact]
    public async Task One_who_comes_back_with_a_later_version_has_not_left()
    {
        var (stays, returns) = ((await register.RegisterAsync()).Name, (await register.RegisterAsync()).Name);
        var agreement = NewAgreement();

        await register.TellAsync(Activated(agreement, 100_000m, stays, returns), Left(agreement, Day.AddMonths(2), stays), Amended(agreement, 2, 120_000m, Day.AddMonths(4), stays, returns));

        Assert.Equal(State.Granted, Assert.Single(await Officer.GrantedToAsync(returns)).State);
    }

    [Fact]
    public async Task Each_sees_what_they_represent_and_only_the_municipality_settles()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var other = (await register.RegisterAsync()).Name;
        await register.TellAsync(Activated(NewAgreement(), 100_000m, organisation));
        var aid = Assert.Single(await Officer.GrantedToAsync(organisation));
        var representative = register.FundingBy(Roles.OrganisationRepresentative, other);

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => representative.GetGrantedAidAsync(new() { Name = aid.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => representative.ListGrantedAidsAsync(new() { Parent = organisation }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => SettleAsync(aid, 1m, by: register.FundingBy(Roles.OrganisationRepresentative, organisation)));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => SettleAsync(aid, 1m, by: new(register.As("0580", Roles.CaseOfficer))));
        await Refused.ByAsync(StatusCode.NotFound, "GRANTED_AID_NOT_FOUND", () => Officer.GetGrantedAidAsync(new() { Name = $"{organisation}/grantedAids/{Guid.CreateVersion7()}" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => Officer.ListGrantedAidsAsync(new() { Parent = $"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}" }).ResponseAsync);
        Assert.Empty((await Officer.ListGrantedAidsAsync(new() { Parent = other })).GrantedAids);
    }

    private Task<GrantedAid> SettleAsync(GrantedAid aid, decimal given, string reason = "Resten betalades aldrig ut", FundingService.FundingServiceClient? by = null) =>
        (by ?? Officer).SettleGrantedAidAsync(new SettleGrantedAidRequest { Name = aid.Name, Value = given.ToProto(), Reason = reason, Etag = aid.Etag }).ResponseAsync;
}
