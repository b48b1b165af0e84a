using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Negotiation;
using Iop.Contracts.Events;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>What the parties say to each other about the text.</summary>
public sealed partial class AgreementsApi
{
    private static readonly Dictionary<string, string[]> TalkFilters = new() { ["state"] = ["="], ["section_id"] = ["="] };

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Comment> CreateComment(V1.CreateCommentRequest request, ServerCallContext context)
    {
        var (faults, asked) = (new Faults(), request.Comment ?? new());
        faults.Text("comment.section_id", asked.SectionId, 60);
        var words = faults.Text("comment.words", asked.Words, 500);
        var text = faults.Text("comment.text", asked.Text, 4_000, required: true);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.TalkAsync(request.Parent, context.CancellationToken, "parent");
        var comment = Comment.On(agreement, asked.SectionId, words, text, actor.SideIn(agreement.Terms.Parties), actor.DisplayName);
        db.Add(comment);
        return await SaveAsync(comment, agreement, actor, comment.Added(agreement, comment.Side), context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Comment> GetComment(V1.GetCommentRequest request, ServerCallContext context)
    {
        var (agreementName, id) = ChildIn(request.Name, Comment.Collection);
        var agreement = await desk.ReadAsync(agreementName, context.CancellationToken);
        return (await CommentsOf(agreement).FirstOrDefaultAsync(comment => comment.Id == id, context.CancellationToken) ?? throw Refusal.NotFound("COMMENT_NOT_FOUND", request.Name)).ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListCommentsResponse> ListComments(V1.ListCommentsRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListComments), request.Parent, request.Filter);
        var query = CommentsOf(agreement);
        foreach (var (field, _, value) in Filter.Parse(request.Filter, TalkFilters))
        {
            query = field == "section_id" ? query.Where(comment => comment.SectionId == value) : WithState(query, value);
        }

        var (items, next) = await page.FetchAsync(query, comment => comment.Id, context.CancellationToken);
        return new V1.ListCommentsResponse { Comments = { items.Select(item => item.ToProto()) }, NextPageToken = next };

        static IQueryable<Comment> WithState(IQueryable<Comment> query, string word)
        {
            var state = StateNamed<CommentState>(word);
            return query.Where(comment => comment.State == state);
        }
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Comment> ReplyComment(V1.ReplyCommentRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var text = faults.Text("text", request.Text, 4_000, required: true);
        faults.ThrowIfAny();
        return await ChangeAsync(request.Name, request.Etag, (agreement, comment, side, person) =>
        {
            comment.Reply(text, side, person, time.GetUtcNow());
            return comment.Added(agreement, side);
        }, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.OrganisationRepresentative)]
    public override Task<V1.Comment> ResolveComment(V1.ResolveCommentRequest request, ServerCallContext context) =>
        ChangeAsync(request.Name, request.Etag, (agreement, comment, _, person) =>
        {
            comment.Resolve(person);
            return comment.Resolved(agreement);
        }, context.CancellationToken);

    private async Task<V1.Comment> ChangeAsync(string name, string etag, Func<Agreement, Comment, PartySide, string, IntegrationEvent> change, CancellationToken cancellation)
    {
        var (agreementName, id) = ChildIn(name, Comment.Collection);
        var (agreement, actor) = await desk.TalkAsync(agreementName, cancellation);
        var comment = await CommentsOf(agreement).AsTracking().FirstOrDefaultAsync(comment => comment.Id == id, cancellation) ?? throw Refusal.NotFound("COMMENT_NOT_FOUND", name);
        comment.MustMatch(etag);
        var told = change(agreement, comment, actor.SideIn(agreement.Terms.Parties), actor.DisplayName);
        return await SaveAsync(comment, agreement, actor, told, cancellation);
    }

    private async Task<V1.Comment> SaveAsync(Comment comment, Agreement agreement, Actor actor, IntegrationEvent told, CancellationToken cancellation)
    {
        db.Record(comment, () => comment.ToProto(etag: false), onBehalfOf: actor.PartyIn(agreement.Terms.Parties));
        desk.Tell(comment, agreement, told);
        await db.SaveChangesAsync(cancellation);
        return comment.ToProto();
    }

    // What a side said to itself before it shared the draft stays with that side, as its history does.
    private IQueryable<Comment> CommentsOf(Agreement agreement)
    {
        var (id, from) = (agreement.Id, desk.SeenFrom(agreement));
        return db.Comments.AsNoTracking().Where(comment => comment.Agreement == id && comment.CreateTime >= from);
    }

    private (string Agreement, Guid Id) ChildIn(string name, string collection)
    {
        var (agreement, id) = ResourceName.IdsIn(name, Agreement.Collection, collection, tenant.Required);
        return (ResourceName.Of(tenant.Required, Agreement.Collection, agreement), id);
    }

    /// <summary>The state that a filter names.</summary>
    internal static T StateNamed<T>(string word)
        where T : struct, Enum =>
        EnumNames.FromUpperSnake<T>(word) is { } state && !state.Equals(default(T)) ? state : throw Refusal.Input("INVALID_FILTER", "filter", ("at", "state"));
}
