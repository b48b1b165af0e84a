using Iop.Agreements.Domain;
using Iop.Platform.Requests;

namespace Iop.Agreements.Tests;

/// <summary>What the parties can do with an agreement in force, and what the calendar does.</summary>
public sealed class LifeTests
{
    [Fact]
    public void A_pause_holds_when_every_party_wants_it_and_the_same_word_twice_is_one()
    {
        var agreement = Samples.Active();

        Assert.True(Propose(agreement, ProposalKind.Suspend, Samples.Association));
        Assert.False(Propose(agreement, ProposalKind.Suspend, Samples.Association));
        Assert.Equal(AgreementState.Active, agreement.State);
        Assert.True(Propose(agreement, ProposalKind.Suspend, Samples.Committee));

        Assert.Equal(AgreementState.Suspended, agreement.State);
        Assert.Equal((ProposalOutcome.Agreed, Samples.Committee), (agreement.Life.Proposals[0].Outcome, agreement.Life.Proposals[0].OutcomePartyId));
    }

    [Fact]
    public void A_declined_proposal_changes_nothing_and_another_can_be_made()
    {
        var agreement = Samples.Active();
        Propose(agreement, ProposalKind.Terminate, Samples.Association);
        StateTests.Refused("PROPOSAL_OPEN", agreement, a => Propose(a, ProposalKind.Suspend, Samples.Committee));

        agreement.DeclineProposal(Samples.Committee, "Vi vill fortsätta.", Samples.Now);
        StateTests.Refused("PROPOSAL_NOT_OPEN", agreement, a => a.DeclineProposal(Samples.Committee, "Igen.", Samples.Now));
        StateTests.Both(agreement, ProposalKind.Suspend);

        Assert.Equal(AgreementState.Suspended, agreement.State);
        Assert.Equal([ProposalOutcome.Declined, ProposalOutcome.Agreed], agreement.Life.Proposals.Select(proposal => proposal.Outcome));
    }

    [Fact]
    public void An_end_that_is_agreed_for_later_comes_when_its_day_has_passed()
    {
        var (agreement, last) = (Samples.Active(), Day("2027-06-30"));
        Propose(agreement, ProposalKind.Terminate, Samples.Association, last);
        StateTests.Refused("PROPOSAL_DIFFERS", agreement, a => Propose(a, ProposalKind.Terminate, Samples.Committee, last.AddDays(1)));
        Propose(agreement, ProposalKind.Terminate, Samples.Committee, last);

        Assert.Equal((AgreementState.Active, last, last.AddDays(1)), (agreement.State, agreement.LastDay!.Value, agreement.NextDay!.Value));
        Assert.False(agreement.PassLastDay(last, Samples.Now));
        Assert.True(agreement.PassLastDay(last.AddDays(1), Samples.Now));
        Assert.Equal((AgreementState.Terminated, last), (agreement.State, agreement.Life.EndedDate!.Value));
    }

    [Theory]
    [InlineData(Samples.Committee, "2027-11-30", "2028-05-30")]
    [InlineData(Samples.Committee, "2027-08-31", "2028-02-29")]
    [InlineData(Samples.Association, "2027-11-30", "2028-02-29")]
    [InlineData(Samples.Association, "2028-11-30", "2029-02-28")]
    [InlineData(Samples.Association, "2029-11-15", "2029-12-31")]
    public void Each_party_has_its_own_period_of_notice_and_the_end_date_stands(string party, string given, string last)
    {
        var agreement = Samples.Active();

        agreement.GiveNotice(party, "Vi går vidare.", Day(given), Samples.Now);

        Assert.Equal((AgreementState.Active, Day(last)), (agreement.State, agreement.LastDay!.Value));
        agreement.PassLastDay(Day(last).AddDays(1), Samples.Now);
        Assert.Equal(last == "2029-12-31" ? AgreementState.Expired : AgreementState.Terminated, agreement.State);
    }

    [Fact]
    public void The_earliest_of_two_notices_counts_and_no_party_gives_two()
    {
        var agreement = Samples.Active();
        agreement.GiveNotice(Samples.Committee, "Skäl.", Day("2027-01-15"), Samples.Now);
        StateTests.Refused("ENDING_DECIDED", agreement, a => a.GiveNotice(Samples.Committee, "Igen.", Day("2027-01-16"), Samples.Now));
        agreement.GiveNotice(Samples.Association, "Skäl.", Day("2027-02-01"), Samples.Now);

        Assert.Equal(Day("2027-05-01"), agreement.LastDay);
        StateTests.Refused("ENDING_DECIDED", agreement, a => a.Extend(PartySide.Public, Samples.Committee, "", 0, Samples.Rules, Samples.Today, Samples.Writer));
    }

    [Fact]
    public void Without_a_period_no_party_gives_notice_and_without_a_ground_none_rescinds()
    {
        var agreement = Samples.Active();
        StateTests.Refused("GROUND_NOT_NAMED", agreement, a => a.Rescind(Samples.Committee, 2, "Annat.", Samples.Today, Samples.Now));
        StateTests.Refused("GROUND_NOT_NAMED", agreement, a => a.Rescind(Samples.Committee, 0, "Annat.", Samples.Today, Samples.Now));
        StateTests.Refused("NOTICE_NOT_AGREED", agreement, a => a.GiveNotice("annan", "Skäl.", Samples.Today, Samples.Now));
    }

    [Fact]
    public void Every_party_owes_one_answer_to_another_partys_wish_to_renegotiate()
    {
        var agreement = Samples.Active();
        agreement.RequestRenegotiation(Samples.Association, "Behovet är ett annat.", Samples.Now);

        StateTests.Refused("ALREADY_ANSWERED", agreement, a => a.AnswerRenegotiation(1, Samples.Association, agrees: true, "Själv.", Samples.Now));
        StateTests.Refused("RENEGOTIATION_NOT_FOUND", agreement, a => a.AnswerRenegotiation(2, Samples.Committee, agrees: true, "Ja.", Samples.Now));
        agreement.AnswerRenegotiation(1, Samples.Committee, agrees: true, "Vi ses.", Samples.Now);
        StateTests.Refused("ALREADY_ANSWERED", agreement, a => a.AnswerRenegotiation(1, Samples.Committee, agrees: true, "Ja.", Samples.Now));

        Assert.Equal((AgreementState.Active, true), (agreement.State, agreement.Life.Renegotiations[0].Answers[0].Agrees));
    }

    [Fact]
    public void It_expires_on_its_date_also_while_paused_and_an_open_proposal_lapses()
    {
        var agreement = Samples.Active();
        StateTests.Both(agreement, ProposalKind.Suspend);
        Propose(agreement, ProposalKind.Resume, Samples.Association);

        Assert.False(agreement.PassLastDay(Day("2029-12-31"), Samples.Now));
        Assert.True(agreement.PassLastDay(Day("2030-01-01"), Samples.Now));

        Assert.Equal((AgreementState.Expired, Day("2029-12-31"), ProposalOutcome.Lapsed), (agreement.State, agreement.Life.EndedDate!.Value, agreement.Life.Proposals[^1].Outcome));
        Assert.Null(agreement.NextDay);
    }

    [Fact]
    public void The_wind_down_closes_when_everything_is_settled()
    {
        var agreement = Samples.Active();
        agreement.PassLastDay(Day("2030-01-01"), Samples.Now);
        agreement.SettleWindDown(new WindDownItem(WindDownKind.LastPayment, Day("2030-01-15"), "Betald."));

        var refusal = StateTests.Refused("WIND_DOWN_INCOMPLETE", agreement, a => a.CloseWindDown([new WindDownItem(WindDownKind.Informing, Day("2030-01-20"), "Alla vet.")]));
        Assert.Equal("UNSPENT_FUNDS, EQUIPMENT", refusal.Metadata["missing"]);
        agreement.CloseWindDown([.. new[] { WindDownKind.UnspentFunds, WindDownKind.Equipment, WindDownKind.Informing }.Select(kind => new WindDownItem(kind, Day("2030-01-20"), "Klart."))]);

        Assert.Equal((AgreementState.WoundDown, 4), (agreement.State, agreement.Life.WindDown.Count));
    }

    [Theory]
    [InlineData("2026-12-31", false, ValidityReason.NotBegun)]
    [InlineData("2027-01-01", true, ValidityReason.InForce)]
    [InlineData("2029-12-31", true, ValidityReason.InForce)]
    [InlineData("2030-01-01", false, ValidityReason.EndPassed)]
    public void Validity_follows_from_the_day(string day, bool valid, ValidityReason reason)
    {
        var answer = Samples.Active().ValidityOn(Day(day));

        Assert.Equal((valid, reason), (answer.Valid, Assert.Single(answer.Reasons)));
    }

    [Fact]
    public void Validity_tells_of_a_pause_of_an_end_to_come_and_of_what_has_ended()
    {
        var agreement = Samples.Active();
        Assert.Equal([ValidityReason.NotSigned], Samples.TextAgreed().ValidityOn(Day("2027-05-01")).Reasons);
        agreement.GiveNotice(Samples.Committee, "Skäl.", Day("2027-04-01"), Samples.Now);
        Assert.Equal([ValidityReason.InForce, ValidityReason.Ending], agreement.ValidityOn(Day("2027-05-01")).Reasons);
        StateTests.Both(agreement, ProposalKind.Suspend);
        Assert.Equal([ValidityReason.Suspended, ValidityReason.Ending], agreement.ValidityOn(Day("2027-05-01")).Reasons);
        agreement.PassLastDay(Day("2027-10-02"), Samples.Now);
        Assert.Equal([ValidityReason.Ended], agreement.ValidityOn(Day("2027-10-02")).Reasons);
    }

    [Theory]
    [InlineData("2026-03-28", "2026-03-27T23:00:00Z")]
    [InlineData("2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("2026-03-30", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T22:00:00Z")]
    [InlineData("2026-10-26", "2026-10-25T23:00:00Z")]
    [InlineData("2027-01-01", "2026-12-31T23:00:00Z")]
    [InlineData("2028-02-29", "2028-02-28T23:00:00Z")]
    public void A_day_begins_at_midnight_in_sweden_whatever_the_clocks_do(string day, string instant)
    {
        var begins = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(begins, Calendar.StartOf(Day(day)));
        Assert.Equal((Day(day), Day(day).AddDays(-1)), (begins.DayInSweden(), begins.AddTicks(-1).DayInSweden()));
    }

    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static bool Propose(Agreement agreement, ProposalKind kind, string party, DateOnly? last = null) =>
        agreement.ProposeJointly(kind, party, "Skäl.", last, Samples.Today, Samples.Now);
}
