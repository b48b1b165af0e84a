using FsCheck;
using FsCheck.Fluent;
using Iop.FollowUp.Domain;

namespace Iop.FollowUp.Tests;

/// <summary>However talks, extensions and changes of the agreement follow on each other, each talks settle one meeting at most. Rule: ga-continuation-dialogue.</summary>
public sealed class AgreedTalksWalkTests
{
    private enum News
    {
        Wait, Talk, Correct, Hold, Extend, Move, Unset, Pause, Resume, End,
    }

    private static readonly Arbitrary<(News News, int Number)[]> AnyWalk =
        Gen.ArrayOf(from news in Gen.Elements(Enum.GetValues<News>()) from number in Gen.Choose(0, 60) select (news, number)).ToArbitrary();

    [Fact]
    public void Talks_of_the_agreement_settle_one_meeting_each_and_follow_what_is_corrected() => Prop.ForAll(AnyWalk, walk =>
    {
        var start = new DateOnly(2024, 2, 29);
        var end = start.AddYears(2).AddDays(-1);
        var (facts, today) = (Agreed.Facts(start, end) with { RenewalTalksDate = end.AddMonths(-6) }, start);
        var whole = WholePlan.From("1283", facts, (_, _) => []);
        foreach (var (news, number) in walk)
        {
            today = news == News.Wait ? today.AddDays(number) : today;
            if (news == News.Hold && Talks(whole).FirstOrDefault(c => c.IsWaitedFor) is { } meeting)
            {
                meeting.Hold(new CheckInRecord { HeldDate = today, Participants = [new Participant(Side.Public, "enhetschef")] }, Side.Public);
            }

            var held = Talks(whole).Where(c => c.Participants.Count > 0).ToDictionary(c => c, c => c.HeldDate);
            facts = After(facts, today, news, number);
            whole.Follow(facts, today);
            Consistent(whole, facts);
            Assert.All(held, own => Assert.Equal(own.Value, own.Key.HeldDate));

            var opened = new WholePlan(whole.Plan, whole.CheckIns, whole.Reports, whole.Evaluation, (_, _) => []);
            opened.Follow(facts, today);
            Assert.DoesNotContain(opened.Changed, item => item is CheckIn { Kind: CheckInKind.RenewalTalks });
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static void Consistent(WholePlan whole, AgreementFacts facts)
    {
        var settled = Talks(whole).Where(c => c.TalksNumber > 0).ToList();
        Assert.Equal(settled.Count, settled.Select(c => c.TalksNumber).Distinct().Count());
        foreach (var meeting in settled)
        {
            var told = facts.Talks.Single(t => t.Number == meeting.TalksNumber);
            Assert.Equal((CheckInState.Held, told.Extension), (meeting.State, meeting.ExtensionNumber));
            Assert.True(!meeting.HeldByAgreement || meeting.HeldDate == told.HeldDate, "the day is not that of the agreement");
        }

        Assert.DoesNotContain(Talks(whole), c => c.HeldByAgreement && c.TalksNumber == 0);
        if (facts.EndReason.Length == 0)
        {
            // Nobody is asked to talk about what has been continued, or once more when all that was told of has settled nothing yet.
            Assert.DoesNotContain(Talks(whole), c => c.IsWaitedFor && c.ExtensionNumber < facts.Extensions);
            var spare = facts.Talks.Where(t => t.Extension == facts.Extensions).Any(t => settled.TrueForAll(c => c.TalksNumber != t.Number));
            Assert.False(spare && Talks(whole).Any(c => c.IsWaitedFor), "talks that were held are waited for");
        }
    }

    private static AgreementFacts After(AgreementFacts facts, DateOnly today, News news, int number) => news switch
    {
        News.Talk => facts with { Talks = [.. facts.Talks, new AgreedTalks(facts.Talks.Count + 1, today, Side.CivilSociety, facts.Extensions)] },
        News.Correct => facts with { Talks = [.. facts.Talks.Select(t => t.Number == number % 3 ? t with { HeldDate = t.HeldDate.AddDays(-1) } : t)] },
        News.Extend => facts with
        {
            Extensions = facts.Extensions + 1,
            Terms = facts.Terms with { EndDate = facts.Terms.EndDate.AddMonths(1 + number) },
            RenewalTalksDate = facts.Terms.EndDate.AddMonths(number),
        },
        News.Move => facts with { RenewalTalksDate = facts.Terms.StartDate.AddDays(number * 12) },
        News.Unset => facts with { RenewalTalksDate = null },
        News.Pause => facts with { SuspendedDate = facts.SuspendedDate ?? today },
        News.Resume => facts with { SuspendedDate = null },
        News.End => facts with { EndReason = "TERMINATED", SuspendedDate = null, Terms = facts.Terms with { EndDate = today } },
        _ => facts,
    };

    private static IEnumerable<CheckIn> Talks(WholePlan whole) => whole.CheckIns.Where(c => c.Kind == CheckInKind.RenewalTalks);
}
