using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.OriginalApiTests;
using Kind = Iop.Agreements.V1.SigningEvent.Types.Kind;
using SignatureClass = Iop.Types.V1.SignatureClass;
using Tried = Iop.Agreements.V1.SignatureValidation.Types.Result;

namespace Iop.Agreements.Tests;

/// <summary>How strong a signature is, by the classes of eIDAS, and what was found when it was tried. Source: law.md 2.9.</summary>
[Collection(Running.Name)]
public sealed class SignatureClassTests(AgreementsFixture service)
{
    [Fact]
    public async Task One_that_is_given_here_is_simple_and_says_no_more_of_itself()
    {
        var (agreement, organisation) = await service.InSigningAsync();

        var signed = await SignAsync(service.Representative(organisation), agreement, "forening");

        Assert.Equal((SignatureClass.Simple, null), (signed.Signatures[0].SignatureClass, signed.Signatures[0].Validation));
    }

    [Fact]
    public async Task Where_the_guideline_asks_for_more_nothing_is_signed_here_but_a_paper_can_be()
    {
        var (agreement, organisation) = await service.TextAgreedAsync(pack: StrongPack);
        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "SIGNATURE_CLASS_TOO_LOW", () => service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag }).ResponseAsync);
        Assert.Equal("provider", refused.Fields[0].Field);
        Assert.Contains("enkel elektronisk underskrift", refused.Swedish, StringComparison.Ordinal);
        Assert.Empty((await service.ReadAsync(agreement.Name)).SigningRounds);

        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, OnPaper = true });
        refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNATURE_CLASS_TOO_LOW", () => SignAsync(service.Representative(organisation), agreement, "forening"));
        Assert.Equal(("ADVANCED", "SIMPLE"), (refused.Metadata["required"], refused.Metadata["given"]));

        var scan = await UploadAsync(service.Documents, agreement.Name, Scan());
        var record = new RecordPaperSignatureRequest { Name = agreement.Name, PartyId = "arbete", TextHash = agreement.TextHash, Sha256 = scan.Sha256, Etag = agreement.Etag };
        record.Signatures.Add(new EvidencedSignature { PartyId = "forening", PersonRef = Anna, SignDate = TimeProvider.System.Today().ToProto(), SignatureClass = SignatureClass.Advanced, Validation = new() });
        await Refused.ForFieldAsync("signatures[0].signature_class", "FIELD_NOT_ALLOWED", () => service.Officer.RecordPaperSignatureAsync(record).ResponseAsync);
        await Refused.ForFieldAsync("signatures[0].validation", "FIELD_NOT_ALLOWED", () => service.Officer.RecordPaperSignatureAsync(record).ResponseAsync);
        (record.Signatures[0].SignatureClass, record.Signatures[0].Validation) = (SignatureClass.Unspecified, null);
        agreement = await service.Officer.RecordPaperSignatureAsync(record);
        agreement = await service.AnotherOfficer.AttestSigningEvidenceAsync(new AttestSigningEvidenceRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Etag = agreement.Etag });
        Assert.Equal((SignatureMethod.Paper, SignatureClass.Unspecified, null), (agreement.Signatures[0].Method, agreement.Signatures[0].SignatureClass, agreement.Signatures[0].Validation));
    }

    [Fact]
    public async Task Another_service_says_the_class_of_each_and_what_it_found_and_both_are_kept_with_it()
    {
        var agreement = await WithOtherServiceAsync();

        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "SIGNATURE_CLASS_TOO_LOW", () => TellAsync(agreement, told => told.SignatureClass = SignatureClass.Simple));
        Assert.Equal("event.signature_class", refused.Fields[0].Field);
        await Refused.ForFieldAsync("event.signature_class", "ENUM_VALUE_REQUIRED", () => TellAsync(agreement, told => told.SignatureClass = SignatureClass.Unspecified));
        await Refused.ForFieldAsync("event.validation.integrity", "FIELD_REQUIRED", () => TellAsync(agreement, told => told.Validation = null));
        await Refused.ForFieldAsync("event.validation.integrity", "SIGNATURE_NOT_VALID", () => TellAsync(agreement, told => told.Validation.Integrity = Tried.Failed));
        await Refused.ForFieldAsync("event.validation.technique", "SIGNATURE_NOT_VALID", () => TellAsync(agreement, told => told.Validation.Technique = Tried.Attested));
        await Refused.ForFieldAsync("event.validation.certificate", "SIGNATURE_NOT_VALID", () => TellAsync(agreement, told => told.Validation.Certificate = Tried.NotApplicable));
        await Refused.ForFieldAsync("event.validation.report_sha256", "TEXT_HASH_INVALID", () => TellAsync(agreement, told => told.Validation.ReportSha256 = "abc"));
        Assert.Empty((await service.ReadAsync(agreement.Name)).Signatures);

        var report = new string('e', 64);
        var kept = (await TellAsync(agreement, told => told.Validation.ReportSha256 = report)).Signatures[0];
        Assert.Equal(SignatureClass.Advanced, kept.SignatureClass);
        Assert.Equal(
            new SignatureValidation { Form = Tried.Passed, Integrity = Tried.Passed, Certificate = Tried.Passed, Technique = Tried.Passed, Authority = Tried.Passed, ValidatedBy = Other.Key, ReportSha256 = report },
            kept.Validation);
    }

    [Fact]
    public async Task The_page_of_signatures_and_the_agreement_as_data_tell_class_and_validation()
    {
        var agreement = await WithOtherServiceAsync();
        await TellAsync(agreement);
        await TellAsync(agreement, told => (told.PartyId, told.PersonRef) = ("forening", Bo));
        var active = await TellAsync(agreement, told => (told.PartyId, told.PersonRef, told.SignatureClass) = ("arbete", Chair, SignatureClass.Qualified));
        Assert.Equal(Agreement.Types.State.Active, active.State);

        var (_, original) = await OriginalAsync(service.Officer, agreement.Name);
        var text = string.Concat(Poppler.Text(original).Where(sign => !char.IsWhiteSpace(sign)));
        Assert.All(["Kvalificerad", "Avancerad", "Prövningavunderskrifterna", "Behörighet", "Godkänt", Other.Key], said => Assert.Contains(said, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_signed_elsewhere_says_its_class_and_what_nobody_tried_is_vouched_for()
    {
        var (agreement, _) = await service.TextAgreedAsync(pack: StrongPack);
        var file = await UploadAsync(service.Documents, agreement.Name, Scan(), "avtal.pdf");
        await Refused.ForFieldAsync("signatures[1].signature_class", "ENUM_VALUE_REQUIRED", () => ImportAsync(agreement, file, told => told.SignatureClass = SignatureClass.Unspecified));
        await Refused.ForFieldAsync("signatures[1].validation.certificate", "SIGNATURE_NOT_VALID", () => ImportAsync(agreement, file, told => told.Validation = new SignatureValidation { Certificate = Tried.Failed }));
        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "SIGNATURE_CLASS_TOO_LOW", () => ImportAsync(agreement, file, told => told.SignatureClass = SignatureClass.Simple));
        Assert.Equal("signatures[1].signature_class", refused.Fields[0].Field);

        agreement = await ImportAsync(agreement, file, told => (told.SignatureClass, told.Validation) = (SignatureClass.Qualified, new SignatureValidation { Integrity = Tried.Passed, Certificate = Tried.Passed, ValidatedBy = "Prövartjänsten" }));
        agreement = await service.AnotherOfficer.AttestSigningEvidenceAsync(new AttestSigningEvidenceRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Etag = agreement.Etag });

        var (untried, tried) = (agreement.Signatures.Single(signature => signature.PersonRef == Chair), agreement.Signatures.Single(signature => signature.PersonRef == Anna));
        Assert.Equal((SignatureClass.Advanced, SignatureClass.Qualified), (untried.SignatureClass, tried.SignatureClass));
        Assert.Equal((Tried.Passed, Tried.Attested, Tried.Attested, Tried.Attested, Tried.Passed, "Provbanken"), Found(untried.Validation));
        Assert.Equal((Tried.Passed, Tried.Passed, Tried.Passed, Tried.Attested, Tried.Passed, "Prövartjänsten"), Found(tried.Validation));
    }

    [Fact]
    public async Task Each_type_of_document_has_its_own_class_and_its_end_asks_for_none()
    {
        var agreement = await WithOtherServiceAsync(asked => asked.Ending = new EndingTerms { Notices = { new NoticeTerms { PartyId = "forening", Months = 3 } } });
        await TellAsync(agreement);
        await TellAsync(agreement, told => (told.PartyId, told.PersonRef) = ("forening", Bo));
        agreement = await TellAsync(agreement, told => (told.PartyId, told.PersonRef) = ("arbete", Chair));
        var organisation = agreement.Parties.Single(party => party.PartyId == "forening").Organisation;

        // Of an amendment the guideline asks for a simple one, which is given here.
        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler behöver oss.", Etag = agreement.Etag });
        draft = await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        draft = await ApproveAsync(service.Officer, draft, "arbete");
        draft = await ApproveAsync(service.Representative(organisation), draft, "forening");
        draft = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag });
        Assert.Equal(SignatureClass.Simple, (await SignAsync(service.ChairPerson, draft, "arbete")).Signatures[0].SignatureClass);

        var ended = await service.Representative(organisation).GiveNoticeAsync(new GiveNoticeRequest { Name = agreement.Name, PartyId = "forening", Reason = "Vi slutar.", Etag = (await service.ReadAsync(agreement.Name)).Etag });
        Assert.Single(ended.Endings);
    }

    [Fact]
    public async Task A_time_that_is_none_is_told_as_such_wherever_it_stands()
    {
        var (beyond, within) = (new Timestamp { Seconds = long.MaxValue }, new Timestamp { Nanos = -1 });
        var agreement = await WithOtherServiceAsync();
        await Refused.ForFieldAsync("event.event_time", "DATE_INVALID", () => TellAsync(agreement, told => told.EventTime = beyond));
        await Refused.ForFieldAsync("event.validation.validate_time", "DATE_INVALID", () => TellAsync(agreement, told => told.Validation.ValidateTime = within));

        var (text, _) = await service.TextAgreedAsync(pack: StrongPack);
        var file = await UploadAsync(service.Documents, text.Name, Scan());
        await Refused.ForFieldAsync("signatures[1].validation.validate_time", "DATE_INVALID", () => ImportAsync(text, file, signature => signature.Validation = new() { ValidateTime = beyond }));
        await Refused.ForFieldAsync("signatures[1].sign_date", "DATE_INVALID", () => ImportAsync(text, file, signature => signature.SignDate = DateOnly.MinValue.ToProto()));
    }

    private static (Tried, Tried, Tried, Tried, Tried, string) Found(SignatureValidation found) =>
        (found.Form, found.Integrity, found.Certificate, found.Technique, found.Authority, found.ValidatedBy);

    private async Task<Agreement> WithOtherServiceAsync(Action<Agreement>? change = null)
    {
        var (agreement, _) = await service.TextAgreedAsync(change, StrongPack);
        return await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Provider = Other.Key });
    }

    private async Task<Agreement> TellAsync(Agreement agreement, Action<SigningEvent>? change = null)
    {
        var told = SigningElsewhereApiTests.Told(agreement, Kind.SignatoryApproved, "forening", Anna);
        change?.Invoke(told.Event);
        return await service.Integration.ReportSigningEventAsync(told);
    }

    private Task<Agreement> ImportAsync(Agreement agreement, AgreementDocument file, Action<EvidencedSignature> ofAnna) =>
        EvidenceApiTests.ImportAsync(service, agreement, file, SignatureClass.Advanced, ofAnna);
}
