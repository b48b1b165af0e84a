using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Iop.Typesetting.Sealing;

/// <summary>A seal that nobody has vouched for, for development and tests.</summary>
public static class SelfMadeSeal
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens the seal of a folder, and makes it the first time.</summary>
    public static Seal OpenOrCreate(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "seal.p12");
        if (!File.Exists(file))
        {
            // Made aside and moved: of two that start at once, both open the same.
            var made = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var stream = new FileStream(made, options))
            {
                stream.Write(Make(name));
            }

            MoveUnlessThere(made, file);
        }

        return Seal.Open(file, password: null);
    }

    private static void MoveUnlessThere(string made, string file)
    {
        try
        {
            File.Move(made, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(made);
        }
    }

    private static byte[] Make(string name)
    {
        using var key = RSA.Create(3072);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        using var certificate = request.CreateSelfSigned(from, from.AddYears(10));
        return certificate.Export(X509ContentType.Pkcs12);
    }
}
