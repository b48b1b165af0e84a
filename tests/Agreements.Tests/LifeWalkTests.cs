using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>
/// Walks at random through the whole life of an agreement and the drafts of its new versions, right and wrong steps
/// alike, and holds after each step what must always hold.
/// </summary>
public sealed class LifeWalkTests
{
    private const int Steps = 150;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 80)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_walk_leaves_the_table_loses_a_signature_or_changes_a_version(int seed)
    {
        var walk = new LifeWalk(seed);
        for (var step = 0; step < Steps; step++)
        {
            walk.StepAndCheck();
        }
    }

    [Fact]
    public void The_walks_reach_every_state_and_more_than_one_version()
    {
        HashSet<AgreementState> reached = [];
        var versions = 0;
        foreach (var seed in Enumerable.Range(1, 80))
        {
            var walk = new LifeWalk(seed);
            for (var step = 0; step < Steps; step++)
            {
                walk.StepAndCheck();
                reached.Add(walk.Agreement.State);
                reached.UnionWith(walk.Draft is { } draft ? [draft.State] : []);
                versions = Math.Max(versions, walk.Agreement.Version);
            }
        }

        Assert.Equal(Enum.GetValues<AgreementState>().Except([AgreementState.Unspecified, AgreementState.AwaitingDecision]), reached.Order());
        Assert.True(versions > 2, "several versions came into force");
    }
}
