using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Contracts.Events.Organisations;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Platform.Tests.Sample;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Tests;

/// <summary>What every event says of itself: stamped by the save, told by nobody who raises one.</summary>
[Collection(Notes.Name)]
public sealed class EventHeaderTests(NotesFixture notes) : IAsyncLifetime
{
    private AsyncServiceScope _scope;
    private NotesDb _db = null!;

    // Nothing here is committed, so no dispatcher takes the rows before they are looked at.
    public async Task InitializeAsync()
    {
        _scope = notes.Services.CreateAsyncScope();
        _scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(MunicipalityCode.Parse("1283"));
        _db = _scope.ServiceProvider.GetRequiredService<NotesDb>();
        await _db.Database.BeginTransactionAsync();
    }

    public async Task DisposeAsync() => await _scope.DisposeAsync();

    [Fact]
    public async Task The_payload_holds_the_header_and_the_members_of_the_event_and_nothing_else()
    {
        var note = Write();
        var before = TimeProvider.System.GetUtcNow();

        _db.Raise(note, new DocumentReviewed { Document = $"{note.Name}/documents/1", State = "ACCEPTED" });
        await _db.SaveChangesAsync();

        var row = await _db.Set<OutboxMessage>().AsNoTracking().SingleAsync();
        var payload = JsonNode.Parse(row.Payload)!;
        Assert.True(
            JsonNode.DeepEquals(payload, new JsonObject
            {
                ["document"] = $"{note.Name}/documents/1",
                ["state"] = "ACCEPTED",
                ["eventId"] = row.EventId,
                ["municipality"] = "1283",
                ["subject"] = note.Name,
                ["occurredAt"] = payload["occurredAt"]!.DeepClone(),
                ["sequence"] = 1,
            }),
            row.Payload);
        Assert.InRange(payload["occurredAt"]!.GetValue<DateTimeOffset>(), before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow());
        Assert.Equal((7, "1283", note.Name), (row.EventId.Version, row.Municipality, row.Subject));
    }

    [Fact]
    public async Task The_place_is_the_number_of_the_save_and_of_the_last_one_where_the_subject_is_not_saved()
    {
        var note = Write();
        await RaiseAndSaveAsync(note);

        // Neither needs to know which came first: the change is recorded after its event here.
        note.Rewrite("Another text");
        _db.Raise(note, new OrganisationRegistered());
        _db.Record(note, note.ToProto);
        await _db.SaveChangesAsync();

        await RaiseAndSaveAsync(note);
        var untracked = await _db.Notes.AsNoTracking().SingleAsync(n => n.Id == note.Id);
        await RaiseAndSaveAsync(untracked);
        await _db.SaveChangesAsync();

        Assert.Equal([1, 2, 2, 2], await PlacesAsync(note.Name));
    }

    [Fact]
    public async Task What_is_no_aggregate_is_told_of_by_its_name_and_the_place_given()
    {
        var subject = $"{NotesFixture.Here}/reminders/{Guid.CreateVersion7()}";

        _db.Raise(subject, 3, new OrganisationRegistered());
        await _db.SaveChangesAsync();

        Assert.Equal([3], await PlacesAsync(subject));
    }

    [Fact]
    public async Task What_a_request_brings_about_in_another_municipality_is_told_of_under_the_same_request()
    {
        var call = new CurrentCall { RequestId = "request-of-the-first" };
        var subject = $"{NotesFixture.Elsewhere}/reminders/{Guid.CreateVersion7()}";

        await notes.Services.RunForAsync(call, MunicipalityCode.Parse("0580"), "Retelling", async scope =>
        {
            var db = scope.GetRequiredService<NotesDb>();
            db.Raise(subject, 1, new OrganisationRegistered());
            await db.SaveChangesAsync();

            var row = await db.Set<OutboxMessage>().AsNoTracking().SingleAsync(message => message.Subject == subject);
            Assert.Equal(("request-of-the-first", "0580"), (row.RequestId, row.Municipality));
        }, CancellationToken.None);
    }

    [Theory]
    [InlineData("eventId")]
    [InlineData("municipality")]
    [InlineData("subject")]
    [InlineData("occurredAt")]
    [InlineData("sequence")]
    public void An_event_that_lacks_a_part_of_its_header_is_not_read(string missing)
    {
        var whole = JsonSerializer.SerializeToNode(new OrganisationRegistered(), Json.Options)!.AsObject();
        Assert.True(whole.Remove(missing));

        Assert.Throws<JsonException>(() => whole.Deserialize<OrganisationRegistered>(Json.Options));
    }

    private StoredNote Write()
    {
        var note = new StoredNote("1283", "A note");
        _db.Add(note);
        _db.Record(note, note.ToProto);
        return note;
    }

    private async Task RaiseAndSaveAsync(StoredNote note)
    {
        _db.Raise(note, new OrganisationRegistered());
        await _db.SaveChangesAsync();
    }

    private async Task<List<long>> PlacesAsync(string subject) =>
        [.. (await _db.Set<OutboxMessage>().AsNoTracking().Where(m => m.Subject == subject).OrderBy(m => m.Position).ToListAsync())
            .Select(m => JsonNode.Parse(m.Payload)!["sequence"]!.GetValue<long>())];
}
