using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Eligibility.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;
using PartySide = Iop.Types.V1.PartySide;

namespace Iop.Agreements.Tests;

/// <summary>Whatever one party may do with the agreement, the municipality that has joined it may too.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointEqualityTests(JointFixture service)
{
    private AgreementsService.AgreementsServiceClient Theirs => service.Officer(Neighbour);

    [Fact]
    public async Task It_sends_a_file_that_every_party_reads_and_the_text_has_as_an_annex()
    {
        var (agreement, share, organisation) = await service.JoinedAsync();
        var (content, id) = (Scan(700_000), $"{Guid.NewGuid()}");

        var sent = await UploadAsync(service.Documents(Neighbour), share.Agreement, content, "karta.pdf", id);

        Assert.StartsWith($"{share.Agreement}/documents/", sent.Name, StringComparison.Ordinal);
        Assert.Equal((PartySide.Public, "Handläggaren i 0580"), (sent.Side, sent.ReceivedFrom));
        Assert.Equal(sent, await UploadAsync(service.Documents(Neighbour), share.Agreement, content, "karta.pdf", id));
        Assert.Equal([sent], (await service.Documents(Neighbour).ListAgreementDocumentsAsync(new ListAgreementDocumentsRequest { Parent = share.Agreement })).AgreementDocuments);
        var (described, read) = await DocumentsApiTests.DownloadAsync(service.Documents(Lead), $"{agreement.Name}/documents/{sent.Name[^36..]}");
        Assert.Equal(sent.Sha256, described!.Sha256);
        Assert.Equal(content, read);
        Assert.Equal(content, (await DocumentsApiTests.DownloadAsync(service.Documents(Neighbour), sent.Name)).Content);
        Assert.Equal(content, (await DocumentsApiTests.DownloadAsync(service.Documents(Lead, organisation), described.Name)).Content);

        var annexed = await Theirs.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = share.Agreement, Etag = (await ReadAsync(Theirs, share.Agreement)).Etag, Annexes = { new Annex { Heading = "Karta", Document = sent.Name } } },
            UpdateMask = new FieldMask { Paths = { "annexes" } },
        });
        Assert.Equal((sent.Name, sent.Sha256), (annexed.Annexes.Single().Document, annexed.Annexes.Single().Sha256));
        Assert.Equal(described.Name, (await ReadAsync(service.Officer(Lead), agreement.Name)).Annexes.Single().Document);
    }

    [Fact]
    public async Task A_file_of_one_who_is_only_invited_or_who_has_no_share_is_refused()
    {
        var (agreement, share, _) = await service.InvitedAsync();

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_NOT_JOINED", () => UploadAsync(service.Documents(Neighbour), share.Agreement, Scan()));

        Assert.DoesNotContain(Of(Lead), string.Join(' ', refused.Metadata.Values), StringComparison.Ordinal);
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => UploadAsync(service.Documents(Third), $"{Of(Third)}/agreements/{agreement.Name[^36..]}", Scan()));
        Assert.Empty((await service.Documents(Lead).ListAgreementDocumentsAsync(new ListAgreementDocumentsRequest { Parent = agreement.Name })).AgreementDocuments);
    }

    [Fact]
    public async Task It_shares_a_draft_and_gives_it_up_like_any_other_party()
    {
        var (agreement, share, organisation) = await service.JoinedAsync(draftOnly: true);
        var read = await ReadAsync(Theirs, share.Agreement);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "OFFICIAL_DOCUMENT_NOT_ACKNOWLEDGED", async () => await Theirs.ShareAgreementAsync(
            new ShareAgreementRequest { Name = read.Name, Etag = read.Etag }));
        read = await Theirs.ShareAgreementAsync(new ShareAgreementRequest { Name = read.Name, Etag = read.Etag, OfficialDocumentAcknowledged = true });
        Assert.Equal((Agreement.Types.State.InNegotiation, share.Agreement), (read.State, read.Name));
        Assert.Equal(agreement.Title, (await ReadAsync(service.Representative(organisation), agreement.Name)).Title);

        read = await Theirs.WithdrawAgreementAsync(new WithdrawAgreementRequest { Name = read.Name, PartyId = OtherParty, Reason = "Vi når inte fram.", Etag = read.Etag });

        Assert.Equal(Agreement.Types.State.Withdrawn, read.State);
        var told = (await service.Officer(Lead).ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name })).AgreementRevisions[0];
        Assert.Equal(("WITHDRAW_AGREEMENT", OtherParty, "Vi når inte fram."), (told.Action, told.PartyId, told.Reason));

        // Its case is free for another.
        await Theirs.CreateAgreementAsync(new CreateAgreementRequest { Parent = Of(Neighbour), Agreement = new Agreement { Case = share.Case } });
    }

    [Fact]
    public async Task It_vouches_for_a_paper_by_what_its_own_register_says_of_the_organisation()
    {
        var (agreement, share, organisation) = await service.InSigningAsync();
        var scan = await UploadAsync(service.Documents(Lead, organisation), agreement.Name, Scan());
        agreement = await service.Representative(organisation, "medlem").RecordPaperSignatureAsync(new RecordPaperSignatureRequest
        {
            Name = agreement.Name,
            PartyId = "forening",
            Signatures = { new EvidencedSignature { PartyId = "forening", PersonRef = Anna, SignDate = TimeProvider.System.Today().ToProto() } },
            TextHash = agreement.TextHash,
            Document = scan.Name,
            Sha256 = scan.Sha256,
            Etag = agreement.Etag,
        });
        var request = new AttestSigningEvidenceRequest { Name = share.Agreement, PartyId = OtherParty, Number = 1, Etag = agreement.Etag };
        var own = service.Neighbours.Cases[share.Case].Organisation;
        var authority = service.Neighbours.Authorities[own];
        service.Neighbours.Authorities.TryRemove(own, out _);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SIGNATORY_NOT_AUTHORISED", async () => await Theirs.AttestSigningEvidenceAsync(request));
        service.Neighbours.Authorities[own] = authority;

        var attested = await Theirs.AttestSigningEvidenceAsync(request);

        Assert.True(attested.SigningEvidence.Single().Counts);
        Assert.Equal(["forening", OtherParty], attested.SigningEvidence.Single().Attestations.Select(attestation => attestation.PartyId));
        Assert.Equal("forening", attested.Signatures.Single().PartyId);
    }

    [Fact]
    public async Task It_asks_for_a_new_version_and_for_a_longer_term_and_both_come_into_force_by_the_same_steps()
    {
        var (agreement, share, organisation) = await service.ActiveAsync(Extendable);
        var read = await ReadAsync(Theirs, share.Agreement);

        var draft = await Theirs.AmendAgreementAsync(new AmendAgreementRequest { Name = read.Name, PartyId = OtherParty, Reason = "Fler behöver oss.", Etag = read.Etag });
        Assert.Equal((share.Agreement, OtherParty, share.Case), (draft.Amendment.Agreement, draft.Amendment.PartyId, draft.Case));
        draft = await Theirs.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = draft.Name, Etag = draft.Etag, Exclusions = { "Läxhjälp" } },
            UpdateMask = new FieldMask { Paths = { "exclusions" } },
        });
        await AdoptAsync(draft, organisation);
        Assert.Equal((2, "Läxhjälp"), ((await ReadAsync(Theirs, share.Agreement)).Version, (await ReadAsync(Theirs, share.Agreement)).Exclusions.Single()));

        read = await ReadAsync(Theirs, share.Agreement);
        read = await Theirs.RecordRenewalTalksAsync(new RecordRenewalTalksRequest { Name = read.Name, PartyId = OtherParty, HeldDate = read.StartDate, Note = "Vi fortsätter.", Etag = read.Etag });
        await service.EvaluateAsync(agreement.Name, Lead, 1, agreement.Name);
        await service.EvaluateAsync(share.Agreement, Neighbour, 2, agreement.Name);
        read = await ReadAsync(Theirs, share.Agreement);
        draft = await Theirs.ExtendAgreementAsync(new ExtendAgreementRequest { Name = read.Name, PartyId = OtherParty, Etag = read.Etag });

        // Each municipality's own lawyer looks at it anew.
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_CHECK_MISSING", () => AdoptAsync(draft, organisation));
        Renew(share.Case);
        Renew(agreement.Case);
        await AdoptAsync(await ReadAsync(Theirs, draft.Name), organisation);

        var extended = await ReadAsync(Theirs, share.Agreement);
        Assert.Equal((3, read.EndDate.ToDateOnly().AddYears(1)), (extended.Version, extended.EndDate.ToDateOnly()));
        Assert.Equal(3, (await service.Ear.HeardAsync<AgreementExtended>(share.Agreement)).Version);
        Assert.Equal(3, (await Theirs.ListAgreementVersionsAsync(new ListAgreementVersionsRequest { Parent = share.Agreement })).AgreementVersions.Count);
    }

    [Fact]
    public async Task It_gives_up_the_draft_of_a_new_version_and_the_agreement_in_force_knows_of_none()
    {
        var (agreement, share, _) = await service.ActiveAsync();
        var draft = await service.Officer(Lead).AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "En ny tanke.", Etag = agreement.Etag });
        var name = $"{Of(Neighbour)}/agreements/{draft.Name[^36..]}";

        var given = await Theirs.WithdrawAgreementAsync(new WithdrawAgreementRequest { Name = name, PartyId = OtherParty, Reason = "Inte nu.", Etag = (await ReadAsync(Theirs, name)).Etag });

        Assert.Equal((Agreement.Types.State.Withdrawn, name), (given.State, given.Name));
        Assert.Equal("", (await ReadAsync(service.Officer(Lead), agreement.Name)).OpenAmendment);
    }

    [Fact]
    public async Task It_pauses_answers_tells_of_hardship_and_ends_and_settles_what_remains()
    {
        var (agreement, share, organisation) = await service.ActiveAsync();
        var (leads, anna) = (service.Officer(Lead), service.Representative(organisation));
        agreement = await leads.RequestRenegotiationAsync(new RequestRenegotiationRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Lokalen.", Etag = agreement.Etag });
        var read = await Theirs.AnswerRenegotiationAsync(new AnswerRenegotiationRequest { Name = share.Agreement, PartyId = OtherParty, Number = 1, Agrees = true, Answer = "Gärna.", Etag = agreement.Etag });
        read = await Theirs.ReportHardshipAsync(new ReportHardshipRequest
        {
            Name = share.Agreement,
            PartyId = OtherParty,
            Event = Hardship.Types.Event.Premises,
            Effect = "Vi står utan lokal.",
            Measures = "Vi söker en ny.",
            Etag = read.Etag,
        });
        agreement = await leads.SuspendAgreementAsync(new SuspendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Vi väntar.", Etag = read.Etag });
        read = await Theirs.DeclineJointProposalAsync(new DeclineJointProposalRequest { Name = share.Agreement, PartyId = OtherParty, Reason = "Vi fortsätter.", Etag = agreement.Etag });
        read = await Theirs.TerminateAgreementAsync(new TerminateAgreementRequest { Name = share.Agreement, PartyId = OtherParty, Reason = "Behovet är borta.", Etag = read.Etag });
        read = await leads.TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Ja.", Etag = read.Etag });
        read = await anna.TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Ja.", Etag = read.Etag });
        Assert.Equal(Agreement.Types.State.Terminated, read.State);

        var today = TimeProvider.System.Today().ToProto();
        read = await Theirs.RecordWindDownItemAsync(new RecordWindDownItemRequest
        {
            Name = share.Agreement,
            PartyId = OtherParty,
            Item = new WindDownItem { Kind = WindDownItem.Types.Kind.LastPayment, Date = today, Note = "Betald." },
            Etag = read.Etag,
        });
        var closing = new CloseWindDownRequest { Name = share.Agreement, PartyId = OtherParty, Etag = read.Etag };
        closing.Items.Add(System.Enum.GetValues<WindDownItem.Types.Kind>().Where(kind => kind is not WindDownItem.Types.Kind.Unspecified and not WindDownItem.Types.Kind.LastPayment)
            .Select(kind => new WindDownItem { Kind = kind, Date = today, Note = "Klart." }));
        read = await Theirs.CloseWindDownAsync(closing);

        Assert.Equal((Agreement.Types.State.WoundDown, share.Agreement), (read.State, read.Name));
        Assert.Equal(Agreement.Types.State.WoundDown, (await ReadAsync(anna, agreement.Name)).State);
    }

    // From draft to adopted, each municipality by its own name for it.
    private async Task AdoptAsync(Agreement draft, string organisation)
    {
        var (theirs, leads) = (draft.Name, $"{Of(Lead)}/agreements/{draft.Name[^36..]}");
        var (officer, anna) = (service.Officer(Lead), service.Representative(organisation));
        if (draft.State == Agreement.Types.State.Drafting)
        {
            draft = await Theirs.ShareAgreementAsync(new ShareAgreementRequest { Name = theirs, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        }

        draft = await ApproveAsync(Theirs, draft, OtherParty);
        draft = await ApproveAsync(officer, await ReadAsync(officer, leads), "arbete");
        draft = await ApproveAsync(anna, draft, "forening");
        draft = await officer.StartSigningAsync(new StartSigningRequest { Name = leads, Etag = draft.Etag });
        draft = await SignAsync(anna, draft, "forening");
        draft = await SignAsync(service.Signatory(Neighbour, OtherSignatory), await ReadAsync(Theirs, theirs), OtherParty);
        await SignAsync(service.Signatory(Lead, Chair), await ReadAsync(officer, leads), "arbete");
    }

    private void Renew(string caseName) => service.Neighbours.Cases[caseName].LegalAssessments.Add(new LegalAssessment
    {
        Kind = LegalAssessment.Types.Kind.Renewal,
        Conclusion = LegalAssessment.Types.Conclusion.IopPossible,
        AssessDate = TimeProvider.System.Today().ToProto(),
    });

    private static void Extendable(Agreement asked)
    {
        asked.Extension = new ExtensionTerms { Allowed = true, MaxCount = 1, Months = 12 };
        var (start, end) = (TimeProvider.System.Today(), TimeProvider.System.Today().AddMonths(36).AddDays(-1));
        (asked.StartDate, asked.EndDate, asked.FollowUp.RenewalTalksDate) = (start.ToProto(), end.ToProto(), end.AddMonths(-9).ToProto());
    }
}
