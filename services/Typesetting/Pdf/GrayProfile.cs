using System.Text;
using Iop.Typesetting.Fonts;

namespace Iop.Typesetting.Pdf;

/// <summary>
/// An ICC profile that says what our grays are: gamma 2.2 under D50. PDF/A wants every colour defined, and we use black
/// and gray only.
/// </summary>
internal static class GrayProfile
{
    public static byte[] Make()
    {
        (string Name, byte[] Content)[] tags =
        [
            ("desc", Description("Gray gamma 2.2")),
            ("cprt", [.. "text\0\0\0\0No copyright, free to use\0"u8]),
            ("wtpt", [.. "XYZ \0\0\0\0"u8, 0x00, 0x00, 0xF6, 0xD6, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0xD3, 0x2D]),
            ("kTRC", [.. "curv\0\0\0\0"u8, 0x00, 0x00, 0x00, 0x01, 0x02, 0x33]),
        ];
        var offset = 128 + 4 + (tags.Length * 12);
        var profile = new byte[offset + tags.Sum(tag => (tag.Content.Length + 3) & ~3)];
        Span<byte> bytes = profile;
        bytes.U32(0, (uint)profile.Length);
        bytes.U32(8, 0x02100000);
        "mntrGRAYXYZ "u8.CopyTo(bytes[12..]);
        bytes.U16(24, 2026);
        bytes.U16(26, 1);
        bytes.U16(28, 1);
        "acsp"u8.CopyTo(bytes[36..]);
        bytes.U32(68, 0x0000F6D6);
        bytes.U32(72, 0x00010000);
        bytes.U32(76, 0x0000D32D);
        bytes.U32(128, (uint)tags.Length);
        for (var index = 0; index < tags.Length; index++)
        {
            var (name, content) = tags[index];
            Encoding.ASCII.GetBytes(name).CopyTo(bytes[(132 + (index * 12))..]);
            bytes.U32(136 + (index * 12), (uint)offset);
            bytes.U32(140 + (index * 12), (uint)content.Length);
            content.CopyTo(bytes[offset..]);
            offset += (content.Length + 3) & ~3;
        }

        return profile;
    }

    private static byte[] Description(string text)
    {
        var length = text.Length + 1;
        var tag = new byte[12 + length + 4 + 4 + 2 + 1 + 67];
        "desc"u8.CopyTo(tag);
        tag.AsSpan().U32(8, (uint)length);
        Encoding.ASCII.GetBytes(text).CopyTo(tag, 12);
        return tag;
    }
}
