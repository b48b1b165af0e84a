using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed class ExportApiTests(AgreementsFixture service)
{
    private static readonly XNamespace Mets = "http://www.loc.gov/METS/";
    private static readonly XNamespace Csip = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";
    private static readonly XNamespace Link = "http://www.w3.org/1999/xlink";
    private static readonly XNamespace Premis = "http://www.loc.gov/premis/v3";

    [Fact]
    public async Task An_agreement_is_a_grant_with_all_that_the_standard_requires_and_no_person()
    {
        var (agreement, _) = await service.ActiveAsync();

        var (header, json, summary) = await ExportAsync(service.Officer, ExportFormat.GrantsJson, agreement.Name);

        Assert.Equal(("application/json", 1), (header.MediaType, summary.AgreementCount));
        Assert.EndsWith(".json", header.FileName, StringComparison.Ordinal);
        var grant = JsonDocument.Parse(json).RootElement.GetProperty("grants").EnumerateArray().Single();
        Assert.All(
            ["id", "title", "description", "currency", "amountAwarded", "awardDate", "recipientOrganization", "fundingOrganization"],
            required => Assert.True(grant.TryGetProperty(required, out _), required));
        Assert.StartsWith("360G-", grant.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(("Öppen kväll", "SEK", 1_200_000m), (grant.GetProperty("title").GetString(), grant.GetProperty("currency").GetString(), grant.GetProperty("amountAwarded").GetDecimal()));
        Assert.Equal(("SE-ON-8999990016", "Öppna Famnen Eslöv"), Organisation(grant, "recipientOrganization"));
        Assert.Equal("Arbete och försörjning, Eslöv", Organisation(grant, "fundingOrganization").Name);
        var planned = grant.GetProperty("plannedDates")[0];
        Assert.Equal(("2027-01-01", "2029-12-31", 36), (planned.GetProperty("startDate").GetString(), planned.GetProperty("endDate").GetString(), planned.GetProperty("duration").GetInt32()));
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}$", grant.GetProperty("awardDate").GetString());
        Assert.All(["Anna Andersson", "Kim Ordförande", Anna, Chair, "mötesplats"], secret => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(json), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_signed_is_no_grant()
    {
        var (agreement, _) = await service.TextAgreedAsync();

        var (_, json, summary) = await ExportAsync(service.Officer, ExportFormat.GrantsJson, agreement.Name);

        Assert.Empty(JsonDocument.Parse(json).RootElement.GetProperty("grants").EnumerateArray());
        Assert.Equal(0, summary.AgreementCount);
    }

    [Fact]
    public async Task A_package_names_every_file_that_is_in_it_with_its_checksum_and_no_other()
    {
        var (agreement, _) = await service.ActiveAsync();

        var (header, bytes, _) = await ExportAsync(service.Officer, ExportFormat.ArchivePackage, agreement.Name);

        var (files, root) = Unpacked(bytes);
        Assert.Equal($"{root}.zip", header.FileName);
        var mets = XDocument.Parse(Encoding.UTF8.GetString(files["METS.xml"]));
        var told = mets.Descendants(Mets + "FLocat").Select(location => (location, Facts: location.Parent!))
            .Concat(mets.Descendants(Mets + "mdRef").Select(reference => (reference, reference)))
            .ToDictionary(pair => (string)pair.Item1.Attribute(Link + "href")!, pair => pair.Item2);
        Assert.Equal(files.Keys.Where(name => name != "METS.xml").Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));
        Assert.All(told, file =>
        {
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files[file.Key])), (string)file.Value.Attribute("CHECKSUM")!);
            Assert.Equal(("SHA-256", files[file.Key].Length), ((string)file.Value.Attribute("CHECKSUMTYPE")!, (int)file.Value.Attribute("SIZE")!));
        });
    }

    [Fact]
    public async Task A_package_says_what_the_common_specification_requires()
    {
        var (agreement, _) = await service.ActiveAsync();

        var (_, bytes, _) = await ExportAsync(service.Officer, ExportFormat.ArchivePackage, agreement.Name);

        var (files, root) = Unpacked(bytes);
        var mets = XDocument.Parse(Encoding.UTF8.GetString(files["METS.xml"])).Root!;
        Assert.Equal(root, (string)mets.Attribute("OBJID")!);
        Assert.All(["TYPE", "PROFILE"], name => Assert.NotEmpty((string)mets.Attribute(name)!));
        var packageHeader = mets.Element(Mets + "metsHdr")!;
        Assert.NotNull(packageHeader.Attribute("CREATEDATE"));
        Assert.Equal("SIP", (string)packageHeader.Attribute(Csip + "OAISPACKAGETYPE")!);
        var agent = packageHeader.Element(Mets + "agent")!;
        Assert.Equal(("CREATOR", "OTHER", "SOFTWARE"), ((string)agent.Attribute("ROLE")!, (string)agent.Attribute("TYPE")!, (string)agent.Attribute("OTHERTYPE")!));
        Assert.Equal("SOFTWARE VERSION", (string)agent.Element(Mets + "note")!.Attribute(Csip + "NOTETYPE")!);
        var map = mets.Element(Mets + "structMap")!;
        Assert.Equal(("PHYSICAL", "CSIP"), ((string)map.Attribute("TYPE")!, (string)map.Attribute("LABEL")!));
        Assert.Equal(["Metadata", "Documentation", "Representations/rep1"], map.Element(Mets + "div")!.Elements(Mets + "div").Select(division => (string)division.Attribute("LABEL")!));
        var ids = mets.DescendantsAndSelf().Attributes("ID").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var references = map.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "FILEID" or "DMDID" or "ADMID").Select(attribute => attribute.Value);
        Assert.Empty(references.Except(ids));
        var premis = XDocument.Parse(Encoding.UTF8.GetString(files["metadata/preservation/premis.xml"]));
        Assert.Equal(
            files.Keys.Where(name => name.StartsWith("representations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            premis.Descendants(Premis + "objectIdentifierValue").Select(value => value.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["digital signature generation", "creation"], premis.Descendants(Premis + "eventType").Select(type => type.Value));
    }

    [Fact]
    public async Task A_package_holds_the_original_every_revision_and_the_log()
    {
        var (agreement, organisation) = await service.ActiveAsync();

        var (_, bytes, _) = await ExportAsync(service.Officer, ExportFormat.ArchivePackage, agreement.Name);

        var (files, _) = Unpacked(bytes);
        var folder = $"representations/rep1/data/{agreement.Name[^36..]}/";
        var original = files[$"{folder}original-v1.pdf"];
        Assert.Contains("Signature is Valid", Poppler.Signatures(original), StringComparison.Ordinal);
        using var call = service.Representative(organisation).GetOriginal(new GetOriginalRequest { Name = agreement.Name });
        Assert.True(await call.ResponseStream.MoveNext(TestContext()));
        Assert.Equal(call.ResponseStream.Current.Header.Sha256, Convert.ToHexStringLower(SHA256.HashData(original)));
        var log = ListAgreementRevisionsResponse.Parser.ParseJson(Encoding.UTF8.GetString(files[$"{folder}log.json"]));
        var listed = await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name });
        Assert.Equal(listed.AgreementRevisions.OrderBy(revision => revision.RevisionNumber), log.AgreementRevisions);
        foreach (var revision in log.AgreementRevisions)
        {
            var kept = AgreementRevision.Parser.ParseJson(Encoding.UTF8.GetString(files[$"{folder}revisions/{revision.RevisionNumber:D4}.json"]));
            Assert.Equal(await service.Officer.GetAgreementRevisionAsync(new GetAgreementRevisionRequest { Name = revision.Name }), kept);
        }
    }

    [Fact]
    public async Task A_package_holds_each_dispute_of_the_agreement_as_it_stands_and_no_other()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var (other, _) = await service.ActiveAsync();
        var theirs = service.Representative(organisation);
        var resolved = await theirs.OpenDisputeAsync(new OpenDisputeRequest { Parent = agreement.Name, PartyId = "forening", Type = Dispute.Types.Type.Payment, Description = "Sista betalningen." });
        resolved = await theirs.ResolveDisputeAsync(
            new ResolveDisputeRequest { Name = resolved.Name, PartyId = "forening", Outcome = Dispute.Types.Outcome.Withdrawn, OutcomeText = "Den kom.", Etag = resolved.Etag });
        var open = await service.Officer.OpenDisputeAsync(new OpenDisputeRequest { Parent = agreement.Name, PartyId = "arbete", Type = Dispute.Types.Type.Other, Description = "Vi ser olika på en sak." });
        await service.Officer.OpenDisputeAsync(new OpenDisputeRequest { Parent = other.Name, PartyId = "arbete", Type = Dispute.Types.Type.Other, Description = "En annan sak." });
        (resolved.Etag, open.Etag) = ("", "");

        var (_, bytes, _) = await ExportAsync(service.Officer, ExportFormat.ArchivePackage, agreement.Name);
        var (_, again, _) = await ExportAsync(theirs, ExportFormat.ArchivePackage, agreement.Name);

        foreach (var package in new[] { bytes, again })
        {
            var told = Unpacked(package).Files.Where(file => file.Key.Contains("/disputes/", StringComparison.Ordinal)).ToDictionary(file => file.Key, file => Dispute.Parser.ParseJson(Encoding.UTF8.GetString(file.Value)));
            Assert.Equal([resolved, open], told.Values.OrderBy(dispute => dispute.Name, StringComparer.Ordinal));
            Assert.All(told, file => Assert.Equal($"representations/rep1/data/{agreement.Name[^36..]}/disputes/{file.Value.Name[^36..]}.json", file.Key));
        }
    }

    [Fact]
    public async Task The_same_agreements_give_the_same_package_and_the_summary_proves_it_whole()
    {
        var (agreement, _) = await service.ActiveAsync();

        var (_, first, summary) = await ExportAsync(service.Officer, ExportFormat.ArchivePackage, agreement.Name);
        var (_, second, _) = await ExportAsync(service.Officer, ExportFormat.ArchivePackage, agreement.Name);

        Assert.Equal(first, second);
        Assert.Equal((1, (long)first.Length, Convert.ToHexStringLower(SHA256.HashData(first))), (summary.AgreementCount, summary.SizeBytes, summary.Sha256));
    }

    [Fact]
    public async Task Of_all_a_municipality_gets_all_and_an_organisation_its_own()
    {
        var (first, organisation) = await service.ActiveAsync();
        var (second, _) = await service.ActiveAsync();
        var (draft, _) = await service.DraftedAsync();

        var (_, all, _) = await ExportAsync(new AgreementsService.AgreementsServiceClient(service.As("1285", Roles.Auditor)), ExportFormat.ArchivePackage);
        var (_, own, summary) = await ExportAsync(service.Representative(organisation), ExportFormat.ArchivePackage);

        var folders = Unpacked(all).Files.Keys.Where(name => name.EndsWith("/agreement.json", StringComparison.Ordinal)).Select(name => name.Split('/')[^2]).ToList();
        Assert.All([first, second, draft], agreement => Assert.Contains(agreement.Name[^36..], folders));
        Assert.Equal(1, summary.AgreementCount);
        Assert.Equal([first.Name[^36..]], Unpacked(own).Files.Keys.Where(name => name.EndsWith("/agreement.json", StringComparison.Ordinal)).Select(name => name.Split('/')[^2]));
    }

    [Fact]
    public async Task Outsiders_other_tenants_and_other_roles_get_nothing()
    {
        var (agreement, _) = await service.ActiveAsync();
        var (_, other) = service.ApprovedCase();

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ExportAsync(service.Representative(other), ExportFormat.GrantsJson, agreement.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => ExportAsync(new AgreementsService.AgreementsServiceClient(service.As("1283", Roles.CaseOfficer)), ExportFormat.GrantsJson));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => ExportAsync(service.ChairPerson, ExportFormat.GrantsJson));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", () => ExportAsync(service.Officer, ExportFormat.Unspecified));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", () => ExportAsync(service.Officer, ExportFormat.GrantsJson, "municipalities/1283/agreements/01900000-0000-7000-8000-000000000001"));
    }

    private static (string Id, string Name) Organisation(JsonElement grant, string property)
    {
        var organisation = grant.GetProperty(property).EnumerateArray().Single();
        return (organisation.GetProperty("id").GetString()!, organisation.GetProperty("name").GetString()!);
    }

    private static CancellationToken TestContext() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private static Task<(ExportHeader Header, byte[] Bytes, ExportSummary Summary)> ExportAsync(AgreementsService.AgreementsServiceClient client, ExportFormat format, string agreement = "") =>
        Package.ExportAsync(client, format, Here, agreement);

    private static (IReadOnlyDictionary<string, byte[]> Files, string Root) Unpacked(byte[] zip) => Package.Unpacked(zip);
}
