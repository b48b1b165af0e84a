using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Iop.Agreements.Api;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed class OriginalApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task Every_party_gets_the_same_sealed_file_with_everything_that_was_signed()
    {
        var (agreement, organisation) = await service.ActiveAsync();

        var (header, file) = await OriginalAsync(service.Officer, agreement.Name);
        var (_, theirs) = await OriginalAsync(service.Representative(organisation), agreement.Name);
        var (_, audited) = await OriginalAsync(new AgreementsService.AgreementsServiceClient(service.As("1285", Roles.Auditor)), agreement.Name, version: 1);

        Assert.Equal(file, theirs);
        Assert.Equal(file, audited);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(file)), (long)file.Length, "application/pdf", 1, agreement.TextHash), (header.Sha256, header.SizeBytes, header.MediaType, header.Version, header.TextHash));
        Assert.NotNull(header.StampTime);
        Assert.EndsWith("-v1.pdf", header.FileName, StringComparison.Ordinal);
        var text = string.Join(' ', Poppler.Text(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(agreement.Sections.Where(section => !section.Skipped && section.Text.Length + section.GeneratedText.Length > 0), section => Assert.Contains(section.Heading.Sv, text, StringComparison.Ordinal));
        Assert.All(["En mötesplats tre kvällar i veckan.", "450 000 kr", "2027-02-01", "Kim Ordförande", "Anna Andersson", "kassör", "loa3", agreement.TextHash], said => Assert.Contains(said, text, StringComparison.Ordinal));
        var signatures = Poppler.Signatures(file);
        Assert.Contains("Signature is Valid", signatures, StringComparison.Ordinal);
        Assert.Contains("Total document signed", signatures, StringComparison.Ordinal);
        Assert.Matches(@"Document\n(.*\n)*\s+Table \(block\)", Poppler.Structure(file));
    }

    [Fact]
    public async Task The_agreement_as_data_and_the_signed_text_come_out_of_the_file_and_the_hash_can_be_checked()
    {
        var (agreement, _) = await service.ActiveAsync();

        var (_, file) = await OriginalAsync(service.Officer, agreement.Name);

        var attached = Poppler.Attachments(file);
        Assert.Equal(agreement.TextHash, Convert.ToHexStringLower(SHA256.HashData(attached["overenskommelse.txt"])));
        var data = Agreement.Parser.ParseJson(Encoding.UTF8.GetString(attached["overenskommelse.json"]));
        Assert.Equal((agreement.Name, Agreement.Types.State.Active, 3), (data.Name, data.State, data.Signatures.Count));
        Assert.Equal(Encoding.UTF8.GetString(attached["overenskommelse.txt"]), data.CanonicalText);
        Assert.Equal(agreement.Contributions, data.Contributions);
    }

    [Fact]
    public async Task Asked_for_by_many_at_once_it_is_one_file()
    {
        var (agreement, organisation) = await service.ActiveAsync();

        var files = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => OriginalAsync(number % 2 == 0 ? service.Officer : service.Representative(organisation), agreement.Name)));

        Assert.Single(files.Select(file => file.Header.Sha256).Distinct());
        Assert.All(files, file => Assert.Equal(file.Header.Sha256, Convert.ToHexStringLower(SHA256.HashData(file.File))));
        Assert.Equal(["1"], await service.RowsAsync($"SELECT count(*)::text FROM original_file WHERE agreement = '{agreement.Name[^36..]}'"));
    }

    [Fact]
    public async Task It_is_made_without_anybody_asking_and_sealed_as_soon_as_all_have_signed()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var sealer = service.Services.GetRequiredService<OriginalSealer>();
        Task<IReadOnlyList<string>> MadeAsync() => service.RowsAsync($"SELECT version || ' ' || sha256 FROM original_file WHERE agreement = '{agreement.Name[^36..]}' ORDER BY version");
        Assert.Empty(await MadeAsync());

        await sealer.RunDueAsync(CancellationToken.None);
        var first = await MadeAsync();
        await sealer.RunDueAsync(CancellationToken.None);

        Assert.StartsWith("1 ", Assert.Single(first), StringComparison.Ordinal);
        Assert.Equal(first, await MadeAsync());
        Assert.Equal(first[0][2..], (await OriginalAsync(service.Representative(organisation), agreement.Name)).Header.Sha256);
        Assert.Empty(await service.RowsAsync($"SELECT agreement::text FROM original_due WHERE agreement = '{agreement.Name[^36..]}'"));

        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler kvällar.", Etag = agreement.Etag });
        draft = await service.WriteAsync(draft, "activity", "En mötesplats fem kvällar i veckan.");
        await service.SignedAsync(draft, organisation);
        await sealer.RunDueAsync(CancellationToken.None);
        Assert.Equal(["1", "2"], (await MadeAsync()).Select(row => row[..1]));
    }

    [Fact]
    public async Task The_database_lets_no_one_change_or_remove_an_original()
    {
        var grants = await service.RowsAsync("SELECT DISTINCT privilege_type::text FROM information_schema.role_table_grants WHERE table_name = 'original_file' AND grantee <> grantor ORDER BY 1");

        Assert.Equal(["INSERT", "SELECT"], grants);
    }

    [Fact]
    public async Task Before_the_last_signature_there_is_none()
    {
        var (agreement, _) = await service.InSigningAsync();
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => OriginalAsync(service.Officer, agreement.Name));

        Assert.Equal(("AWAITING_SIGNATURES", "ACTIVE"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        Assert.Empty(await service.RowsAsync($"SELECT sha256 FROM original_file WHERE agreement = '{agreement.Name[^36..]}'"));
    }

    [Fact]
    public async Task Each_version_has_an_original_of_its_own_and_the_older_one_stays_as_it_was()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var (_, first) = await OriginalAsync(service.Officer, agreement.Name);
        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler kvällar.", Etag = agreement.Etag });
        draft = await service.WriteAsync(draft, "activity", "En mötesplats fem kvällar i veckan.");
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => OriginalAsync(service.Officer, draft.Name));
        draft = await service.SignedAsync(draft, organisation);

        var (header, second) = await OriginalAsync(service.Representative(organisation), agreement.Name);
        var (_, old) = await OriginalAsync(service.Officer, agreement.Name, version: 1);

        Assert.Equal((2, draft.TextHash), (header.Version, header.TextHash));
        Assert.Contains("fem kvällar", Poppler.Text(second), StringComparison.Ordinal);
        Assert.DoesNotContain("fem kvällar", Poppler.Text(old), StringComparison.Ordinal);
        Assert.Equal(first, old);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => OriginalAsync(service.Officer, draft.Name));
    }

    [Fact]
    public async Task A_version_that_was_never_signed_has_none()
    {
        var (agreement, _) = await service.ActiveAsync();

        await Refused.ByAsync(StatusCode.NotFound, "ORIGINAL_NOT_FOUND", () => OriginalAsync(service.Officer, agreement.Name, version: 2));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", () => OriginalAsync(service.Officer, agreement.Name, version: -1));
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", () => OriginalAsync(service.Officer, $"{Here}/agreements/x"));
    }

    [Fact]
    public async Task Outsiders_other_tenants_and_operators_get_nothing()
    {
        var (agreement, _) = await service.ActiveAsync();
        var (_, other) = service.ApprovedCase();

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => OriginalAsync(service.Representative(other), agreement.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => OriginalAsync(new AgreementsService.AgreementsServiceClient(service.As("1283", Roles.CaseOfficer)), agreement.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => OriginalAsync(new AgreementsService.AgreementsServiceClient(service.As("1285", Roles.Operator)), agreement.Name));
    }

    internal static async Task<(OriginalHeader Header, byte[] File)> OriginalAsync(AgreementsService.AgreementsServiceClient client, string name, int version = 0)
    {
        using var call = client.GetOriginal(new GetOriginalRequest { Name = name, Version = version });
        OriginalHeader? header = null;
        using var file = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            header ??= message.Header;
            message.Chunk.WriteTo(file);
        }

        return (header!, file.ToArray());
    }
}
