using System.Text;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.JointFixture;
using ConfidentialityMark = Iop.Types.V1.ConfidentialityMark;

namespace Iop.Agreements.Tests;

/// <summary>Each municipality is the authority of what it has received: it marks and discloses its own copy. Source: law.md 2.6 (TF 2:4).</summary>
[Collection(RunningJointly.Name)]
public sealed class JointDocumentsTests(JointFixture service)
{
    private DisclosuresService.DisclosuresServiceClient Theirs => Disclosures(Neighbour);

    [Fact]
    public async Task What_the_lead_has_marked_is_read_by_the_lead_and_by_the_one_that_sent_it()
    {
        var (agreement, share, organisation) = await service.JoinedAsync();
        var theirs = await UploadAsync(service.Documents(Neighbour), share.Agreement, Scan());
        var leads = await UploadAsync(service.Documents(Lead), agreement.Name, Scan());
        await MarkAsync(Lead, await GetAsync(Lead, NameIn(agreement.Name, theirs)));
        await MarkAsync(Lead, leads);

        Assert.Equal(theirs.SizeBytes, (await DocumentsApiTests.DownloadAsync(service.Documents(Neighbour), theirs.Name)).Content.Length);
        Assert.Equal(theirs.SizeBytes, (await DocumentsApiTests.DownloadAsync(service.Documents(Lead), NameIn(agreement.Name, theirs))).Content.Length);
        await Refused.ByAsync(StatusCode.PermissionDenied, "DOCUMENT_CONFIDENTIAL", () => DocumentsApiTests.DownloadAsync(service.Documents(Neighbour), NameIn(share.Agreement, leads)));
        await Refused.ByAsync(StatusCode.PermissionDenied, "DOCUMENT_CONFIDENTIAL", () => DocumentsApiTests.DownloadAsync(service.Documents(Lead, organisation), NameIn(agreement.Name, theirs)));
        var package = (await Package.OfAsync(service.Officer(Neighbour), Of(Neighbour), share.Agreement)).In(share.Agreement);
        Assert.Equal([$"documents/{theirs.Name[^36..]}.pdf"], package.Keys.Where(name => name.StartsWith("documents/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_marks_its_own_copy_and_neither_sees_nor_changes_the_mark_of_the_other()
    {
        var (agreement, share, organisation) = await service.JoinedAsync();
        var sent = await UploadAsync(service.Documents(Neighbour), share.Agreement, Scan());
        var leads = await MarkAsync(Lead, await GetAsync(Lead, NameIn(agreement.Name, sent)), "OSL 31:16");
        Assert.Null((await GetAsync(Neighbour, sent.Name)).ConfidentialityMark);

        var marked = await MarkAsync(Neighbour, sent, "OSL 26:1");

        Assert.Equal((sent.Name, "OSL 26:1", "officer-0580"), (marked.Name, marked.ConfidentialityMark.LegalReference, marked.ConfidentialityMark.SetBy));
        Assert.Equal(marked, await GetAsync(Neighbour, sent.Name));
        Assert.Equal(marked, (await service.Documents(Neighbour).ListAgreementDocumentsAsync(new ListAgreementDocumentsRequest { Parent = share.Agreement })).AgreementDocuments.Single());
        Assert.Equal(leads, await GetAsync(Lead, leads.Name));
        Assert.Equal([Neighbour], await service.RowsAsync($"SELECT municipality FROM document_mark WHERE id = '{sent.Name[^36..]}'"));
        var history = $"SELECT municipality || ' ' || reason FROM revision WHERE subject = '{sent.Name}'";
        Assert.Equal([$"{Neighbour} Skäl i {Neighbour}."], await service.RowsAsync(history));

        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => MarkAsync(Neighbour, sent, "OSL 21:1"));
        await service.Documents(Lead).LiftConfidentialityMarkAsync(new LiftConfidentialityMarkRequest { Name = leads.Name, Etag = leads.Etag, Reason = "Prövad." });
        Assert.Equal(marked, await GetAsync(Neighbour, sent.Name));
        Assert.Equal(sent.SizeBytes, (await DocumentsApiTests.DownloadAsync(service.Documents(Lead, organisation), leads.Name)).Content.Length);
        var free = await service.Documents(Neighbour).LiftConfidentialityMarkAsync(new LiftConfidentialityMarkRequest { Name = sent.Name, Etag = marked.Etag, Reason = "Prövad." });
        Assert.Null(free.ConfidentialityMark);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CONFIDENTIALITY_MARK_NOT_SET", () => service.Documents(Neighbour).LiftConfidentialityMarkAsync(
            new LiftConfidentialityMarkRequest { Name = sent.Name, Etag = free.Etag, Reason = "Igen." }).ResponseAsync);
    }

    [Fact]
    public async Task What_one_has_marked_its_own_people_who_do_not_handle_it_do_not_read_and_those_of_the_other_do()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        var file = await UploadAsync(service.Documents(Lead), agreement.Name, Scan());
        await MarkAsync(Neighbour, await GetAsync(Neighbour, NameIn(share.Agreement, file)));
        AgreementDocumentsService.AgreementDocumentsServiceClient Auditor(string municipality) => new(service.As(municipality, Roles.Auditor));

        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "DOCUMENT_CONFIDENTIAL", () => DocumentsApiTests.DownloadAsync(Auditor(Neighbour), NameIn(share.Agreement, file)));

        Assert.Equal("OSL 26:1", refused.Metadata["legal_reference"]);
        Assert.Equal(file.SizeBytes, (await DocumentsApiTests.DownloadAsync(Auditor(Lead), file.Name)).Content.Length);
        Assert.Equal(file.SizeBytes, (await DocumentsApiTests.DownloadAsync(service.Documents(Neighbour), NameIn(share.Agreement, file))).Content.Length);
        var audit = (await Package.OfAsync(new(service.As(Neighbour, Roles.Auditor)), Of(Neighbour), share.Agreement)).In(share.Agreement);
        Assert.DoesNotContain(audit.Keys, name => name.StartsWith("documents/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_decides_on_its_own_copy_and_keeps_its_own_log()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        var (open, marked, hidden) = (
            await UploadAsync(service.Documents(Lead), agreement.Name, Scan()), await UploadAsync(service.Documents(Neighbour), share.Agreement, Scan()), await UploadAsync(service.Documents(Lead), agreement.Name, Scan()));
        await MarkAsync(Neighbour, marked);
        await MarkAsync(Lead, hidden);
        await MarkAsync(Lead, await GetAsync(Lead, NameIn(agreement.Name, marked)), "OSL 31:16");

        var decision = await DecideAsync(Neighbour, share.Agreement, new WithheldPart { SectionId = "activity", LegalReference = "OSL 21:3" });

        // What the lead has marked and keeps to itself is no copy of theirs; of what they have, their own mark alone counts.
        Assert.StartsWith($"{share.Agreement}/disclosures/", decision.Name, StringComparison.Ordinal);
        Assert.Equal([NameIn(share.Agreement, open)], decision.Documents);
        Assert.Equal([("", "activity", "OSL 21:3"), (marked.Name, "", "OSL 26:1")], decision.WithheldParts.Select(part => (part.Document, part.SectionId, part.LegalReference)));
        var leads = await DecideAsync(Lead, agreement.Name);
        Assert.Equal(["OSL 26:1", "OSL 31:16"], leads.WithheldParts.Select(part => part.LegalReference).Order(StringComparer.Ordinal));

        Assert.Equal([decision], (await Theirs.ListDisclosuresAsync(new ListDisclosuresRequest { Parent = share.Agreement })).Disclosures);
        Assert.Equal([leads], (await Disclosures(Lead).ListDisclosuresAsync(new ListDisclosuresRequest { Parent = agreement.Name })).Disclosures);
        Assert.Equal(decision, await Theirs.GetDisclosureAsync(new GetDisclosureRequest { Name = decision.Name }));
        await Refused.ByAsync(StatusCode.NotFound, "DISCLOSURE_NOT_FOUND", () => Disclosures(Lead).GetDisclosureAsync(new GetDisclosureRequest { Name = $"{agreement.Name}/disclosures/{decision.Name[^36..]}" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "DISCLOSURE_NOT_FOUND", () => Theirs.GetDisclosureAsync(new GetDisclosureRequest { Name = $"{share.Agreement}/disclosures/{leads.Name[^36..]}" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => Disclosures(Lead).GetDisclosureAsync(new GetDisclosureRequest { Name = decision.Name }).ResponseAsync);
        Assert.Equal([Neighbour], await service.RowsAsync($"SELECT municipality FROM disclosure WHERE id = '{decision.Name[^36..]}'"));

        var files = await ExportAsync(Theirs, decision.Name);
        Assert.Equal(["decision.json", $"documents/{open.Name[^36..]}.pdf", "text.txt"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("OSL 21:3", Encoding.UTF8.GetString(files["text.txt"]), StringComparison.Ordinal);
        Assert.DoesNotContain("En mötesplats tre kvällar", Encoding.UTF8.GetString(files["text.txt"]), StringComparison.Ordinal);
        Assert.DoesNotContain(Of(Lead), Encoding.UTF8.GetString(files["decision.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_made_anew_when_its_copy_is_marked_or_kept_back_since()
    {
        var (agreement, share, _) = await service.JoinedAsync();
        var (one, other) = (await UploadAsync(service.Documents(Lead), agreement.Name, Scan()), await UploadAsync(service.Documents(Lead), agreement.Name, Scan()));
        var decision = await DecideAsync(Neighbour, share.Agreement);
        Assert.Equal(2, decision.Documents.Count);

        var marked = await MarkAsync(Neighbour, await GetAsync(Neighbour, NameIn(share.Agreement, one)));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DISCLOSURE_OUTDATED", () => ExportAsync(Theirs, decision.Name));
        Assert.Equal(marked.Name, refused.Metadata["document"]);

        decision = await DecideAsync(Neighbour, share.Agreement);
        await MarkAsync(Lead, other);
        refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DISCLOSURE_OUTDATED", () => ExportAsync(Theirs, decision.Name));
        Assert.Equal(NameIn(share.Agreement, other), refused.Metadata["document"]);
    }

    [Fact]
    public async Task One_that_is_only_invited_has_received_nothing_and_a_stranger_has_no_agreement()
    {
        var (agreement, share, _) = await service.InvitedAsync();
        var file = await UploadAsync(service.Documents(Lead), agreement.Name, Scan());

        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_NOT_JOINED", () => DecideAsync(Neighbour, share.Agreement));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_NOT_JOINED", () => MarkAsync(Neighbour, new AgreementDocument { Name = NameIn(share.Agreement, file), Etag = "\"0\"" }));
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => DecideAsync(Third, $"{Of(Third)}/agreements/{agreement.Name[^36..]}"));
        await Refused.ByAsync(StatusCode.NotFound, "AGREEMENT_NOT_FOUND", () => MarkAsync(Third, new AgreementDocument { Name = NameIn($"{Of(Third)}/agreements/{agreement.Name[^36..]}", file), Etag = "\"0\"" }));
        Assert.Empty(await service.RowsAsync($"SELECT id::text FROM document_mark WHERE id = '{file.Name[^36..]}' UNION SELECT id::text FROM disclosure WHERE agreement = '{agreement.Name[^36..]}'"));
    }

    private static string NameIn(string parent, AgreementDocument document) => $"{parent}/documents/{document.Name[^36..]}";

    private DisclosuresService.DisclosuresServiceClient Disclosures(string municipality) => new(service.As(municipality, Roles.CaseOfficer, $"officer-{municipality}"));

    private Task<AgreementDocument> GetAsync(string municipality, string name) => service.Documents(municipality).GetAgreementDocumentAsync(new GetAgreementDocumentRequest { Name = name }).ResponseAsync;

    private Task<AgreementDocument> MarkAsync(string municipality, AgreementDocument document, string ground = "OSL 26:1") => service.Documents(municipality).SetConfidentialityMarkAsync(new SetConfidentialityMarkRequest
    {
        Name = document.Name,
        Etag = document.Etag,
        ConfidentialityMark = new ConfidentialityMark { LegalReference = ground, Reason = $"Skäl i {municipality}." },
    }).ResponseAsync;

    private Task<Disclosure> DecideAsync(string municipality, string agreement, params WithheldPart[] withheld) => Disclosures(municipality).CreateDisclosureAsync(new CreateDisclosureRequest
    {
        Parent = agreement,
        Disclosure = new Disclosure { ReferenceNumber = "KS 2026:17", DecidedBy = "Kommunjurist enligt delegation", DecideDate = TimeProvider.System.Today().ToProto(), WithheldParts = { withheld } },
    }).ResponseAsync;

    private static async Task<Dictionary<string, byte[]>> ExportAsync(DisclosuresService.DisclosuresServiceClient by, string name) =>
        DisclosureTests.FilesIn((await DisclosureTests.ExportAsync(by, name)).Bytes);
}
