using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using static Iop.Agreements.Tests.Samples;

namespace Iop.Agreements.Tests;

/// <summary>Talks about continuing are corrected where they were recorded. Rule: ga-continuation-dialogue.</summary>
public sealed class TalksCorrectionTests
{
    private const string CheckIn = "municipalities/1285/plans/x/checkIns/y";

    [Fact]
    public void A_correction_takes_the_place_of_what_was_recorded_and_is_late_or_not_by_its_own_day()
    {
        var agreement = Active();
        Assert.Equal(1, agreement.RecordTalks(Day("2029-04-02"), Association, "Ja.", Day("2029-06-01")));
        Assert.True(agreement.Life.Talks[0].Late);

        agreement.CorrectTalks(1, Day("2029-03-02"), Association, "Ja, gärna.", "Fel månad.", Day("2029-06-01"));

        var talks = Assert.Single(agreement.Life.Talks);
        Assert.Equal((Day("2029-03-02"), "Ja, gärna.", "Fel månad.", false), (talks.HeldDate, talks.Note, talks.CorrectionReason, talks.Late));
    }

    [Fact]
    public void Nobody_corrects_the_word_of_another_party_or_of_the_follow_up_or_moves_talks_to_another_time()
    {
        var agreement = Drafted();
        agreement.ChangeTerms(agreement.Terms with { Extension = new ExtensionTerms(Allowed: true, 2, 12) }, Writer);
        agreement = StateTests.Signed(agreement);
        agreement.RecordTalks(Day("2029-03-02"), Association, "Ja.", Day("2029-03-02"));
        agreement.HearTalks(new HeardTalks(Day("2029-03-03"), CheckIn, 2), PartySide.CivilSociety, "");

        Assert.Equal("PARTY_NOT_ALLOWED", Correct(1, Committee, "2029-03-01").Reason);
        Assert.Equal("TALKS_OF_FOLLOW_UP", Correct(2, Association, "2029-03-01").Reason);
        Assert.Equal(("number", "NUMBER_OUT_OF_RANGE"), Field(Correct(3, Association, "2029-03-01")));
        Assert.Equal(("number", "NUMBER_OUT_OF_RANGE"), Field(Correct(-1, Association, "2029-03-01")));
        Assert.Equal(("held_date", "DATE_OUTSIDE_TERM"), Field(Correct(1, Association, "2031-03-01")));

        agreement.RecordEvaluation(new EvaluationNote(Verdict.Solved, Now, "plan"));
        agreement.Adopt(StateTests.Signed(agreement.Extend(PartySide.Public, Committee, "", 0, Rules, Today, Writer)), Calendar.StartOf(Day("2029-11-01")));
        Assert.Equal(("held_date", "DATE_OUTSIDE_TERM"), Field(Correct(1, Association, "2030-03-01")));
        Assert.Null(Record.Exception(() => agreement.CorrectTalks(1, Day("2029-03-01"), Association, "Ja.", "Fel dag.", Day("2030-06-01"))));

        Refusal Correct(int number, string party, string held) =>
            StateTests.RefusedAny(agreement, a => a.CorrectTalks(number, Day(held), party, "Ja.", "Fel dag.", Day("2030-06-01")));
    }

    [Fact]
    public void What_the_follow_up_corrects_is_corrected_once_and_an_older_word_changes_nothing()
    {
        var agreement = Active();
        Assert.Equal(1, Hear("2029-04-02", 2));
        Assert.True(agreement.Life.Talks[0].Late);
        Assert.Equal(0, Hear("2029-04-02", 2));
        Assert.Equal(1, Hear("2029-03-02", 4));
        Assert.Equal(0, Hear("2029-04-02", 3));

        var talks = Assert.Single(agreement.Life.Talks);
        Assert.Equal((Day("2029-03-02"), CheckIn, false), (talks.HeldDate, talks.CheckIn, talks.Late));

        int Hear(string held, long sequence) => agreement.HearTalks(new HeardTalks(Day(held), CheckIn, sequence), PartySide.CivilSociety, "");
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day);

    private static (string, string) Field(Refusal refusal) => (refusal.Fields[0].Field, refusal.Fields[0].Reason);
}
