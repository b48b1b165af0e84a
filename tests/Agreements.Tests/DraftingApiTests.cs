using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed class DraftingApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task Hours_that_the_case_values_by_the_hour_need_no_other_reckoning_in_the_agreement()
    {
        var (agreement, _) = await service.DraftedAsync(changeCase: found =>
        {
            var hours = found.Contributions[1];
            (hours.ValuationMethod, hours.Value, hours.HourlyValue) = ("", Sum(448_200), Sum(166));
        });

        var drafted = agreement.Contributions.Single(item => item.Type == ContributionType.VolunteerHours);
        Assert.Equal((448_200, 166), (drafted.Value.Units, drafted.HourlyValue.Units));
        Assert.Contains("166 kr i timmen", agreement.Sections.Single(section => section.Key == "economy").GeneratedText, StringComparison.Ordinal);

        drafted.Value = null;
        drafted.Hours = 1_000;
        var updated = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = agreement, UpdateMask = new() { Paths = { "contributions" } } });
        Assert.Equal(166_000, updated.Contributions.Single(item => item.Type == ContributionType.VolunteerHours).Value.Units);
    }

    [Fact]
    public async Task An_approved_case_becomes_a_draft_with_what_the_case_knows()
    {
        var (agreement, organisation) = await service.DraftedAsync();

        Assert.Equal((Agreement.Types.State.Drafting, PartySide.Public, 1), (agreement.State, agreement.DraftingSide, agreement.Version));
        Assert.Equal("Öppen kväll", agreement.Title);
        Assert.Equal(new Date { Year = 2029, Month = 12, Day = 31 }, agreement.EndDate);
        Assert.Equal(new Date { Year = 2029, Month = 6, Day = 30 }, agreement.FollowUp.EvaluationDate);
        Assert.Equal(new Date { Year = 2029, Month = 3, Day = 31 }, agreement.FollowUp.RenewalTalksDate);
        Assert.Equal("Öppna Famnen Eslöv", agreement.Parties.Single(party => party.Organisation == organisation).DisplayName);
        Assert.Equal("Unga är ensamma.\n\nEn plats att gå till.", agreement.Sections.Single(s => s.Key == "background").Text);
        Assert.Contains("899999-0016", agreement.Sections.Single(s => s.Key == "parties").GeneratedText, StringComparison.Ordinal);
        Assert.Empty(agreement.CanonicalText);

        var full = await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name, View = AgreementView.Full });
        Assert.StartsWith("# Öppen kväll\nÖverenskommelse om idéburet offentligt partnerskap (IOP)\n", full.CanonicalText, StringComparison.Ordinal);
        full.CanonicalText = "";
        Assert.Equal(agreement.Etag, full.Etag);
    }

    [Fact]
    public async Task The_neighbours_are_asked_with_the_callers_own_token_and_for_a_pack_once()
    {
        var (agreement, _) = await service.DraftedAsync();
        await service.DraftedAsync();

        Assert.Single(service.Neighbours.PackCalls, name => name == agreement.GuidelinePack);
        Assert.All(service.Neighbours.Tokens.Values, token => Assert.StartsWith("Bearer ", token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_case_that_is_missing_or_not_approved_as_IOP_becomes_no_agreement()
    {
        await Refused.ByAsync(StatusCode.NotFound, "CASE_NOT_FOUND", () => service.CreateAsync($"{Here}/cases/{Guid.CreateVersion7()}"));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_APPROVED", () => service.CreateAsync(service.ApprovedCase(c => c.State = Case.Types.State.DecisionPending).Case));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_APPROVED", () => service.CreateAsync(service.ApprovedCase(c => c.RoutedInstrument = Instrument.Grant).Case));
        await Refused.ForFieldAsync("agreement.case", "RESOURCE_NAME_INVALID", () => service.CreateAsync("municipalities/0580/cases/x"));
    }

    [Fact]
    public async Task Of_two_agreements_of_one_case_drawn_up_at_once_one_is_told_of_the_other()
    {
        var (name, _) = service.ApprovedCase();
        var tries = Enumerable.Range(0, 6).Select(_ => service.CreateAsync(name)).ToList();
        var made = new List<string>();
        var told = new List<Refused>();
        foreach (var attempt in tries)
        {
            if (await Record.ExceptionAsync(() => attempt) is null)
            {
                made.Add((await attempt).Name);
            }
            else
            {
                told.Add(await Refused.ByAsync(StatusCode.AlreadyExists, "CASE_HAS_AGREEMENT", () => attempt));
            }
        }

        Assert.All(told, refused => Assert.Equal(Assert.Single(made), refused.Metadata["name"]));
        Assert.Equal(5, told.Count);
    }

    [Fact]
    public async Task A_draft_is_hidden_from_the_other_side_until_it_is_shared()
    {
        var (agreement, organisation) = await service.DraftedAsync();
        var representative = service.Representative(organisation);

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => representative.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.WriteAsync(agreement, "activity", "Text", representative));
        Assert.Empty((await representative.ListAgreementsAsync(new ListAgreementsRequest { Parent = Here })).Agreements);

        await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true });

        var seen = Assert.Single((await representative.ListAgreementsAsync(new ListAgreementsRequest { Parent = Here })).Agreements);
        Assert.Equal((agreement.Name, Agreement.Types.State.InNegotiation), (seen.Name, seen.State));
        Assert.Empty(seen.Sections);
    }

    [Fact]
    public async Task An_organisation_draws_up_a_draft_by_the_same_right_and_an_outsider_does_not()
    {
        var (name, organisation) = service.ApprovedCase();
        var request = new CreateAgreementRequest { Parent = Here, Agreement = new Agreement { Case = name } };
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.Representative($"{Here}/organisations/{Guid.CreateVersion7()}").CreateAgreementAsync(request).ResponseAsync);

        var agreement = await service.Representative(organisation).CreateAgreementAsync(request);

        Assert.Equal(PartySide.CivilSociety, agreement.DraftingSide);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }).ResponseAsync);
    }

    [Fact]
    public async Task Two_people_write_in_different_sections_at_the_same_time()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();

        await Task.WhenAll(
            service.WriteAsync(agreement, "activity", "Fyra kvällar."),
            service.WriteAsync(agreement, "values", "Vi möts som jämlikar.", service.Representative(organisation)),
            service.WriteAsync(agreement, "background", "Så började det."));

        var now = await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name });
        Assert.Equal(
            [("background", "Så började det.", PartySide.Public), ("values", "Vi möts som jämlikar.", PartySide.CivilSociety), ("activity", "Fyra kvällar.", PartySide.Public)],
            now.Sections.Where(s => s.UpdatedBy != PartySide.Unspecified).Select(s => (s.SectionId, s.Text, s.UpdatedBy)));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => service.WriteAsync(agreement, "activity", "Fem kvällar."));
        var other = agreement.Clone();
        other.Sections.Single(s => s.SectionId == "activity").Etag = "";
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => service.WriteAsync(other, "activity", "Fem kvällar."));
    }

    [Fact]
    public async Task Terms_are_changed_by_mask_and_generated_sections_follow()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var change = new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, Title = "Inte detta", EndDate = new Date { Year = 2030, Month = 12, Day = 31 } },
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "end_date", "state" } },
        };

        var changed = await service.Representative(organisation).UpdateAgreementAsync(change);

        Assert.Equal("Öppen kväll", changed.Title);
        Assert.Equal(new Date { Year = 2030, Month = 6, Day = 30 }, changed.FollowUp.EvaluationDate);
        Assert.Contains("2030-12-31", changed.Sections.Single(s => s.Key == "period").GeneratedText, StringComparison.Ordinal);
        Assert.NotEqual(agreement.TextHash, changed.TextHash);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => service.Officer.UpdateAgreementAsync(change).ResponseAsync);
        change.Agreement.Etag = "";
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => service.Officer.UpdateAgreementAsync(change).ResponseAsync);
        change.Agreement.Etag = changed.Etag;
        change.UpdateMask.Paths.Add("nothing");
        await Refused.ForFieldAsync("update_mask", "UPDATE_MASK_INVALID", () => service.Officer.UpdateAgreementAsync(change).ResponseAsync);
    }

    [Fact]
    public async Task A_section_is_changed_by_mask_and_what_the_service_alone_fills_is_passed_over()
    {
        var agreement = await service.WriteAsync((await service.NegotiatedAsync()).Agreement, "activity", "Tre kvällar.");
        var read = agreement.Sections.Single(section => section.SectionId == "activity");
        var change = new UpdateSectionRequest
        {
            Name = agreement.Name,
            Section = new Section { SectionId = "activity", Text = "Fyra kvällar.", Heading = new LocalizedText { Sv = "Inte detta" }, Etag = read.Etag },
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "heading", "update_time" } },
        };

        Assert.Equal(agreement, await service.Officer.UpdateSectionAsync(change));
        change.UpdateMask.Paths.Add("text");
        var changed = (await service.Officer.UpdateSectionAsync(change)).Sections.Single(section => section.SectionId == "activity");

        Assert.Equal(("Fyra kvällar.", read.Heading), (changed.Text, changed.Heading));
        change.UpdateMask.Paths.Add("nothing");
        await Refused.ForFieldAsync("update_mask", "UPDATE_MASK_INVALID", () => service.Officer.UpdateSectionAsync(change).ResponseAsync);
    }

    [Fact]
    public async Task A_repeated_request_answers_as_the_first_did_and_another_payload_is_refused()
    {
        var (name, _) = service.ApprovedCase();
        var request = new CreateAgreementRequest { Parent = Here, Agreement = new Agreement { Case = name }, RequestId = Guid.NewGuid().ToString() };

        var first = await service.Officer.CreateAgreementAsync(request);

        Assert.Equal(first, await service.Officer.CreateAgreementAsync(request));
        request.Agreement.Title = "Annat";
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => service.Officer.CreateAgreementAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task Lists_come_in_pages_newest_first_and_by_filter()
    {
        var (first, _) = await service.DraftedAsync();
        var (second, organisation) = await service.NegotiatedAsync();
        var request = new ListAgreementsRequest { Parent = Here, PageSize = 1 };
        var page = await service.Officer.ListAgreementsAsync(request);
        Assert.Equal(second.Name, Assert.Single(page.Agreements).Name);
        request.PageToken = page.NextPageToken;
        Assert.Equal(first.Name, Assert.Single((await service.Officer.ListAgreementsAsync(request)).Agreements).Name);
        request.Filter = "state = \"DRAFTING\"";
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => service.Officer.ListAgreementsAsync(request).ResponseAsync);

        var byCase = await service.Officer.ListAgreementsAsync(new ListAgreementsRequest { Parent = Here, Filter = $"case = \"{first.Case}\" AND state = \"DRAFTING\"" });
        Assert.Equal(first.Name, Assert.Single(byCase.Agreements).Name);
        Assert.Single((await service.Representative(organisation).ListAgreementsAsync(new ListAgreementsRequest { Parent = Here })).Agreements);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => service.Officer.ListAgreementsAsync(new ListAgreementsRequest { Parent = Here, Filter = "state = \"NONE\"" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => service.Officer.ListAgreementsAsync(new ListAgreementsRequest { Parent = Here, Filter = "title = \"x\"" }).ResponseAsync);
    }

    [Fact]
    public async Task Another_tenant_another_role_and_a_stranger_are_refused()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var get = new GetAgreementRequest { Name = agreement.Name };
        AgreementsService.AgreementsServiceClient elsewhere = new(service.As("0580", Roles.CaseOfficer)), keeper = new(service.As("1285", Roles.Operator)), auditor = new(service.As("1285", Roles.Auditor));

        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => elsewhere.GetAgreementAsync(get).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => keeper.GetAgreementAsync(get).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.Representative($"{Here}/organisations/{Guid.CreateVersion7()}").GetAgreementAsync(get).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.Representative($"{Here}/organisations/{Guid.CreateVersion7()}").GetAgreementAsync(new GetAgreementRequest { Name = $"{Here}/agreements/{Guid.CreateVersion7()}" }).ResponseAsync);
        Assert.Equal(agreement.Name, (await auditor.GetAgreementAsync(get)).Name);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => service.WriteAsync(agreement, "activity", "x", auditor));
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = $"{Here}/agreements/{Guid.CreateVersion7()}" }).ResponseAsync);
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = $"{Here}/agreements/x" }).ResponseAsync);
    }

    [Fact]
    public async Task A_section_that_comes_where_another_was_is_not_written_over_by_one_who_read_the_other()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        agreement = await AddAsync(agreement);
        var read = agreement.Sections.Single(section => section.SectionId == "activity-2");
        agreement = await service.Officer.RemoveSectionAsync(new RemoveSectionRequest { Name = agreement.Name, SectionId = read.SectionId, Etag = read.Etag });
        agreement = await AddAsync(agreement);
        Assert.Equal("activity-2", agreement.Sections.Single(section => section.UnderSectionId.Length > 0).SectionId);

        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => service.Officer.UpdateSectionAsync(new UpdateSectionRequest
        {
            Name = agreement.Name,
            Section = new Section { SectionId = "activity-2", Text = "Till den förra.", Etag = read.Etag },
        }).ResponseAsync);

        async Task<Agreement> AddAsync(Agreement to) => await service.Officer.AddSectionAsync(new AddSectionRequest
        {
            Name = to.Name,
            SectionId = "activity",
            Heading = "Del",
            Text = "Text.",
            Etag = to.Sections.Single(section => section.SectionId == "activity").Etag,
        });
    }
}
