using Grpc.AspNetCore.Server;
using Grpc.Core;
using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Tenancy;
using Iop.Testing;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;

namespace Iop.Agreements.Tests;

/// <summary>What a share opens, and what it does not.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointWallTests(JointFixture service)
{
    [Fact]
    public async Task A_third_municipality_sees_nothing_by_any_name()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        var (officer, id) = (service.Officer(Third), agreement.Name.Split('/')[^1]);

        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => ReadAsync(officer, agreement.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => ReadAsync(officer, share.Agreement));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", async () => await service.Joint(Third).GetAgreementShareAsync(new GetAgreementShareRequest { Name = share.Name }));
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(officer, $"{Of(Third)}/agreements/{id}"));
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_SHARE_NOT_FOUND", async () => await service.Joint(Third).GetAgreementShareAsync(
            new GetAgreementShareRequest { Name = $"{Of(Third)}/agreementShares/{id}" }));
        Assert.DoesNotContain((await officer.ListAgreementsAsync(new ListAgreementsRequest { Parent = Of(Third), PageSize = 200 })).Agreements, found => found.Name.EndsWith(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_name_in_the_lead_is_no_name_for_the_other()
    {
        var (agreement, _, _) = await service.JoinedAsync();

        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => ReadAsync(service.Officer(Neighbour), agreement.Name));
    }

    [Fact]
    public async Task A_share_of_one_agreement_opens_no_other_of_the_lead()
    {
        var (_, share, _) = await service.JoinedAsync();
        var (other, _) = await service.DraftedAsync();
        var name = $"{Of(Neighbour)}/agreements/{other.Name.Split('/')[^1]}";

        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(service.Officer(Neighbour), name));

        // Nor does a draft that is said to belong to what is shared, when the lead does not say so.
        await service.RowsAsync($"INSERT INTO shared_draft (municipality, id, agreement) VALUES ('{Neighbour}', '{other.Name[^36..]}', '{share.Agreement[^36..]}') RETURNING ''");
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(service.Officer(Neighbour), name));
        Assert.DoesNotContain((await service.Officer(Neighbour).ListAgreementsAsync(new ListAgreementsRequest { Parent = Of(Neighbour), PageSize = 200 })).Agreements, found => found.Name == name);
    }

    [Fact]
    public async Task A_share_that_the_lead_does_not_know_of_opens_nothing()
    {
        var (_, share, _) = await service.JoinedAsync();
        var (other, _) = await service.DraftedAsync();
        await service.RowsAsync(
            $"""
            INSERT INTO agreement_share SELECT municipality, '{other.Name[^36..]}', revision, create_time, update_time, lead, title, party_id, state, message, reason, case_name, pack_name,
                organisations, aid, reported_aid, invite_time, answer_time
            FROM agreement_share WHERE municipality = '{Neighbour}' AND id = '{share.Name[^36..]}' RETURNING ''
            """);

        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => ReadAsync(service.Officer(Neighbour), $"{Of(Neighbour)}/agreements/{other.Name[^36..]}"));
    }

    // The codes of one municipality say nothing of another's: which of its own committees joined is that one's matter.
    [Fact]
    public async Task Committees_of_the_lead_keep_nothing_from_a_municipality_that_has_joined()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        await GiveAsync(agreement.Case, "socialnamnden");
        await Eventually.IsAsync(true, async () => (await ReadAsync(service.Officer(Lead), agreement.Name)).Committees?.Only == true);

        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => ReadAsync(new(service.AsOf(Lead, Roles.CaseOfficer, ["kulturnamnden"])), agreement.Name));
        AgreementsService.AgreementsServiceClient theirs = new(service.AsOf(Neighbour, Roles.CaseOfficer, ["kulturnamnden"]));
        Assert.Equal(share.Agreement, (await ReadAsync(theirs, share.Agreement)).Name);
        Assert.Contains((await theirs.ListAgreementsAsync(new ListAgreementsRequest { Parent = Of(Neighbour), PageSize = 200 })).Agreements, found => found.Name == share.Agreement);
    }

    [Fact]
    public async Task Committees_of_the_lead_are_told_to_those_who_follow_up_for_the_lead_and_to_no_others()
    {
        var (agreement, share, organisation) = await service.ReadyAsync();
        service.Neighbours.Cases[agreement.Case].Committees = new CaseCommittees { Responsible = "socialnamnden" };
        agreement = await ApproveAsync(service.Officer(Lead), agreement, "arbete");
        await ApproveAsync(service.Representative(organisation), agreement, "forening");
        await ApproveAsync(service.Officer(Neighbour), await ReadAsync(service.Officer(Neighbour), share.Agreement), OtherParty);
        await service.Officer(Lead).StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = (await ReadAsync(service.Officer(Lead), agreement.Name)).Etag });
        await SignAsync(service.Representative(organisation), await ReadAsync(service.Officer(Lead), agreement.Name), "forening");
        await SignAsync(service.Signatory(Lead, Chair), await ReadAsync(service.Officer(Lead), agreement.Name), "arbete");
        await SignAsync(service.Signatory(Neighbour, OtherSignatory), await ReadAsync(service.Officer(Neighbour), share.Agreement), OtherParty);

        Assert.Equal("socialnamnden", (await service.Ear.HeardAsync<AgreementActivated>(agreement.Name)).Committees?.Responsible);
        Assert.Null((await service.Ear.HeardAsync<AgreementActivated>(share.Agreement)).Committees);

        await GiveAsync(agreement.Case, "kulturnamnden");
        Assert.Equal("kulturnamnden", (await service.Ear.HeardAsync<AgreementCommitteesChanged>(agreement.Name)).Committees.Responsible);

        // What is told after it has come, and so nothing of committees will.
        await service.Officer(Neighbour).OpenDisputeAsync(
            new OpenDisputeRequest { Parent = share.Agreement, PartyId = OtherParty, Type = Dispute.Types.Type.Other, Description = "Vi ser olika på en sak." });
        await service.Ear.HeardAsync<DisputeOpened>(share.Agreement);
        Assert.DoesNotContain(service.Ear.Of(share.Agreement), told => told is AgreementCommitteesChanged);
    }

    [Fact]
    public async Task A_file_of_one_who_is_only_invited_is_refused_before_it_is_sent()
    {
        var (_, share, _) = await service.InvitedAsync();
        using var upload = service.Documents(Neighbour).UploadAgreementDocument();

        // Neither a piece nor the end is sent: the answer is to the header.
        await upload.RequestStream.WriteAsync(new UploadAgreementDocumentRequest { Header = new UploadAgreementDocumentHeader { Parent = share.Agreement, Title = "En fil", FileName = "fil.pdf" } });

        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_NOT_JOINED", () => upload.ResponseAsync.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task The_tables_show_a_municipality_its_own_rows_and_no_others()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        var id = Guid.Parse(agreement.Name[^36..]);

        foreach (var (municipality, agreements, shares) in new[] { (Lead, 1, 0), (Neighbour, 0, 1), (Third, 0, 0) })
        {
            await using var scope = service.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(MunicipalityCode.Parse(municipality));
            var db = scope.ServiceProvider.GetRequiredService<AgreementsDb>();

            // Past the filter of the model the database still holds.
            var ofAgreement = (await db.Agreements.IgnoreQueryFilters().AsNoTracking().Where(row => row.Id == id).ToListAsync()).Count;
            var ofShare = (await db.AgreementShares.IgnoreQueryFilters().AsNoTracking().Where(row => row.Id == id).ToListAsync()).Count;
            Assert.Equal((agreements, shares), (ofAgreement, ofShare));
        }

        Assert.Equal(share.Name, (await service.Joint(Neighbour).GetAgreementShareAsync(new GetAgreementShareRequest { Name = share.Name })).Name);
    }

    [Fact]
    public void Nothing_but_a_share_leads_a_caller_into_another_tenant()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "services", "Agreements")))
        {
            folder = folder.Parent!;
        }

        var entrances = Directory.EnumerateFiles(Path.Combine(folder.FullName, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(file).Contains(".RunAsGuestAsync(", StringComparison.Ordinal));

        Assert.Equal(["Guests.cs"], entrances.Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_done_with_ones_own_copy_never_runs_in_the_tenant_of_the_lead()
    {
        var disclosing = DisclosuresService.Descriptor.Methods.Select(method => $"DisclosuresService/{method.Name}");

        Assert.Equal(
            ["AgreementDocumentsService/LiftConfidentialityMark", "AgreementDocumentsService/SetConfidentialityMark", .. disclosing.Order()], CallsWith<OwnTenantOnlyAttribute>());
    }

    [Fact]
    public void What_only_the_lead_calls_closes_its_record_or_comes_from_its_signing_service() =>
        Assert.Equal(["AgreementsService/ArchiveAgreement", "AgreementsService/ReportSigningEvent"], CallsWith<LeadOnlyAttribute>());

    [Theory]
    [InlineData(Roles.GuidelineOwner)]
    [InlineData(Roles.Operator)]
    public async Task Roles_mean_with_a_guest_what_they_mean_at_home(string role)
    {
        var (_, share, _) = await service.JoinedAsync();
        var caller = new AgreementsService.AgreementsServiceClient(service.As(Neighbour, role));

        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => ReadAsync(caller, share.Agreement));
    }

    [Fact]
    public async Task An_auditor_of_the_other_reads_and_a_representative_of_an_organisation_there_does_not()
    {
        var (_, share, organisation) = await service.JoinedAsync();

        Assert.Equal(share.Agreement, (await ReadAsync(new(service.As(Neighbour, Roles.Auditor)), share.Agreement)).Name);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ReadAsync(service.Representative(organisation, municipality: Neighbour), share.Agreement));
    }

    [Fact]
    public async Task What_the_lead_is_asked_for_the_others_register_and_cases_are_not()
    {
        var (agreement, share, organisation) = await service.ReadyAsync();

        // The neighbours refuse whoever is from another municipality, so each question has been asked at home.
        await ApproveAsync(service.Officer(Neighbour), await ReadAsync(service.Officer(Neighbour), share.Agreement), OtherParty);
        await ApproveAsync(service.Officer(Lead), await ReadAsync(service.Officer(Lead), agreement.Name), "arbete");
        agreement = await ApproveAsync(service.Representative(organisation), await ReadAsync(service.Officer(Lead), agreement.Name), "forening");

        Assert.Equal(Agreement.Types.State.TextAgreed, agreement.State);
    }

    private IEnumerable<string> CallsWith<T>()
        where T : Attribute =>
        service.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<T>() is not null)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()!.Method)
            .Select(method => $"{method.ServiceName.Split('.')[^1]}/{method.Name}")
            .Order();

    private Task GiveAsync(string caseName, string committee) => service.Services.GetRequiredService<IBus>().Publish(new CaseCommitteesAssigned
    {
        EventId = Guid.CreateVersion7(),
        Municipality = Lead,
        Subject = caseName,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = 1,
        Responsible = committee,
        Only = true,
    });
}
