using Iop.Agreements.Domain;
using Iop.Platform.Errors;

namespace Iop.Agreements.Tests;

/// <summary>Walks at random through inviting, answering, leaving and agreeing, and holds what must always hold of several municipalities.</summary>
public sealed class JointWalkTests
{
    private const int Steps = 150;
    private static readonly string[] Municipalities = ["0580", "2180"];
    private static readonly string[] Partners = ["grannen", "tredje"];
    private static readonly string[] Parties = [Samples.Committee, Samples.Association, .. Partners];

    private static readonly AgreementRules Deciding = Samples.Rules with
    {
        Sections = [new SectionTemplate("extra", "y-extra", new LocalizedText("Extra", "Extra"), new LocalizedText("", ""), SectionMode.Required, "", Repeatable: false)],
        Sayings = [new SayingRule("text-decision", "y-decides", new LocalizedText("Nämnden.", "The committee."), RuleSeverity.Mandatory, [])],
    };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nobody_acts_for_a_municipality_that_has_not_joined_and_no_old_word_stands(int seed)
    {
        var (random, agreement, reached) = (new Random(seed), Drafted(), new HashSet<MemberState>());
        for (var step = 0; step < Steps; step++)
        {
            Check(agreement, random, reached);
        }
    }

    [Fact]
    public void The_walks_reach_every_answer_and_the_agreed_text()
    {
        var (reached, states) = (new HashSet<MemberState>(), new HashSet<AgreementState>());
        foreach (var seed in Enumerable.Range(1, 60))
        {
            var (random, agreement) = (new Random(seed), Drafted());
            for (var step = 0; step < Steps; step++)
            {
                Check(agreement, random, reached);
                states.Add(agreement.State);
            }
        }

        Assert.Equal(Enum.GetValues<MemberState>().Except([MemberState.Unspecified]), reached.Order());
        Assert.Contains(AgreementState.AwaitingDecision, states);
        Assert.Contains(AgreementState.TextAgreed, states);
    }

    private static void Check(Agreement agreement, Random random, HashSet<MemberState> reached)
    {
        var (members, hash, picture) = (agreement.Members, agreement.TextHash, StateTests.Picture(agreement));
        try
        {
            Step(agreement, random);
        }
        catch (Refusal refusal)
        {
            Assert.NotEqual(RefusalKind.Internal, refusal.Kind);
            Assert.Equal(picture, StateTests.Picture(agreement));
        }

        reached.UnionWith(agreement.Members.Select(member => member.State));
        var live = agreement.Members.Where(member => member.State is MemberState.Invited or MemberState.Joined).ToList();
        Assert.Equal(live.Count, live.DistinctBy(member => member.Municipality).Count());
        Assert.Equal(live.Count, live.DistinctBy(member => member.PartyId).Count());
        foreach (var party in agreement.Terms.Parties)
        {
            // The link of a party is the last municipality that it was offered to: nobody else acts for it, whatever was answered.
            Assert.Equal(agreement.Members.LastOrDefault(member => member.PartyId == party.PartyId)?.Municipality ?? "", party.Municipality);
        }

        // Which packs bind has changed: no approval and no decision from before stands.
        static List<string> Bound(IEnumerable<Member> of) => [.. of.Where(member => member.State == MemberState.Joined).Select(member => member.Municipality).Order(StringComparer.Ordinal)];
        Assert.True(Bound(members).SequenceEqual(Bound(agreement.Members)) || (agreement.Approvals.Count == 0 && agreement.TextDecision is null));
        Assert.All(agreement.Approvals, approval => Assert.Equal(agreement.TextHash, approval.TextHash));
        Assert.All(agreement.Members.Where(member => member.TextDecision is not null), member => Assert.Equal(agreement.TextHash, member.TextDecision!.TextHash));
        Assert.True(
            agreement.State != AgreementState.TextAgreed || agreement.Joined.All(member => !member.DecisionRequired || member.TextDecision is { Outcome: TextDecisionOutcome.Approved }),
            "a text was agreed without the decision of a municipality that needs one");
        Assert.Equal(agreement.Joined.Any(), agreement.PackNames.Count > 1);
        Assert.True(agreement.TextHash == hash || agreement.Approvals.Count == 0, "a text was changed and its approvals stand");
    }

    private static void Step(Agreement agreement, Random random)
    {
        var (municipality, party) = (Municipalities[random.Next(2)], Partners[random.Next(2)]);
        switch (random.Next(22))
        {
            case 0 or 1 or 2:
                agreement.Invite(municipality, random.Next(8) == 0 ? Parties[random.Next(2)] : party, "", Samples.Writer, Samples.Now);
                break;
            case 3 or 4 or 5:
                agreement.Join(municipality, new Joining($"municipalities/{municipality}/guidelinePacks/2024-1", Deciding, ["899999-0016"], new Origin()), Samples.Writer, Samples.Now);
                break;
            case 6 when random.Next(2) == 0:
                agreement.DeclineInvitation(municipality, "Nej.", Samples.Now);
                break;
            case 7 when random.Next(2) == 0:
                agreement.WithdrawInvitation(municipality, "Fel.", Samples.Now);
                break;
            case 8 when random.Next(6) == 0:
                agreement.Leave(municipality, "Vi lämnar.", [Samples.Rules], Samples.Writer, Samples.Now);
                break;
            case 9:
                agreement.Share(Samples.Now);
                break;
            case 10 when random.Next(3) == 0:
                agreement.ChangeTerms(agreement.Terms with { Title = $"Titel {random.Next(3)}" }, Samples.Writer);
                break;
            case 11 when random.Next(4) == 0:
                agreement.ChangeTerms(agreement.Terms with { Parties = [.. agreement.Terms.Parties.Where(other => other.PartyId != party)] }, Samples.Writer);
                break;
            case 12 or 13 or 14:
                agreement.RecordDecision(Samples.Decision(random.Next(4) == 0 ? TextDecisionOutcome.Returned : TextDecisionOutcome.Approved), "decider", "D", random.Next(3) == 0 ? "" : municipality);
                break;
            default:
                agreement.Approve(Parties[random.Next(Parties.Length)], "A", agreement.TextHash, [], Samples.Now, "");
                break;
        }
    }

    private static Agreement Drafted() => Agreement.DrawUp(
        Samples.Municipality,
        Samples.Facts,
        Samples.Terms with { Parties = [.. Samples.Terms.Parties, .. Partners.Select(party => new Party(party, PartySide.Public, party) { Kind = PublicPartyKind.OtherMunicipality })] },
        Samples.Sections,
        PartySide.Public,
        Samples.Writer);
}
