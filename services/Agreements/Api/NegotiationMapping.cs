using Iop.Agreements.Domain.Negotiation;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

internal static class NegotiationMapping
{
    public static V1.Comment ToProto(this Comment comment, bool etag = true) => new()
    {
        Name = comment.Name,
        State = (V1.Comment.Types.State)comment.State,
        SectionId = comment.SectionId,
        Words = comment.Words,
        Text = comment.Text,
        Side = (Types.V1.PartySide)comment.Side,
        Author = comment.Author,
        Replies = { comment.Replies.Select(ToProto) },
        ResolvedBy = comment.ResolvedBy,
        CreateTime = comment.CreateTime.ToProto(),
        UpdateTime = comment.UpdateTime.ToProto(),
        Etag = etag ? comment.Etag : "",
    };

    public static V1.Proposal ToProto(this Proposal proposal, bool etag = true) => new()
    {
        Name = proposal.Name,
        State = (V1.Proposal.Types.State)proposal.State,
        SectionId = proposal.SectionId,
        Text = proposal.Text,
        Motivation = proposal.Motivation,
        BaseText = proposal.BaseText,
        Runs = { proposal.Runs.Select(ToProto) },
        Side = (Types.V1.PartySide)proposal.Side,
        Author = proposal.Author,
        AnsweredBy = proposal.AnsweredBy,
        Answer = proposal.Answer,
        CreateTime = proposal.CreateTime.ToProto(),
        UpdateTime = proposal.UpdateTime.ToProto(),
        Etag = etag ? proposal.Etag : "",
    };

    public static V1.TextRun ToProto(this TextRun run) => new() { Kind = (V1.TextRun.Types.Kind)run.Kind, Text = run.Text };

    private static V1.CommentReply ToProto(CommentReply reply) => new()
    {
        Text = reply.Text,
        Side = (Types.V1.PartySide)reply.Side,
        Author = reply.Author,
        CreateTime = reply.CreateTime.ToProto(),
    };
}
