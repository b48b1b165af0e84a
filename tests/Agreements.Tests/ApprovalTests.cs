using Iop.Agreements.Domain;
using static Iop.Agreements.Tests.StateTests;

namespace Iop.Agreements.Tests;

/// <summary>One text that all approve, and the signatures under it.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public void The_last_approval_makes_the_text_agreed_and_an_edit_voids_all()
    {
        var agreement = Samples.Negotiated();
        agreement.Approve(Samples.Committee, "K", agreement.TextHash, [], Samples.Now);
        Assert.Equal(AgreementState.InNegotiation, agreement.State);
        agreement.Approve(Samples.Association, "F", agreement.TextHash, [], Samples.Now);
        Assert.Equal((AgreementState.TextAgreed, 2), (agreement.State, agreement.Approvals.Count));

        Write(agreement, "Ändrad.");

        Assert.Equal(AgreementState.InNegotiation, agreement.State);
        Assert.Empty(agreement.Approvals);
        Assert.Null(agreement.TextAgreedTime);
    }

    [Fact]
    public void An_edit_that_changes_nothing_voids_nothing()
    {
        var agreement = Samples.TextAgreed();

        Assert.False(Write(agreement, agreement.Sections[2].Text));
        Assert.Equal(AgreementState.TextAgreed, agreement.State);
    }

    [Fact]
    public void The_same_approval_twice_is_one()
    {
        var agreement = Samples.Negotiated();

        Assert.True(agreement.Approve(Samples.Committee, "K", agreement.TextHash, [], Samples.Now));
        Assert.False(agreement.Approve(Samples.Committee, "K", agreement.TextHash, [], Samples.Now));
        Assert.Single(agreement.Approvals);
    }

    [Fact]
    public void Another_text_than_the_one_read_is_not_approved() =>
        Refused("TEXT_HASH_MISMATCH", Samples.Negotiated(), a => a.Approve(Samples.Committee, "K", new string('0', 64), [], Samples.Now));

    [Fact]
    public void A_blocking_finding_stops_the_approval_and_is_named()
    {
        var refusal = Refused("AGREEMENT_CHECK_FAILED", Samples.Negotiated(), a => a.Approve(
            Samples.Committee, "K", a.TextHash, [new Finding("section-empty", "x-goals", Blocking: true, "goals", ""), new Finding("contact-missing", "", Blocking: false, "", "contacts")], Samples.Now));

        Assert.Equal("x-goals", refusal.Metadata["rules"]);
    }

    [Fact]
    public void Two_jointly_sign_before_the_agreement_is_active()
    {
        var agreement = Samples.InSigning(jointly: 2);

        Assert.False(Sign(agreement, Samples.Committee, "chair"));
        Assert.False(Sign(agreement, Samples.Association, "anna"));
        Assert.Equal(AgreementState.AwaitingSignatures, agreement.State);
        Assert.True(Sign(agreement, Samples.Association, "bo"));
        Assert.Equal((AgreementState.Active, 1, Samples.Now), (agreement.State, agreement.Version, agreement.ActivateTime!.Value));
        Assert.All(agreement.Signatures, signature => Assert.Equal(agreement.TextHash, signature.TextHash));
        Assert.Equal("Öppna Famnen Eslöv", agreement.Signatures[1].OnBehalfOf);
    }

    [Theory]
    [InlineData("someone", "loa3", true, "SIGNATORY_NOT_AUTHORISED")]
    [InlineData("anna", "loa3", false, "SIGNATORY_NOT_AUTHORISED")]
    [InlineData("anna", "loa2", true, "ASSURANCE_LEVEL_TOO_LOW")]
    [InlineData("anna", "", true, "ASSURANCE_LEVEL_TOO_LOW")]
    public void One_who_may_not_sign_is_refused(string person, string level, bool authorised, string reason) =>
        Refused(reason, Samples.InSigning(), a => a.Sign(Samples.Association, Samples.Signer(person, level, authorised), a.TextHash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now));

    [Theory]
    [InlineData("loa3")]
    [InlineData("loa4")]
    [InlineData("http://id.elegnamnden.se/loa/1.0/loa3")]
    [InlineData("substantial")]
    public void A_level_that_is_enough_is_enough_however_it_is_written(string level)
    {
        var agreement = Samples.InSigning();
        agreement.Sign(Samples.Association, Samples.Signer("anna", level), agreement.TextHash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now);
        Assert.Equal(level, Assert.Single(agreement.Signatures).AssuranceLevel);
    }

    [Fact]
    public void No_one_signs_twice_or_another_text_or_declines_after_signing()
    {
        var agreement = Samples.InSigning();
        Sign(agreement, Samples.Association, "anna");

        Refused("ALREADY_SIGNED", agreement, a => Sign(a, Samples.Association, "anna"));
        Refused("ALREADY_SIGNED", agreement, a => a.DeclineSignature(Samples.Association, "anna", "Nej.", Samples.Now));
        Refused("SIGNATORY_NOT_AUTHORISED", agreement, a => a.DeclineSignature(Samples.Association, "chair", "Nej.", Samples.Now));
        Refused("TEXT_HASH_MISMATCH", agreement, a => a.Sign(Samples.Association, Samples.Signer("bo"), new string('0', 64), SigningMinimum.None, Samples.Now));
    }

    [Fact]
    public void Declining_voids_signatures_and_approvals_and_keeps_them_in_sight()
    {
        var agreement = Samples.InSigning();
        Sign(agreement, Samples.Committee, "chair");

        agreement.DeclineSignature(Samples.Association, "anna", "Nej.", Samples.Now);

        Assert.True(Assert.Single(agreement.Signatures).Voided);
        Assert.Empty(agreement.Approvals);
    }

    [Fact]
    public void Withdrawing_voids_signatures_and_lets_approvals_stand()
    {
        var agreement = Samples.InSigning();
        Sign(agreement, Samples.Committee, "chair");

        agreement.WithdrawSigning(Samples.Committee, "Fel.", Samples.Now);
        agreement.OpenForSignatures(Samples.Requirements(), Samples.Plan);
        Sign(agreement, Samples.Committee, "chair");

        Assert.Equal([true, false], agreement.Signatures.Select(signature => signature.Voided));
        Assert.Equal(2, agreement.Approvals.Count);
    }

    [Fact]
    public void Signing_does_not_open_for_a_party_that_no_one_can_sign_for()
    {
        var refusal = Refused("SIGNATORIES_MISSING", Samples.TextAgreed(), a => a.OpenForSignatures([Samples.Requirements()[0], new SignatureRequirement(Samples.Association, 1, [])], Samples.Plan));

        Assert.Equal(Samples.Association, refusal.Metadata["parties"]);
    }

    [Fact]
    public void A_draft_is_seen_by_the_side_that_writes_it_alone()
    {
        var draft = Samples.Drafted(PartySide.CivilSociety);

        Assert.True(draft.IsVisibleTo(PartySide.CivilSociety));
        Assert.False(draft.IsVisibleTo(PartySide.Public));
        draft.Share(Samples.Now);
        Assert.True(draft.IsVisibleTo(PartySide.Public));
        Assert.False(draft.IsVisibleTo(PartySide.Unspecified));
    }
}
