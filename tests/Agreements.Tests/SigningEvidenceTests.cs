using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>Signatures that the platform did not see given: what evidence they need, and when it counts.</summary>
public sealed class SigningEvidenceTests
{
    [Fact]
    public void Paper_counts_when_two_who_did_not_sign_it_have_attested_it()
    {
        var agreement = Opened(Samples.Plan, jointly: 1);
        var paper = Evidence(SignatureMethod.Paper, (Samples.Association, "anna"));
        StateTests.Refused("ATTESTED_BY_SIGNATORY", agreement, a => a.RecordEvidence(paper, a.TextHash, Word("anna"), Samples.Today));
        StateTests.Refused("TEXT_HASH_MISMATCH", agreement, a => a.RecordEvidence(paper, new string('0', 64), Word("officer"), Samples.Today));
        agreement.RecordEvidence(paper, agreement.TextHash, Word("officer"), Samples.Today);
        Assert.Empty(agreement.Signatures);

        StateTests.Refused("ALREADY_ATTESTED", agreement, a => Attest(a, "officer"));
        StateTests.Refused("ATTESTED_BY_SIGNATORY", agreement, a => Attest(a, "anna"));
        StateTests.Refused("EVIDENCE_NOT_FOUND", agreement, a => a.Attest(2, Word("x"), _ => true, SigningMinimum.None, Samples.Now));
        Assert.False(Attest(agreement, "treasurer"));

        var signature = Assert.Single(agreement.Signatures);
        Assert.Equal((SignatureMethod.Paper, paper.Sha256, Calendar.StartOf(Samples.Today)), (signature.Method, signature.EvidenceSha256, signature.SignTime));
        StateTests.Refused("EVIDENCE_NOT_FOUND", agreement, a => Attest(a, "third"));
    }

    [Fact]
    public void One_whose_authority_has_ended_does_not_sign_by_paper_either()
    {
        var agreement = Opened(Samples.Plan, jointly: 1);
        agreement.RecordEvidence(Evidence(SignatureMethod.Paper, (Samples.Association, "anna")), agreement.TextHash, Word("officer"), Samples.Today);

        var refusal = Assert.Throws<Platform.Errors.Refusal>(() => agreement.Attest(1, Word("treasurer"), _ => false, SigningMinimum.None, Samples.Now));
        Assert.Equal("SIGNATORY_NOT_AUTHORISED", refusal.Reason);
    }

    // In whatever order: that turn came and went before the evidence did.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_signed_elsewhere_must_be_all_that_is_needed(bool ordered)
    {
        var agreement = Opened(Samples.Plan with { Ordered = ordered }, jointly: 2);
        var some = Evidence(SignatureMethod.Imported, (Samples.Association, "anna"), (Samples.Committee, "chair"));
        var refusal = StateTests.Refused("SIGNATURES_INCOMPLETE", agreement, a => a.RecordEvidence(some, a.TextHash, Word("officer"), Samples.Today));
        Assert.Equal(Samples.Association, refusal.Metadata["parties"]);

        agreement.RecordEvidence(Evidence(SignatureMethod.Imported, (Samples.Committee, "chair"), (Samples.Association, "anna"), (Samples.Association, "bo")), agreement.TextHash, Word("officer"), Samples.Today);
        Assert.True(Attest(agreement, "secretary"));
        Assert.Equal((AgreementState.Active, 3), (agreement.State, agreement.Signatures.Count));
    }

    [Fact]
    public void Evidence_of_a_round_that_has_ended_counts_no_more()
    {
        var agreement = Opened(Samples.Plan, jointly: 1);
        agreement.RecordEvidence(Evidence(SignatureMethod.Paper, (Samples.Association, "anna")), agreement.TextHash, Word("officer"), Samples.Today);
        agreement.WithdrawSigning(Samples.Committee, "Fel.", Samples.Now);
        agreement.OpenForSignatures(Samples.Requirements(jointly: 1), Samples.Plan);

        StateTests.Refused("EVIDENCE_NOT_FOUND", agreement, a => Attest(a, "treasurer"));
    }

    private static Agreement Opened(SigningPlan plan, int jointly = 2)
    {
        var agreement = Samples.TextAgreed();
        agreement.OpenForSignatures(Samples.Requirements(jointly), plan);
        return agreement;
    }

    internal static SigningEvidence Evidence(SignatureMethod method, params (string Party, string Person)[] signed) =>
        new(0, 0, method, [.. signed.Select(one => new EvidencedSignature(one.Party, one.Person, Samples.Today, method == SignatureMethod.Paper ? "" : "loa3") { Class = method == SignatureMethod.Paper ? SignatureClass.Unspecified : SignatureClass.Simple })], new string('a', 64));

    internal static Attestation Word(string person) => new(person, person, Samples.Committee, Samples.Now);

    private static bool Attest(Agreement agreement, string person) => agreement.Attest(1, Word(person), _ => true, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now);
}
