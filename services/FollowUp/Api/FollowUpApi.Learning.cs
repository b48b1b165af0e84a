using Grpc.Core;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using LearningNote = Iop.FollowUp.Domain.LearningNote;
using SharingChoice = Iop.FollowUp.Domain.SharingChoice;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxTitleLength = 200;

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.LearningNote> CreateLearningNote(CreateLearningNoteRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var sent = request.LearningNote ?? new V1.LearningNote();
        var planId = ResourceName.IdIn(sent.Plan, Domain.Plan.Collection, tenant.Required, "learning_note.plan");
        var by = await desk.TakeAsync(planId, "PLAN_NOT_FOUND", sent.Plan, context.CancellationToken);
        var (title, text) = ReadLesson(new Faults(), sent.Title, sent.Text, request.NamesNobody);
        var note = new LearningNote(by.Plan, title, text);
        db.Add(note);
        return await SaveAsync(note, "", by.Organisation, context.CancellationToken);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.LearningNote> UpdateLearningNote(UpdateLearningNoteRequest request, ServerCallContext context)
    {
        var sent = request.LearningNote ?? new V1.LearningNote();
        var note = await TakeNoteAsync(sent.Name, context.CancellationToken, "learning_note.name");
        var by = await desk.TakeAsync(note.PlanId, "LEARNING_NOTE_NOT_FOUND", sent.Name, context.CancellationToken);
        note.MustMatch(sent.Etag, "learning_note.etag");
        var faults = new Faults();
        var fields = faults.Mask(sent, request.UpdateMask, ["title", "text"], "plan");
        var (title, text) = ReadLesson(faults, fields.Contains("title") ? sent.Title : note.Title, fields.Contains("text") ? sent.Text : note.Text, request.NamesNobody);
        if (fields.Count == 0)
        {
            return note.ToProto();
        }

        note.Write(title, text);
        return await SaveAsync(note, "", by.Organisation, context.CancellationToken);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.LearningNote> GetLearningNote(GetLearningNoteRequest request, ServerCallContext context)
    {
        var id = ResourceName.IdIn(request.Name, LearningNote.Collection, tenant.Required);
        var own = await db.LearningNotes.AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, context.CancellationToken);
        if (own is not null && await db.Plans.AsNoTracking().SingleAsync(p => p.Id == own.PlanId, context.CancellationToken) is var plan
            && (plan.CommitteesOnly || own.State != LearningNoteState.Published))
        {
            desk.MustSee(plan);
        }

        var shared = own is null ? await db.SharedLearningNotes.AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, context.CancellationToken) : null;
        return own?.ToProto() ?? shared?.ToProto() ?? throw Refusal.NotFound("LEARNING_NOTE_NOT_FOUND", request.Name);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListLearningNotesResponse> ListLearningNotes(ListLearningNotesRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, context.Method, request.Parent);

        // What is published of a partnership that is kept to committees stays with those who see it.
        var own = db.LearningNotes.Where(n =>
            (n.State == LearningNoteState.Published && db.Plans.Any(p => p.Id == n.PlanId && !p.CommitteesOnly)) || desk.Visible().Any(p => p.Id == n.PlanId));
        var ids = own.Select(n => new Listed { Id = n.Id }).Concat(db.SharedLearningNotes.Select(n => new Listed { Id = n.Id }));
        var (items, next) = await page.FetchAsync(ids, row => row.Id, context.CancellationToken);

        List<Guid> wanted = [.. items.Select(row => row.Id)];
        var notes = await db.LearningNotes.AsNoTracking().Where(n => wanted.Contains(n.Id)).ToDictionaryAsync(n => n.Id, n => n.ToProto(), context.CancellationToken);
        foreach (var shared in await db.SharedLearningNotes.AsNoTracking().Where(n => wanted.Contains(n.Id)).ToListAsync(context.CancellationToken))
        {
            notes.TryAdd(shared.Id, shared.ToProto());
        }

        return new ListLearningNotesResponse { LearningNotes = { wanted.Where(notes.ContainsKey).Select(id => notes[id]) }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer)]
    public override async Task<V1.LearningNote> PublishLearningNote(PublishLearningNoteRequest request, ServerCallContext context)
    {
        var note = await TakeNoteAsync(request.Name, context.CancellationToken);
        await desk.TakeAsync(note.PlanId, "LEARNING_NOTE_NOT_FOUND", request.Name, context.CancellationToken);
        note.MustMatch(request.Etag);
        note.Publish(time.Now());
        return await SaveAsync(note, "", "", context.CancellationToken);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer)]
    public override async Task<V1.LearningNote> WithdrawLearningNote(WithdrawLearningNoteRequest request, ServerCallContext context)
    {
        var note = await TakeNoteAsync(request.Name, context.CancellationToken);
        await desk.TakeAsync(note.PlanId, "LEARNING_NOTE_NOT_FOUND", request.Name, context.CancellationToken);
        note.MustMatch(request.Etag);
        var reason = ReadOfPeople("reason", request.Reason, MaxCommentLength, request.NamesNobodyHelped);
        note.Withdraw();
        return await SaveAsync(note, reason, "", context.CancellationToken);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.SharingChoice> GetSharingChoice(GetSharingChoiceRequest request, ServerCallContext context) =>
        (await ChoiceAsync(request.Name, context.CancellationToken)).Choice.ToProto();

    /// <inheritdoc/>
    [Access(Roles.GuidelineOwner)]
    public override async Task<V1.SharingChoice> ChooseSharing(ChooseSharingRequest request, ServerCallContext context)
    {
        var (choice, isNew) = await ChoiceAsync(request.Name, context.CancellationToken);
        choice.MustMatch(request.Etag);
        choice.Choose(request.LearningNotes);
        if (isNew)
        {
            db.Add(choice);
        }

        db.Record(choice, () => choice.ToProto());
        await db.SaveChangesAsync(context.CancellationToken);
        return choice.ToProto();
    }

    private (string Title, string Text) ReadLesson(Faults faults, string title, string text, bool hasLooked)
    {
        var read = (
            Title: faults.Text("learning_note.title", title, MaxTitleLength, required: true),
            Text: faults.Text("learning_note.text", text, MaxLearnedLength, required: true));
        personalData.MustNotBeIn(faults, hasLooked, ("learning_note.title", read.Title), ("learning_note.text", read.Text));
        faults.ThrowIfAny();
        return read;
    }

    private async Task<LearningNote> TakeNoteAsync(string name, CancellationToken cancellation, string field = "name")
    {
        var id = ResourceName.IdIn(name, LearningNote.Collection, tenant.Required, field);
        return await db.LearningNotes.FirstOrDefaultAsync(n => n.Id == id, cancellation) ?? throw Refusal.NotFound("LEARNING_NOTE_NOT_FOUND", name);
    }

    private async Task<(SharingChoice Choice, bool IsNew)> ChoiceAsync(string name, CancellationToken cancellation)
    {
        var nobody = new SharingChoice(tenant.Required);
        if (name != nobody.Name)
        {
            throw Refusal.Input(new FieldFault("name", "RESOURCE_NAME_INVALID", ("pattern", nobody.Name)));
        }

        var chosen = await db.SharingChoices.FirstOrDefaultAsync(cancellation);
        return (chosen ?? nobody, chosen is null);
    }

    private async Task<V1.LearningNote> SaveAsync(LearningNote note, string reason, string organisation, CancellationToken cancellation)
    {
        db.Record(note, () => note.ToProto(), reason, organisation);
        await db.SaveChangesAsync(cancellation);
        return note.ToProto();
    }

    private sealed class Listed
    {
        public Guid Id { get; init; }
    }
}
