using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>Turns, reminders, expiry, and who together are enough.</summary>
public sealed class SigningRoundTests
{
    private static readonly SigningPlan Ordered = Samples.Plan with { Ordered = true };

    [Theory]
    [InlineData(PartySide.CivilSociety, Samples.Association)]
    [InlineData(PartySide.Public, Samples.Committee)]
    public void The_side_that_the_guideline_puts_first_signs_first(PartySide first, string party)
    {
        var agreement = Opened(Ordered with { FirstSide = first });

        Assert.All(agreement.Round!.Invitations, invitation => Assert.Equal(invitation.PartyId == party ? 1 : 2, invitation.Turn));
    }

    [Fact]
    public void In_order_the_public_side_is_invited_when_the_civil_society_side_has_signed()
    {
        var agreement = Opened(Ordered, jointly: 2);
        Assert.Equal([("anna", 1, true), ("bo", 1, true), ("chair", 2, false)], Turns(agreement));

        StateTests.Refused("TURN_NOT_COME", agreement, a => Sign(a, Samples.Committee, "chair"));
        StateTests.Refused("TURN_NOT_COME", agreement, a => a.RecordEvidence(SigningEvidenceTests.Evidence(SignatureMethod.Paper, (Samples.Committee, "chair")), a.TextHash, SigningEvidenceTests.Word("officer"), Samples.Today));
        Sign(agreement, Samples.Association, "anna");
        StateTests.Refused("TURN_NOT_COME", agreement, a => Sign(a, Samples.Committee, "chair"));
        Sign(agreement, Samples.Association, "bo");
        Assert.Equal([true, true, true], Turns(agreement).Select(turn => turn.Item3));

        Assert.True(Sign(agreement, Samples.Committee, "chair"));
        Assert.Equal((AgreementState.Active, RoundOutcome.Completed), (agreement.State, agreement.Round!.Outcome));
    }

    [Fact]
    public void In_parallel_everyone_is_invited_at_once() =>
        Assert.All(Opened(Samples.Plan).Round!.Invitations, invitation => Assert.Equal((1, Samples.Now), (invitation.Turn, invitation.InviteTime!.Value)));

    [Fact]
    public void A_decline_stops_those_whose_turn_has_not_come_and_says_why()
    {
        var agreement = Opened(Ordered);

        agreement.DeclineSignature(Samples.Association, "anna", "Styrelsen vill ändra.", Samples.Now);

        var round = agreement.Round!;
        Assert.Equal((RoundOutcome.Declined, Samples.Association, "Styrelsen vill ändra."), (round.Outcome, round.OutcomePartyId, round.OutcomeReason));
        Assert.Null(round.Invitations.Single(invitation => invitation.PersonRef == "chair").InviteTime);
    }

    [Fact]
    public void Reminders_fall_due_on_stored_days_for_those_who_are_invited_and_have_not_signed()
    {
        var agreement = Opened(Ordered, jointly: 2);
        Sign(agreement, Samples.Association, "anna");
        Assert.Equal([7, 14, 21, 28], agreement.Round!.ReminderDates.Select(date => date.DayNumber - Samples.Today.DayNumber));

        Assert.Empty(agreement.RemindSignatories(Samples.Today.AddDays(6)));
        Assert.Equal([("bo", Samples.Today.AddDays(7))], Reminded(agreement, 7));
        Assert.Empty(agreement.RemindSignatories(Samples.Today.AddDays(7)));
        Assert.Equal([("bo", Samples.Today.AddDays(21))], Reminded(agreement, 25));
        Assert.Equal(2, agreement.Round!.Reminders.Count);
        Assert.Equal(Samples.Today.AddDays(28), agreement.NextDay);
        agreement.HaltSigning(halted: true);
        Assert.Empty(agreement.RemindSignatories(Samples.Today.AddDays(28)));
        Assert.Equal(Samples.Today.AddDays(31), agreement.NextDay);
    }

    [Fact]
    public void A_party_that_has_signed_is_reminded_no_more()
    {
        var agreement = Opened(Samples.Plan, jointly: 1);
        Sign(agreement, Samples.Association, "anna");

        Assert.Equal([("chair", Samples.Today.AddDays(7))], Reminded(agreement, 7));
    }

    [Theory]
    [InlineData("2026-12-22T22:59:59Z", true)]
    [InlineData("2026-12-22T23:00:00Z", false)]
    public void On_the_day_after_the_last_nobody_signs_whether_the_calendar_has_looked_or_not(string time, bool allowed)
    {
        var agreement = Opened(Samples.Plan);
        var given = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        void Sign(Agreement a) => a.Sign(Samples.Committee, Samples.Signer("chair"), a.TextHash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), given);

        if (allowed)
        {
            Sign(agreement);
            Assert.Single(agreement.Signatures);
        }
        else
        {
            StateTests.Refused("SIGNING_EXPIRED", agreement, Sign);
        }
    }

    [Fact]
    public void A_person_who_has_approved_or_signed_for_one_side_does_neither_for_the_other()
    {
        var agreement = Samples.Negotiated();
        agreement.Approve(Samples.Committee, "Kim", agreement.TextHash, [], Samples.Now, "kim");
        StateTests.Refused("ACTS_FOR_BOTH_SIDES", agreement, a => a.Approve(Samples.Association, "Kim", a.TextHash, [], Samples.Now, "kim"));
        agreement.Approve(Samples.Association, "Anna", agreement.TextHash, [], Samples.Now, "anna");
        agreement.OpenForSignatures([SignatureRequirement.OfPublic(agreement.Terms, Samples.Committee), new SignatureRequirement(Samples.Association, 1, [new Signatory(Samples.Association, "chair", "Kim", "ordförande")])], Samples.Plan);
        agreement.Sign(Samples.Committee, Samples.Signer("chair"), agreement.TextHash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now);

        StateTests.Refused("ACTS_FOR_BOTH_SIDES", agreement, a => a.Sign(Samples.Association, Samples.Signer("chair"), a.TextHash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now));
    }

    [Fact]
    public void A_round_ends_the_day_after_its_last_and_keeps_what_was_signed_in_sight()
    {
        var agreement = Opened(Samples.Plan);
        Sign(agreement, Samples.Committee, "chair");

        Assert.False(agreement.ExpireSigning(Samples.Today.AddDays(30), Samples.Now));
        Assert.True(agreement.ExpireSigning(Samples.Today.AddDays(31), Samples.Now));

        Assert.Equal((AgreementState.TextAgreed, RoundOutcome.Expired, 2), (agreement.State, agreement.Round!.Outcome, agreement.Approvals.Count));
        Assert.True(Assert.Single(agreement.Signatures).Voided);
        Assert.Null(agreement.NextDay);
        agreement.OpenForSignatures(Samples.Requirements(), Samples.Plan);
        Assert.Equal(2, agreement.Round!.Number);
    }

    // Two authorities of one association: the chair alone, or two of the others jointly.
    [Theory]
    [InlineData("anna", true)]
    [InlineData("bo", false)]
    [InlineData("bo,cia", true)]
    [InlineData("bo,dan", true)]
    [InlineData("bo,bo", false)]
    [InlineData("bo,anna", true)]
    public void Any_one_of_several_authorities_is_enough_and_a_part_of_one_is_not(string signed, bool enough)
    {
        var requirement = SignatureRequirement.OfAuthorities(Samples.Association,
        [
            (new SignatureAlternative("a1", 1, ["anna"]), [Person("anna")]),
            (new SignatureAlternative("a2", 2, ["bo", "cia", "dan"]), [Person("bo"), Person("cia"), Person("dan")]),
        ]);

        Assert.Equal(enough, requirement.IsFulfilledBy(signed.Split(',').Select(person => Given(person))));
        Assert.Equal((1, 4), (requirement.RequiredCount, requirement.Signatories.Count));
        Assert.False(requirement.IsFulfilledBy(signed.Split(',').Select(person => Given(person) with { Voided = true })));
    }

    [Fact]
    public void Persons_of_two_authorities_are_not_counted_together()
    {
        var requirement = SignatureRequirement.OfAuthorities(Samples.Association,
        [
            (new SignatureAlternative("a1", 2, ["anna", "bo"]), [Person("anna"), Person("bo")]),
            (new SignatureAlternative("a2", 2, ["cia", "dan"]), [Person("cia"), Person("dan")]),
        ]);

        Assert.False(requirement.IsFulfilledBy([Given("anna"), Given("cia")]));
        Assert.True(requirement.IsFulfilledBy([Given("anna"), Given("cia"), Given("dan")]));
    }

    [Fact]
    public void An_authority_with_too_few_persons_opens_no_signing()
    {
        var requirement = SignatureRequirement.OfAuthorities(Samples.Association, [(new SignatureAlternative("a1", 2, ["anna"]), [Person("anna")])]);

        StateTests.Refused("SIGNATORIES_MISSING", Samples.TextAgreed(), a => a.OpenForSignatures([Samples.Requirements()[0], requirement], Samples.Plan));
    }

    private static Agreement Opened(SigningPlan plan, int jointly = 2)
    {
        var agreement = Samples.TextAgreed();
        agreement.OpenForSignatures(Samples.Requirements(jointly), plan);
        return agreement;
    }

    private static bool Sign(Agreement agreement, string party, string person) =>
        agreement.Sign(party, Samples.Signer(person), agreement.TextHash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now);

    private static IEnumerable<(string, int, bool)> Turns(Agreement agreement) =>
        agreement.Round!.Invitations.Select(invitation => (invitation.PersonRef, invitation.Turn, invitation.InviteTime is not null));

    private static IEnumerable<(string, DateOnly)> Reminded(Agreement agreement, int days) =>
        agreement.RemindSignatories(Samples.Today.AddDays(days)).Select(reminder => (reminder.PersonRef, reminder.Date));

    private static Signatory Person(string person) => new(Samples.Association, person, person, "ledamot");

    private static Signature Given(string person) => new(Samples.Association, person, person, "", "", "loa3", new string('a', 64), Samples.Now);
}
