using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Iop.Typesetting.Sealing;

namespace Iop.Agreements.Api;

/// <summary>
/// Has the seal of an original stamped by the authority that is configured (RFC 3161, <c>Seal:TimeStampUrl</c>). An authority that
/// does not answer, or answers something else than was asked, costs the stamp and never the original.
/// </summary>
public sealed partial class TimeStamps(HttpClient http, Uri? authority, ILogger<TimeStamps> log)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer: a stamp is some thousands, and no more than this has a place in a seal.</summary>
    public const long LargestAnswer = 65_536;

    /// <summary>The file with a stamp in its seal and when that says it was there, or the file as it is.</summary>
    public async Task<(byte[] File, DateTimeOffset? Time)> StampAsync(byte[] file, CancellationToken cancellation)
    {
        if (authority is null)
        {
            return (file, null);
        }

        try
        {
            var seal = StampedSeal.In(file);
            var token = await AskAsync(authority, seal.Signature, cancellation);
            if (seal.With(token.AsSignedCms().Encode()) is { } stamped)
            {
                return (stamped, token.TokenInfo.Timestamp);
            }

            LogMissing("TooLarge");
        }
        catch (Exception exception) when (exception is HttpRequestException or CryptographicException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            LogMissing(exception.GetType().Name);
        }

        return (file, null);
    }

    private async Task<Rfc3161TimestampToken> AskAsync(Uri authority, byte[] signature, CancellationToken cancellation)
    {
        var request = Rfc3161TimestampRequest.CreateFromData(signature, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(8), requestSignerCertificates: true);
        using var content = new ByteArrayContent(request.Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var asked = new HttpRequestMessage(HttpMethod.Post, authority) { Content = content };

        // The client's own patience ends with the headers where the body is not read with them.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(http.Timeout);
        using var answer = await http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        answer.EnsureSuccessStatusCode();
        await answer.Content.LoadIntoBufferAsync(LargestAnswer, patience.Token);

        // Of our hash, with our number, signed by a certificate that is made for it.
        return request.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(cancellation), out _);
    }

    [LoggerMessage(EventName = "agreements.original.unstamped", Level = LogLevel.Warning, Message = "An original was sealed without a time stamp ({Cause})")]
    private partial void LogMissing(string cause);
}
