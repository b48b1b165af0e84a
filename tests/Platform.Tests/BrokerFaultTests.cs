using Iop.Platform.Tests.Sample;
using Iop.Sample.V1;
using Iop.Testing;

namespace Iop.Platform.Tests;

/// <summary>The sample service, behind a line to the broker that can break.</summary>
public sealed class FarBrokerFixture() : RunningService<NotesDb>(Program.Build)
{
    public BrokerProxy Line { get; } = BrokerProxy.Start(TestServers.BrokerApart);

    protected override Task<IReadOnlyList<string>> MoreArgumentsAsync() =>
        Task.FromResult<IReadOnlyList<string>>([$"--ConnectionStrings:messaging={Line.Address}"]);

    public override async Task DisposeAsync()
    {
        Line.Resume();
        await base.DisposeAsync();
        await Line.DisposeAsync();
    }

    public async Task<string> WriteAsync(string text) =>
        (await new NotesService.NotesServiceClient(As("1283", Identity.Roles.CaseOfficer))
            .CreateNoteAsync(new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note { Text = text } })).Name;
}

/// <summary>The broker is there and does not answer, or the line to it breaks: nothing is lost, and no event is to blame.</summary>
public sealed class BrokerFaultTests(FarBrokerFixture service) : IClassFixture<FarBrokerFixture>
{
    [Fact]
    public async Task While_the_broker_confirms_nothing_events_wait_uncounted_and_leave_when_it_does()
    {
        service.Line.Stall();
        var written = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => service.WriteAsync($"Stalled {number}")));
        await Eventually.IsAsync(true, () => Task.FromResult(service.Errors.Lines.Any(line => line.Contains("messaging.broker.silent", StringComparison.Ordinal))));

        Assert.Equal(written.Length, await service.CountAsync("SELECT count(*) FROM outbox WHERE attempts = 0 AND park_time IS NULL"));
        service.Line.Resume();

        await HeardOnceAsync(written);
    }

    [Fact]
    public async Task When_every_connection_is_cut_each_event_has_its_effect_once_all_the_same()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 60).Select(number => service.WriteAsync($"Cut {number}")));
        service.Line.Cut();

        await HeardOnceAsync(await writing);
    }

    private async Task HeardOnceAsync(string[] subjects)
    {
        var theirs = $"subject IN ({string.Join(',', subjects.Select(subject => $"'{subject}'"))})";
        await Eventually.IsAsync(0L, () => service.CountAsync("SELECT count(*) FROM outbox"), seconds: 90);
        await Eventually.IsAsync((long)subjects.Length, () => service.CountAsync($"SELECT count(*) FROM heard WHERE {theirs}"));
    }
}
