using System.Globalization;
using System.Text;
using Iop.Typesetting.Pdf;

namespace Iop.Typesetting.Sealing;

/// <summary>
/// The place of a seal in a file: first written empty, with room for the signature; filled in when the whole file stands
/// and it is known which bytes the signature covers.
/// </summary>
internal sealed class SealPlace
{
    // The seal with its chain, and a time stamp with the chain of its authority.
    private const int RoomForSignature = 28 * 1024;
    private const string RangePlaceholder = "[0 0000000000 0000000000 0000000000]";
    private const string RangeKey = "/ByteRange";
    private const string ContentsKey = "/Contents";

    private int _start;

    /// <summary>Writes the empty signature and its field.</summary>
    /// <returns>The field.</returns>
    public int Write(PdfFile file, SealText text, DateTimeOffset time, int page, int structureKey)
    {
        var signature = file.Reserve();
        _start = file.Write(
            signature,
            $"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Name {PdfSyntax.Text(text.Name)}/Reason {PdfSyntax.Text(text.Reason)}"
            + $"/M {PdfSyntax.Date(time)}{RangeKey}{RangePlaceholder}{ContentsKey}<{new string('0', RoomForSignature * 2)}>>>");

        // Printed and locked, and without an area of its own: the seal is in the file, not on the paper.
        return file.Add(
            $"<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/TU {PdfSyntax.Text(text.Description)}/Contents {PdfSyntax.Text(text.Description)}/F 132/Rect[0 0 0 0]"
            + $"/P {page} 0 R/V {signature} 0 R/StructParent {structureKey}>>");
    }

    public void Fill(byte[] file, Seal seal)
    {
        var range = Find(file, RangeKey);
        var open = Find(file, ContentsKey);
        var close = open + (RoomForSignature * 2) + 2;
        var covered = string.Create(CultureInfo.InvariantCulture, $"[0 {open:D10} {close:D10} {file.Length - close:D10}]");
        Encoding.ASCII.GetBytes(covered).CopyTo(file, range);
        var signature = Convert.ToHexString(seal.Sign([.. file.AsSpan(0, open), .. file.AsSpan(close)]));
        if (signature.Length > RoomForSignature * 2)
        {
            throw new InvalidOperationException("The certificates of the seal take more room than a file has for them.");
        }

        Encoding.ASCII.GetBytes(signature).CopyTo(file, open + 1);
    }

    // Only within the signature's own object, whatever the rest of the file may say.
    private int Find(byte[] file, string key) => _start + file.AsSpan(_start).IndexOf(Encoding.ASCII.GetBytes(key)) + key.Length;
}
