using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Domain.Negotiation;

public enum CommentState
{
    Unspecified,
    Open,
    Resolved,
}

public sealed record CommentReply(string Text, PartySide Side, string Author, DateTimeOffset CreateTime);

/// <summary>A question or remark about a section, with its answers. It never goes away and is no part of the text.</summary>
public sealed class Comment : Aggregate
{
    public const string Collection = "comments";
    private const int MaxReplies = 200;

    private Comment()
    {
    }

    private Comment(string municipality)
        : base(municipality)
    {
    }

    public override string Name => $"{ResourceName.Of(Municipality, Domain.Agreement.Collection, Agreement)}/{Collection}/{Id}";

    /// <summary>Id of the agreement.</summary>
    public Guid Agreement { get; private set; }

    public CommentState State { get; private set; }

    public string SectionId { get; private set; } = "";

    public string Words { get; private set; } = "";

    public string Text { get; private set; } = "";

    public PartySide Side { get; private set; }

    public string Author { get; private set; } = "";

    public IReadOnlyList<CommentReply> Replies { get; private set; } = [];

    public string ResolvedBy { get; private set; } = "";

    /// <summary>Says something about an agreement whose text is still open.</summary>
    public static Comment On(Agreement agreement, string sectionId, string words, string text, PartySide side, string author)
    {
        agreement.MustBeOpenToTalk();
        if (sectionId.Length > 0)
        {
            agreement.SectionWith(sectionId);
        }

        return new Comment(agreement.Municipality)
        {
            Agreement = agreement.Id,
            State = CommentState.Open,
            SectionId = sectionId,
            Words = words,
            Text = text,
            Side = side,
            Author = author,
        };
    }

    /// <summary>Answers. What was settled is open again: someone had more to say.</summary>
    public void Reply(string text, PartySide side, string author, DateTimeOffset now)
    {
        if (Replies.Count >= MaxReplies)
        {
            throw Refusal.Precondition("TOO_MANY_REPLIES", Name, ("limit", $"{MaxReplies}"));
        }

        Replies = [.. Replies, new CommentReply(text, side, author, now)];
        (State, ResolvedBy) = (CommentState.Open, "");
    }

    public void Resolve(string person)
    {
        if (State != CommentState.Open)
        {
            throw Refusal.State("COMMENT_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(), CommentState.Open.ToUpperSnake());
        }

        (State, ResolvedBy) = (CommentState.Resolved, person);
    }
}
