using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Iop.Agreements.Tests;

/// <summary>A time-stamp authority (RFC 3161) with a certificate of its own.</summary>
public sealed class StampAuthority : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate = Certificate();

    private StampAuthority(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it does instead of stamping; null: it stamps.</summary>
    public Func<Rfc3161TimestampRequest, IResult>? Instead { get; set; }

    public static async Task<StampAuthority> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var authority = new StampAuthority(builder.Build());
        authority._app.MapPost("/", authority.AnswerAsync);
        await authority._app.StartAsync();
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    /// <summary>A stamp of something, in the answer's form.</summary>
    public byte[] Stamp(ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte>? nonce)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.SignedAttributes.Add(new AsnEncodedData("1.2.840.113549.1.9.16.2.47", Written(writer =>
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteOctetString(SHA256.HashData(_certificate.RawData));
            }
        })));
        var token = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), Info(hash, nonce)));
        token.ComputeSignature(signer, silent: true);
        return Written(writer =>
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteInteger(0);
                }

                writer.WriteEncodedValue(token.Encode());
            }
        });
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return request.ContentType != "application/timestamp-query" || !Rfc3161TimestampRequest.TryDecode(body.ToArray(), out var asked, out _) ? Results.BadRequest()
            : Instead?.Invoke(asked) ?? Results.Bytes(Stamp(asked.GetMessageHash(), asked.GetNonce()), "application/timestamp-reply");
    }

    private static byte[] Info(ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte>? nonce) => Written(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier("1.3.6.1.4.1.99999.1");
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("2.16.840.1.101.3.4.2.1");
                }

                writer.WriteOctetString(hash.Span);
            }

            writer.WriteInteger(1);
            writer.WriteGeneralizedTime(DateTimeOffset.UtcNow, omitFractionalSeconds: true);
            if (nonce is { } number)
            {
                writer.WriteInteger(number.Span);
            }
        }
    });

    private static byte[] Written(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private static X509Certificate2 Certificate()
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Provmyndigheten", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }
}
