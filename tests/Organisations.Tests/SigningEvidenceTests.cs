using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.Data;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;
using EvidenceStatus = Iop.Organisations.V1.EvidenceLink.Types.Status;

namespace Iop.Organisations.Tests;

/// <summary>The chain that proves who signs, and what is told when an authority nears its end. Source: law.md 2.9; complaint 24.</summary>
[Collection(Register.Name)]
public sealed class SigningEvidenceTests(RegisterFixture register)
{
    private static readonly DocumentKind[] Chain = [DocumentKind.Statutes, DocumentKind.AnnualMeetingMinutes, DocumentKind.BoardMinutes];

    [Fact]
    public async Task An_authority_is_complete_when_each_link_has_been_accepted()
    {
        var organisation = await register.RegisterAsync();
        var documents = await UploadChainAsync(organisation.Name);
        var authority = await AuthoriseAsync(organisation.Name, documents);
        Assert.Equal((false, 3), (authority.Complete, authority.Evidence.Count(link => link.Status == EvidenceStatus.AwaitsReview)));
        Assert.Equal(SigningStanding.Incomplete, await StandingAsync(organisation.Name));

        foreach (var document in documents)
        {
            await AcceptAsync(document);
        }

        var proven = await GetAsync(authority.Name);
        Assert.True(proven.Complete);
        Assert.Equal(documents.Select(d => (EvidenceStatus.Proven, d.Name)), proven.Evidence.Select(link => (link.Status, link.Document)));
        Assert.Equal(SigningStanding.Complete, await StandingAsync(organisation.Name));
    }

    [Fact]
    public async Task What_is_missing_or_returned_is_told_and_breaks_the_chain()
    {
        var organisation = await register.RegisterAsync();
        var documents = await UploadChainAsync(organisation.Name);
        var authority = await AuthoriseAsync(organisation.Name, documents[..2]);
        await AcceptAsync(documents[0]);
        await register.Documents.ReturnDocumentAsync(new ReturnDocumentRequest { Name = documents[1].Name, Reason = "Ojusterat", Etag = documents[1].Etag });

        var broken = await GetAsync(authority.Name);

        Assert.False(broken.Complete);
        Assert.Equal([EvidenceStatus.Proven, EvidenceStatus.Returned, EvidenceStatus.Missing], broken.Evidence.Select(link => link.Status));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_STATE_NOT_ALLOWED", () => AuthoriseAsync(organisation.Name, documents));
        Assert.Equal("RETURNED", refused.Metadata["state"]);
    }

    [Fact]
    public async Task One_of_the_two_minutes_may_not_exist_but_the_statutes_must()
    {
        var organisation = await register.RegisterAsync();
        var documents = await UploadChainAsync(organisation.Name);
        var none = await register.Documents.DeclareDocumentNonexistentAsync(new DeclareDocumentNonexistentRequest { Parent = organisation.Name, Kind = DocumentKind.BoardMinutes, Reason = "Årsmötet utser firmatecknare" });
        await AcceptAsync(documents[0]);
        await AcceptAsync(documents[1]);

        Assert.True((await AuthoriseAsync(organisation.Name, [documents[0], documents[1], none])).Complete);
        Assert.False((await AuthoriseAsync(organisation.Name, [documents[1], none])).Complete);
    }

    [Fact]
    public async Task Minutes_of_an_earlier_annual_meeting_than_the_latest_elect_another_board_and_prove_nothing()
    {
        var sample = RegisterFixture.Sample();
        sample.NextAnnualMeetingDate = RegisterFixture.Today(200);
        var organisation = await register.RegisterAsync(sample);
        var documents = await UploadChainAsync(organisation.Name);
        var held = TimeProvider.System.Today().AddDays(200).AddYears(-1).Year;
        var (old, current) = (await MinutesAsync(held - 2), await MinutesAsync(held - 1));
        foreach (var document in new[] { documents[0], documents[2], old, current })
        {
            await AcceptAsync(document);
        }

        var byOld = await AuthoriseAsync(organisation.Name, [documents[0], old, documents[2]]);
        Assert.Equal((false, EvidenceStatus.Stale, old.Name), (byOld.Complete, byOld.Evidence[1].Status, byOld.Evidence[1].Document));
        Assert.Equal(SigningStanding.Incomplete, await StandingAsync(organisation.Name));

        var byCurrent = await AuthoriseAsync(organisation.Name, [documents[0], old, current, documents[2]]);
        Assert.Equal((true, EvidenceStatus.Proven, current.Name), (byCurrent.Complete, byCurrent.Evidence[1].Status, byCurrent.Evidence[1].Document));

        Task<Document> MinutesAsync(int year)
        {
            var header = RegisterFixture.Header(organisation.Name, DocumentKind.AnnualMeetingMinutes);
            header.FinancialYear = year;
            return register.UploadAsync(header, SampleDocuments.Pdf());
        }
    }

    [Fact]
    public async Task A_document_of_another_kind_is_no_evidence()
    {
        var organisation = await register.RegisterAsync();
        var plan = await register.UploadAsync(RegisterFixture.Header(organisation.Name, DocumentKind.ActivityPlan), SampleDocuments.Pdf());

        await Refused.ForFieldAsync("signing_authority.evidence_documents[0]", "DOCUMENT_KIND_NOT_ALLOWED", () => AuthoriseAsync(organisation.Name, [plan]));
    }

    [Fact]
    public async Task One_that_ends_with_the_annual_meeting_stands_through_a_time_of_grace()
    {
        var sample = RegisterFixture.Sample();
        sample.NextAnnualMeetingDate = RegisterFixture.Today(-10);
        var organisation = await register.RegisterAsync(sample);
        var byMeeting = RegisterFixture.Signing();
        (byMeeting.ValidFrom, byMeeting.ValidUntil) = (RegisterFixture.Today(-300), null);
        var byDay = RegisterFixture.Signing();
        (byDay.ValidFrom, byDay.ValidUntil) = (RegisterFixture.Today(-300), RegisterFixture.Today(-10));

        var grace = await register.AuthoriseAsync(organisation.Name, byMeeting);
        var lapsed = await register.AuthoriseAsync(organisation.Name, byDay);

        Assert.Equal((SigningAuthority.Types.State.Current, true, RegisterFixture.Today(50)), (grace.State, grace.InGrace, grace.GraceUntil));
        Assert.Equal((SigningAuthority.Types.State.Lapsed, false, lapsed.ValidUntil), (lapsed.State, lapsed.InGrace, lapsed.GraceUntil));
    }

    [Fact]
    public async Task The_standing_of_an_organisation_follows_its_authorities()
    {
        var organisation = await register.RegisterAsync();
        Assert.Equal(SigningStanding.None, await StandingAsync(organisation.Name));
        var authority = await AuthoriseAsync(organisation.Name, []);
        Assert.Equal(SigningStanding.Incomplete, await StandingAsync(organisation.Name));

        await register.Officer.EndSigningAuthorityAsync(new EndSigningAuthorityRequest { Name = authority.Name, Reason = "Ny styrelse", Etag = authority.Etag });

        Assert.Equal(SigningStanding.Lapsed, await StandingAsync(organisation.Name));
    }

    private async Task<Document[]> UploadChainAsync(string organisation)
    {
        var documents = new List<Document>();
        foreach (var kind in Chain)
        {
            documents.Add(await register.UploadAsync(RegisterFixture.Header(organisation, kind), SampleDocuments.Pdf()));
        }

        return [.. documents];
    }

    private Task<SigningAuthority> AuthoriseAsync(string organisation, IReadOnlyList<Document> evidence)
    {
        var authority = RegisterFixture.Signing();
        authority.EvidenceDocuments.Add(evidence.Select(d => d.Name));
        return register.AuthoriseAsync(organisation, authority);
    }

    private Task<Document> AcceptAsync(Document document) =>
        register.Documents.AcceptDocumentAsync(new AcceptDocumentRequest { Name = document.Name, Etag = document.Etag }).ResponseAsync;

    private Task<SigningAuthority> GetAsync(string name) => register.Officer.GetSigningAuthorityAsync(new GetSigningAuthorityRequest { Name = name }).ResponseAsync;

    private async Task<SigningStanding> StandingAsync(string name) =>
        (await register.Officer.BatchGetOrganisationsAsync(new BatchGetOrganisationsRequest { Parent = RegisterFixture.Here, Names = { name } })).Organisations[0].SigningStanding;
}

/// <summary>A register of its own, whose days pass. Alone: two registers on one broker would take each other's events.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PassingDays : ICollectionFixture<RegisterFixture>
{
    public const string Name = "passing days";
}

/// <summary>What is told of signing authorities on their days, as the days pass.</summary>
[Collection(PassingDays.Name)]
public sealed class SigningNoticeTests(RegisterFixture register)
{
    [Fact]
    public async Task Reminders_and_the_lapse_are_told_each_once_on_their_day_however_many_look()
    {
        register.Clock.Return();
        var organisation = await register.RegisterAsync();
        var told = await UntilAsync(organisation.Name, 40);
        var ended = await UntilAsync(organisation.Name, 40);
        await register.Officer.EndSigningAuthorityAsync(new EndSigningAuthorityRequest { Name = ended.Name, Reason = "Ny styrelse", Etag = ended.Etag });
        var elsewhere = await RegisterFixture.CreateAsync(register.OfficerElsewhere, RegisterFixture.Sample(), parent: RegisterFixture.Elsewhere);
        var other = await UntilAsync(elsewhere.Name, 8, register.OfficerElsewhere);
        await LookAsync();
        Assert.Empty(register.Ear.Of(told.Name));

        await PassAsync(9);
        Assert.Empty(register.Ear.Of(told.Name));
        await PassAsync(1);
        await register.Ear.OfAsync(told.Name, 1);
        await PassAsync(23);
        await register.Ear.OfAsync(told.Name, 2);
        await PassAsync(7);
        await LookAsync();
        Assert.Equal(2, register.Ear.Of(told.Name).Count);
        await PassAsync(1);

        var events = await register.Ear.OfAsync(told.Name, 3);
        await LookAsync();
        Assert.Equal([(30, 1L), (7, 2L)], events.OfType<SigningAuthorityLapsing>().Select(e => (e.DaysBefore, e.Sequence)));
        var lapsed = Assert.Single(events.OfType<SigningAuthorityLapsed>());
        Assert.Equal((organisation.Name, 3L, RegisterFixture.Today(40)), (lapsed.Organisation, lapsed.Sequence, lapsed.LastDay.ToProto()));
        Assert.Empty(register.Ear.Of(ended.Name));
        var others = await register.Ear.OfAsync(other.Name, 2);
        Assert.Equal(("0580", 2), (others[^1].Municipality, others.Count));
        Assert.Equal(0, await register.CountAsync("signing_notice", "settle_time IS NULL AND due_date <= current_date + 41"));
    }

    [Fact]
    public async Task Of_what_passed_while_nobody_looked_everything_is_told_in_order()
    {
        register.Clock.Return();
        var organisation = await register.RegisterAsync();
        var told = await UntilAsync(organisation.Name, 31);

        await PassAsync(60);

        var events = await register.Ear.OfAsync(told.Name, 3);
        Assert.Equal([1L, 2L, 3L], events.Select(e => e.Sequence));
        Assert.IsType<SigningAuthorityLapsed>(events[^1]);
    }

    private Task<SigningAuthority> UntilAsync(string organisation, int days, OrganisationsService.OrganisationsServiceClient? by = null)
    {
        var authority = RegisterFixture.Signing();
        (authority.ValidFrom, authority.ValidUntil) = (RegisterFixture.Today(), RegisterFixture.Today(days));
        return register.AuthoriseAsync(organisation, authority, by);
    }

    private Task<int[]> PassAsync(int days)
    {
        register.Clock.MoveOn(days);
        return LookAsync();
    }

    // Several replicas look at once; each of them is a scheduler over the same database.
    private Task<int[]> LookAsync()
    {
        var scheduler = register.Services.GetRequiredService<SigningScheduler>();
        return Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scheduler.RunDueAsync(CancellationToken.None)));
    }
}
