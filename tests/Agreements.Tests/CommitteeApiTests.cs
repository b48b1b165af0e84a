using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;
using StateAidBasis = Iop.Eligibility.V1.StateAidBasis;

namespace Iop.Agreements.Tests;

/// <summary>Each committee is an authority of its own, for what comes of its cases too. Source: law.md 2.3.</summary>
[Collection(Running.Name)]
public sealed class CommitteeApiTests(AgreementsFixture service)
{
    internal const string Social = "socialnamnden";
    internal const string Culture = "kulturnamnden";
    internal const string Board = "kommunstyrelsen";

    private static long sequence;

    [Fact]
    public async Task Lists_and_exports_leave_it_out_for_those_to_whom_it_is_refused()
    {
        var (kept, organisation) = await DraftedAsync(Social, only: true);
        kept = await ShareAsync(kept);
        var (open, _) = await DraftedAsync(Social, only: false);

        Assert.Equal((Social, true), (kept.Committees.Responsible, kept.Committees.Only));
        foreach (var outside in new[] { As(Roles.CaseOfficer, Culture), As(Roles.DecisionMaker), As(Roles.DecisionMaker, Culture, Board), As(Roles.Integration, Culture) })
        {
            var listed = await Lists.NamesAsync(outside);
            Assert.DoesNotContain(kept.Name, listed);
            Assert.Contains(open.Name, listed);
        }

        foreach (var inside in new[] { As(Roles.CaseOfficer, Social), service.Officer, As(Roles.DecisionMaker, Culture, Social), As(Roles.Auditor, Culture), service.Representative(organisation) })
        {
            Assert.Contains(kept.Name, await Lists.NamesAsync(inside));
        }

        var (signed, _) = await service.ActiveAsync();
        await KeepAsync(signed);
        Assert.DoesNotContain(signed.Name[^36..], await Lists.GrantsAsync(As(Roles.CaseOfficer, Culture)), StringComparison.Ordinal);
        Assert.Contains(signed.Name[^36..], await Lists.GrantsAsync(As(Roles.CaseOfficer, Social)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_on_aid_goes_with_its_agreement()
    {
        var (agreement, _) = await WithAidAsync();
        await KeepAsync(agreement, only: true);
        StateAidService.StateAidServiceClient outside = new(service.AsOf("1285", Roles.CaseOfficer, [Culture])), inside = new(service.AsOf("1285", Roles.CaseOfficer, [Social]));
        var ask = new ListStateAidReportsRequest { Parent = Here, Filter = $"agreement = \"{agreement.Name}\"" };

        var report = Assert.Single((await inside.ListStateAidReportsAsync(ask)).StateAidReports);
        Assert.Empty((await outside.ListStateAidReportsAsync(ask)).StateAidReports);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => outside.GetStateAidReportAsync(new GetStateAidReportRequest { Name = report.Name }).ResponseAsync);
    }

    [Fact]
    public async Task When_the_case_is_given_to_another_committee_all_that_came_of_it_follows_in_the_order_told()
    {
        var (agreement, _) = await service.ActiveAsync();
        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler kommer.", Etag = agreement.Etag });
        var late = Interlocked.Increment(ref sequence);
        await KeepAsync(agreement, only: true);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => As(Roles.CaseOfficer, Culture).GetAgreementAsync(new GetAgreementRequest { Name = draft.Name }).ResponseAsync);

        await TellAsync(agreement, Culture, only: true, Interlocked.Increment(ref sequence));
        await Eventually.IsAsync(Culture, async () => (await service.ReadAsync(draft.Name)).Committees.Responsible);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => As(Roles.CaseOfficer, Social).GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }).ResponseAsync);

        // What comes late is not what holds.
        await TellAsync(agreement, Social, only: false, late);
        await TellAsync(agreement, Board, only: true, Interlocked.Increment(ref sequence));
        await Eventually.IsAsync(Board, async () => (await service.ReadAsync(agreement.Name)).Committees.Responsible);
        Assert.True((await service.ReadAsync(agreement.Name)).Committees.Only);
        Assert.DoesNotContain(await SnapshotsAsync(agreement), committees => committees is { Responsible: Social, Only: false });
    }

    [Fact]
    public async Task Who_follows_up_is_told_with_the_activation_and_whenever_the_case_is_given_to_others_and_nothing_of_drafts()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        service.Neighbours.Cases[agreement.Case].Committees = new CaseCommittees { Responsible = Culture, Concerned = { Board } };
        await TellAsync(agreement, Social, only: false, Interlocked.Increment(ref sequence));
        await Eventually.IsAsync(Social, async () => (await service.ReadAsync(agreement.Name)).Committees?.Responsible);
        Assert.Empty(await service.EventsAsync<AgreementCommitteesChanged>(agreement));
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = (await service.ReadAsync(agreement.Name)).Etag });
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        await SignAsync(service.Representative(organisation, Bo), agreement, "forening");

        var activated = Assert.Single(await service.EventsAsync<AgreementActivated>(agreement)).Committees!;
        Assert.Equal((Culture, Board, false), (activated.Responsible, Assert.Single(activated.Concerned), activated.Only));
        await KeepAsync(agreement, only: true);
        var changed = Assert.Single(await service.EventsAsync<AgreementCommitteesChanged>(agreement)).Committees;
        Assert.Equal((Social, Board, true), (changed.Responsible, Assert.Single(changed.Concerned), changed.Only));
    }

    [Fact]
    public async Task What_the_case_says_when_signing_is_opened_holds_whatever_was_told_before()
    {
        var (agreement, _) = await service.TextAgreedAsync();
        service.Neighbours.Cases[agreement.Case].Committees = new CaseCommittees { Responsible = Social, Only = true };

        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });

        Assert.Equal((Social, true), (agreement.Committees.Responsible, agreement.Committees.Only));
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => SignAsync(As(Roles.DecisionMaker, Culture), agreement, "arbete"));
    }

    [Fact]
    public async Task The_committee_that_answers_for_the_case_decides_on_the_text()
    {
        var agreement = await AwaitingDecisionAsync(only: false);
        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_RESPONSIBLE", () => DecideAsync(agreement, "Kulturnämnden", Culture));
        Assert.Equal(Social, refused.Metadata["committee"]);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_RESPONSIBLE", () => DecideAsync(agreement, "Nämnden", Board));
        Assert.Equal(Agreement.Types.State.TextAgreed, (await DecideAsync(agreement, "Socialnämnden", Culture, Social)).State);

        agreement = await AwaitingDecisionAsync(only: false);
        Assert.Equal(Agreement.Types.State.TextAgreed, (await DecideAsync(agreement, "Kommunstyrelsen", Board)).State);

        // A token without committees decides as before, unless the agreement is kept to some.
        agreement = await AwaitingDecisionAsync(only: false);
        Assert.Equal(Agreement.Types.State.TextAgreed, (await DecideAsync(agreement, "Socialnämnden")).State);
        agreement = await AwaitingDecisionAsync(only: true);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => DecideAsync(agreement, "Socialnämnden"));
    }

    /// <summary>An agreement kept to committees that has one of everything, and a report on aid.</summary>
    internal async Task<AccessWorld> WorldAsync()
    {
        var matrix = await new AccessMatrixTests(service).WorldAsync(KeepAsync);
        var (aided, _) = await WithAidAsync();
        await KeepAsync(aided);
        var reports = await new StateAidService.StateAidServiceClient(service.As("1285", Roles.CaseOfficer)).ListStateAidReportsAsync(
            new ListStateAidReportsRequest { Parent = Here, Filter = $"agreement = \"{aided.Name}\"" });
        return matrix with { Resources = new Dictionary<string, string>(matrix.Resources) { ["aid"] = reports.StateAidReports[0].Name } };
    }

    private AgreementsService.AgreementsServiceClient As(string role, params string[] committees) =>
        new(service.AsOf("1285", role, committees, $"{role}-{string.Join('-', committees)}"));

    private async Task<(Agreement Agreement, string Organisation)> DraftedAsync(string responsible, bool only)
    {
        var (name, organisation) = service.ApprovedCase(approved => approved.Committees = new CaseCommittees { Responsible = responsible, Only = only });
        return (await service.CreateAsync(name), organisation);
    }

    private Task<Agreement> ShareAsync(Agreement agreement) => service.Officer.ShareAgreementAsync(
        new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true }).ResponseAsync;

    private async Task<(Agreement Agreement, string Organisation)> WithAidAsync()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        service.Neighbours.Cases[agreement.Case].LegalAssessments.Add(new LegalAssessment
        {
            Kind = LegalAssessment.Types.Kind.Full,
            StateAidBasis = StateAidBasis.DeMinimis,
            DeMinimisAmount = new Money { CurrencyCode = "SEK", Units = 400_000 },
        });
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        return (await SignAsync(service.Representative(organisation, Bo), agreement, "forening"), organisation);
    }

    private async Task<Agreement> AwaitingDecisionAsync(bool only)
    {
        var (agreement, organisation) = await service.NegotiatedAsync(asked => asked.DecisionRequired = true);
        agreement = await ApproveAsync(service.Officer, agreement, "arbete");
        agreement = await ApproveAsync(service.Representative(organisation), agreement, "forening");
        await KeepAsync(agreement, only);
        return await service.ReadAsync(agreement.Name);
    }

    private Task<Agreement> DecideAsync(Agreement agreement, string body, params string[] committees) => As(Roles.DecisionMaker, committees).RecordTextDecisionAsync(new RecordTextDecisionRequest
    {
        Name = agreement.Name,
        Etag = agreement.Etag,
        Decision = new TextDecision { Outcome = TextDecision.Types.Outcome.Approved, Body = body, Date = new Date { Year = 2026, Month = 1, Day = 15 }, ReferenceNumber = "SN 1" },
    }).ResponseAsync;

    private Task KeepAsync(Agreement agreement) => KeepAsync(agreement, only: true);

    private async Task KeepAsync(Agreement agreement, bool only)
    {
        await TellAsync(agreement, Social, only, Interlocked.Increment(ref sequence));
        await Eventually.IsAsync((Social, only), async () => (await service.ReadAsync(agreement.Name)).Committees is { } told ? (told.Responsible, told.Only) : ("", false));
    }

    // As Eligibility tells it, over the broker.
    private Task TellAsync(Agreement agreement, string responsible, bool only, long place) => service.Services.GetRequiredService<IBus>().Publish(new CaseCommitteesAssigned
    {
        EventId = Guid.CreateVersion7(),
        Municipality = "1285",
        Subject = agreement.Case,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = place,
        Responsible = responsible,
        Concerned = responsible == Social ? [Board] : [],
        Only = only,
    });

    private async Task<IEnumerable<AgreementCommittees?>> SnapshotsAsync(Agreement agreement)
    {
        var listed = await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name, PageSize = 200 });
        List<AgreementCommittees?> found = [];
        foreach (var revision in listed.AgreementRevisions)
        {
            found.Add((await service.Officer.GetAgreementRevisionAsync(new GetAgreementRevisionRequest { Name = revision.Name })).Snapshot.Committees);
        }

        return found;
    }
}
