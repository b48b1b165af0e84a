using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Iop.Typesetting.Sealing;

namespace Iop.Typesetting.Tests;

/// <summary>A sealed file tells by whom it was sealed, and whether it is as it was then.</summary>
public sealed class SealTests : IDisposable
{
    private static readonly Seal Seal = OpenOrCreate(Directory.CreateTempSubdirectory("iop-seal").FullName);

    private readonly string _folder = Directory.CreateTempSubdirectory("iop-seal").FullName;

    private static byte[] Sealed => Samples.Typesetter.RenderSealed(
        Samples.Long(3) with { Attachments = [new Attachment("a.json", "application/json", "{}"u8.ToArray(), AttachmentRelationship.Source)] },
        Seal,
        new SealText("Provkommun", "Original (prov)", "Elektroniskt sigill"),
        Samples.Noon);

    private static Seal OpenOrCreate(string folder) => SelfMadeSeal.OpenOrCreate(folder, "Provkommun, åäö");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Others_find_the_seal_valid_and_over_the_whole_file()
    {
        var report = Poppler.Signatures(Sealed, "-nocert");

        Assert.Contains("Signature is Valid", report, StringComparison.Ordinal);
        Assert.Contains("Total document signed", report, StringComparison.Ordinal);
        Assert.Contains("Provkommun", report, StringComparison.Ordinal);
        Assert.Contains("ETSI.CAdES.detached", report, StringComparison.Ordinal);
        Assert.Contains("SHA-256", report, StringComparison.Ordinal);
        Assert.DoesNotContain("ERRORS", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_changed_anywhere_breaks_the_seal()
    {
        var file = Sealed;
        var (first, second) = Covered(file);

        Assert.All(
            [0, first / 2, first - 1, second, (second + file.Length) / 2, file.Length - 1],
            where =>
            {
                byte[] changed = [.. file];
                changed[where] ^= 1;
                Assert.Throws<CryptographicException>(() => Verify(changed));
            });
    }

    [Fact]
    public void The_signature_names_the_certificate_that_made_it()
    {
        var attributes = Verify(Sealed).SignerInfos[0].SignedAttributes.Cast<CryptographicAttributeObject>().ToDictionary(attribute => attribute.Oid.Value!);

        Assert.Contains(Convert.FromHexString(Seal.Thumbprint), attributes["1.2.840.113549.1.9.16.2.47"].Values[0].RawData);
        // PAdES: when it was sealed stands in the file, not in the signature.
        Assert.DoesNotContain("1.2.840.113549.1.9.5", attributes.Keys);
    }

    [Fact]
    public void The_seal_is_a_form_field_of_the_structure_and_takes_no_room_on_the_page()
    {
        var pdf = new TaggedPdf(Sealed);

        var form = pdf.Root.Children[^1];
        Assert.Equal("Form", form.Tag);
        Assert.Contains("/OBJR", form.Content, StringComparison.Ordinal);
        var field = pdf.Objects.Single(content => content.Contains("/Subtype/Widget", StringComparison.Ordinal));
        Assert.Contains("/Rect[0 0 0 0]", field, StringComparison.Ordinal);
        Assert.Contains("/F 132", field, StringComparison.Ordinal);
        Assert.Contains("/AcroForm<</SigFlags 3", pdf.Catalog, StringComparison.Ordinal);
    }

    [Fact]
    public void A_self_made_seal_is_made_once_and_only_its_owner_reads_it()
    {
        var thumbprints = Enumerable.Range(0, 8).AsParallel().Select(_ => OpenOrCreate(_folder).Thumbprint).Distinct().ToList();

        Assert.Single(thumbprints);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(_folder).Single()));
        }
    }

    [Fact]
    public void A_seal_is_valid_within_its_certificates_time_only()
    {
        Assert.True(Seal.IsValidAt(DateTimeOffset.UtcNow));
        Assert.False(Seal.IsValidAt(DateTimeOffset.UtcNow.AddYears(11)));
        Assert.False(Seal.IsValidAt(DateTimeOffset.UtcNow.AddYears(-1)));
    }

    [Fact]
    public void A_certificate_without_its_key_is_no_seal()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Verify(Sealed).Certificates[0].RawData);

        Assert.Throws<ArgumentException>(() => new Seal(certificate));
    }

    private static SignedCms Verify(byte[] file)
    {
        var (first, second) = Covered(file);
        var contents = Convert.FromHexString(Encoding.ASCII.GetString(file.AsSpan((first + 1)..(second - 1))));
        var signed = new SignedCms(new ContentInfo([.. file.AsSpan(0, first), .. file.AsSpan(second)]), detached: true);
        signed.Decode(contents);
        signed.CheckSignature(verifySignatureOnly: true);
        return signed;
    }

    // Where the first part that the signature covers ends, and the second begins.
    private static (int First, int Second) Covered(byte[] file)
    {
        var range = Regex.Match(Encoding.Latin1.GetString(file), @"/ByteRange\[0 (?<first>\d+) (?<second>\d+) \d+\]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return (int.Parse(range.Groups["first"].Value, null), int.Parse(range.Groups["second"].Value, null));
    }
}
