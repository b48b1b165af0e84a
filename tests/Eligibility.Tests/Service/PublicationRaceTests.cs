using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Npgsql;
using Case = Iop.Eligibility.V1.Case;
using Pack = Iop.Eligibility.V1.GuidelinePack;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Several who make the same thing known at the same time: one does, and the rest are told of it.</summary>
[Collection(nameof(Eligibility))]
public sealed class PublicationRaceTests(EligibilityFixture service)
{
    private const int Many = 8;

    [Fact]
    public async Task Of_many_who_publish_a_precedent_of_a_case_at_once_one_does()
    {
        var @case = await DecidedAsync();

        await OneOfManyAsync("PRECEDENT_EXISTS", async () => (await PublishAsync(@case)).Name);
    }

    [Fact]
    public async Task A_precedent_on_its_way_out_when_its_case_is_kept_to_a_committee_is_not_shared_afterwards()
    {
        var @case = await DecidedAsync();

        var (published, _) = await AtOnceAsync(() => PublishAsync(@case), () => KeepAsync(@case));

        Assert.Equal(0L, await service.CountAsync($"SELECT count(*) FROM precedent_share WHERE id = '{(await published).Name[^36..]}'"));
    }

    [Fact]
    public async Task A_precedent_of_a_case_that_is_being_kept_to_a_committee_is_not_let_out()
    {
        var @case = await DecidedAsync();

        var (_, published) = await AtOnceAsync(() => KeepAsync(@case), () => PublishAsync(@case));

        await Refused.ForFieldAsync("precedent.shared", "FIELD_NOT_ALLOWED", () => published);
    }

    [Fact]
    public async Task Of_many_who_draft_a_version_of_a_guideline_at_once_one_does()
    {
        var document = Packs.TextOf(EligibilityFixture.Falun)
            .Replace($"version: \"{Packs.Of(EligibilityFixture.Falun).Version}\"", "version: \"2031-1\"", StringComparison.Ordinal);

        await OneOfManyAsync("GUIDELINE_PACK_VERSION_TAKEN", async () => (await service.Guidelines(EligibilityFixture.Falun).CreateGuidelinePackAsync(new()
        {
            Parent = $"municipalities/{EligibilityFixture.Falun}",
            GuidelinePack = new Pack { Document = document },
        })).Name);
    }

    private async Task<Case> DecidedAsync()
    {
        var gavle = new Journey(service, EligibilityFixture.Gavle);
        return await gavle.AsDecider.DecideCaseAsync(gavle.Decide(await gavle.SubmittedAsync(withDocuments: true)));
    }

    private Task<Precedent> PublishAsync(Case @case) =>
        new PrecedentsService.PrecedentsServiceClient(service.As(EligibilityFixture.Gavle, Roles.CaseOfficer)).PublishPrecedentAsync(new()
        {
            Parent = $"municipalities/{EligibilityFixture.Gavle}",
            Precedent = new Precedent { Case = @case.Name, Title = "Boende", Summary = "Så blev det.", Shared = true },
            Reviewed = true,
        }).ResponseAsync;

    private Task<Case> KeepAsync(Case @case) => service.Cases(EligibilityFixture.Gavle, Roles.CaseOfficer, Journey.Officer).AssignCommitteesAsync(
        new() { Name = @case.Name, Etag = @case.Etag, Responsible = "socialnamnden", Only = true }).ResponseAsync;

    // Neither gets further than to the history of what it changes before both have begun.
    private async Task<(Task<TFirst> First, Task<TSecond> Second)> AtOnceAsync<TFirst, TSecond>(Func<Task<TFirst>> first, Func<Task<TSecond>> second)
    {
        await using var owner = NpgsqlDataSource.Create(service.OwnerConnectionString);
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE revision IN SHARE MODE", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var one = first();
        await WaitingAsync(1);
        var other = second();
        await WaitingAsync(2);
        await transaction.CommitAsync();
        await Task.WhenAny(Task.WhenAll(one, other));
        return (one, other);
    }

    private Task WaitingAsync(long calls) => Eventually.IsAsync(
        calls, () => service.CountAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"));

    private static async Task OneOfManyAsync(string reason, Func<Task<string>> make)
    {
        var attempts = Enumerable.Range(0, Many).Select(_ => Task.Run(make)).ToList();
        await Task.WhenAll(attempts.Select(attempt => attempt.ContinueWith(_ => { }, TaskScheduler.Default)));

        var first = Assert.Single(attempts, attempt => attempt.IsCompletedSuccessfully);
        foreach (var late in attempts.Where(attempt => attempt != first))
        {
            var refused = await Refused.ByAsync(StatusCode.AlreadyExists, reason, () => late);
            Assert.Equal(await first, refused.Metadata["name"]);
        }
    }
}
