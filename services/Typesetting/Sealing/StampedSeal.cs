using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;

namespace Iop.Typesetting.Sealing;

/// <summary>
/// The seal of a file, with room for a time stamp (RFC 3161) of its signature: somebody else's word on when it was there, with which
/// it is PAdES baseline B-T (ETSI EN 319 142-1). The bytes that the seal covers do not change.
/// </summary>
public sealed class StampedSeal
{
    private static readonly Oid TimeStampToken = new("1.2.840.113549.1.9.16.2.14");
    private readonly byte[] _file;
    private readonly (int Open, int Close) _place;
    private readonly SignedCms _seal;

    private StampedSeal(byte[] file, (int Open, int Close) place, SignedCms seal) => (_file, _place, _seal) = (file, place, seal);

    /// <summary>What the authority stamps.</summary>
    public byte[] Signature => _seal.SignerInfos[0].GetSignature();

    /// <summary>Finds the seal that a typesetter has put on the whole file.</summary>
    public static StampedSeal In(byte[] file)
    {
        var (open, close) = SignedPdf.PlaceOfWhole(file) ?? throw new ArgumentException("The file has no seal over the whole of it.", nameof(file));
        var seal = new SignedCms(new ContentInfo([.. file.AsSpan(0, open), .. file.AsSpan(close)]), detached: true);
        seal.Decode(SignedPdf.Signature(file.AsSpan(open, close - open)));
        return new StampedSeal(file, (open, close), seal);
    }

    /// <summary>The file with the stamp in its seal; null when it takes more room than the file has for it.</summary>
    /// <param name="token">The authority's token, DER.</param>
    public byte[]? With(byte[] token)
    {
        _seal.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData(TimeStampToken, token));
        var hex = Convert.ToHexString(_seal.Encode());
        if (hex.Length > _place.Close - _place.Open - 2)
        {
            return null;
        }

        byte[] stamped = [.. _file];
        Encoding.ASCII.GetBytes(hex).CopyTo(stamped, _place.Open + 1);
        return stamped;
    }
}
