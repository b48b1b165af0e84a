using Iop.Agreements.V1;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>Each step that the other side should know of is told, in codes and names and never in words.</summary>
[Collection(Running.Name)]
public sealed class NegotiationEventTests(AgreementsFixture service)
{
    private const string Secret = "Hemliga ord som ingen annan ska läsa";

    [Fact]
    public async Task Comments_and_proposals_are_told_without_what_they_say()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var theirs = service.Representative(organisation);
        var comment = await theirs.CreateCommentAsync(new CreateCommentRequest { Parent = agreement.Name, Comment = new Comment { SectionId = "activity", Text = Secret } });
        comment = await service.Officer.ReplyCommentAsync(new ReplyCommentRequest { Name = comment.Name, Text = Secret, Etag = comment.Etag });
        await theirs.ResolveCommentAsync(new ResolveCommentRequest { Name = comment.Name, Etag = comment.Etag });
        var proposal = await theirs.CreateProposalAsync(new CreateProposalRequest { Parent = agreement.Name, Proposal = new Proposal { SectionId = "activity", Text = Secret, Motivation = Secret } });
        await service.Officer.DeclineProposalAsync(new DeclineProposalRequest { Name = proposal.Name, Reason = Secret, Etag = proposal.Etag });

        Assert.Equal(["CommentAdded", "CommentAdded", "CommentResolved"], await ToldAsync(comment.Name));
        Assert.Equal(["ProposalMade", "ProposalSettled"], await ToldAsync(proposal.Name));
        Assert.Equal(["AgreementShared"], await ToldAsync(agreement.Name));
        var said = string.Join('\n', await service.RowsAsync($"SELECT payload::text FROM outbox WHERE payload::text LIKE '%{agreement.Name}%'"));
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.Contains("\"outcome\": \"DECLINED\"", said, StringComparison.Ordinal);
        Assert.Contains("\"side\": \"CIVIL_SOCIETY\"", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_turn_to_sign_is_told_when_it_comes_and_a_withdrawal_too()
    {
        var (agreement, organisation) = await service.InSigningAsync(pack: OrderedPack);
        Assert.Equal(["forening"], (await PartiesInvitedAsync(agreement.Name))[^1]);
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        Assert.Single(await PartiesInvitedAsync(agreement.Name));
        agreement = await SignAsync(service.Representative(organisation, Bo), agreement, "forening");
        Assert.Equal(["arbete"], (await PartiesInvitedAsync(agreement.Name))[^1]);

        await service.Officer.WithdrawSigningAsync(new WithdrawSigningRequest { Name = agreement.Name, Reason = Secret, Etag = agreement.Etag });

        Assert.Equal("SigningWithdrawn", (await ToldAsync(agreement.Name))[^1]);
    }

    [Fact]
    public async Task A_step_in_an_agreement_in_force_is_told_by_the_name_of_the_call()
    {
        var (agreement, organisation) = await service.ActiveAsync();

        await service.Representative(organisation).RequestRenegotiationAsync(
            new RequestRenegotiationRequest { Name = agreement.Name, PartyId = "forening", Reason = Secret, Etag = agreement.Etag });

        var told = (await service.RowsAsync($"SELECT payload ->> 'action' || ' ' || (payload ->> 'partyId') FROM outbox WHERE subject = '{agreement.Name}' AND type LIKE '%PartyActed'"))[0];
        Assert.Equal("REQUEST_RENEGOTIATION forening", told);
    }

    private async Task<List<string>> ToldAsync(string subject) =>
        [.. (await service.RowsAsync($"SELECT type FROM outbox WHERE subject = '{subject}' ORDER BY position")).Select(type => type[(type.LastIndexOf('.') + 1)..])];

    private async Task<List<string[]>> PartiesInvitedAsync(string subject) =>
        [.. (await service.RowsAsync($"SELECT array_to_string(ARRAY(SELECT jsonb_array_elements_text(payload::jsonb -> 'partyIds')), ',') FROM outbox WHERE subject = '{subject}' AND type LIKE '%SignatureInvited' ORDER BY position")).Select(row => row.Split(','))];
}
