using System.Text.Json;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>De minimis aid that a signed agreement gives becomes a report with a last day and a state.</summary>
[Collection(Running.Name)]
public sealed class StateAidApiTests(AgreementsFixture service)
{
    private StateAidService.StateAidServiceClient Officer => new(service.As("1285", Roles.CaseOfficer));

    [Theory]
    [InlineData(Eligibility.V1.StateAidBasis.DeMinimis, StateAidReport.Types.Basis.DeMinimis)]
    [InlineData(Eligibility.V1.StateAidBasis.SgeiDeMinimis, StateAidReport.Types.Basis.SgeiDeMinimis)]
    public async Task The_last_signature_makes_a_report_that_is_sent_and_acknowledged(Eligibility.V1.StateAidBasis found, StateAidReport.Types.Basis basis)
    {
        var agreement = await SignedAsync(found);
        var today = TimeProvider.System.Today();

        var report = Assert.Single(await ReportsOfAsync(agreement));
        Assert.Equal((basis, StateAidReport.Types.State.Pending, 400_000, false), (report.Basis, report.State, report.Amount.Units, report.Overdue));
        Assert.Equal((today, Iop.Agreements.Domain.WorkingDays.After(today, 20)), (report.GrantDate.ToDateOnly(), report.DueDate.ToDateOnly()));

        var acknowledge = new MarkStateAidReportAcknowledgedRequest { Name = report.Name, AcknowledgeDate = today.ToProto(), Etag = report.Etag };
        await Refused.ByAsync(StatusCode.FailedPrecondition, "STATE_AID_REPORT_STATE_NOT_ALLOWED", () => Officer.MarkStateAidReportAcknowledgedAsync(acknowledge).ResponseAsync);
        var send = new MarkStateAidReportSentRequest { Name = report.Name, SendDate = today.AddDays(1).ToProto(), Reference = "DM-1", Etag = report.Etag };
        await Refused.ForFieldAsync("send_date", "DATE_OUTSIDE_TERM", () => Officer.MarkStateAidReportSentAsync(send).ResponseAsync);
        send.SendDate = today.ToProto();
        report = await Officer.MarkStateAidReportSentAsync(send);
        send.Etag = report.Etag;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "STATE_AID_REPORT_STATE_NOT_ALLOWED", () => Officer.MarkStateAidReportSentAsync(send).ResponseAsync);
        acknowledge.Etag = report.Etag;
        report = await Officer.MarkStateAidReportAcknowledgedAsync(acknowledge);

        Assert.Equal((StateAidReport.Types.State.Acknowledged, "DM-1"), (report.State, report.Reference));
        Assert.Equal(report, await Officer.GetStateAidReportAsync(new GetStateAidReportRequest { Name = report.Name }));
        Assert.DoesNotContain(report, (await Officer.ListStateAidReportsAsync(new ListStateAidReportsRequest { Parent = Here, Filter = "state = \"PENDING\"" })).StateAidReports);
    }

    [Theory]
    [InlineData(Eligibility.V1.StateAidBasis.NoAid)]
    [InlineData(Eligibility.V1.StateAidBasis.SgeiDecision)]
    [InlineData(Eligibility.V1.StateAidBasis.Other)]
    public async Task What_is_no_de_minimis_aid_is_not_reported(Eligibility.V1.StateAidBasis found) => Assert.Empty(await ReportsOfAsync(await SignedAsync(found)));

    [Fact]
    public async Task Only_the_current_full_assessment_counts() =>
        Assert.Empty(await ReportsOfAsync(await SignedAsync(Eligibility.V1.StateAidBasis.DeMinimis, assessment => assessment.Superseded = true)));

    [Fact]
    public async Task A_new_version_reports_what_it_adds_and_under_another_regulation_takes_back_the_old_and_gives_all_of_it()
    {
        var (agreement, organisation) = await SignedForAsync(Eligibility.V1.StateAidBasis.DeMinimis);

        await AmendAsync(agreement, organisation, full => full.DeMinimisAmount.Units = 450_000);
        await AmendAsync(agreement, organisation, _ => { });
        await AmendAsync(agreement, organisation, full => full.StateAidBasis = Eligibility.V1.StateAidBasis.SgeiDeMinimis);
        await AmendAsync(agreement, organisation, full => full.StateAidBasis = Eligibility.V1.StateAidBasis.DeMinimis);

        var reports = await ReportsOfAsync(agreement);
        Assert.Equal(
            [
                (1, StateAidReport.Types.Basis.DeMinimis, 400_000L, false), (2, StateAidReport.Types.Basis.DeMinimis, 50_000L, false),
                (4, StateAidReport.Types.Basis.DeMinimis, 450_000L, true), (4, StateAidReport.Types.Basis.SgeiDeMinimis, 450_000L, false),
                (5, StateAidReport.Types.Basis.DeMinimis, 450_000L, false), (5, StateAidReport.Types.Basis.SgeiDeMinimis, 450_000L, true),
            ],
            reports.OrderBy(report => report.Version).ThenBy(report => report.Basis).Select(report => (report.Version, report.Basis, report.Amount.Units, report.Withdrawal)));
    }

    [Fact]
    public async Task What_was_reported_once_is_not_reported_again_when_less_was_given_in_between()
    {
        var (agreement, organisation) = await SignedForAsync(Eligibility.V1.StateAidBasis.DeMinimis);

        await AmendAsync(agreement, organisation, full => full.DeMinimisAmount.Units = 300_000);
        await AmendAsync(agreement, organisation, full => full.DeMinimisAmount.Units = 350_000);
        await AmendAsync(agreement, organisation, full => full.DeMinimisAmount.Units = 450_000);

        Assert.Equal([(1, 400_000L), (4, 50_000L)], (await ReportsOfAsync(agreement)).OrderBy(report => report.Version).Select(report => (report.Version, report.Amount.Units)));
    }

    [Fact]
    public async Task A_report_that_is_not_sent_in_time_is_overdue_and_stays_so()
    {
        var report = Assert.Single(await ReportsOfAsync(await SignedAsync(Eligibility.V1.StateAidBasis.DeMinimis)));
        await service.RowsAsync($"UPDATE state_aid_report SET grant_date = grant_date - 90, due_date = current_date - 2 WHERE id = '{report.Name[^36..]}' RETURNING ''");

        report = await Officer.GetStateAidReportAsync(new GetStateAidReportRequest { Name = report.Name });
        Assert.True(report.Overdue);
        report = await Officer.MarkStateAidReportSentAsync(new MarkStateAidReportSentRequest { Name = report.Name, SendDate = TimeProvider.System.Today().ToProto(), Etag = report.Etag });
        Assert.True(report.Overdue);
    }

    [Fact]
    public async Task The_reports_are_the_municipalitys_own()
    {
        var theirs = new StateAidService.StateAidServiceClient(service.As("1285", Roles.OrganisationRepresentative));
        var elsewhere = new StateAidService.StateAidServiceClient(service.As("0580", Roles.CaseOfficer));

        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => theirs.ListStateAidReportsAsync(new ListStateAidReportsRequest { Parent = Here }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => elsewhere.ListStateAidReportsAsync(new ListStateAidReportsRequest { Parent = Here }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "STATE_AID_REPORT_NOT_FOUND", () => Officer.GetStateAidReportAsync(new GetStateAidReportRequest { Name = $"{Here}/stateAidReports/{Guid.CreateVersion7()}" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => Officer.ListStateAidReportsAsync(new ListStateAidReportsRequest { Parent = Here, Filter = "state = \"NONE\"" }).ResponseAsync);
    }

    [Theory]
    [InlineData(Eligibility.V1.StateAidBasis.DeMinimis, "DE_MINIMIS")]
    [InlineData(Eligibility.V1.StateAidBasis.SgeiDeMinimis, "SGEI_DE_MINIMIS")]
    [InlineData(Eligibility.V1.StateAidBasis.NoAid, null)]
    public async Task The_event_of_the_last_signature_says_what_aid_the_agreement_gives(Eligibility.V1.StateAidBasis found, string? kind)
    {
        var agreement = await SignedAsync(found);

        var row = Assert.Single(await service.RowsAsync($"SELECT payload::text FROM outbox WHERE subject = '{agreement.Name}' AND type LIKE '%AgreementActivated'"));
        var told = JsonSerializer.Deserialize<AgreementActivated>(row, Json.Options)!.Aid;
        Assert.Equal(kind is null ? null : new AgreedAid { Kind = kind, Amount = 400_000m, GrantDate = TimeProvider.System.Today() }, told);
    }

    // law.md 2.2: found by the case when the agreement was drawn up or later, or by the text alone.
    [Fact]
    public async Task Who_follows_up_is_told_that_a_service_is_compensated_under_an_entrustment()
    {
        Assert.True(await EntrustedAsync(await SignedAsync(Eligibility.V1.StateAidBasis.SgeiDecision)));
        Assert.False(await EntrustedAsync(await SignedAsync(Eligibility.V1.StateAidBasis.SgeiDeMinimis)));
        var (agreement, _) = await service.ActiveAsync(asked => asked.Entrustment = new EntrustmentTerms { Service = "Skyddat boende", Compensation = "Kostnader minus intäkter", Overcompensation = "Ses över varje år" });
        Assert.True(await EntrustedAsync(agreement));
    }

    private async Task AmendAsync(Agreement agreement, string organisation, Action<LegalAssessment> change)
    {
        change(service.Neighbours.Cases[agreement.Case].LegalAssessments[^1]);
        var read = await service.ReadAsync(agreement.Name);
        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = read.Name, PartyId = "arbete", Reason = "Fler behöver oss.", Etag = read.Etag });
        await service.SignedAsync(draft, organisation);
    }

    private async Task<bool?> EntrustedAsync(Agreement agreement) => Assert.Single(await service.EventsAsync<AgreementActivated>(agreement)).FollowUp.Entrusted;

    private async Task<Agreement> SignedAsync(Eligibility.V1.StateAidBasis basis, Action<LegalAssessment>? change = null) => (await SignedForAsync(basis, change)).Agreement;

    private async Task<(Agreement Agreement, string Organisation)> SignedForAsync(Eligibility.V1.StateAidBasis basis, Action<LegalAssessment>? change = null)
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        var full = new LegalAssessment { Kind = LegalAssessment.Types.Kind.Full, StateAidBasis = basis, DeMinimisAmount = new Money { CurrencyCode = "SEK", Units = 400_000 } };
        change?.Invoke(full);
        service.Neighbours.Cases[agreement.Case].LegalAssessments.Add(full);
        if (basis == Eligibility.V1.StateAidBasis.SgeiDecision)
        {
            agreement = await EntrustmentTests.EntrustedAsync(service, agreement, organisation);
        }

        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        return (await SignAsync(service.Representative(organisation, Bo), agreement, "forening"), organisation);
    }

    private async Task<IReadOnlyList<StateAidReport>> ReportsOfAsync(Agreement agreement) =>
        (await Officer.ListStateAidReportsAsync(new ListStateAidReportsRequest { Parent = Here, Filter = $"agreement = \"{agreement.Name}\"" })).StateAidReports;
}
