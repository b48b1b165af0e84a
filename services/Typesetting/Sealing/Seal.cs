using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Iop.Typesetting.Sealing;

/// <summary>
/// A seal: a certificate with its key. What it is put on says by whom, and cannot be changed unseen. The form is PAdES
/// baseline B-B (ETSI EN 319 142-1): a detached CMS signature over the whole file with the certificate's own hash signed.
/// </summary>
public sealed class Seal
{
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain;

    /// <param name="certificate">The certificate, with its private key.</param>
    /// <param name="chain">Those that it was issued under, to stand in the seal beside it.</param>
    public Seal(X509Certificate2 certificate, IEnumerable<X509Certificate2>? chain = null)
    {
        if (!certificate.HasPrivateKey)
        {
            throw new ArgumentException("A seal needs the private key of its certificate.", nameof(certificate));
        }

        _certificate = certificate;
        _chain = [.. chain ?? []];
    }

    /// <summary>Whose seal it is.</summary>
    public string Name => _certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>SHA-256 of the certificate, lower-case hexadecimal.</summary>
    public string Thumbprint => Convert.ToHexStringLower(SHA256.HashData(_certificate.RawData));

    /// <summary>Opens a seal from a PKCS#12 file.</summary>
    public static Seal Open(string file, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException($"{file} holds no private key.");
        return new Seal(own, all.Where(certificate => certificate != own));
    }

    public bool IsValidAt(DateTimeOffset time) => time >= new DateTimeOffset(_certificate.NotBefore) && time <= new DateTimeOffset(_certificate.NotAfter);

    /// <summary>The signature over some bytes, as CMS.</summary>
    internal byte[] Sign(byte[] content)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.Certificates.AddRange(_chain);
        signer.SignedAttributes.Add(new AsnEncodedData(SigningCertificateV2, CertificateHash()));
        var signed = new SignedCms(new ContentInfo(content), detached: true);
        signed.ComputeSignature(signer, silent: true);
        return signed.Encode();
    }

    // ESS signing-certificate-v2 (RFC 5035): no other certificate with the same key can be put in its place.
    private byte[] CertificateHash()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(_certificate.RawData));
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
                {
                    writer.WriteEncodedValue(_certificate.IssuerName.RawData);
                }

                writer.WriteInteger(_certificate.SerialNumberBytes.Span);
            }
        }

        return writer.Encode();
    }
}
