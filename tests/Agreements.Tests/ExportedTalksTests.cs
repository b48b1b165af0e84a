using System.Text;
using Iop.Agreements.V1;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>What was said and put forward while the text was open is kept with it, by function and not by name.</summary>
[Collection(Running.Name)]
public sealed class ExportedTalksTests(AgreementsFixture service)
{
    [Fact]
    public async Task A_package_holds_the_comments_and_proposals_with_functions_where_the_names_stood()
    {
        var (agreement, organisation) = await service.NegotiatedAsync(asked => asked.Contacts.Add(
            new ContactPerson { PartyId = "forening", Function = "verksamhetsledare", DisplayName = "Anna Andersson", Email = "anna@example.org" }));
        var theirs = service.Representative(organisation);
        var comment = await theirs.CreateCommentAsync(new CreateCommentRequest { Parent = agreement.Name, Comment = new Comment { SectionId = "activity", Words = "tre kvällar", Text = "Räcker det?" } });
        comment = await service.Officer.ReplyCommentAsync(new ReplyCommentRequest { Name = comment.Name, Text = "Vi kan pröva fyra.", Etag = comment.Etag });
        comment = await theirs.ResolveCommentAsync(new ResolveCommentRequest { Name = comment.Name, Etag = comment.Etag });
        var accepted = await service.Officer.CreateProposalAsync(new CreateProposalRequest { Parent = agreement.Name, Proposal = new Proposal { SectionId = "activity", Text = "Fyra kvällar.", Motivation = "Fler kommer." } });
        accepted = await theirs.AcceptProposalAsync(new AcceptProposalRequest { Name = accepted.Name, Etag = accepted.Etag });
        var declined = await theirs.CreateProposalAsync(new CreateProposalRequest { Parent = agreement.Name, Proposal = new Proposal { SectionId = "activity", Text = "Sju kvällar." } });
        declined = await service.Officer.DeclineProposalAsync(new DeclineProposalRequest { Name = declined.Name, Reason = "Pengarna räcker inte.", Etag = declined.Etag });

        var files = await PackedAsync(service.Officer, agreement);

        // The contact's function is known; the case officer stands for the party and no more.
        var (anna, officer) = ("verksamhetsledare, Öppna Famnen Eslöv", "Arbete och försörjning");
        (comment.Author, comment.Replies[0].Author, comment.ResolvedBy, comment.Etag) = (anna, officer, anna, "");
        (accepted.Author, accepted.AnsweredBy, accepted.Etag) = (officer, anna, "");
        (declined.Author, declined.AnsweredBy, declined.Etag) = (anna, officer, "");
        Assert.Equal([comment], Of(files, "comments", Comment.Parser.ParseJson));
        Assert.Equal([accepted, declined], Of(files, "proposals", Proposal.Parser.ParseJson));
        Assert.Equal($"comments/{comment.Name[^36..]}.json", files.Keys.Single(name => name.Contains("comments", StringComparison.Ordinal)));
        Assert.All(files.Where(file => file.Key.StartsWith("comments/", StringComparison.Ordinal) || file.Key.StartsWith("proposals/", StringComparison.Ordinal)), file =>
            Assert.All(["Anna Andersson", "Handläggaren", "anna@example.org"], person => Assert.DoesNotContain(person, Encoding.UTF8.GetString(file.Value), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_side_said_to_itself_before_it_shared_the_draft_is_in_its_own_package_only()
    {
        var (agreement, organisation) = await service.DraftedAsync();
        var own = await service.Officer.CreateCommentAsync(new CreateCommentRequest { Parent = agreement.Name, Comment = new Comment { Text = "Fråga juristen först." } });
        agreement = await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true });

        Assert.Equal(own.Text, Of(await PackedAsync(service.Officer, agreement), "comments", Comment.Parser.ParseJson).Single().Text);
        Assert.Empty(Of(await PackedAsync(service.Representative(organisation), agreement), "comments", Comment.Parser.ParseJson));
    }

    private static List<T> Of<T>(Dictionary<string, byte[]> files, string folder, Func<string, T> parse) =>
        [.. files.Where(file => file.Key.StartsWith($"{folder}/", StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => parse(Encoding.UTF8.GetString(file.Value)))];

    // The files of the one agreement, by their names in its folder.
    private static async Task<Dictionary<string, byte[]>> PackedAsync(AgreementsService.AgreementsServiceClient by, Agreement agreement) =>
        (await Package.OfAsync(by, Here, agreement.Name)).In(agreement.Name);
}
