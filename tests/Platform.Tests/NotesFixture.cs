using Iop.Platform.Tests.Sample;
using Iop.Sample.V1;
using Iop.Testing;

namespace Iop.Platform.Tests;

/// <summary>The sample service, running.</summary>
public sealed class NotesFixture() : RunningService<NotesDb>(Program.Build)
{
    public const string Here = "municipalities/1283";
    public const string Elsewhere = "municipalities/0580";

    public NotesService.NotesServiceClient Officer => new(As("1283", Identity.Roles.CaseOfficer));

    public NotesService.NotesServiceClient OfficerElsewhere => new(As("0580", Identity.Roles.CaseOfficer));

    public Task<Note> WriteAsync(string text = "A note", NotesService.NotesServiceClient? by = null, string parent = Here) =>
        (by ?? Officer).CreateNoteAsync(new CreateNoteRequest { Parent = parent, Note = new Note { Text = text } }).ResponseAsync;
}

[CollectionDefinition(Name)]
public sealed class Notes : ICollectionFixture<NotesFixture>
{
    public const string Name = "notes";
}
