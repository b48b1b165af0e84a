using Iop.FollowUp.Data;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Npgsql;

namespace Iop.FollowUp.Tests;

/// <summary>Plans that an earlier rule closed while their partnership was in force, and the migration that opens them again.</summary>
[Collection(FollowUpTests.Name)]
public sealed class ReopenedPlanTests(FollowUpFixture service)
{
    [Fact]
    public async Task A_plan_that_was_closed_in_the_midst_of_its_partnership_is_opened_again_and_no_other()
    {
        var (running, paused, over) = (await service.FollowAsync(Partnership.Agreement()), await service.FollowAsync(Partnership.Agreement()), await service.FollowAsync(Partnership.Agreement()));
        await service.TellAsync(paused.Suspended(true, 2));
        await over.CloseAsync();
        await CloseAsEarlierAsync(running, paused);

        await MigrateAsync();
        await MigrateAsync();

        Assert.Equal(
            [Plan.Types.State.Active, Plan.Types.State.Suspended, Plan.Types.State.Closed],
            [(await running.NowAsync()).State, (await paused.NowAsync()).State, (await over.NowAsync()).State]);
        Assert.Equal(Plan.Types.State.Active, (await LastSnapshotAsync(running)).State);
        Assert.Equal(Plan.Types.State.Suspended, (await LastSnapshotAsync(paused)).State);

        // It is a plan like any other again: what is done with it is the next in its history.
        var wished = await running.Officer.ScheduleCheckInAsync(
            new ScheduleCheckInRequest { Parent = running.Plan.Name, CheckIn = new CheckIn { DueDate = Partnership.Today.ToProto() }, RequestId = Partnership.NewRequest() });
        Assert.Contains(await running.DueAsync(), item => item.Item == wished.Name);
        await running.Officer.NameContactAsync(
            new NameContactRequest { Name = running.Plan.Name, PersonRef = "ref-1", Etag = (await running.NowAsync()).Etag, RequestId = Partnership.NewRequest() });
        Assert.Equal(3, await service.RevisionsOfAsync(running.Plan.Name));
    }

    private Task CloseAsEarlierAsync(params IEnumerable<Partnership> partnerships) => service.ExecuteAsync(
        string.Join(';', partnerships.Select(p => $"UPDATE plan SET state = 'Closed' WHERE municipality = '{p.Activated.Municipality}' AND id = '{p.Plan.Name[^36..]}'")));

    private async Task MigrateAsync()
    {
        using var reader = new StreamReader(typeof(FollowUpDb).Assembly.GetManifestResourceStream("0035_reopened_plans.sql")!);
        await service.ExecuteAsync(await reader.ReadToEndAsync());
    }

    private async Task<Plan> LastSnapshotAsync(Partnership partnership)
    {
        await using var data = NpgsqlDataSource.Create(service.OwnerConnectionString);
        await using var command = data.CreateCommand("SELECT snapshot FROM revision WHERE subject = $1 ORDER BY number DESC LIMIT 1");
        command.Parameters.Add(new NpgsqlParameter { Value = partnership.Plan.Name });
        return Plan.Parser.ParseFrom((byte[])(await command.ExecuteScalarAsync())!);
    }
}
