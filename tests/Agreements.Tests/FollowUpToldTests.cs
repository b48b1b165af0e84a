using Google.Protobuf.WellKnownTypes;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>What those who follow up are told of how to: by the guideline that the parties agreed under, and by the parties.</summary>
[Collection(Running.Name)]
public sealed class FollowUpToldTests(AgreementsFixture service)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_activation_tells_what_the_guideline_says_of_reminders_and_questions(bool gathered)
    {
        var (agreement, _) = await service.ActiveAsync(asked => asked.Knowledge = Knowledge(gathered));

        AssertTold(Assert.Single(await service.EventsAsync<AgreementActivated>(agreement)).FollowUp, gathered);
    }

    [Fact]
    public async Task A_new_version_tells_it_again_with_what_the_parties_have_changed()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var draft = await service.Officer.AmendAgreementAsync(
            new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Vi vill lära oss mer.", Etag = agreement.Etag });
        draft = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = draft.Name, Etag = draft.Etag, Knowledge = Knowledge(gathered: true) },
            UpdateMask = new FieldMask { Paths = { "knowledge" } },
        });

        await service.SignedAsync(draft, organisation);

        AssertTold(Assert.Single(await service.EventsAsync<AgreementAmended>(agreement)).FollowUp, gathered: true);
    }

    [Fact]
    public async Task Days_that_the_parties_name_one_by_one_hold_instead_of_intervals_and_are_told()
    {
        DateOnly[] days = [new(2027, 3, 15), new(2027, 10, 1)];
        var (agreement, _) = await service.ActiveAsync(asked => asked.FollowUp = Follow(days.Reverse(), [new(2028, 1, 31)]));

        var told = Assert.Single(await service.EventsAsync<AgreementActivated>(agreement)).FollowUp;

        Assert.Equal(days, told.CheckInDates);
        Assert.Equal([new DateOnly(2028, 1, 31)], told.ReportDates);
        Assert.Equal("SHARED", told.ReportingResponsibility);
        Assert.Contains("Avstämningar: 2027-03-15, 2027-10-01.\nRapporter: senast 2028-01-31.", (await service.ReadAsync(agreement.Name)).CanonicalText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_that_meet_are_told_with_how_often_they_do()
    {
        var (agreement, _) = await service.ActiveAsync(asked => asked.Collaboration = new Collaboration
        {
            Groups =
            {
                new Group { Kind = Group.Types.Kind.Steering, MeetingsPerYear = 4, Members = { "enhetschef", "ordförande" } },
                new Group { Kind = Group.Types.Kind.Working, Members = { "ledare" } },
            },
        });

        Assert.Equal([new AgreedGroup("STEERING", 4)], Assert.Single(await service.EventsAsync<AgreementActivated>(agreement)).FollowUp.Groups);
    }

    [Fact]
    public async Task A_day_outside_the_term_or_named_twice_is_refused()
    {
        var day = new DateOnly(2027, 3, 15);
        await Refused.ForFieldAsync("agreement.follow_up.check_in_dates", "DUPLICATE_VALUE", () => service.DraftedAsync(asked => asked.FollowUp = Follow([day, day], [])));
        await Refused.ForFieldAsync("agreement.follow_up.check_in_dates[0]", "DATE_OUTSIDE_TERM", () => service.DraftedAsync(asked => asked.FollowUp = Follow([new(2026, 12, 31)], [])));
        await Refused.ForFieldAsync("agreement.follow_up.report_dates[1]", "DATE_OUTSIDE_TERM", () => service.DraftedAsync(asked => asked.FollowUp = Follow([], [day, new(2030, 1, 1)])));
    }

    [Fact]
    public async Task A_guideline_that_says_nothing_of_reminders_leaves_them_to_the_follow_up()
    {
        var (agreement, _) = await service.ActiveAsync(pack: SilentPack);

        var told = Assert.Single(await service.EventsAsync<AgreementActivated>(agreement)).FollowUp;

        Assert.Equal((null, null, null, null), (told.ReminderDaysBefore, told.ReminderDaysAfter, told.EscalationDaysAfter, told.MinimumGroupSize));
        Assert.Equal((3, 12), (told.CheckInEveryMonths, told.ReportEveryMonths));
    }

    private static FollowUpTerms Follow(IEnumerable<DateOnly> checkIns, IEnumerable<DateOnly> reports) => new()
    {
        ReportingResponsibility = ReportingResponsibility.Shared,
        CheckInDates = { checkIns.Select(day => day.ToProto()) },
        ReportDates = { reports.Select(day => day.ToProto()) },
    };

    private static KnowledgeTerms Knowledge(bool gathered) =>
        gathered ? new KnowledgeTerms { Gathered = true, How = "Samtal", What = "Varför unga är ensamma", Who = "samordnaren" } : new KnowledgeTerms();

    private static void AssertTold(AgreedFollowUp told, bool gathered)
    {
        Assert.Equal([21, 3], told.ReminderDaysBefore);
        Assert.Equal([5], told.ReminderDaysAfter);
        Assert.Equal((14, 8, gathered), (told.EscalationDaysAfter, told.MinimumGroupSize, told.KnowledgeGathering));
        Assert.Equal(["Hur går det?"], told.CheckInTopics);
        Assert.Equal(["Blev det bättre?"], told.EvaluationQuestions);
    }
}
