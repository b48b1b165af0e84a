using Iop.Eligibility.V1;
using Iop.Journey;
using AgreementState = Iop.Agreements.V1.Agreement.Types.State;

namespace Iop.EndToEnd;

/// <summary>One whole partnership under each guideline, through gRPC alone.</summary>
[Collection(SharedSuite.Name)]
public sealed class JourneyTests(Suite suite)
{
    public static TheoryData<string> Municipalities => [.. Story.Municipalities()];

    [Theory, MemberData(nameof(Municipalities))]
    public async Task A_partnership_goes_from_initiative_to_evaluation(string municipality)
    {
        var result = await suite.PlayAsync(municipality, Story.Of(municipality));

        Assert.Equal((Evaluation.Types.Outcome.Eligible, Instrument.Iop), (result.Outcome, result.Instrument));
        Assert.Equal(AgreementState.Active, result.AgreementState);
        Assert.StartsWith($"municipalities/{municipality}/plans/", result.Plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_on_kept_data_finds_the_organisation_and_opens_another_case()
    {
        var story = Told.Of("2080");
        var first = await suite.PlayAsync("2080", story);
        var second = await suite.PlayAsync("2080", story);

        Assert.NotEqual(first.Case, second.Case);
        Assert.NotEqual(first.Plan, second.Plan);
        var organisations = await Task.WhenAll(new[] { first, second }.Select(async result =>
        {
            var stage = await suite.StageAsync("2080", story);
            return (await stage.People.Officer.Cases.GetCaseAsync(new GetCaseRequest { Name = result.Case })).Organisation;
        }));
        Assert.Equal(organisations[0], organisations[1]);
    }

    [Fact]
    public async Task A_sixth_municipality_needs_nothing_but_a_published_pack()
    {
        const string model = "1285";
        const string sixth = "1281";
        var people = new People(suite.Channels, suite.Issuer, sixth);
        var theirs = await suite.StageAsync(model, Story.Of(model));
        var document = theirs.Pack.Document.Replace($"\"{model}\"", $"\"{sixth}\"", StringComparison.Ordinal);
        var draft = await people.GuidelineOwner.Guidelines.CreateGuidelinePackAsync(new CreateGuidelinePackRequest
        {
            Parent = $"municipalities/{sixth}",
            GuidelinePack = new GuidelinePack { Document = document },
            RequestId = Stage.NewRequestId(),
        });
        await people.GuidelineOwner.Guidelines.PublishGuidelinePackAsync(
            new PublishGuidelinePackRequest { Name = draft.Name, Etag = draft.Etag, RequestId = Stage.NewRequestId() });

        var result = await suite.PlayAsync(sixth, Story.Of(model));

        Assert.Equal((Instrument.Iop, AgreementState.Active), (result.Instrument, result.AgreementState));
        Assert.StartsWith($"municipalities/{sixth}/plans/", result.Plan, StringComparison.Ordinal);
    }
}
