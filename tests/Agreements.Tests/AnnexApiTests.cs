using System.Text;
using Iop.Agreements.V1;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using static Iop.Agreements.Tests.OriginalApiTests;

namespace Iop.Agreements.Tests;

/// <summary>An annex that is a file: bound into the text by its hash, attached to the original, and handed out with the agreement.</summary>
[Collection(Running.Name)]
public sealed class AnnexApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task The_hash_of_the_file_stands_in_the_text_and_another_file_is_another_text()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var (one, other) = (await UploadAsync(service.Documents, agreement.Name, Scan(), "budget.pdf"), await UploadAsync(service.Documents, agreement.Name, Scan(), "budget.pdf"));

        var first = await AnnexAsync(agreement, one.Name);
        var text = (await service.ReadAsync(agreement.Name)).CanonicalText;
        var second = await AnnexAsync(first, other.Name);

        Assert.Equal((one.Name, "budget.pdf", "application/pdf", one.Sha256), (first.Annexes[0].Document, first.Annexes[0].FileName, first.Annexes[0].MediaType, first.Annexes[0].Sha256));
        Assert.Contains($"filen budget.pdf (application/pdf) med hashvärdet {one.Sha256}", text, StringComparison.Ordinal);
        Assert.NotEqual(first.TextHash, second.TextHash);
        var check = await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name });
        Assert.Contains(check.Findings, finding => finding is { FieldPath: "annexes[0].document", Severity: Finding.Types.Severity.Warning });
    }

    [Fact]
    public async Task A_file_that_is_none_of_the_agreements_is_no_annex()
    {
        var (agreement, _) = await service.NegotiatedAsync();
        var (another, _) = await service.NegotiatedAsync();
        var elsewhere = await UploadAsync(service.Documents, another.Name, Scan());

        await Refused.ForFieldAsync("agreement.annexes[0].document", "ANNEX_DOCUMENT_UNKNOWN", () => AnnexAsync(agreement, elsewhere.Name));
        await Refused.ForFieldAsync("agreement.annexes[0].document", "ANNEX_DOCUMENT_UNKNOWN", () => AnnexAsync(agreement, $"{agreement.Name}/documents/{Guid.CreateVersion7()}"));
        await Refused.ForFieldAsync("agreement.annexes[0].document", "RESOURCE_NAME_INVALID", () => AnnexAsync(agreement, "fil.pdf"));
        await Refused.ForFieldAsync("agreement.annexes[0].text", "FIELD_REQUIRED", () => AnnexAsync(agreement, ""));
    }

    [Fact]
    public async Task It_is_attached_to_the_original_and_stays_in_the_next_version_and_is_handed_out()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var content = Scan();
        var file = await UploadAsync(service.Documents, agreement.Name, content, "budget.pdf");
        agreement = await AnnexAsync(agreement, file.Name);
        agreement = await ApproveAsync(service.Officer, agreement, "arbete");
        agreement = await ApproveAsync(service.Representative(organisation), agreement, "forening");
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        agreement = await SignAsync(service.Representative(organisation, Bo), agreement, "forening");

        var (_, original) = await OriginalAsync(service.Officer, agreement.Name);
        Assert.Equal(content, Poppler.Attachments(original)["bilaga-1-budget.pdf"]);
        Assert.Contains("Signature is Valid", Poppler.Signatures(original), StringComparison.Ordinal);
        Assert.Contains("bilaga-1-budget.pdf", Poppler.Text(original), StringComparison.Ordinal);

        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler kvällar.", Etag = agreement.Etag });
        draft = await service.WriteAsync(draft, "activity", "En mötesplats fem kvällar i veckan.");
        var kept = draft.Annexes[0].Clone();
        kept.Heading = "Budget för hela tiden";
        draft = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = new Agreement { Name = draft.Name, Etag = draft.Etag, Annexes = { kept } } });
        await service.SignedAsync(draft, organisation);
        Assert.Equal(content, Poppler.Attachments((await OriginalAsync(service.Officer, agreement.Name)).File)["bilaga-1-budget.pdf"]);

        var files = (await Package.OfAsync(service.Officer, Here, agreement.Name)).Files;
        Assert.Equal(content, files.Single(one => one.Key.EndsWith($"/documents/{file.Name[^36..]}.pdf", StringComparison.Ordinal)).Value);
        var told = ListAgreementDocumentsResponse.Parser.ParseJson(Encoding.UTF8.GetString(files.Single(one => one.Key.EndsWith("/documents.json", StringComparison.Ordinal)).Value));
        file.Etag = "";
        Assert.Equal([file], told.AgreementDocuments);
    }

    private async Task<Agreement> AnnexAsync(Agreement agreement, string document) => await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest
    {
        Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, Annexes = { new Annex { Heading = "Budget", Document = document } } },
    });
}
