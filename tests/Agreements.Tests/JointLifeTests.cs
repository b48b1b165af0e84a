using System.IO.Compression;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.FollowUp;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;
using StateAidBasis = Iop.Eligibility.V1.StateAidBasis;

namespace Iop.Agreements.Tests;

/// <summary>A common agreement in force: what each municipality does with it, is told of it and reports of it.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointLifeTests(JointFixture service)
{
    private AgreementsService.AgreementsServiceClient Theirs => service.Officer(Neighbour);

    [Fact]
    public async Task Each_municipality_is_told_in_its_own_names_of_its_own_share()
    {
        var (agreement, share, organisation) = await service.ActiveAsync();

        var leads = await service.Ear.HeardAsync<AgreementActivated>(agreement.Name);
        var theirs = await service.Ear.HeardAsync<AgreementActivated>(share.Agreement);

        Assert.Equal((Lead, Neighbour), (leads.Municipality, theirs.Municipality));
        Assert.Equal((share.Case, share.GuidelinePack, leads.Sequence, leads.TextHash), (theirs.Case, theirs.GuidelinePack, theirs.Sequence, theirs.TextHash));
        Assert.Equal(organisation, leads.Organisations.Single());
        Assert.StartsWith($"{Of(Neighbour)}/organisations/", theirs.Organisations.Single(), StringComparison.Ordinal);
        Assert.NotEqual(leads.EventId, theirs.EventId);

        // Each counts what it brings itself and what the organisation brings, and no sum is counted by two.
        Assert.Equal(["arbete", "forening"], leads.Partnership!.Contributions.Select(item => item.PartyId).Order(StringComparer.Ordinal));
        Assert.Equal(["forening", OtherParty], theirs.Partnership!.Contributions.Select(item => item.PartyId).Order(StringComparer.Ordinal));

        // Questions and least group are the strictest of all; each is reminded as its own guideline says.
        Assert.Equal(["Blev det bättre?", "Nådde vi målet?"], theirs.FollowUp.EvaluationQuestions!.Order(StringComparer.Ordinal));
        Assert.Equal((12, 12), (leads.FollowUp.MinimumGroupSize, theirs.FollowUp.MinimumGroupSize));
        Assert.Equal([21, 3], leads.FollowUp.ReminderDaysBefore);
        Assert.Equal([30], theirs.FollowUp.ReminderDaysBefore);
        Assert.Equal((14, 7), (leads.FollowUp.EscalationDaysAfter, theirs.FollowUp.EscalationDaysAfter));
    }

    [Fact]
    public async Task Talks_that_the_others_follow_up_has_recorded_are_those_of_its_own_party()
    {
        var (agreement, share, _) = await service.ActiveAsync();
        var checkIn = $"{Of(Neighbour)}/plans/{Guid.CreateVersion7()}/checkIns/{Guid.CreateVersion7()}";

        await service.Services.GetRequiredService<IBus>().Publish(new RenewalTalksHeld
        {
            EventId = Guid.CreateVersion7(),
            Municipality = Neighbour,
            Subject = checkIn,
            OccurredAt = TimeProvider.System.GetUtcNow(),
            Sequence = 2,
            Agreement = share.Agreement,
            HeldDate = new DateOnly(2028, 3, 1),
            RecordedBy = "PUBLIC",
        });

        await Eventually.IsAsync(1, async () => (await ReadAsync(service.Officer(Lead), agreement.Name)).RenewalTalks.Count);
        var talks = (await ReadAsync(service.Officer(Lead), agreement.Name)).RenewalTalks[0];
        Assert.Equal((OtherParty, checkIn), (talks.PartyId, talks.CheckIn));
        // The follow-up of each is told, and the check-in is named to the one that it belongs to.
        var (leads, theirs) = (await service.Ear.HeardAsync<RenewalTalksRecorded>(agreement.Name), await service.Ear.HeardAsync<RenewalTalksRecorded>(share.Agreement));
        Assert.Equal((1, null, 1, checkIn), (leads.Number, leads.CheckIn, theirs.Number, theirs.CheckIn));
    }

    [Fact]
    public async Task The_other_suspends_renegotiates_disputes_and_gives_notice_as_a_party_and_all_are_told()
    {
        var (agreement, share, organisation) = await service.ActiveAsync(asked => asked.Ending = new EndingTerms { Notices = { new NoticeTerms { PartyId = OtherParty, Months = 3 } } });
        var read = await ReadAsync(Theirs, share.Agreement);
        read = await Theirs.RequestRenegotiationAsync(new RequestRenegotiationRequest { Name = read.Name, PartyId = OtherParty, Reason = "Behoven har ändrats.", Etag = read.Etag });
        read = await Theirs.SuspendAgreementAsync(new SuspendAgreementRequest { Name = read.Name, PartyId = OtherParty, Reason = "Lokalen byggs om.", Etag = read.Etag });
        read = await service.Officer(Lead).SuspendAgreementAsync(new SuspendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Ja.", Etag = read.Etag });
        Assert.Equal(Agreement.Types.State.Active, read.State);
        read = await service.Representative(organisation).SuspendAgreementAsync(new SuspendAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Ja.", Etag = read.Etag });
        Assert.Equal((Agreement.Types.State.Suspended, OtherParty), (read.State, read.Renegotiations.Single().PartyId));
        await service.Ear.HeardAsync<AgreementSuspended>(share.Agreement);

        var deviation = $"{Of(Neighbour)}/plans/{Guid.CreateVersion7()}/deviations/{Guid.CreateVersion7()}";
        var dispute = await Theirs.OpenDisputeAsync(new OpenDisputeRequest { Parent = share.Agreement, PartyId = OtherParty, Type = Dispute.Types.Type.Other, Description = "Vi ser olika på en sak.", Deviation = deviation });
        Assert.Equal(deviation, dispute.Deviation);
        Assert.StartsWith($"{share.Agreement}/disputes/", dispute.Name, StringComparison.Ordinal);
        Assert.Equal("", (await service.Officer(Lead).ListDisputesAsync(new ListDisputesRequest { Parent = agreement.Name })).Disputes.Single().Deviation);
        var told = await service.Ear.HeardAsync<DisputeOpened>(share.Agreement);
        Assert.Equal((dispute.Name, deviation), (told.Dispute, told.Deviation));

        var given = await ReadAsync(Theirs, share.Agreement);
        given = await Theirs.GiveNoticeAsync(new GiveNoticeRequest { Name = given.Name, PartyId = OtherParty, Reason = "Vi slutar.", Etag = given.Etag });
        Assert.Equal((OtherParty, TimeProvider.System.Today().AddMonths(3)), (given.Endings.Single().PartyId, given.Endings.Single().LastDate.ToDateOnly()));
    }

    [Fact]
    public async Task A_new_version_is_open_to_the_other_and_needs_its_word_too()
    {
        var (agreement, share, organisation) = await service.ActiveAsync();
        var draft = await service.Officer(Lead).AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Vi vill lära oss mer.", Etag = agreement.Etag });
        var theirs = $"{Of(Neighbour)}/agreements/{draft.Name[^36..]}";
        Assert.Equal(theirs, (await ReadAsync(Theirs, share.Agreement)).OpenAmendment);

        var read = await ReadAsync(Theirs, theirs);
        Assert.Equal((share.Agreement, share.Case), (read.Amendment.Agreement, read.Case));
        read = await Theirs.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = theirs, Etag = read.Etag, Exclusions = { "Läxhjälp" } },
            UpdateMask = new FieldMask { Paths = { "exclusions" } },
        });
        draft = await service.Officer(Lead).ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = read.Etag, OfficialDocumentAcknowledged = true });
        draft = await ApproveAsync(service.Officer(Lead), draft, "arbete");
        draft = await ApproveAsync(service.Representative(organisation), draft, "forening");
        Assert.Equal(Agreement.Types.State.InNegotiation, draft.State);
        await ApproveAsync(Theirs, await ReadAsync(Theirs, theirs), OtherParty);
        draft = await ReadAsync(service.Officer(Lead), draft.Name);
        draft = await service.Officer(Lead).StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag });
        draft = await SignAsync(service.Representative(organisation), draft, "forening");
        draft = await SignAsync(service.Signatory(Lead, Chair), draft, "arbete");
        draft = await SignAsync(service.Signatory(Neighbour, OtherSignatory), await ReadAsync(Theirs, theirs), OtherParty);

        Assert.Equal(Agreement.Types.State.Adopted, draft.State);
        var inForce = await ReadAsync(Theirs, share.Agreement);
        Assert.Equal((2, "Läxhjälp"), (inForce.Version, inForce.Exclusions.Single()));
        Assert.Equal(2, (await service.Ear.HeardAsync<AgreementAmended>(share.Agreement)).Version);
        Assert.Equal(JointMember.Types.State.Joined, inForce.JointMembers.Single().State);
    }

    [Fact]
    public async Task An_extension_waits_for_the_evaluation_of_each_municipality()
    {
        var (agreement, share, _) = await service.ActiveAsync(asked =>
        {
            asked.Extension = new ExtensionTerms { Allowed = true, MaxCount = 1, Months = 12 };
            var (start, end) = (TimeProvider.System.Today(), TimeProvider.System.Today().AddMonths(36).AddDays(-1));
            (asked.StartDate, asked.EndDate, asked.FollowUp.RenewalTalksDate) = (start.ToProto(), end.ToProto(), end.AddMonths(-9).ToProto());
        });
        agreement = await service.Officer(Lead).RecordRenewalTalksAsync(
            new RecordRenewalTalksRequest { Name = agreement.Name, PartyId = "arbete", HeldDate = agreement.StartDate, Note = "Vi fortsätter.", Etag = agreement.Etag });
        await service.EvaluateAsync(agreement.Name, Lead, 1, agreement.Name);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_MISSING", () => ExtendAsync(agreement.Name));
        await service.EvaluateAsync(share.Agreement, Neighbour, 2, agreement.Name);

        var draft = await ExtendAsync(agreement.Name);
        Assert.Equal(AmendmentKind.Extension, draft.Amendment.Kind);
        var seen = await ReadAsync(service.Officer(Lead), agreement.Name);
        Assert.DoesNotContain($"{Of(Neighbour)}/plans", $"{seen}", StringComparison.Ordinal);

        async Task<Agreement> ExtendAsync(string name) => await service.Officer(Lead).ExtendAgreementAsync(new ExtendAgreementRequest
        {
            Name = name,
            PartyId = "arbete",
            Etag = (await ReadAsync(service.Officer(Lead), name)).Etag,
        });
    }

    [Fact]
    public async Task Each_municipality_reports_the_aid_that_its_own_case_found()
    {
        static void Aided(Case found, long amount) => found.LegalAssessments.Add(new LegalAssessment
        {
            Kind = LegalAssessment.Types.Kind.Full,
            Conclusion = LegalAssessment.Types.Conclusion.IopPossible,
            StateAidBasis = StateAidBasis.DeMinimis,
            DeMinimisAmount = Sum(amount),
        });
        var (agreement, share, _) = await service.ActiveAsync(changeCase: found => Aided(found, 90_000));

        var report = await Eventually.SomethingAsync(async () => await ReportsAsync(Neighbour, share.Agreement) is [var first, ..] ? first : null);

        Assert.Equal((90_000, share.Agreement), (report.Amount.Units, report.Agreement));
        Assert.StartsWith($"{Of(Neighbour)}/organisations/", report.Organisations.Single(), StringComparison.Ordinal);
        Assert.Empty(await ReportsAsync(Lead, agreement.Name));

        // What the case of one found of aid is told in the tenant of that one.
        var told = (await service.Ear.HeardAsync<AgreementActivated>(share.Agreement)).Aid!;
        Assert.Equal(("DE_MINIMIS", 90_000m, report.GrantDate.ToDateOnly()), (told.Kind, told.Amount, told.GrantDate));
        Assert.Null((await service.Ear.HeardAsync<AgreementActivated>(agreement.Name)).Aid);
    }

    [Fact]
    public async Task Each_municipality_signs_only_while_its_own_aid_has_room_in_its_own_register()
    {
        var (agreement, share, organisation) = await service.InSigningAsync(changeCase: found => found.LegalAssessments.Add(new LegalAssessment
        {
            Kind = LegalAssessment.Types.Kind.Full,
            Conclusion = LegalAssessment.Types.Conclusion.IopPossible,
            StateAidBasis = StateAidBasis.DeMinimis,
            DeMinimisAmount = Sum(90_000),
        }));
        var theirs = service.Neighbours.Cases[share.Case].Organisation;
        service.Neighbours.Aid[theirs] = new SumDeMinimisAidResponse { Result = SumDeMinimisAidResponse.Types.Result.Exceeded };

        // The lead gives no aid, and asks nobody.
        await SignAsync(service.Representative(organisation), agreement, "forening");
        await SignAsync(service.Signatory(Lead, Chair), await ReadAsync(service.Officer(Lead), agreement.Name), "arbete");
        var other = await ReadAsync(Theirs, share.Agreement);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => SignAsync(service.Signatory(Neighbour, OtherSignatory), other, OtherParty));

        service.Neighbours.Aid.TryRemove(theirs, out _);
        other = await SignAsync(service.Signatory(Neighbour, OtherSignatory), other, OtherParty);
        Assert.Equal(Agreement.Types.State.Active, other.State);
        var askedOf = service.Neighbours.AidAsked.Where(asked => asked.Name == theirs).ToList();
        Assert.NotEmpty(askedOf);
        Assert.All(askedOf, asked => Assert.Equal((90_000, share.Agreement), (asked.ExtraAmount.Units, asked.Agreement)));
        Assert.DoesNotContain(service.Neighbours.AidAsked, asked => asked.Name == organisation);
    }

    [Fact]
    public async Task Each_municipality_hands_out_its_own_share()
    {
        var (agreement, share, _) = await service.ActiveAsync();

        var leads = await ExportAsync(service.Officer(Lead), ExportFormat.GrantsJson, Of(Lead), agreement.Name);
        var theirs = await ExportAsync(Theirs, ExportFormat.GrantsJson, Of(Neighbour), share.Agreement);

        Assert.Equal(1_200_000m, GrantOf(leads).GetProperty("amountAwarded").GetDecimal());
        Assert.Equal(300_000m, GrantOf(theirs).GetProperty("amountAwarded").GetDecimal());
        Assert.EndsWith("Linköping", GrantOf(theirs).GetProperty("fundingOrganization")[0].GetProperty("name").GetString(), StringComparison.Ordinal);

        using var package = new ZipArchive(new MemoryStream(await ExportAsync(Theirs, ExportFormat.ArchivePackage, Of(Neighbour), share.Agreement)));
        Assert.Contains(package.Entries, entry => entry.FullName.EndsWith("original-v1.pdf", StringComparison.Ordinal));
        foreach (var entry in package.Entries.Where(entry => entry.FullName.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            Assert.DoesNotContain($"{Of(Lead)}/cases", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }

        var all = await ExportAsync(Theirs, ExportFormat.GrantsJson, Of(Neighbour), "");
        Assert.Contains(JsonDocument.Parse(all).RootElement.GetProperty("grants").EnumerateArray(), grant => grant.GetProperty("id").GetString()!.Contains(share.Agreement[^36..], StringComparison.Ordinal));
    }

    private static JsonElement GrantOf(byte[] json) => JsonDocument.Parse(json).RootElement.GetProperty("grants").EnumerateArray().Single();

    private async Task<IReadOnlyList<StateAidReport>> ReportsAsync(string municipality, string agreement) => (await service.StateAid(municipality).ListStateAidReportsAsync(
        new ListStateAidReportsRequest { Parent = Of(municipality), Filter = $"agreement = \"{agreement}\"" })).StateAidReports;

    internal static async Task<byte[]> ExportAsync(AgreementsService.AgreementsServiceClient by, ExportFormat format, string parent, string agreement) =>
        (await Package.ExportAsync(by, format, parent, agreement)).Bytes;
}
