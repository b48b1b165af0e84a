using System.Diagnostics;
using System.Text;
using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Platform.Tests.Sample;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace Iop.Platform.Tests;

/// <summary>From the transaction to the effect elsewhere: at least once on the wire, once in effect, in order.</summary>
[Collection(Notes.Name)]
public sealed class MessagingTests(NotesFixture notes)
{
    [Fact]
    public async Task An_event_leaves_with_the_transaction_and_arrives()
    {
        var note = await notes.WriteAsync();

        await Eventually.IsAsync(1, () => notes.CountAsync($"SELECT count(*) FROM heard WHERE subject = '{note.Name}'"));
    }

    [Fact]
    public async Task An_event_of_a_change_that_failed_never_leaves()
    {
        var before = await notes.CountAsync("SELECT coalesce(max(position), 0) FROM outbox");

        // The event is raised with the note, and then the database will not have the note.
        await notes.ExecuteAsync("ALTER TABLE note ADD CONSTRAINT whole CHECK (text <> 'Half a note') NOT VALID");
        try
        {
            var failed = await Assert.ThrowsAsync<RpcException>(() => notes.WriteAsync("Half a note"));
            Assert.Equal(StatusCode.Internal, failed.StatusCode);
            Assert.Contains("rpc.call.failed", Assert.Single(notes.Errors.Take()), StringComparison.Ordinal);
        }
        finally
        {
            await notes.ExecuteAsync("ALTER TABLE note DROP CONSTRAINT whole");
        }

        Assert.Equal(0, await notes.CountAsync($"SELECT count(*) FROM outbox WHERE position > {before}"));
    }

    [Fact]
    public async Task An_event_that_arrives_five_times_at_once_has_effect_once()
    {
        var @event = Registered($"{NotesFixture.Here}/notes/{Guid.CreateVersion7()}");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => notes.Services.GetRequiredService<IBus>().Publish(@event)));
        var last = Registered($"{NotesFixture.Here}/notes/{Guid.CreateVersion7()}");
        await notes.Services.GetRequiredService<IBus>().Publish(last);

        await Eventually.IsAsync(1, () => notes.CountAsync($"SELECT count(*) FROM heard WHERE subject = '{last.Subject}'"));
        Assert.Equal(1, await notes.CountAsync($"SELECT count(*) FROM heard WHERE subject = '{@event.Subject}'"));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("9999")]
    public async Task An_event_of_no_municipality_is_told_of_when_it_goes_to_the_error_queue_without_what_it_said(string municipality)
    {
        var @event = Registered($"{NotesFixture.Here}/notes/{Guid.CreateVersion7()}") with { Municipality = municipality };

        await notes.Services.GetRequiredService<IBus>().Publish(@event);

        await Eventually.IsAsync(true, () => Task.FromResult(notes.Errors.Entries.Any(line => line.Contains("inbox.event.dead_lettered", StringComparison.Ordinal))));
        var line = Assert.Single(notes.Errors.Take());
        Assert.Contains($"{@event.EventId}", line, StringComparison.Ordinal);
        Assert.DoesNotContain($"iop.municipality, {municipality}", line, StringComparison.Ordinal);
        Assert.Equal(0, await notes.CountAsync($"SELECT count(*) FROM heard WHERE subject = '{@event.Subject}'"));
    }

    [Theory]
    [InlineData("""{"messageType":["urn:message:Iop.Contracts.Events.Organisations:OrganisationRegistered"],"message":{"subject":"PART"}}""")]
    [InlineData("""{"messageType":["urn:message:Iop.Contracts.Events.Organisations:OrganisationRegistered"],"message":{"subject":"PART" """)]
    public async Task A_message_that_cannot_be_read_as_its_event_is_told_of_when_it_goes_to_the_error_queue(string message)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(TestServers.Broker) }.CreateConnectionAsync();
        await using var broker = await connection.CreateChannelAsync();

        await broker.BasicPublishAsync(
            "Iop.Contracts.Events.Organisations:OrganisationRegistered", "", mandatory: true,
            new BasicProperties { ContentType = "application/vnd.masstransit+json" }, Encoding.UTF8.GetBytes(message));

        await Eventually.IsAsync(true, () => Task.FromResult(notes.Errors.Entries.Any(line => line.Contains("inbox.event.unreadable", StringComparison.Ordinal))));
        Assert.DoesNotContain("PART", Assert.Single(notes.Errors.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_of_one_subject_arrive_in_order()
    {
        var subject = $"{NotesFixture.Here}/notes/{Guid.CreateVersion7()}";
        await using (var scope = notes.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Tenancy.TenantScope>().Enter(Tenancy.MunicipalityCode.Parse("1283"));
            var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
            for (var sequence = 1; sequence <= 20; sequence++)
            {
                db.Raise(subject, sequence, new OrganisationRegistered());
                await db.SaveChangesAsync();
            }
        }

        await Eventually.IsAsync(20, () => notes.CountAsync($"SELECT count(*) FROM heard WHERE subject = '{subject}'"));
        Assert.Equal(0, await notes.CountAsync(
            $"SELECT count(*) FROM (SELECT sequence - lag(sequence) OVER (ORDER BY id) AS step FROM heard WHERE subject = '{subject}') AS s WHERE step < 0"));
    }

    [Fact]
    public async Task A_row_that_cannot_be_sent_is_postponed_and_holds_back_its_own_subject_only()
    {
        var poisoned = $"{NotesFixture.Here}/notes/{Guid.CreateVersion7()}";
        await InsertPoisonAsync(poisoned);
        var note = await notes.WriteAsync();

        await Eventually.IsAsync(1, () => notes.CountAsync($"SELECT count(*) FROM heard WHERE subject = '{note.Name}'"));
        await Eventually.IsAsync(1, () => notes.CountAsync($"SELECT count(*) FROM outbox WHERE subject = '{poisoned}' AND attempts > 0 AND last_failure = 'InvalidOperationException'"));
        await DeleteAsync(poisoned);
    }

    [Fact]
    public async Task A_row_is_parked_after_its_last_try_and_seen_in_the_deep_health()
    {
        var poisoned = $"{NotesFixture.Here}/notes/{Guid.CreateVersion7()}";
        await InsertPoisonAsync(poisoned, attempts: 9);

        await Eventually.IsAsync(1, () => notes.CountAsync($"SELECT count(*) FROM outbox WHERE subject = '{poisoned}' AND park_time IS NOT NULL"));
        using var http = new HttpClient();
        var health = await http.GetStringAsync($"{notes.HealthAddress}/health/deep");

        Assert.Contains("\"parked\":1", health, StringComparison.Ordinal);
        await DeleteAsync(poisoned);
    }

    [Fact]
    public async Task One_trace_runs_from_the_call_through_outbox_and_broker_to_the_consumer()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var caller = new ActivitySource("tests").StartActivity("caller")!;

        var note = await notes.WriteAsync();

        await Eventually.IsAsync(1, () => notes.CountAsync(
            $"SELECT count(*) FROM heard WHERE subject = '{note.Name}' AND trace_id = '{caller.TraceId.ToHexString()}'"));
    }

    private static OrganisationRegistered Registered(string subject) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = "1283",
        Subject = subject,
        OccurredAt = DateTimeOffset.UtcNow,
        Sequence = 1,
    };

    private Task InsertPoisonAsync(string subject, int attempts = 0) => notes.ExecuteAsync(
        $"""
        INSERT INTO outbox (municipality, event_id, subject, type, payload, request_id, create_time, next_attempt_time, attempts)
        VALUES ('1283', gen_random_uuid(), '{subject}', 'Iop.Unknown', '{"{}"}', '', now(), now(), {attempts})
        """);

    private Task DeleteAsync(string subject) => notes.ExecuteAsync($"DELETE FROM outbox WHERE subject = '{subject}'");
}
