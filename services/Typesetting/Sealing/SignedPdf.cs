using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Iop.Typesetting.Sealing;

/// <summary>One signature in a file: whose it says it is, and whether the bytes that it covers are unchanged.</summary>
public sealed record SignatureInFile(string Signer, bool IsIntact, bool CoversWholeFile);

/// <summary>
/// Reads the signatures that a PDF file holds (PAdES and its forerunner). It tells whether the file is the one that was
/// signed; whether a certificate is to be trusted is another question, and not answered here.
/// </summary>
public static partial class SignedPdf
{
    private const int MostSignatures = 100;
    private const int RangeLength = 100;

    private static ReadOnlySpan<byte> Key => "/ByteRange"u8;

    public static IReadOnlyList<SignatureInFile> Read(byte[] file)
    {
        List<SignatureInFile> found = [];
        for (var at = Next(file, 0); at >= 0 && found.Count < MostSignatures; at = Next(file, at))
        {
            var numbers = Range().Match(System.Text.Encoding.Latin1.GetString(file.AsSpan(at, Math.Min(RangeLength, file.Length - at))));
            if (numbers.Success)
            {
                found.Add(Read(file, RangeIn(numbers, file)));
            }
        }

        return found;
    }

    /// <summary>Where the signature stands that covers the whole file; null when none does. Of files attached to it none is meant.</summary>
    internal static (int Open, int Close)? PlaceOfWhole(byte[] file)
    {
        for (var at = Next(file, 0); at >= 0; at = Next(file, at))
        {
            var numbers = Range().Match(System.Text.Encoding.Latin1.GetString(file.AsSpan(at, Math.Min(RangeLength, file.Length - at))));
            if (numbers.Success && RangeIn(numbers, file) is { Open: > 0 } range && range.End == file.Length)
            {
                return (range.Open, range.Close);
            }
        }

        return null;
    }

    private static int Next(byte[] file, int from)
    {
        var at = file.AsSpan(from).IndexOf(Key);
        return at < 0 ? -1 : from + at + Key.Length;
    }

    // From the start of the file to the signature, and from behind it to an end. Anything else covers nothing that can be trusted.
    private static (int Open, int Close, int End) RangeIn(Match match, byte[] file)
    {
        var numbers = match.Groups.Values.Skip(1).Select(group => long.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        var isSound = numbers[0] == 0 && numbers[1] < numbers[2] && numbers[2] + numbers[3] <= file.Length;
        return isSound ? ((int)numbers[1], (int)numbers[2], (int)(numbers[2] + numbers[3])) : default;
    }

    private static SignatureInFile Read(byte[] file, (int Open, int Close, int End) range)
    {
        var (open, close, end) = range;
        try
        {
            var signed = new SignedCms(new ContentInfo([.. file.AsSpan(0, open), .. file.AsSpan(close, end - close)]), detached: true);
            signed.Decode(Signature(file.AsSpan(open, close - open)));
            var signer = signed.SignerInfos[0].Certificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false) ?? "";
            return new SignatureInFile(signer, Holds(signed), end == file.Length);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or AsnContentException or IndexOutOfRangeException)
        {
            return new SignatureInFile("", IsIntact: false, CoversWholeFile: false);
        }
    }

    private static bool Holds(SignedCms signed)
    {
        try
        {
            signed.CheckSignature(verifySignatureOnly: true);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // Hexadecimal in angle brackets, and zeros behind it up to the room that was left.
    internal static byte[] Signature(ReadOnlySpan<byte> place)
    {
        var hex = System.Text.Encoding.ASCII.GetString(place).Trim();
        if (hex is not ['<', .., '>'])
        {
            throw new FormatException("A signature is not where the file says.");
        }

        var bytes = Convert.FromHexString(hex[1..^1]);
        AsnDecoder.ReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out var length);
        return bytes[..length];
    }

    [GeneratedRegex(@"^\s*\[\s*(?<start>\d{1,10})\s+(?<open>\d{1,10})\s+(?<close>\d{1,10})\s+(?<rest>\d{1,10})\s*\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();
}
