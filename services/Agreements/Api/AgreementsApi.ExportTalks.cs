using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Negotiation;
using Iop.Agreements.Export;
using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>The negotiation in an archive package: the talk is kept, those who talked by what they were there for.</summary>
public sealed partial class AgreementsApi
{
    private async Task AddTalksAsync(ArchivePackage package, Agreement agreement, string folder, SharedNames? names, CancellationToken cancellation)
    {
        var authors = new AuthorFunctions(agreement, exportTexts);
        var comments = await CommentsOf(agreement).OrderBy(comment => comment.Id).ToListAsync(cancellation);
        var proposals = await ProposalsOf(agreement).OrderBy(proposal => proposal.Id).ToListAsync(cancellation);
        var history = await StepsAsync([.. comments.Select(comment => comment.Name), .. proposals.Select(proposal => proposal.Name)], cancellation);
        foreach (var comment in comments)
        {
            await package.AddAsync($"{folder}comments/{comment.Id}.json", "application/json", Json(Told(comment, [.. history[comment.Name]], authors), names), comment.UpdateTime);
        }

        foreach (var proposal in proposals)
        {
            await package.AddAsync($"{folder}proposals/{proposal.Id}.json", "application/json", Json(Told(proposal, [.. history[proposal.Name]], authors), names), proposal.UpdateTime);
        }
    }

    // The revisions know for which party each step was taken; what was said knows the side alone.
    private async Task<ILookup<string, TalkStep>> StepsAsync(List<string> subjects, CancellationToken cancellation)
    {
        var rows = await db.Set<Revision>().AsNoTracking()
            .Where(revision => subjects.Contains(revision.Subject))
            .OrderBy(revision => revision.Number)
            .Select(revision => new TalkStep(revision.Subject, revision.Action, revision.OnBehalfOf))
            .ToListAsync(cancellation);
        return rows.ToLookup(step => step.Subject);
    }

    private static V1.Comment Told(Comment comment, IReadOnlyList<TalkStep> steps, AuthorFunctions authors)
    {
        var message = comment.ToProto(etag: false);
        var (replies, settled) = (steps.Where(step => step.Is(nameof(ReplyComment))).ToList(), steps.LastOrDefault(step => step.Is(nameof(ResolveComment)))?.PartyId ?? "");
        message.Author = authors.Of(comment.Author, comment.Side, steps.Count > 0 ? steps[0].PartyId : "");
        for (var i = 0; i < comment.Replies.Count; i++)
        {
            message.Replies[i].Author = authors.Of(comment.Replies[i].Author, comment.Replies[i].Side, i < replies.Count ? replies[i].PartyId : "");
        }

        message.ResolvedBy = authors.Of(comment.ResolvedBy, PartySide.Unspecified, settled);
        return message;
    }

    private static V1.Proposal Told(Proposal proposal, IReadOnlyList<TalkStep> steps, AuthorFunctions authors)
    {
        var message = proposal.ToProto(etag: false);
        var other = proposal.Side == PartySide.Public ? PartySide.CivilSociety : PartySide.Public;
        message.Author = authors.Of(proposal.Author, proposal.Side, steps.Count > 0 ? steps[0].PartyId : "");
        message.AnsweredBy = authors.Of(proposal.AnsweredBy, other, steps.Count > 1 ? steps[^1].PartyId : "");
        return message;
    }

    private sealed record TalkStep(string Subject, string Action, string PartyId)
    {
        public bool Is(string call) => Action.EndsWith($"/{call}", StringComparison.Ordinal);
    }
}
