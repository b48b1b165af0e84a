using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Iop.Typesetting.Pdf;

/// <summary>A PDF file while it is written: numbered objects one after another, then the table that finds them.</summary>
internal sealed class PdfFile
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);
    private readonly List<int> _positions = [];

    public PdfFile()
    {
        // Four bytes above 127 tell those who move the file that it is not text.
        Text("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
    }

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _positions.Add(0);
        return _positions.Count;
    }

    public int Add(string content)
    {
        var number = Reserve();
        Write(number, content);
        return number;
    }

    /// <summary>Writes an object.</summary>
    /// <returns>Where its content begins in the file.</returns>
    public int Write(int number, string content)
    {
        _positions[number - 1] = _bytes.WrittenCount;
        Text($"{number} 0 obj\n");
        var start = _bytes.WrittenCount;
        Text($"{content}\nendobj\n");
        return start;
    }

    public int AddStream(string entries, ReadOnlySpan<byte> content, bool compress = true)
    {
        var number = Reserve();
        WriteStream(number, entries, content, compress);
        return number;
    }

    public void WriteStream(int number, string entries, ReadOnlySpan<byte> content, bool compress = true)
    {
        var data = compress ? Deflated(content) : content;
        _positions[number - 1] = _bytes.WrittenCount;
        Text($"{number} 0 obj\n<<{entries}{(compress ? "/Filter/FlateDecode" : "")}/Length {data.Length}>>\nstream\n");
        _bytes.Write(data);
        Text("\nendstream\nendobj\n");
    }

    /// <summary>Ends the file. Its id is made from what it holds, so that the same content is the same file.</summary>
    public byte[] Finish(int catalog, int information)
    {
        var id = Convert.ToHexString(SHA256.HashData(_bytes.WrittenSpan).AsSpan(0, 16));
        var start = _bytes.WrittenCount;
        Text($"xref\n0 {_positions.Count + 1}\n0000000000 65535 f \n");
        foreach (var position in _positions)
        {
            Text($"{position:D10} 00000 n \n");
        }

        Text($"trailer\n<</Size {_positions.Count + 1}/Root {catalog} 0 R/Info {information} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{start}\n%%EOF\n");
        return _bytes.WrittenSpan.ToArray();
    }

    private void Text(FormattableString text) => Text(text.ToString(CultureInfo.InvariantCulture));

    private void Text(string text) => _bytes.Write(Encoding.Latin1.GetBytes(text));

    private static byte[] Deflated(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }
}
