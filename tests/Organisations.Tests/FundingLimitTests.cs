using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>What is disclosed of one organisation is held against each other, each with each: it has a measure, and so has the answer.</summary>
[Collection(Register.Name)]
public sealed class FundingLimitTests(RegisterFixture register)
{
    private const int Limit = 500;
    private const string There = "0580";

    private FundingService.FundingServiceClient Officer => register.FundingBy(Roles.CaseOfficer);

    [Fact]
    public async Task An_organisation_has_so_many_disclosures_and_room_for_another_when_one_is_withdrawn()
    {
        var organisation = await register.RegisterAsync();
        var first = await DiscloseManyAsync(organisation.Name, Limit);

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "TOO_MANY_DISCLOSURES", () => Officer.DiscloseAsync(organisation.Name, FundingSteps.Disclosure()));

        Assert.Contains("500 uppgifter", refused.Swedish, StringComparison.Ordinal);
        await Officer.WithdrawFundingDisclosureAsync(new() { Name = first.Name, Reason = "Dubbelt angiven", Etag = first.Etag });
        await Officer.DiscloseAsync(organisation.Name, FundingSteps.Disclosure());
        await Officer.DiscloseAsync((await register.RegisterAsync()).Name, FundingSteps.Disclosure());
    }

    [Theory]
    [InlineData(45, 990, false)]
    [InlineData(46, 1000, true)]
    public async Task More_overlaps_than_an_answer_lists_are_told_of(int disclosures, int listed, bool more)
    {
        var organisation = await register.RegisterAsync();
        await DiscloseManyAsync(organisation.Name, disclosures);

        var answer = await Officer.CheckFundingOverlapAsync(new() { Name = organisation.Name });

        Assert.Equal((listed, more, disclosures), (answer.Overlaps.Count, answer.MoreOverlaps, answer.Unanswered.Count));
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(501, true)]
    public async Task More_of_other_municipalities_than_an_answer_shows_is_told_of(int shares, bool more)
    {
        var number = RegisterFixture.NewNumber();
        var (there, here) = (await register.RegisterAsync(There, number), await register.RegisterAsync(RegisterFixture.Municipality, number));
        await register.DiscloseAsync(There, there);
        await register.ConsentAsync(There, there, RegisterFixture.Municipality);
        await register.ExecuteAsync(
            $"""
            INSERT INTO funding_share (municipality, source, disclosure, source_organisation, organisation_number, terms, valid_until, share_time)
            SELECT municipality, source, gen_random_uuid(), source_organisation, organisation_number, terms, valid_until, share_time
            FROM funding_share, generate_series(2, {shares}) WHERE organisation_number = '{number.Replace("-", "", StringComparison.Ordinal)}'
            """);

        var alone = await register.CheckSharedAsync(RegisterFixture.Municipality, here);
        await DiscloseManyAsync(here, 3);
        var overlapping = await register.CheckSharedAsync(RegisterFixture.Municipality, here);

        Assert.Equal((500, more, 0, false), (alone.Shared.Count, alone.MoreShared, alone.Overlaps.Count, alone.MoreOverlaps));
        Assert.Equal((1000, true), (overlapping.Overlaps.Count, overlapping.MoreOverlaps));
    }

    /// <summary>One that is disclosed, and the others as its copies.</summary>
    private async Task<FundingDisclosure> DiscloseManyAsync(string organisation, int count)
    {
        var first = await Officer.DiscloseAsync(organisation, FundingSteps.Disclosure());
        await register.ExecuteAsync(
            $"""
            INSERT INTO funding_disclosure (municipality, id, organisation, terms, aid_kind, form, granted_date, state, withdrawal_reason, revision, create_time, update_time, agreement, of_municipality)
            SELECT municipality, gen_random_uuid(), organisation, terms, aid_kind, form, granted_date, state, withdrawal_reason, revision, create_time, update_time, agreement, of_municipality
            FROM funding_disclosure, generate_series(2, {count}) WHERE id = '{first.Name[(first.Name.LastIndexOf('/') + 1)..]}'
            """);
        return first;
    }
}
