using Iop.Typesetting.Sealing;

namespace Iop.Typesetting.Tests;

/// <summary>What is read out of files that others have signed.</summary>
public sealed class SignedPdfTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iop-signed").FullName;

    private byte[] Signed => Samples.Typesetter.RenderSealed(Samples.Long(2), SelfMadeSeal.OpenOrCreate(_folder, "Provbanken, åäö"), new SealText("Provbanken", "Underskrift", "Underskrift"), Samples.Noon);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_as_it_was_signed_says_so_and_by_whom() =>
        Assert.Equal([new SignatureInFile("Provbanken, åäö", IsIntact: true, CoversWholeFile: true)], SignedPdf.Read(Signed));

    [Fact]
    public void What_was_put_behind_the_signed_part_is_told_and_breaks_nothing() =>
        Assert.Equal([new SignatureInFile("Provbanken, åäö", IsIntact: true, CoversWholeFile: false)], SignedPdf.Read([.. Signed, .. "\n% more"u8]));

    [Theory]
    [InlineData("/Creator")]
    [InlineData("/StructTreeRoot")]
    [InlineData("/M (")]
    public void A_file_that_was_changed_within_is_found_out(string place)
    {
        var file = Signed;
        var at = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(place));
        Assert.True(at > 0, place);
        file[at + 1] ^= 1;

        Assert.False(Assert.Single(SignedPdf.Read(file)).IsIntact);
    }

    [Fact]
    public void A_signature_that_covers_next_to_nothing_holds_nothing()
    {
        var file = Signed;
        var at = file.AsSpan().IndexOf("/ByteRange[0 "u8);
        "/ByteRange[0 1 2 3]"u8.CopyTo(file.AsSpan(at));

        Assert.All(SignedPdf.Read(file), signature => Assert.False(signature.IsIntact));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.7 and no more")]
    [InlineData("%PDF-1.7 /ByteRange")]
    [InlineData("%PDF-1.7 /ByteRange [ 0 x ]")]
    public void A_file_without_signatures_has_none(string file) => Assert.Empty(SignedPdf.Read(System.Text.Encoding.ASCII.GetBytes(file)));

    [Fact]
    public void Another_reader_of_files_finds_no_fault_in_ours()
    {
        var said = Poppler.Checked(Signed);

        Assert.Contains("No syntax or stream encoding errors found", said, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", said, StringComparison.Ordinal);
    }
}
