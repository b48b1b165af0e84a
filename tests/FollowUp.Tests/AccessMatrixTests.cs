using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

/// <summary>Who may call what, as <c>access.txt</c> says, on a plan that has one of everything.</summary>
[Collection(FollowUpTests.Name)]
public sealed class AccessMatrixTests(FollowUpFixture service)
{
    internal static readonly string Table = AccessMatrix.TableOf(typeof(AccessMatrixTests).Assembly);

    private static readonly AccessMatrix Matrix = AccessMatrix.Whole(Table, FollowUpService.Descriptor);
    private static AccessWorld? world;

    public static TheoryData<string> Rpcs => [.. Matrix.Rpcs];

    [Fact]
    public void Every_call_is_in_the_table_with_every_role() => Assert.Empty(Matrix.Faults());

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_role_may_what_the_table_says_at_home_and_nothing_elsewhere(string rpc) =>
        Assert.Empty(await Matrix.TryAsync(rpc, world ??= await WorldAsync()));

    [Fact]
    public async Task What_is_asked_of_a_municipality_is_asked_by_its_name_and_no_longer_one() =>
        Assert.Empty(await Matrix.TryParentsAsync(world ??= await WorldAsync()));

    private async Task<AccessWorld> WorldAsync() => await WorldAsync(service, Partnership.Agreement(followUp: f => f with { Entrusted = true }));

    /// <summary>A plan that has one of everything.</summary>
    internal static async Task<AccessWorld> WorldAsync(FollowUpFixture service, AgreementActivated activated)
    {
        const string parent = $"municipalities/{FollowUpFixture.Municipality}";
        var partnership = await service.FollowAsync(activated);
        var (officer, plan) = (partnership.Officer, partnership.Plan.Name);
        var indicator = await officer.CreateIndicatorAsync(
            new CreateIndicatorRequest { Parent = plan, Indicator = new Indicator { DisplayName = "Kvällar" }, RequestId = Partnership.NewRequest() });
        var deviation = await officer.RecordDeviationAsync(new RecordDeviationRequest
        {
            Parent = plan,
            Deviation = new Deviation { Type = Deviation.Types.Type.Delay, Description = "Sent.", NoticedDate = Partnership.Today.ToProto() },
            RequestId = Partnership.NewRequest(),
        });
        var knowledge = await officer.RecordKnowledgeAsync(new RecordKnowledgeRequest
        {
            Parent = plan,
            KnowledgeNote = new KnowledgeNote { Question = "Vad?", Method = "Samtal", GatheredBy = "ledare", Finding = "Detta." },
            RequestId = Partnership.NewRequest(),
        });
        var entry = await officer.RecordContributionAsync(new RecordContributionRequest
        {
            Parent = plan,
            ContributionEntry = new ContributionEntry
            {
                PartyId = "kommunen",
                Type = ContributionType.Money,
                Value = 100m.ToProto(),
                PeriodStartDate = Partnership.Today.ToProto(),
                PeriodEndDate = Partnership.Today.ToProto(),
            },
            RequestId = Partnership.NewRequest(),
        });
        var draft = await officer.CreateLearningNoteAsync(
            new CreateLearningNoteRequest { Parent = parent, LearningNote = new LearningNote { Plan = plan, Title = "Rubrik", Text = "Text." }, RequestId = Partnership.NewRequest() });
        return new AccessWorld
        {
            As = (municipality, role, organisations) => service.As(municipality, role, $"matrix-{role}", organisations: organisations),
            Municipality = FollowUpFixture.Municipality,
            Elsewhere = "0580",
            Organisation = partnership.Activated.Organisations[0],
            OtherOrganisation = $"{parent}/organisations/{Guid.CreateVersion7()}",
            Resources = new Dictionary<string, string>
            {
                ["parent"] = parent,
                ["plan"] = plan,
                ["check-in"] = (await partnership.CheckInsAsync())[0].Name,
                ["report"] = (await partnership.ReportsAsync())[0].Name,
                ["evaluation"] = $"{plan}/evaluation",
                ["indicator"] = indicator.Name,
                ["check"] = (await officer.ListOvercompensationChecksAsync(new ListOvercompensationChecksRequest { Parent = plan })).OvercompensationChecks[0].Name,
                ["deviation"] = deviation.Name,
                ["knowledge"] = knowledge.Name,
                ["entry"] = entry.Name,
                ["draft"] = draft.Name,
                ["reminder"] = (await officer.ListRemindersAsync(new ListRemindersRequest { Parent = plan })).Reminders[0].Name,
                ["choice"] = $"{parent}/sharingChoice",
            },
        };
    }
}
