using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>Uploads that go wrong on their way, come late, or say what may not be said.</summary>
[Collection(Register.Name)]
public sealed class UploadTests(RegisterFixture register)
{
    [Fact]
    public async Task An_upload_that_is_cut_short_is_not_kept_and_the_retry_is_received_once()
    {
        var organisation = await register.RegisterAsync();
        var (header, content) = (RegisterFixture.Header(organisation.Name), SampleDocuments.Pdf(new string('x', 300_000)));
        (header.RequestId, header.Sha256) = (Guid.NewGuid().ToString(), Convert.ToHexString(SHA256.HashData(content)));
        using (var broken = register.Documents.UploadDocument())
        {
            await broken.RequestStream.WriteAsync(new UploadDocumentRequest { Header = header });
            await broken.RequestStream.WriteAsync(new UploadDocumentRequest { Chunk = ByteString.CopyFrom(content.AsSpan(0, 100_000)) });
        }

        await Refused.ByAsync(StatusCode.InvalidArgument, "DOCUMENT_INCOMPLETE", () => register.UploadAsync(header, content[..200_000]));
        Assert.Empty(await ListAsync(organisation.Name));

        var (first, again) = (await register.UploadAsync(header, content), await register.UploadAsync(header, content));
        Assert.Equal(first, again);
        Assert.Equal(1, first.VersionNumber);
        Assert.Equal(first, Assert.Single(await ListAsync(organisation.Name)));
    }

    [Fact]
    public async Task What_an_e_service_has_had_since_earlier_was_received_then()
    {
        var organisation = await register.RegisterAsync();
        var (header, earlier) = (RegisterFixture.Header(organisation.Name), DateTimeOffset.UtcNow.AddDays(-3));
        header.ReceiveTime = Timestamp.FromDateTimeOffset(earlier);

        var handedOn = await register.UploadAsync(header, SampleDocuments.Pdf(), register.DocumentsBy(Roles.Integration));

        Assert.Equal(header.ReceiveTime.Seconds, handedOn.ReceiveTime.Seconds);
        Assert.Equal(handedOn, await register.Documents.GetDocumentAsync(new GetDocumentRequest { Name = handedOn.Name }));
        var theirs = register.DocumentsBy(Roles.OrganisationRepresentative, organisation.Name);
        await Refused.ForFieldAsync("header.receive_time", "FIELD_NOT_ALLOWED", () => register.UploadAsync(header, SampleDocuments.Pdf(), theirs));
        header.ReceiveTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddHours(1));
        await Refused.ForFieldAsync("header.receive_time", "DATE_IN_FUTURE", () => register.UploadAsync(header, SampleDocuments.Pdf()));
        header.ReceiveTime = new Timestamp { Seconds = long.MinValue };
        await Refused.ForFieldAsync("header.receive_time", "DATE_INVALID", () => register.UploadAsync(header, SampleDocuments.Pdf()));
    }

    [Theory]
    [InlineData("Protokoll 811218-9876", "a.pdf", "header.title")]
    [InlineData("Protokoll", "protokoll_811218-9876.pdf", "header.file_name")]
    [InlineData("Protokoll", "19811278-9873.pdf", "header.file_name")]
    public async Task A_personal_identity_number_in_a_title_or_file_name_is_refused_and_written_nowhere(string title, string file, string field)
    {
        var header = RegisterFixture.Header((await register.RegisterAsync()).Name);
        (header.Title, header.FileName, header.RequestId) = (title, file, Guid.NewGuid().ToString());

        await Refused.ForFieldAsync(field, "PERSONAL_IDENTITY_NUMBER_REFUSED", () => register.UploadAsync(header, SampleDocuments.Pdf()));

        // The whole number: four digits of it stand in some identifier sooner or later.
        Assert.DoesNotContain(register.Errors.Lines, line => Digits(line).Contains("8112189876", StringComparison.Ordinal) || Digits(line).Contains("8112789873", StringComparison.Ordinal));
        Assert.Equal(0, await register.CountAsync("document", "title LIKE '%811218%' OR file_name LIKE '%8112%'"));
    }

    private static string Digits(string line) => line.Replace("-", "", StringComparison.Ordinal);

    private async Task<IReadOnlyList<Document>> ListAsync(string organisation) =>
        (await register.Documents.ListDocumentsAsync(new ListDocumentsRequest { Parent = organisation })).Documents;
}
