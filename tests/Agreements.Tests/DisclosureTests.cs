using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using ConfidentialityMark = Iop.Types.V1.ConfidentialityMark;

namespace Iop.Agreements.Tests;

/// <summary>What of an agreement is given to the public: by a recorded decision, with what is secret masked or left out. law.md 2.6.</summary>
[Collection(Running.Name)]
public sealed class DisclosureTests(AgreementsFixture service)
{
    private DisclosuresService.DisclosuresServiceClient Officer => new(service.As("1285", Roles.CaseOfficer));

    [Fact]
    public async Task Where_nothing_is_withheld_the_text_is_given_as_it_was_agreed_with_every_document()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var content = Scan();
        var document = await UploadAsync(service.Documents, agreement.Name, content);

        var decided = await DecideAsync(agreement);

        Assert.StartsWith($"{agreement.Name}/disclosures/", decided.Name, StringComparison.Ordinal);
        Assert.Equal(("KS 2026:17", "Kommunjurist enligt delegation", agreement.TextHash), (decided.ReferenceNumber, decided.DecidedBy, decided.TextHash));
        Assert.Equal([document.Name], decided.Documents);
        Assert.Empty(decided.WithheldParts);
        var (header, bytes, summary) = await ExportAsync(Officer, decided.Name);
        Assert.Equal(("application/zip", bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes))), (header.MediaType, summary.SizeBytes, summary.Sha256));
        var files = FilesIn(bytes);
        Assert.Equal(["decision.json", $"documents/{document.Name[^36..]}.pdf", "text.txt"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((await service.ReadAsync(agreement.Name)).CanonicalText, Text(files));
        Assert.Equal(content, files[$"documents/{document.Name[^36..]}.pdf"]);
        Assert.Equal(decided.ReferenceNumber, Disclosure.Parser.ParseJson(Encoding.UTF8.GetString(files["decision.json"])).ReferenceNumber);
        Assert.DoesNotContain(decided.RecordedBy, Encoding.UTF8.GetString(files["decision.json"]), StringComparison.Ordinal);
        await service.WriteAsync(await service.ReadAsync(agreement.Name), "activity", "Något helt annat.", service.Representative(organisation));
        Assert.Equal(bytes, (await ExportAsync(Officer, decided.Name)).Bytes);
    }

    [Fact]
    public async Task What_is_withheld_is_masked_in_the_text_with_its_ground_and_the_rest_is_given()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        agreement = await service.WriteAsync(agreement, "activity", "Hemliga lokalen på Storgatan.");
        var (open, secret) = (await UploadAsync(service.Documents, agreement.Name, Scan()), await UploadAsync(service.Documents, agreement.Name, Scan(), "skyddat-boende.pdf"));
        agreement = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, Annexes = { new Annex { Heading = "Ritning", Document = secret.Name } } },
        });
        var whole = (await service.ReadAsync(agreement.Name)).CanonicalText;

        var decided = await DecideAsync(agreement, new WithheldPart { SectionId = "activity", LegalReference = "OSL 21:3" }, new WithheldPart { Document = secret.Name, LegalReference = "OSL 26:1" });

        Assert.Equal([open.Name], decided.Documents);
        var (_, bytes, _) = await ExportAsync(Officer, decided.Name);
        var files = FilesIn(bytes);
        Assert.Equal([$"documents/{open.Name[^36..]}.pdf"], files.Keys.Where(name => name.StartsWith("documents/", StringComparison.Ordinal)));
        Assert.All(["Hemliga lokalen", "skyddat-boende", secret.Sha256], hidden =>
        {
            Assert.Contains(hidden, whole, StringComparison.Ordinal);
            Assert.DoesNotContain(hidden, Encoding.UTF8.GetString(files["text.txt"]) + Encoding.UTF8.GetString(files["decision.json"]), StringComparison.Ordinal);
        });
        Assert.Equal(Masked(whole), Text(files));

        string Masked(string text) => text
            .Replace("Hemliga lokalen på Storgatan.", "[Texten lämnas inte ut. Stöd: OSL 21:3]", StringComparison.Ordinal)
            .Replace(text.Split('\n').Single(line => line.Contains(secret.Sha256, StringComparison.Ordinal)), "[Texten lämnas inte ut. Stöd: OSL 26:1]", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marked_document_is_withheld_on_the_ground_of_its_mark_and_one_that_is_marked_later_stops_the_package()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var (first, second) = (await UploadAsync(service.Documents, agreement.Name, Scan()), await UploadAsync(service.Documents, agreement.Name, Scan()));
        await MarkAsync(first);

        var decided = await DecideAsync(agreement);

        Assert.Equal([new WithheldPart { Document = first.Name, LegalReference = "OSL 31:16" }], decided.WithheldParts);
        Assert.Equal([second.Name], decided.Documents);
        await MarkAsync(second);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DISCLOSURE_OUTDATED", () => ExportAsync(Officer, decided.Name));
    }

    [Fact]
    public async Task Every_decision_is_in_the_log_and_the_database_lets_no_one_change_it()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var (first, second) = (await DecideAsync(agreement), await DecideAsync(agreement, new WithheldPart { SectionId = "activity", LegalReference = "OSL 21:3" }));

        var log = new DisclosuresService.DisclosuresServiceClient(service.As("1285", Roles.Auditor));
        Assert.Equal([second, first], (await log.ListDisclosuresAsync(new ListDisclosuresRequest { Parent = agreement.Name })).Disclosures);
        Assert.Equal(second, await log.GetDisclosureAsync(new GetDisclosureRequest { Name = second.Name }));
        await Refused.ByAsync(StatusCode.NotFound, "DISCLOSURE_NOT_FOUND", () => log.GetDisclosureAsync(new GetDisclosureRequest { Name = $"{agreement.Name}/disclosures/{Guid.CreateVersion7()}" }).ResponseAsync);
        Assert.Equal(
            ["INSERT", "SELECT"],
            await service.RowsAsync("SELECT DISTINCT privilege_type::text FROM information_schema.role_table_grants WHERE table_name = 'disclosure' AND grantee <> grantor ORDER BY 1"));
    }

    [Fact]
    public async Task A_decision_names_parts_that_are_there_and_a_day_that_has_come()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var section = new WithheldPart { SectionId = "activity", LegalReference = "OSL 21:3" };

        await Refused.ForFieldAsync("disclosure.withheld_parts[0]", "WITHHELD_PART_UNKNOWN", () => DecideAsync(agreement, new WithheldPart { SectionId = "aktivitet", LegalReference = "OSL 21:3" }));
        await Refused.ForFieldAsync("disclosure.withheld_parts[0]", "WITHHELD_PART_UNKNOWN", () => DecideAsync(agreement, new WithheldPart { Document = $"{agreement.Name}/documents/{Guid.CreateVersion7()}", LegalReference = "OSL 21:3" }));
        await Refused.ForFieldAsync("disclosure.withheld_parts[0].legal_reference", "FIELD_REQUIRED", () => DecideAsync(agreement, new WithheldPart { SectionId = "activity" }));
        await Refused.ForFieldAsync("disclosure.withheld_parts", "DUPLICATE_VALUE", () => DecideAsync(agreement, section, section));
        await Refused.ForFieldAsync("disclosure.decide_date", "DATE_IN_FUTURE", () => DecideAsync(agreement, TimeProvider.System.Today().AddDays(1)));
    }

    [Fact]
    public async Task What_a_side_has_to_itself_is_no_official_document()
    {
        var (agreement, _) = await service.DraftedAsync();
        await UploadAsync(service.Documents, agreement.Name, Scan());

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => DecideAsync(agreement));

        Assert.Equal("DRAFTING", refused.Metadata["state"]);
        agreement = await service.WriteAsync(agreement, "activity", "En mötesplats.");
        agreement = await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true });
        Assert.Empty((await DecideAsync(agreement)).Documents);
    }

    internal static Dictionary<string, byte[]> FilesIn(byte[] zip)
    {
        const string Data = "representations/rep1/data/";
        return Package.Unpacked(zip).Files.Where(file => file.Key.StartsWith(Data, StringComparison.Ordinal)).ToDictionary(file => file.Key[Data.Length..], file => file.Value);
    }

    private static string Text(Dictionary<string, byte[]> files) => Encoding.UTF8.GetString(files["text.txt"]);

    internal static async Task<(ExportHeader Header, byte[] Bytes, ExportSummary Summary)> ExportAsync(DisclosuresService.DisclosuresServiceClient by, string name)
    {
        using var call = by.ExportDisclosure(new ExportDisclosureRequest { Name = name });
        var (header, summary) = ((ExportHeader?)null, (ExportSummary?)null);
        using var bytes = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            (header, summary) = (header ?? message.Header, message.Summary);
            message.Chunk.WriteTo(bytes);
        }

        return (header!, bytes.ToArray(), summary!);
    }

    private Task<Disclosure> DecideAsync(Agreement agreement, params WithheldPart[] withheld) => DecideAsync(agreement, TimeProvider.System.Today(), withheld);

    private Task<Disclosure> DecideAsync(Agreement agreement, DateOnly day, params WithheldPart[] withheld) => Officer.CreateDisclosureAsync(new CreateDisclosureRequest
    {
        Parent = agreement.Name,
        Disclosure = new Disclosure { ReferenceNumber = "KS 2026:17", DecidedBy = "Kommunjurist enligt delegation", DecideDate = day.ToProto(), WithheldParts = { withheld } },
    }).ResponseAsync;

    private Task<AgreementDocument> MarkAsync(AgreementDocument document) => service.Documents.SetConfidentialityMarkAsync(new SetConfidentialityMarkRequest
    {
        Name = document.Name,
        Etag = document.Etag,
        ConfidentialityMark = new ConfidentialityMark { LegalReference = "OSL 31:16", Reason = "Affärsvillkor." },
    }).ResponseAsync;
}
