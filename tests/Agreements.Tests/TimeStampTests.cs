using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using Iop.Agreements.Api;
using Iop.Typesetting;
using Iop.Typesetting.Fonts;
using Iop.Typesetting.Sealing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Iop.Agreements.Tests;

/// <summary>Somebody else's word on when an original was sealed (RFC 3161, PAdES baseline B-T).</summary>
public sealed class TimeStampTests : IAsyncLifetime
{
    private const string TimeStampToken = "1.2.840.113549.1.9.16.2.14";
    private static readonly Lazy<byte[]> Sealed = new(Seal);
    private readonly HttpClient _http = new();
    private StampAuthority? _authority;

    public async Task InitializeAsync() => _authority = await StampAuthority.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _authority!.DisposeAsync();
    }

    [Fact]
    public async Task The_seal_has_a_stamp_of_its_own_signature_and_covers_what_it_covered()
    {
        var (file, time) = await StampAsync(_authority!.Address);

        Assert.NotNull(time);
        Assert.Equal(Sealed.Value.Length, file.Length);
        Assert.Equal((true, true), SignedPdf.Read(file).Select(found => (found.IsIntact, found.CoversWholeFile)).Single());
        var signer = SealIn(file).SignerInfos[0];
        var attribute = Assert.Single(signer.UnsignedAttributes.Cast<CryptographicAttributeObject>(), attribute => attribute.Oid.Value == TimeStampToken);
        Assert.True(Rfc3161TimestampToken.TryDecode(attribute.Values[0].RawData, out var token, out _));
        Assert.True(token!.VerifySignatureForSignerInfo(signer, out var by));
        Assert.Equal(("CN=Provmyndigheten", time), (by!.Subject, token.TokenInfo.Timestamp));
        Assert.Contains("Signature is Valid", Poppler.Signatures(file), StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<StampAuthority, Rfc3161TimestampRequest, IResult>> Failures => new()
    {
        { "an error", (_, _) => Results.StatusCode(503) },
        { "something else than a stamp", (_, _) => Results.Bytes("nej"u8.ToArray()) },
        { "a stamp of something else", (authority, asked) => Results.Bytes(authority.Stamp(SHA256.HashData("annat"u8), asked.GetNonce())) },
        { "an old stamp", (authority, asked) => Results.Bytes(authority.Stamp(asked.GetMessageHash(), new byte[] { 1, 2, 3 })) },
    };

    [Theory, MemberData(nameof(Failures))]
    public async Task An_authority_that_answers_wrongly_costs_the_stamp_and_not_the_original(string what, Func<StampAuthority, Rfc3161TimestampRequest, IResult> answer)
    {
        Assert.NotEmpty(what);
        _authority!.Instead = asked => answer(_authority, asked);

        Assert.Equal((Sealed.Value, null), await StampAsync(_authority.Address));
    }

    [Fact]
    public async Task Without_an_authority_and_with_one_that_is_away_the_file_stays_as_it_was_sealed()
    {
        var away = _authority!.Address;
        await _authority.DisposeAsync();

        Assert.Equal((Sealed.Value, null), await StampAsync(null));
        Assert.Equal((Sealed.Value, null), await StampAsync(away));
    }

    [Fact]
    public async Task Of_an_answer_that_is_larger_than_any_stamp_no_more_is_read()
    {
        using var answer = new LongAnswer(16_000_000);

        Assert.Equal((Sealed.Value, null), await AnsweredAsync(answer, TimeStamps.Patience));
        Assert.InRange(answer.Taken, 1, 1_000_000);
    }

    [Fact]
    public async Task An_answer_that_begins_and_does_not_go_on_is_not_waited_for()
    {
        using var answer = new LongAnswer(long.MaxValue) { Stops = true };

        Assert.Equal((Sealed.Value, null), await AnsweredAsync(answer, TimeSpan.FromMilliseconds(50)));
    }

    [Theory]
    [InlineData("stamp.example", false)]
    [InlineData("ftp://stamp.example", false)]
    [InlineData("https://stamp.example/tsa", true)]
    public void An_address_that_is_none_stops_the_start(string url, bool isOne)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Seal:TimeStampUrl", url)]).Build();

        Assert.Equal(isOne, Record.Exception(() => SealSource.AuthorityIn(configuration)) is null);
    }

    private Task<(byte[] File, DateTimeOffset? Time)> StampAsync(Uri? authority) => new TimeStamps(_http, authority, NullLogger<TimeStamps>.Instance).StampAsync(Sealed.Value, CancellationToken.None);

    private static async Task<(byte[] File, DateTimeOffset? Time)> AnsweredAsync(LongAnswer answer, TimeSpan patience)
    {
        using var http = new HttpClient(new Answering(answer)) { Timeout = patience };
        return await new TimeStamps(http, new Uri("https://stamp.example/tsa"), NullLogger<TimeStamps>.Instance).StampAsync(Sealed.Value, CancellationToken.None);
    }

    private static byte[] Seal()
    {
        var folder = Directory.CreateTempSubdirectory("iop-stamp").FullName;
        var seal = SelfMadeSeal.OpenOrCreate(folder, "Provkommun");
        Directory.Delete(folder, recursive: true);
        var document = new Document("Överenskommelse") { Blocks = [new Paragraph("Det här är undertecknat.")], CreateTime = DateTimeOffset.UtcNow };
        return new Typesetter(FontLibrary.OfSystem).RenderSealed(document, seal, new SealText(seal.Name, "Original", "Sigill"), DateTimeOffset.UtcNow);
    }

    private static SignedCms SealIn(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        var open = text.LastIndexOf("/Contents<30", StringComparison.Ordinal) + "/Contents".Length;
        var signed = new SignedCms();
        signed.Decode(Convert.FromHexString(text[(open + 1)..text.IndexOf('>', open)]));
        return signed;
    }

    private sealed class Answering(Stream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StreamContent(body) });
    }

    private sealed class LongAnswer(long length) : Stream
    {
        public bool Stops { get; init; }

        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Taken;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Stops && Taken > 0)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            var taken = (int)Math.Min(buffer.Length, length - Taken);
            Taken += taken;
            return taken;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
