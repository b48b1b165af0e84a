using Iop.Agreements.Domain;
using Iop.Platform.Errors;

namespace Iop.Agreements.Tests;

/// <summary>Walks at random through every command, right and wrong, and holds after each step what must always hold.</summary>
public sealed class RandomWalkTests
{
    private const int Steps = 200;

    private static readonly HashSet<(AgreementState From, AgreementState To)> Moves =
    [
        (AgreementState.Drafting, AgreementState.InNegotiation),
        (AgreementState.InNegotiation, AgreementState.TextAgreed),
        (AgreementState.TextAgreed, AgreementState.InNegotiation),
        (AgreementState.TextAgreed, AgreementState.AwaitingSignatures),
        (AgreementState.InNegotiation, AgreementState.AwaitingDecision),
        (AgreementState.AwaitingDecision, AgreementState.InNegotiation),
        (AgreementState.AwaitingDecision, AgreementState.TextAgreed),
        (AgreementState.AwaitingSignatures, AgreementState.InNegotiation),
        (AgreementState.AwaitingSignatures, AgreementState.TextAgreed),
        (AgreementState.AwaitingSignatures, AgreementState.Active),
        (AgreementState.Drafting, AgreementState.Withdrawn),
        (AgreementState.InNegotiation, AgreementState.Withdrawn),
        (AgreementState.TextAgreed, AgreementState.Withdrawn),
        (AgreementState.AwaitingDecision, AgreementState.Withdrawn),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_walk_leaves_the_table_keeps_a_stale_approval_or_loses_a_signature(int seed)
    {
        var random = new Random(seed);
        var agreement = Samples.Drafted();
        for (var step = 0; step < Steps; step++)
        {
            var (state, hash, picture, signatures) = (agreement.State, agreement.TextHash, StateTests.Picture(agreement), agreement.Signatures);
            try
            {
                Step(agreement, random);
            }
            catch (Refusal)
            {
                Assert.Equal(picture, StateTests.Picture(agreement));
            }

            Assert.True(agreement.State == state || Moves.Contains((state, agreement.State)), $"{state} became {agreement.State} at step {step}");
            Assert.True(agreement.TextHash == hash || state is AgreementState.Drafting or AgreementState.InNegotiation or AgreementState.TextAgreed or AgreementState.AwaitingDecision, "locked text changed");
            Assert.All(agreement.Approvals, approval => Assert.Equal(agreement.TextHash, approval.TextHash));
            AssertSignaturesKept(signatures, agreement.Signatures);
            AssertStateIsTrue(agreement);
        }
    }

    [Fact]
    public void The_walks_reach_every_state()
    {
        var reached = new HashSet<AgreementState>();
        foreach (var seed in Enumerable.Range(1, 60))
        {
            var random = new Random(seed);
            var agreement = Samples.Drafted();
            for (var step = 0; step < Steps; step++)
            {
                reached.Add(agreement.State);
                try
                {
                    Step(agreement, random);
                }
                catch (Refusal refusal)
                {
                    Assert.NotEqual(RefusalKind.Internal, refusal.Kind);
                }
            }
        }

        Assert.Equal([AgreementState.Drafting, AgreementState.InNegotiation, AgreementState.TextAgreed, AgreementState.AwaitingDecision, AgreementState.AwaitingSignatures, AgreementState.Active, AgreementState.Withdrawn], reached.Order());
    }

    private static void Step(Agreement agreement, Random random)
    {
        string[] people = ["chair", "anna", "bo", "stranger"];
        var party = random.Next(4) == 0 ? Samples.Committee : Samples.Association;
        var person = people[random.Next(people.Length)];
        var hash = random.Next(10) == 0 ? new string('f', 64) : agreement.TextHash;
        switch (random.Next(36))
        {
            case 28 when random.Next(12) == 0:
                agreement.Withdraw(Samples.Today);
                break;
            case 29:
                agreement.ExpireSigning(Samples.Today.AddDays(random.Next(60)), Samples.Now);
                break;
            case 30:
                agreement.RemindSignatories(Samples.Today.AddDays(random.Next(30)));
                break;
            case 31 or 32:
                agreement.RecordEvidence(Paper(party, person), hash, Word(random), Samples.Today);
                break;
            case 33 or 34:
                agreement.Attest(random.Next(1, 6), Word(random), _ => random.Next(8) != 0, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now);
                break;
            case 35:
                agreement.HaltSigning(random.Next(2) == 0);
                break;
            case 22:
                agreement.ChangeTerms(agreement.Terms with { DecisionRequired = random.Next(2) == 0 }, Samples.Writer);
                break;
            case 23 or 24:
                agreement.RecordDecision(Samples.Decision((TextDecisionOutcome)random.Next(1, 3)), random.Next(4) == 0 ? "officer" : "decider", "D");
                break;
            case 25:
                agreement.AddSection("activity", agreement.SectionWith("activity").Etag, "Del", "Text", PartySide.Public, Samples.Now, Samples.Writer);
                break;
            case 26:
                agreement.MoveSection($"activity-{random.Next(2, 5)}", "\"1\"", random.Next(1, 4), Samples.Writer);
                break;
            case 27:
                agreement.RemoveSection($"activity-{random.Next(2, 5)}", "\"1\"", Samples.Writer);
                break;
            case 0:
                agreement.ChangeTerms(agreement.Terms with { Title = $"Titel {random.Next(3)}" }, Samples.Writer);
                break;
            case 1:
                agreement.WriteSection("activity", $"\"{random.Next(1, 4)}\"", new SectionEdit($"Text {random.Next(3)}", null, null), PartySide.Public, Samples.Now, Samples.Writer);
                break;
            case 2:
                agreement.WriteSection("hardship", agreement.SectionWith("hardship").Etag, new SectionEdit(null, random.Next(2) == 0, null), PartySide.CivilSociety, Samples.Now, Samples.Writer);
                break;
            case 3 or 4:
                agreement.Share(Samples.Now);
                break;
            case < 10:
                var mine = random.Next(2) == 0;
                agreement.Approve(mine ? Samples.Committee : Samples.Association, "A", hash, [], Samples.Now, mine || random.Next(5) == 0 ? "officer" : "anna");
                break;
            case < 13:
                agreement.OpenForSignatures(Samples.Requirements(random.Next(1, 3)), Samples.Plan);
                break;
            case 13:
                agreement.DeclineSignature(party, person, "Nej.", Samples.Now);
                break;
            case 14:
                agreement.WithdrawSigning(party, "Fel.", Samples.Now);
                break;
            default:
                agreement.Sign(party, Samples.Signer(person, random.Next(8) == 0 ? "loa2" : "loa3", random.Next(8) != 0), hash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now);
                break;
        }
    }

    private static SigningEvidence Paper(string party, string person) =>
        new(0, 0, SignatureMethod.Paper, [new EvidencedSignature(party, person, Samples.Today, "")], new string('a', 64));

    private static Attestation Word(Random random) => new(random.Next(3) == 0 ? "anna" : $"witness-{random.Next(2)}", "V", Samples.Committee, Samples.Now);

    private static void AssertSignaturesKept(IReadOnlyList<Signature> before, IReadOnlyList<Signature> after)
    {
        Assert.True(after.Count >= before.Count);
        for (var i = 0; i < before.Count; i++)
        {
            Assert.Equal(before[i] with { Voided = after[i].Voided }, after[i]);
            Assert.True(after[i].Voided || !before[i].Voided, "a voided signature came alive");
        }
    }

    private static void AssertStateIsTrue(Agreement agreement)
    {
        var (agreed, signing) = (
            agreement.Terms.Parties.All(party => agreement.Approvals.Any(approval => approval.PartyId == party.PartyId)),
            agreement.State is AgreementState.AwaitingSignatures or AgreementState.Active);
        Assert.Equal(agreed, agreement.State is AgreementState.TextAgreed or AgreementState.AwaitingDecision || signing);
        Assert.True(
            !agreement.Terms.DecisionRequired || agreement.State != AgreementState.TextAgreed && !signing
                || agreement.TextDecision is { Outcome: TextDecisionOutcome.Approved } decision && decision.TextHash == agreement.TextHash,
            "a text that a body decides on went on without the decision");
        Assert.All(agreement.Sections.Where(section => section.IsAdded), section => Assert.Contains(agreement.Sections, other => other.SectionId == section.Under));
        Assert.Equal(signing, agreement.FixedRequirements.Count > 0);
        Assert.Equal(agreement.State == AgreementState.Active, signing && agreement.FixedRequirements.All(requirement => requirement.IsFulfilledBy(agreement.Signatures)));
        Assert.True(signing || agreement.Signatures.All(signature => signature.Voided));
        var live = agreement.Signatures.Where(signature => !signature.Voided).ToList();
        Assert.Equal(live.Count, live.DistinctBy(signature => (signature.PartyId, signature.PersonRef)).Count());
        Assert.All(live, signature => Assert.Equal(agreement.TextHash, signature.TextHash));
        Assert.All(agreement.SigningEvidence, evidence =>
        {
            Assert.Equal(evidence.Counts ? 2 : 1, evidence.Attestations.DistinctBy(word => word.PersonRef).Count());
            Assert.DoesNotContain(evidence.Signatures, signature => evidence.Attestations.Any(word => word.PersonRef == signature.PersonRef));
        });
        Assert.Equal(Enumerable.Range(1, agreement.SigningEvidence.Count), agreement.SigningEvidence.Select(evidence => evidence.Number));
        Assert.Equal(1, agreement.Version);
    }
}
