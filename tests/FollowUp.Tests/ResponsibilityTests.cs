using Grpc.Core;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.V1;
using Iop.Testing;
using Iop.Types.V1;
using Kinds = Iop.FollowUp.V1.DueItem.Types.Kind;

namespace Iop.FollowUp.Tests;

/// <summary>Who is expected to do what: a role, a person whom its side has named, and whoever is next in line.</summary>
[Collection(FollowUpTests.Name)]
public sealed class ResponsibilityTests(FollowUpFixture service)
{
    private const string Municipality = "2180";

    [Fact]
    public async Task Each_role_finds_what_is_for_it_alone_or_together_or_has_been_told_to_it()
    {
        // A check-in three months late and a report eleven days late, told on after ten days.
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality, f => f with { EscalationDaysAfter = 10 }));
        var (checkIns, reports) = (await partnership.CheckInsAsync(), await partnership.ReportsAsync());
        var all = await DueAsync(partnership, "");

        var officer = await DueAsync(partnership, "case-officer");
        var organisation = await DueAsync(partnership, "organisation-representative");
        var decisionMaker = await DueAsync(partnership, "decision-maker");

        Assert.Equal(all.Where(i => i.ResponsibleRole == "case-officer").Select(i => i.Item).Append(reports[0].Name).Order(), officer.Select(i => i.Item).Order());
        Assert.Equal(all.Select(i => i.Item), organisation.Select(i => i.Item));
        Assert.All(organisation, i => Assert.Equal(i.Kind != Kinds.Report, i.Shared));
        Assert.Equal([checkIns[0].Name, checkIns[1].Name], decisionMaker.Select(i => i.Item));
        Assert.Equal(
            [(checkIns[0].Name, "decision-maker"), (checkIns[1].Name, "decision-maker"), (reports[0].Name, "case-officer")],
            all.Where(i => i.EscalatedRole.Length > 0).Select(i => (i.Item, i.EscalatedRole)).OrderByDescending(i => i.EscalatedRole));
        Assert.Empty(await DueAsync(partnership, "lawyer"));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => DueAsync(partnership, "king"));
    }

    [Fact]
    public async Task Nothing_is_told_on_while_the_agreement_is_paused_nor_where_the_guideline_says_never()
    {
        var paused = await service.FollowAsync(Partnership.Agreement(Municipality, f => f with { EscalationDaysAfter = 10 }));
        await service.TellAsync(paused.Suspended(true, 2, daysAgo: 150));
        var never = await service.FollowAsync(Partnership.Agreement(Municipality, f => f with { EscalationDaysAfter = 0 }));

        Assert.Empty(await DueAsync(paused, "decision-maker"));
        Assert.Empty(await DueAsync(never, "decision-maker"));
        Assert.All(await DueAsync(never, ""), i => Assert.Equal("", i.EscalatedRole));
    }

    [Fact]
    public async Task A_joint_report_is_found_by_both_sides()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality, f => f with { ReportingResponsibility = "SHARED" }));
        var report = (await partnership.ReportsAsync())[0];

        Assert.Contains(await DueAsync(partnership, "case-officer"), i => i.Item == report.Name && i.Shared);
        Assert.Contains(await DueAsync(partnership, "organisation-representative"), i => i.Item == report.Name && i.Shared);
    }

    [Fact]
    public async Task A_person_whom_a_side_has_named_is_reminded_and_the_next_in_line_is_a_role()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(
            Municipality, f => f with { CheckInEveryMonths = 0, ReportEveryMonths = 0, RenewalTalksDate = null, EvaluationDate = Partnership.Today.AddDays(40), ReminderDaysBefore = [14], ReminderDaysAfter = [5], EscalationDaysAfter = 10 }));
        await service.RemindAsync(26);
        var named = await NameAsync(partnership, partnership.Officer, "uppfoljare-2180", await partnership.NowAsync());
        named = await NameAsync(partnership, partnership.Representative, "ordforande-7", named);
        Assert.Equal([(PartySide.Public, "uppfoljare-2180"), (PartySide.CivilSociety, "ordforande-7")], named.Contacts.Select(c => (c.Side, c.PersonRef)));

        await service.RemindAsync(45);
        await service.RemindAsync(50);

        await Eventually.IsAsync(5, () => Task.FromResult(service.Heard.All<ReminderDue>().Count(e => e.Agreement == partnership.Activated.Subject)));
        Assert.Equal(
            [
                ("AFTER", "case-officer", true), ("AFTER", "organisation-representative", true),
                ("BEFORE", "case-officer", false), ("BEFORE", "organisation-representative", false), ("ESCALATION", "decision-maker", false),
            ],
            service.Heard.All<ReminderDue>().Where(e => e.Agreement == partnership.Activated.Subject).Select(e => (e.Occasion, e.Role, e.PersonNamed)).Order());
        var log = (await partnership.Officer.ListRemindersAsync(new ListRemindersRequest { Parent = partnership.Plan.Name })).Reminders;
        Assert.Equal(["", "", "", "ordforande-7", "uppfoljare-2180"], log.Select(r => r.PersonRef).Order(StringComparer.Ordinal));
        var mine = await partnership.Officer.ListDueItemsAsync(new ListDueItemsRequest { Parent = $"municipalities/{Municipality}", Filter = "responsible_person = \"uppfoljare-2180\"" });
        Assert.Equal(["uppfoljare-2180"], mine.DueItems.Select(i => i.ResponsiblePerson));
    }

    [Fact]
    public async Task A_side_names_its_own_person_takes_the_name_back_and_loses_it_when_it_leaves()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality));
        var named = await NameAsync(partnership, partnership.Representative, "ordforande-7", partnership.Plan);
        named = await NameAsync(partnership, partnership.Officer, "handlaggare", named);
        Assert.Equal([PartySide.Public, PartySide.CivilSociety], named.Contacts.Select(c => c.Side).OrderByDescending(side => side == PartySide.Public));
        Assert.Equal([PartySide.CivilSociety], (await NameAsync(partnership, partnership.Officer, "", named)).Contacts.Select(c => c.Side));

        var newcomer = $"municipalities/{Municipality}/organisations/{Guid.CreateVersion7()}";
        await service.TellAsync(partnership.Amended(2, 2) with { Organisations = [newcomer] });

        Assert.Empty((await partnership.NowAsync()).Contacts);
    }

    [Theory]
    [InlineData("Anna Berg", "PERSON_REF_INVALID")]
    [InlineData("kristina.berg", "PERSONAL_NAME_REFUSED")]
    [InlineData("hjalp@exempel.se", "CONTACT_DETAILS_REFUSED")]
    [InlineData("19811228-9874", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    public async Task A_reference_tells_nothing_of_the_person(string reference, string reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality));
        await Refused.ForFieldAsync("person_ref", reason, () => NameAsync(partnership, partnership.Officer, reference, partnership.Plan));
        Assert.Empty((await partnership.NowAsync()).Contacts);
    }

    [Fact]
    public async Task Nobody_is_named_in_a_plan_that_was_read_too_long_ago_or_is_closed()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => NameAsync(partnership, partnership.Officer, "x", new Plan { Name = partnership.Plan.Name, Etag = "\"1\"" }));
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => NameAsync(partnership, partnership.Officer, "x", new Plan { Name = partnership.Plan.Name }));
        await partnership.CloseAsync();
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PLAN_STATE_NOT_ALLOWED", async () => await NameAsync(partnership, partnership.Officer, "x", await partnership.NowAsync()));
    }

    private static Task<Plan> NameAsync(Partnership partnership, FollowUpService.FollowUpServiceClient by, string person, Plan read) => by.NameContactAsync(
        new NameContactRequest { Name = partnership.Plan.Name, PersonRef = person, Etag = read.Etag, RequestId = Partnership.NewRequest() }).ResponseAsync;

    private static async Task<IReadOnlyList<DueItem>> DueAsync(Partnership partnership, string role) => (await partnership.Officer.ListDueItemsAsync(new ListDueItemsRequest
    {
        Parent = $"municipalities/{Municipality}",
        PageSize = 200,
        Filter = $"plan = \"{partnership.Plan.Name}\"" + (role.Length == 0 ? "" : $" AND role = \"{role}\""),
    })).DueItems;
}
