using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using static Iop.Agreements.Tests.LifeTests;

namespace Iop.Agreements.Tests;

/// <summary>New versions and longer terms, and until when an agreement is kept.</summary>
public sealed class AmendingTests
{
    private static readonly RetentionRule TenYears = new("x-retention", Preserve: false, 10);

    [Fact]
    public void A_draft_of_a_new_version_leaves_what_is_in_force_as_it_was()
    {
        var agreement = Samples.Active();
        var before = (agreement.TextHash, agreement.Version, agreement.State, agreement.Signatures.Count);

        var draft = Amended(agreement, "Alla vuxna i hela kommunen.");

        Assert.Equal(before, (agreement.TextHash, agreement.Version, agreement.State, agreement.Signatures.Count));
        Assert.Equal((agreement.Id, 2, AgreementState.Drafting), (draft.Amends!.Value, draft.Version, draft.State));
        StateTests.Refused("AMENDMENT_OPEN", agreement, a => Amended(a, "Igen."));
    }

    [Fact]
    public void A_signed_draft_becomes_the_text_and_every_signature_is_kept()
    {
        var agreement = Samples.Active();
        var first = agreement.Signatures;
        var draft = StateTests.Signed(Amended(agreement, "Alla vuxna."));

        agreement.Adopt(draft, Samples.Now);

        Assert.Equal((2, draft.TextHash, AgreementState.Active, AgreementState.Adopted), (agreement.Version, agreement.TextHash, agreement.State, draft.State));
        Assert.Equal(first, agreement.Signatures.Take(2));
        Assert.Equal([1, 1, 2, 2], agreement.Signatures.Select(signature => signature.Version));
        Assert.Null(agreement.Life.OpenAmendment);
        StateTests.Refused("AMENDED_AGREEMENT_ENDED", agreement, a => a.Adopt(draft, Samples.Now));
    }

    [Fact]
    public void The_day_after_the_last_no_draft_takes_effect_whether_the_calendar_has_looked_or_not()
    {
        var agreement = Samples.Active();
        var draft = StateTests.Signed(Amended(agreement, "Alla vuxna."));

        StateTests.Refused("AMENDED_AGREEMENT_ENDED", agreement, a => a.Adopt(draft, Calendar.StartOf(new DateOnly(2030, 1, 1))));
        agreement.Adopt(draft, Calendar.StartOf(new DateOnly(2030, 1, 1)).AddSeconds(-1));
    }

    [Fact]
    public void Only_a_change_of_goals_or_target_group_and_every_extension_needs_a_renewed_check()
    {
        var agreement = Samples.Active();
        var draft = agreement.Amend(PartySide.Public, Samples.Committee, "Ny titel.", Samples.Today, Samples.Writer);

        draft.ChangeTerms(draft.Terms with { Title = "Nytt namn" }, Samples.Writer);
        Assert.False(draft.NeedsLegalCheck(agreement));
        draft.ChangeTerms(draft.Terms with { Goals = [.. draft.Terms.Goals, new Goal("g2", "Fler får arbete.")] }, Samples.Writer);
        Assert.True(draft.NeedsLegalCheck(agreement));
        Assert.True(StateTests.Extend(Samples.Active()).NeedsLegalCheck(Samples.Active()));
        Assert.Equal((SignedDocument.Agreement, SignedDocument.Extension), (Samples.Active().SignedDocument, StateTests.Extend(Samples.Active()).SignedDocument));
    }

    [Theory]
    [InlineData("2029-12-31", true)]
    [InlineData("2029-06-30", true)]
    [InlineData("2030-01-01", false)]
    public void An_amendment_can_shorten_the_term_and_never_lengthen_it(string end, bool allowed)
    {
        var agreement = Samples.Active();
        var draft = agreement.Amend(PartySide.Public, Samples.Committee, "Ny tid.", Samples.Today, Samples.Writer);
        draft.ChangeTerms(draft.Terms with { EndDate = Day(end) }, Samples.Writer);

        if (allowed)
        {
            draft.MustKeepTerm(agreement);
        }
        else
        {
            StateTests.Refused("TERM_NOT_AMENDABLE", draft, d => d.MustKeepTerm(agreement));
        }
    }

    [Theory]
    [InlineData("2029-12-31", 12, "2030-12-31")]
    [InlineData("2027-08-31", 6, "2028-02-29")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2027-01-31", 1, "2027-02-28")]
    public void An_extension_runs_from_the_day_after_the_end(string end, int months, string extended) =>
        Assert.Equal(Day(extended), Term.End(Day(end).AddDays(1), months));

    [Fact]
    public void The_last_extension_plans_no_more_talks_and_an_earlier_one_does()
    {
        var (once, twice) = (Samples.Active(), Samples.Drafted());
        twice.ChangeTerms(twice.Terms with { Extension = new ExtensionTerms(Allowed: true, 2, 12) }, Samples.Writer);
        twice = StateTests.Signed(twice);

        Assert.Null(StateTests.Extend(once).Terms.FollowUp.RenewalTalksDate);
        var draft = StateTests.Extend(twice);
        Assert.Equal((Day("2030-12-31"), Day("2030-06-30"), Day("2030-03-31")), (draft.Terms.EndDate!.Value, draft.Terms.FollowUp.EvaluationDate!.Value, draft.Terms.FollowUp.RenewalTalksDate!.Value));
    }

    [Theory]
    [InlineData("2029-03-31", "", true)]
    [InlineData("2029-04-01", "", false)]
    [InlineData("2029-04-01", "Styrelsen möttes en månad senare.", true)]
    public void Talks_that_were_held_too_late_need_a_reason(string held, string reason, bool allowed)
    {
        var agreement = Samples.Active();
        agreement.RecordTalks(Day(held), Samples.Association, "Ja.", Day(held));
        agreement.RecordEvaluation(new EvaluationNote(Verdict.Solved, Samples.Now, "plan"));
        void Extend() => agreement.Extend(PartySide.Public, Samples.Committee, reason, 0, Samples.Rules, Samples.Today, Samples.Writer);

        if (allowed)
        {
            Extend();
            Assert.NotNull(agreement.Life.OpenAmendment);
        }
        else
        {
            Assert.Equal("FIELD_REQUIRED", Assert.Throws<Refusal>(Extend).Fields[0].Reason);
            Assert.Null(agreement.Life.OpenAmendment);
        }
    }

    [Fact]
    public void What_was_evaluated_and_talked_about_before_an_extension_carries_no_second_one()
    {
        var agreement = Samples.Drafted();
        agreement.ChangeTerms(agreement.Terms with { Extension = new ExtensionTerms(Allowed: true, 2, 12) }, Samples.Writer);
        agreement = StateTests.Signed(agreement);
        agreement.Adopt(StateTests.Signed(StateTests.Extend(agreement)), Calendar.StartOf(Day("2029-11-01")));

        StateTests.Refused("TALKS_MISSING", agreement, Again);
        agreement.RecordTalks(Day("2030-02-01"), Samples.Association, "Ja.", Day("2030-02-01"));
        StateTests.Refused("EVALUATION_MISSING", agreement, Again);
        agreement.RecordEvaluation(new EvaluationNote(Verdict.Solved, Calendar.StartOf(Day("2030-05-01")), "plan"));
        Again(agreement);

        Assert.NotNull(agreement.Life.OpenAmendment);
    }

    [Theory]
    [InlineData(Verdict.Solved, false)]
    [InlineData(Verdict.Partly, false)]
    [InlineData(Verdict.NotSolved, true)]
    [InlineData(Verdict.TooEarly, true)]
    [InlineData(Verdict.Unspecified, true)]
    public void A_poor_verdict_stops_nothing_but_must_be_answered_with_a_reason(Verdict verdict, bool reasonNeeded)
    {
        var agreement = Samples.Active();
        agreement.RecordTalks(agreement.Terms.StartDate!.Value, Samples.Committee, "Ja.", agreement.Terms.StartDate!.Value);
        agreement.RecordEvaluation(new EvaluationNote(verdict, Samples.Now, "plan"));

        if (reasonNeeded)
        {
            StateTests.Refused("INVALID_FIELDS", agreement, Again);
        }

        Assert.Equal(AgreementState.Drafting, agreement.Extend(PartySide.Public, Samples.Committee, "Det går åt rätt håll.", 0, Samples.Rules, Samples.Today, Samples.Writer).State);
    }

    [Fact]
    public void The_evaluation_completed_last_decides_though_it_was_heard_of_first()
    {
        var agreement = Samples.Active();
        agreement.RecordTalks(agreement.Terms.StartDate!.Value, Samples.Committee, "Ja.", agreement.Terms.StartDate!.Value);
        agreement.RecordEvaluation(new EvaluationNote(Verdict.Solved, Samples.Now.AddHours(1), "plan"));
        agreement.RecordEvaluation(new EvaluationNote(Verdict.NotSolved, Samples.Now, "plan"));

        Again(agreement);

        Assert.NotNull(agreement.Life.OpenAmendment);
    }

    [Theory]
    [InlineData(true, 0, 0, "EXTENSION_NOT_ALLOWED")]
    [InlineData(false, 2, 24, "EXTENSION_NOT_ALLOWED")]
    [InlineData(true, 2, 6, "EXTENSION_TOO_LONG")]
    public void The_guideline_limits_what_the_parties_agreed(bool allowed, int count, int months, string reason)
    {
        var rules = Samples.Rules with { Extension = new ExtensionRule("x", allowed && count > 0, count, months, TermsRequired: true) };

        StateTests.Refused(reason, Samples.Active(), a => a.Extend(PartySide.Public, Samples.Committee, "", 0, rules, Samples.Today, Samples.Writer));
    }

    [Fact]
    public void Retention_follows_every_change_of_the_end_and_says_why()
    {
        var agreement = Samples.InSigning(jointly: 1);
        Derive(agreement, TenYears);
        agreement.Sign(Samples.Committee, Samples.Signer("chair"), agreement.TextHash, SigningMinimum.None, Samples.Now);
        agreement.Sign(Samples.Association, Samples.Signer("anna"), agreement.TextHash, SigningMinimum.None, Samples.Now);
        Derive(agreement, TenYears);
        Derive(agreement, TenYears);
        agreement.GiveNotice(Samples.Association, "Skäl.", Day("2027-11-29"), Samples.Now);
        Derive(agreement, TenYears);
        agreement.Rescind(Samples.Committee, 1, "Skäl.", Day("2028-02-29"), Samples.Now);
        Derive(agreement, TenYears);

        Assert.Equal(
            [(RetentionBasis.NotInForce, null), (RetentionBasis.PlannedEnd, Day("2039-12-31")), (RetentionBasis.EarlierEnd, Day("2038-02-28")), (RetentionBasis.TrueEnd, Day("2038-02-28"))],
            agreement.Life.Retentions.Select(retention => (retention.Basis, retention.KeepUntil)));
    }

    [Fact]
    public void What_is_preserved_or_ruled_by_nothing_has_no_last_day()
    {
        var preserved = RetentionRules.Of(Samples.Active(), new RetentionRule("x", Preserve: true, 0), Samples.Now);
        var unknown = RetentionRules.Of(Samples.Active(), RetentionRule.None, Samples.Now);

        Assert.Equal((true, RetentionBasis.PlannedEnd, null), (preserved.Preserve, preserved.Basis, preserved.KeepUntil));
        Assert.Equal((false, RetentionBasis.NoRule, null), (unknown.Preserve, unknown.Basis, unknown.KeepUntil));
    }

    private static void Derive(Agreement agreement, RetentionRule rule) => agreement.DeriveRetention(rule, Samples.Now);

    private static void Again(Agreement agreement) => agreement.Extend(PartySide.Public, Samples.Committee, "", 0, Samples.Rules, Samples.Today, Samples.Writer);

    private static Agreement Amended(Agreement agreement, string activity)
    {
        var draft = agreement.Amend(PartySide.Public, Samples.Committee, "Fler behöver oss.", Samples.Today, Samples.Writer);
        draft.WriteSection("activity", draft.SectionWith("activity").Etag, new SectionEdit(activity, null, null), PartySide.Public, Samples.Now, Samples.Writer);
        return draft;
    }
}
