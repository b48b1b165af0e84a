using System.Diagnostics;
using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Messaging;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sample.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Iop.Platform.Tests.Sample;

internal static class Program
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddPlatform<NotesDb>();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapGrpcService<NotesApi>();
        return app.MapPlatform();
    }
}

public sealed class StoredNote : Aggregate
{
    private StoredNote()
    {
    }

    public StoredNote(string municipality, string text)
        : base(municipality) => Text = text;

    public string Text { get; private set; } = "";

    public override string Name => ResourceName.Of(Municipality, "notes", Id);

    public void Rewrite(string text) => Text = text;

    public Note ToProto() => new() { Name = Name, Text = Text, Etag = Etag };
}

/// <summary>The trace of an event that was handled: a second handling would be a second row.</summary>
public sealed class Heard : ITenantOwned
{
    public required string Municipality { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Subject { get; init; }

    public required long Sequence { get; init; }

    public required string TraceId { get; init; }
}

public sealed class NotesDb(DbContextOptions<NotesDb> options, TenantScope tenant, CurrentCall call, TimeProvider time)
    : IopDbContext(options, tenant, call, time)
{
    public DbSet<StoredNote> Notes => Set<StoredNote>();

    public DbSet<Heard> Heard => Set<Heard>();

    public DbSet<Chore> Chores => Set<Chore>();

    protected override void MapEntities(ModelBuilder model)
    {
        model.Entity<StoredNote>().ToTable("note");
        model.Entity<Heard>().ToTable("heard").HasKey(h => new { h.Municipality, h.Id });
        model.Entity<Chore>().ToTable("chore").HasKey(c => new { c.Municipality, c.Id });
    }
}

[DbContext(typeof(NotesDb))]
[Migration("0000_platform")]
internal sealed class M0000 : SqlMigration;

[DbContext(typeof(NotesDb))]
[Migration("0001_notes")]
internal sealed class M0001 : SqlMigration;

internal sealed class NotesApi(NotesDb db, TenantScope tenant, RememberedRequests changes) : NotesService.NotesServiceBase
{
    [Access(Roles.CaseOfficer)]
    public override async Task<Note> CreateNote(CreateNoteRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var text = faults.Text("note.text", request.Note.Text, 100, required: true);
        faults.ThrowIfAny();
        return await SaveNewAsync(text, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Auditor)]
    public override async Task<Note> GetNote(GetNoteRequest request, ServerCallContext context) =>
        (await FindAsync(request.Name, context)).ToProto();

    [Access(Roles.CaseOfficer)]
    public override async Task<Note> UpdateNote(UpdateNoteRequest request, ServerCallContext context)
    {
        var note = await FindAsync(request.Note.Name, context);
        note.MustMatch(request.Note.Etag, "note.etag");
        note.Rewrite(request.Note.Text);
        db.Record(note, note.ToProto);
        await db.SaveChangesAsync(context.CancellationToken);
        return note.ToProto();
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<ListNotesResponse> ListNotes(ListNotesRequest request, ServerCallContext context)
    {
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListNotes), request.Parent, request.Filter);
        var (notes, next) = await page.FetchAsync(db.Notes.AsNoTracking(), note => note.Id, context.CancellationToken);
        return new ListNotesResponse { Notes = { notes.Select(note => note.ToProto()) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<Note> AppendNote(IAsyncStreamReader<AppendNoteRequest> requestStream, ServerCallContext context)
    {
        var text = "";
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            text += requestStream.Current.Text;
        }

        return await changes.RunAsync("", ReadOnlyMemory<byte>.Empty, () => SaveNewAsync(text, context.CancellationToken), context.CancellationToken);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task StreamNotes(ListNotesRequest request, IServerStreamWriter<Note> responseStream, ServerCallContext context)
    {
        await foreach (var note in db.Notes.AsNoTracking().AsAsyncEnumerable())
        {
            await responseStream.WriteAsync(note.ToProto());
        }
    }

    public override Task<Note> ForgottenNote(GetNoteRequest request, ServerCallContext context) => GetNote(request, context);

    [Access(Roles.CaseOfficer)]
    public override Task<Note> BreakNote(GetNoteRequest request, ServerCallContext context) =>
        throw new InvalidOperationException($"Broken at {request.Name} by a secret word.");

    [Access(Roles.CaseOfficer)]
    public override Task<Note> BreakNewNote(CreateNoteRequest request, ServerCallContext context) =>
        throw new InvalidOperationException("Broken within its transaction.");

    private async Task<Note> SaveNewAsync(string text, CancellationToken cancellation)
    {
        var note = new StoredNote(tenant.Required, text);
        db.Add(note);
        db.Record(note, note.ToProto);
        db.Raise(note, new OrganisationRegistered());
        await db.SaveChangesAsync(cancellation);
        return note.ToProto();
    }

    private async Task<StoredNote> FindAsync(string name, ServerCallContext context)
    {
        var id = ResourceName.IdIn(name, "notes", tenant.Required);
        return await db.Notes.FirstOrDefaultAsync(note => note.Id == id, context.CancellationToken)
            ?? throw Refusal.NotFound("NOTE_NOT_FOUND", name);
    }
}

public sealed class HeardConsumer(ConsumerTools tools) : EventConsumer<OrganisationRegistered>(tools)
{
    private readonly IopDbContext _db = tools.Db;

    protected override Task HandleAsync(OrganisationRegistered @event, CancellationToken cancellation)
    {
        _db.Add(new Heard
        {
            Municipality = @event.Municipality,
            Subject = @event.Subject,
            Sequence = @event.Sequence,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
        });
        return Task.CompletedTask;
    }
}
