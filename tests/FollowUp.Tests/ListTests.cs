using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using Kinds = Iop.FollowUp.V1.DueItem.Types.Kind;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class ListTests(FollowUpFixture service)
{
    private const string Parent = $"municipalities/{FollowUpFixture.Municipality}";

    [Fact]
    public async Task Plans_come_newest_first_page_by_page_and_only_those_of_the_organisations_represented()
    {
        var first = Partnership.Agreement();
        List<Partnership> made = [];
        for (var i = 0; i < 5; i++)
        {
            made.Add(await service.FollowAsync(Partnership.Agreement() with { Organisations = first.Organisations }));
        }

        var pages = new List<IReadOnlyList<string>>();
        var request = new ListPlansRequest { Parent = Parent, PageSize = 2 };
        do
        {
            var page = await made[0].Representative.ListPlansAsync(request);
            pages.Add([.. page.Plans.Select(p => p.Name)]);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([2, 2, 1], pages.Select(p => p.Count));
        Assert.Equal(made.Select(p => p.Plan.Name).Reverse(), pages.SelectMany(p => p));
        Assert.Contains(made[4].Plan, (await service.Client(Roles.Auditor).ListPlansAsync(new ListPlansRequest { Parent = Parent, PageSize = 200 })).Plans);
    }

    [Fact]
    public async Task What_is_due_comes_earliest_first_page_by_page_without_gap_or_repeat()
    {
        // Reports every three months too, so that two kinds of item fall on the same day.
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { ReportEveryMonths = 3 }));
        var items = await DueAsync(partnership, 3);

        Assert.Equal(7 + 1 + 8 + 1, items.Count);
        Assert.Equal(items.Count, items.Select(i => i.Item).Distinct().Count());
        var dates = items.Select(i => i.DueDate.ToDateOnly()).ToList();
        Assert.Equal(dates.Order(), dates);
        Assert.All(items, i => Assert.Equal((partnership.Plan.Name, partnership.Activated.Subject, i.DueDate.ToDateOnly() < Partnership.Today), (i.Plan, i.Agreement, i.Overdue)));
        Assert.Equal([4, 1, 0], [items.Count(i => i.Overdue), items.Count(i => i.Kind == Kinds.RenewalTalks), items.Count(i => i.Kind == Kinds.ReportReview)]);

        var checkIns = new List<CheckIn>();
        var request = new ListCheckInsRequest { Parent = partnership.Plan.Name, PageSize = 3 };
        do
        {
            var page = await partnership.Representative.ListCheckInsAsync(request);
            checkIns.AddRange(page.CheckIns);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        Assert.Equal(await partnership.CheckInsAsync(), checkIns);
    }

    [Fact]
    public async Task Each_role_is_told_what_it_is_expected_to_do()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var reports = await partnership.ReportsAsync();
        await partnership.Representative.SubmitReportAsync(Partnership.Submission(reports[0]));

        var officer = await DueAsync(partnership, 50, " AND responsible_role = \"case-officer\"");
        var organisation = await DueAsync(partnership, 50, " AND responsible_role = \"organisation-representative\"");

        var review = Assert.Single(officer, i => i.Kind == Kinds.ReportReview);
        Assert.Equal((reports[0].Name, Partnership.Today.AddMonths(1), false), (review.Item, review.DueDate.ToDateOnly(), review.Overdue));
        Assert.Equal((7, 1, 1), (officer.Count(i => i.Kind == Kinds.CheckIn), officer.Count(i => i.Kind == Kinds.RenewalTalks), officer.Count(i => i.Kind == Kinds.Evaluation)));
        Assert.Equal(reports.Skip(1).Select(r => r.Name), organisation.Select(i => i.Item));
        Assert.All(organisation, i => Assert.Equal(Roles.OrganisationRepresentative, i.ResponsibleRole));
        var soon = await DueAsync(partnership, 50, $" AND due_date < \"{Partnership.Today:yyyy-MM-dd}\"");
        Assert.All(soon, i => Assert.True(i.Overdue));
        Assert.NotEmpty(soon);
    }

    [Fact]
    public async Task What_is_done_is_due_no_more()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var checkIn = (await partnership.CheckInsAsync())[0];
        await partnership.Officer.RecordCheckInAsync(Partnership.Held(checkIn));
        var evaluation = await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));
        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission((await partnership.ReportsAsync())[0]));
        await partnership.Officer.ReviewReportAsync(Partnership.Review(submitted));

        var left = (await DueAsync(partnership, 50)).Where(i => i.Kind != Kinds.Action).Select(i => i.Item).ToList();

        Assert.Equal(7 + 3, left.Count);
        Assert.Empty(left.Intersect([checkIn.Name, evaluation.Name, submitted.Name]));
    }

    [Fact]
    public async Task A_representative_is_told_nothing_of_others_partnerships()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var stranger = service.Client(Roles.OrganisationRepresentative, organisations: $"{Parent}/organisations/{Guid.CreateVersion7()}");

        Assert.Empty((await stranger.ListDueItemsAsync(new ListDueItemsRequest { Parent = Parent })).DueItems);
        Assert.Empty((await stranger.ListPlansAsync(new ListPlansRequest { Parent = Parent })).Plans);
        Assert.NotEmpty((await partnership.Representative.ListDueItemsAsync(new ListDueItemsRequest { Parent = Parent })).DueItems);
    }

    [Theory]
    [InlineData("state = \"OPEN\"")]
    [InlineData("state != \"ACTIVE\"")]
    [InlineData("colour = \"red\"")]
    [InlineData("state")]
    public async Task A_filter_on_plans_that_cannot_be_read_is_refused(string filter) => await Refused.ByAsync(
        StatusCode.InvalidArgument, "INVALID_FILTER", () => service.Officer().ListPlansAsync(new ListPlansRequest { Parent = Parent, Filter = filter }).ResponseAsync);

    [Theory]
    [InlineData("responsible_role = \"lawyer\"")]
    [InlineData("due_date < \"2026-02-30\"")]
    [InlineData("due_date = \"2026-01-01\"")]
    public async Task A_filter_on_due_items_that_cannot_be_read_is_refused(string filter) => await Refused.ByAsync(
        StatusCode.InvalidArgument, "INVALID_FILTER", () => service.Officer().ListDueItemsAsync(new ListDueItemsRequest { Parent = Parent, Filter = filter }).ResponseAsync);

    [Fact]
    public async Task Another_tenants_name_in_a_filter_is_refused()
    {
        var foreign = $"municipalities/0580/plans/{Guid.CreateVersion7()}";
        await Refused.ForFieldAsync("filter", "RESOURCE_NAME_INVALID", () => service.Officer().ListDueItemsAsync(
            new ListDueItemsRequest { Parent = Parent, Filter = $"plan = \"{foreign}\"" }).ResponseAsync);
    }

    [Fact]
    public async Task A_page_token_belongs_to_its_list()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var page = await partnership.Officer.ListDueItemsAsync(new ListDueItemsRequest { Parent = Parent, PageSize = 1 });

        foreach (var token in new[] { page.NextPageToken, "x", new string('A', 38) })
        {
            await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => partnership.Officer.ListCheckInsAsync(
                new ListCheckInsRequest { Parent = partnership.Plan.Name, PageToken = token }).ResponseAsync);
        }

        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => partnership.Officer.ListDueItemsAsync(
            new ListDueItemsRequest { Parent = Parent, PageToken = page.NextPageToken, Filter = "due_date < \"2026-07-01\"" }).ResponseAsync);
        await Refused.ForFieldAsync("page_size", "PAGE_SIZE_NEGATIVE", () => partnership.Officer.ListReportsAsync(
            new ListReportsRequest { Parent = partnership.Plan.Name, PageSize = -1 }).ResponseAsync);
    }

    private static async Task<List<DueItem>> DueAsync(Partnership partnership, int pageSize, string condition = "")
    {
        var items = new List<DueItem>();
        var request = new ListDueItemsRequest { Parent = Parent, PageSize = pageSize, Filter = $"plan = \"{partnership.Plan.Name}\"{condition}" };
        do
        {
            var page = await partnership.Officer.ListDueItemsAsync(request);
            items.AddRange(page.DueItems);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return items;
    }
}
