using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>Clients that go away in the midst of a stream, or send what is no message: their fault, and no error of the service.</summary>
[Collection(Register.Name)]
public sealed class BrokenStreamTests(RegisterFixture register)
{
    private const int Times = 150;

    [Fact]
    public async Task A_client_that_leaves_in_the_midst_of_an_upload_is_no_error_of_the_service()
    {
        var organisation = (await register.RegisterAsync()).Name;

        await Task.WhenAll(Enumerable.Range(0, Times).Select(async i =>
        {
            using var leaving = new CancellationTokenSource();
            using var call = register.Documents.UploadDocument(cancellationToken: leaving.Token);
            await call.RequestStream.WriteAsync(new() { Header = RegisterFixture.Header(organisation) });
            for (var sent = 0; sent < i % 4; sent++)
            {
                await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFrom(new byte[50_000]) });
            }

            await leaving.CancelAsync();
            await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        }));

        await AnsweredAsync(organisation);
        Assert.Empty((await register.Documents.ListDocumentsAsync(new() { Parent = organisation })).Documents);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_midst_of_a_download_is_no_error_of_the_service()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var document = await register.UploadAsync(RegisterFixture.Header(organisation), [.. SampleDocuments.Pdf(), .. new byte[3_000_000]]);

        await Task.WhenAll(Enumerable.Range(0, Times).Select(async i =>
        {
            using var call = register.Documents.DownloadDocument(new() { Name = document.Name });
            for (var read = 0; read < i % 6; read++)
            {
                Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            }
        }));

        await AnsweredAsync(organisation);
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_waits_for_an_answer_is_no_error_of_the_service()
    {
        var organisation = (await register.RegisterAsync()).Name;

        await Task.WhenAll(Enumerable.Range(0, Times).Select(async i =>
        {
            using var leaving = new CancellationTokenSource();
            var call = register.Officer.CreateOrganisationAsync(
                new CreateOrganisationRequest { Parent = RegisterFixture.Here, Organisation = RegisterFixture.Sample(), RequestId = $"{Guid.NewGuid()}" }, cancellationToken: leaving.Token);
            leaving.CancelAfter(i % 40);
            await call.ResponseAsync.ContinueWith(_ => { }, TaskScheduler.Default);
        }));

        await AnsweredAsync(organisation);
    }

    [Fact]
    public async Task A_message_too_large_to_be_read_is_refused_with_the_limit()
    {
        var organisation = (await register.RegisterAsync()).Name;

        await Refused.ByAsync(StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE", () => RegisterFixture.SendAsync(
            register.Documents, [new() { Header = RegisterFixture.Header(organisation) }, new() { Chunk = ByteString.CopyFrom(new byte[5 * 1024 * 1024]) }]));

        await AnsweredAsync(organisation);
    }

    [Theory]
    [InlineData(40, new byte[] { 10, 2, 3 })]
    [InlineData(3, new byte[] { 255, 255, 255 })]
    public async Task A_message_cut_off_or_not_of_the_contract_is_refused(int announced, byte[] message)
    {
        var organisation = (await register.RegisterAsync()).Name;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{register.GrpcAddress}/iop.organisations.v1.DocumentsService/UploadDocument")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([.. Framed(Header(organisation), Header(organisation).Length), .. Framed(message, announced)]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Add("te", "trailers");
        request.Headers.Add("authorization", $"Bearer {register.Issuer.Token(new() { Municipality = RegisterFixture.Municipality, Roles = [Roles.CaseOfficer] })}");

        using var response = await client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();

        var status = response.Headers.Concat(response.TrailingHeaders).First(header => header.Key == "grpc-status").Value.First();
        Assert.Equal($"{(int)StatusCode.InvalidArgument}", status);
        await AnsweredAsync(organisation);
    }

    private static byte[] Header(string organisation) => new UploadDocumentRequest { Header = RegisterFixture.Header(organisation) }.ToByteArray();

    private static byte[] Framed(byte[] message, int announced)
    {
        byte[] frame = [0, 0, 0, 0, 0, .. message];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), announced);
        return frame;
    }

    // What still runs of the calls and fails later, fails the fixture.
    private async Task AnsweredAsync(string organisation)
    {
        await register.Officer.GetOrganisationAsync(new() { Name = organisation });
        Assert.Empty(register.Errors.Take());
    }
}
