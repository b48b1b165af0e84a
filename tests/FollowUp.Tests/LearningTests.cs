using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using States = Iop.FollowUp.V1.LearningNote.Types.State;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class LearningTests(FollowUpFixture service)
{
    private const string Owner = "1480";
    private const string Reader = "1280";
    private const string Apart = "0380";

    [Fact]
    public async Task A_published_lesson_reaches_those_who_share_and_nobody_else_until_either_stops()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Owner) with { Partnership = Partnership.Promises });
        await ChooseAsync(Owner, true);
        await ChooseAsync(Reader, true);
        var draft = await partnership.Representative.CreateLearningNoteAsync(Note(partnership.Plan));
        Assert.Equal(States.Draft, draft.State);

        var published = await partnership.Officer.PublishLearningNoteAsync(Publication(draft));

        Assert.Equal((States.Published, "social-inclusion"), (published.State, published.Domain));
        await Eventually.IsAsync(1, () => SharedWithAsync(Reader, draft));
        var seen = (await ListAsync(Reader)).Single(n => n.Owner == $"municipalities/{Owner}");
        Assert.Equal((draft.Title, draft.Text, "", ""), (seen.Title, seen.Text, seen.Plan, seen.Etag));
        Assert.StartsWith($"municipalities/{Reader}/learningNotes/", seen.Name, StringComparison.Ordinal);
        Assert.Equal(seen, await service.Officer(Reader).GetLearningNoteAsync(new GetLearningNoteRequest { Name = seen.Name }));
        Assert.Equal(0, await SharedWithAsync(Apart, draft));
        await Refused.ByAsync(StatusCode.NotFound, "LEARNING_NOTE_NOT_FOUND", () => service.Officer(Apart).GetLearningNoteAsync(
            new GetLearningNoteRequest { Name = seen.Name.Replace(Reader, Apart, StringComparison.Ordinal) }).ResponseAsync);

        await ChooseAsync(Reader, false);
        await Eventually.IsAsync(0, () => SharedWithAsync(Reader, draft));
        await ChooseAsync(Reader, true);
        await Eventually.IsAsync(1, () => SharedWithAsync(Reader, draft));
        await ChooseAsync(Owner, false);
        await Eventually.IsAsync(0, () => SharedWithAsync(Reader, draft));
        await ChooseAsync(Owner, true);
        await Eventually.IsAsync(1, () => SharedWithAsync(Reader, draft));
        await partnership.Officer.WithdrawLearningNoteAsync(Withdrawal(published));
        await Eventually.IsAsync(0, () => SharedWithAsync(Reader, draft));
    }

    [Fact]
    public async Task A_draft_is_the_partnerships_own_and_what_is_published_is_read_by_all_of_the_municipality()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Apart));
        var stranger = service.Client(Roles.OrganisationRepresentative, Apart, $"municipalities/{Apart}/organisations/{Guid.CreateVersion7()}");
        var draft = await partnership.Officer.CreateLearningNoteAsync(Note(partnership.Plan));
        Assert.Equal(draft, await partnership.Representative.GetLearningNoteAsync(new GetLearningNoteRequest { Name = draft.Name }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => stranger.GetLearningNoteAsync(new GetLearningNoteRequest { Name = draft.Name }).ResponseAsync);
        Assert.DoesNotContain(draft, (await stranger.ListLearningNotesAsync(new ListLearningNotesRequest { Parent = $"municipalities/{Apart}" })).LearningNotes);

        var published = await partnership.Officer.PublishLearningNoteAsync(Publication(draft));

        Assert.Equal(published, await stranger.GetLearningNoteAsync(new GetLearningNoteRequest { Name = draft.Name }));
        Assert.Contains(published, (await stranger.ListLearningNotesAsync(new ListLearningNotesRequest { Parent = $"municipalities/{Apart}" })).LearningNotes);
    }

    [Fact]
    public async Task A_draft_is_written_anew_by_either_side_until_it_is_published()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Apart));
        var stranger = service.Client(Roles.OrganisationRepresentative, Apart, $"municipalities/{Apart}/organisations/{Guid.CreateVersion7()}");
        var draft = await partnership.Officer.CreateLearningNoteAsync(Note(partnership.Plan));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => UpdateAsync(stranger, draft, "Ny"));
        await Refused.ForFieldAsync("learning_note.title", "PERSONAL_NAME_REFUSED", () => UpdateAsync(partnership.Officer, draft, "Fatimas väg"));
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => UpdateAsync(partnership.Officer, new LearningNote(draft) { Etag = "" }, "Ny"));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => UpdateAsync(partnership.Officer, new LearningNote(draft) { Etag = "\"1\"" }, "Ny"));

        var titled = await UpdateAsync(partnership.Representative, draft, "Helgöppet lönar sig", "title");
        Assert.Equal(("Helgöppet lönar sig", draft.Text, LearningNote.Types.State.Draft), (titled.Title, titled.Text, titled.State));
        await Refused.ForFieldAsync("update_mask", "UPDATE_MASK_INVALID", () => UpdateAsync(partnership.Officer, titled, "Ny", "plan"));
        Assert.Equal(titled, await UpdateAsync(partnership.Officer, titled, "Ny", "domain"));
        titled = await UpdateAsync(partnership.Officer, new LearningNote { Name = titled.Name, Etag = titled.Etag }, "Helgöppet lönar sig varje helg");
        Assert.Equal(("Helgöppet lönar sig varje helg", draft.Text), (titled.Title, titled.Text));

        var published = await partnership.Officer.PublishLearningNoteAsync(Publication(titled));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "LEARNING_NOTE_STATE_NOT_ALLOWED", () => UpdateAsync(partnership.Officer, published, "Ny"));
        Assert.Equal(("PUBLISHED", "DRAFT"), (refused.Metadata["state"], refused.Metadata["allowed"]));

        static Task<LearningNote> UpdateAsync(FollowUpService.FollowUpServiceClient by, LearningNote read, string title, params string[] fields) => by.UpdateLearningNoteAsync(
            new UpdateLearningNoteRequest { LearningNote = new LearningNote(read) { Title = title }, UpdateMask = new FieldMask { Paths = { fields } }, RequestId = Partnership.NewRequest() }).ResponseAsync;
    }

    [Fact]
    public async Task A_lesson_is_published_once_and_taken_back_once()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Apart));
        var published = await partnership.Officer.PublishLearningNoteAsync(Publication(await partnership.Officer.CreateLearningNoteAsync(Note(partnership.Plan))));

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "LEARNING_NOTE_STATE_NOT_ALLOWED", () => partnership.Officer.PublishLearningNoteAsync(Publication(published)).ResponseAsync);
        Assert.Equal(("PUBLISHED", "DRAFT"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        var withdrawn = await partnership.Officer.WithdrawLearningNoteAsync(Withdrawal(published));
        refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "LEARNING_NOTE_STATE_NOT_ALLOWED", () => partnership.Officer.WithdrawLearningNoteAsync(Withdrawal(withdrawn)).ResponseAsync);
        Assert.Equal(("WITHDRAWN", "DRAFT, PUBLISHED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
    }

    [Theory]
    [InlineData("Vi lärde oss av Fatimas väg till arbete.", "PERSONAL_NAME_REFUSED")]
    [InlineData("Fråga kontakt@forening.se om mer.", "CONTACT_DETAILS_REFUSED")]
    [InlineData("Ring 08-508 290 00 för mer.", "CONTACT_DETAILS_REFUSED")]
    public async Task A_lesson_points_out_nobody(string text, string reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Apart));
        var request = Note(partnership.Plan);
        request.LearningNote.Text = text;

        await Refused.ForFieldAsync("learning_note.text", reason, () => partnership.Officer.CreateLearningNoteAsync(request).ResponseAsync);
    }

    [Theory]
    [InlineData("Öppna Famnen i Eslöv mötte 240 unga under 2026, med 900 ideella timmar.")]
    [InlineData("Per deltagare kostade det 1 200 kr. Jan–mars var lugnast.")]
    [InlineData("Riktlinjen antogs 2019-06-17, dnr KS 2026/118.")]
    public async Task An_innocent_lesson_is_let_through(string text)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Apart));
        var request = Note(partnership.Plan);
        request.LearningNote.Text = text;

        Assert.Equal(text, (await partnership.Officer.CreateLearningNoteAsync(request)).Text);
    }

    private static CreateLearningNoteRequest Note(Plan plan) => new()
    {
        Parent = plan.Name[..19],
        LearningNote = new LearningNote { Plan = plan.Name, Title = "Kvällsöppet lönar sig", Text = "Fler unga kommer när de själva har bestämt tiderna." },
        RequestId = Partnership.NewRequest(),
    };

    private static PublishLearningNoteRequest Publication(LearningNote note) => new() { Name = note.Name, Etag = note.Etag, RequestId = Partnership.NewRequest() };

    private static WithdrawLearningNoteRequest Withdrawal(LearningNote note) =>
        new() { Name = note.Name, Reason = "Den stämmer inte längre.", Etag = note.Etag, RequestId = Partnership.NewRequest() };

    private async Task ChooseAsync(string municipality, bool shares)
    {
        var (client, name) = (service.Client(Roles.GuidelineOwner, municipality), $"municipalities/{municipality}/sharingChoice");
        var choice = await client.GetSharingChoiceAsync(new GetSharingChoiceRequest { Name = name });
        var chosen = await client.ChooseSharingAsync(new ChooseSharingRequest { Name = name, LearningNotes = shares, Etag = choice.Etag, RequestId = Partnership.NewRequest() });
        Assert.Equal(shares, chosen.LearningNotes);
        Assert.Equal(chosen, await client.GetSharingChoiceAsync(new GetSharingChoiceRequest { Name = name }));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => client.ChooseSharingAsync(
            new ChooseSharingRequest { Name = name, LearningNotes = shares, Etag = "\"7\"", RequestId = Partnership.NewRequest() }).ResponseAsync);
    }

    private async Task<IReadOnlyList<LearningNote>> ListAsync(string municipality) =>
        (await service.Officer(municipality).ListLearningNotesAsync(new ListLearningNotesRequest { Parent = $"municipalities/{municipality}" })).LearningNotes;

    private async Task<int> SharedWithAsync(string municipality, LearningNote note) =>
        (await ListAsync(municipality)).Count(n => n.Name.EndsWith(note.Name[^36..], StringComparison.Ordinal));
}
