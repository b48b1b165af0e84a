using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Typesetting;
using Iop.Typesetting.Fonts;
using Iop.Typesetting.Sealing;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.OriginalApiTests;
using SignatureClass = Iop.Types.V1.SignatureClass;

namespace Iop.Agreements.Tests;

/// <summary>Evidence of signatures is a document that is held, or it is none.</summary>
[Collection(Running.Name)]
public sealed class EvidenceApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task What_is_only_said_to_exist_is_no_evidence()
    {
        var (agreement, organisation) = await service.InSigningAsync();

        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVIDENCE_DOCUMENT_MISSING", () => RecordAsync(agreement, new string('b', 64)));
        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => RecordAsync(agreement, new string('b', 64), $"{agreement.Name}/documents/{Guid.CreateVersion7()}"));
        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => RecordAsync(agreement, new string('b', 64), $"{organisation}/documents/{Guid.CreateVersion7()}"));
        Assert.Empty((await service.ReadAsync(agreement.Name)).SigningEvidence);
    }

    [Fact]
    public async Task A_scan_must_be_the_one_that_its_hash_names()
    {
        var (agreement, _) = await service.InSigningAsync();
        var scan = await UploadAsync(service.Documents, agreement.Name, Scan());

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "EVIDENCE_HASH_MISMATCH", () => RecordAsync(agreement, new string('b', 64), scan.Name));

        Assert.Equal(scan.Sha256, refused.Metadata["sha256"]);
        Assert.Equal(scan.Name, (await RecordAsync(agreement, scan.Sha256, scan.Name)).SigningEvidence[0].Document);
    }

    [Fact]
    public async Task A_scan_of_another_agreement_is_none_of_this()
    {
        var (agreement, _) = await service.InSigningAsync();
        var (another, _) = await service.NegotiatedAsync();
        var scan = await UploadAsync(service.Documents, another.Name, Scan());

        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => RecordAsync(agreement, scan.Sha256, scan.Name));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVIDENCE_DOCUMENT_MISSING", () => RecordAsync(agreement, scan.Sha256));
    }

    [Fact]
    public async Task A_document_of_the_register_is_asked_for_there_and_must_be_a_partys()
    {
        var (agreement, organisation) = await service.InSigningAsync();
        var (_, stranger) = service.ApprovedCase();
        var (theirs, strangers) = (Registered(organisation), Registered(stranger));

        await Refused.ForFieldAsync("document", "ORGANISATION_UNKNOWN", () => RecordAsync(agreement, strangers.Sha256, strangers.Name));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVIDENCE_HASH_MISMATCH", () => RecordAsync(agreement, new string('b', 64), theirs.Name));
        var recorded = await RecordAsync(agreement, theirs.Sha256, theirs.Name);

        Assert.Equal(theirs.Name, recorded.SigningEvidence[0].Document);
    }

    [Fact]
    public async Task A_file_with_a_signature_of_its_own_is_kept_as_it_was_and_one_that_was_changed_since_is_refused()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        var signed = SignedFile();
        byte[] tampered = [.. signed];
        tampered[tampered.AsSpan().IndexOf("/Creator"u8)] ^= 1;
        var (whole, broken) = (await UploadAsync(service.Documents, agreement.Name, signed, "avtal.pdf"), await UploadAsync(service.Documents, agreement.Name, tampered, "avtal.pdf"));
        Assert.Equal(("Provbanken", true, true), (whole.EmbeddedSignatures[0].Signer, whole.EmbeddedSignatures[0].Intact, whole.EmbeddedSignatures[0].CoversWholeFile));
        Assert.False(Assert.Single(broken.EmbeddedSignatures).Intact);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVIDENCE_SIGNATURE_BROKEN", () => ImportAsync(service, agreement, broken, SignatureClass.Simple));
        agreement = await ImportAsync(service, agreement, whole, SignatureClass.Simple);
        agreement = await service.AnotherOfficer.AttestSigningEvidenceAsync(new AttestSigningEvidenceRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Etag = agreement.Etag });

        // The bytes were read here: of them nobody needs to vouch.
        Assert.All(agreement.Signatures, signature => Assert.Equal(
            (SignatureValidation.Types.Result.Passed, SignatureValidation.Types.Result.Attested), (signature.Validation.Integrity, signature.Validation.Certificate)));
        Assert.Equal(signed, (await DocumentsApiTests.DownloadAsync(new(service.As("1285", Roles.OrganisationRepresentative, Bo, "Bo Berg", "loa3", organisation)), whole.Name)).Content);
        var (_, original) = await OriginalAsync(service.Officer, agreement.Name);
        var text = string.Concat(Poppler.Text(original).Where(sign => !char.IsWhiteSpace(sign)));
        Assert.All(["avtal.pdf", whole.Sha256, "Handläggaren,Enannanhandläggare"], said => Assert.Contains(said, text, StringComparison.Ordinal));
    }

    private static byte[] SignedFile()
    {
        var folder = Directory.CreateTempSubdirectory("iop-bank").FullName;
        var seal = SelfMadeSeal.OpenOrCreate(folder, "Provbanken");
        Directory.Delete(folder, recursive: true);
        var document = new Document("Överenskommelse") { Blocks = [new Paragraph("Det här är undertecknat hos en annan.")], CreateTime = DateTimeOffset.UtcNow };
        return new Typesetter(FontLibrary.OfSystem).RenderSealed(document, seal, new SealText(seal.Name, "Underskrift", "Underskrift"), DateTimeOffset.UtcNow);
    }

    private Organisations.V1.Document Registered(string organisation)
    {
        var document = new Organisations.V1.Document { Name = $"{organisation}/documents/{Guid.CreateVersion7()}", Sha256 = new string('d', 64), SizeBytes = 10 };
        service.Neighbours.Documents[document.Name] = document;
        return document;
    }

    private async Task<Agreement> RecordAsync(Agreement agreement, string sha256, string document = "") => await service.Officer.RecordPaperSignatureAsync(new RecordPaperSignatureRequest
    {
        Name = agreement.Name,
        PartyId = "arbete",
        Signatures = { new EvidencedSignature { PartyId = "forening", PersonRef = Anna, SignDate = TimeProvider.System.Today().ToProto() } },
        TextHash = agreement.TextHash,
        Sha256 = sha256,
        Document = document,
        Etag = agreement.Etag,
    });

    /// <summary>Takes in the text as all three have signed it with another service.</summary>
    internal static async Task<Agreement> ImportAsync(
        AgreementsFixture service, Agreement agreement, AgreementDocument file, SignatureClass signatureClass, Action<EvidencedSignature>? ofAnna = null)
    {
        EvidencedSignature Of(string party, string person) =>
            new() { PartyId = party, PersonRef = person, SignDate = TimeProvider.System.Today().ToProto(), AssuranceLevel = "loa3", SignatureClass = signatureClass };
        var request = new ImportSignedAgreementRequest
        {
            Name = agreement.Name,
            PartyId = "arbete",
            Signatures = { Of("arbete", Chair), Of("forening", Anna), Of("forening", Bo) },
            TextHash = agreement.TextHash,
            Sha256 = file.Sha256,
            Document = file.Name,
            Provider = "Provbanken",
            Etag = agreement.Etag,
        };
        ofAnna?.Invoke(request.Signatures[1]);
        return await service.Officer.ImportSignedAgreementAsync(request);
    }
}
