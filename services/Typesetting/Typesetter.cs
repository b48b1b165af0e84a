using Iop.Typesetting.Fonts;
using Iop.Typesetting.Layout;
using Iop.Typesetting.Pdf;
using Iop.Typesetting.Sealing;

namespace Iop.Typesetting;

/// <summary>
/// Sets documents as PDF files that last and that everyone can read: PDF/A-3 and PDF/UA, with the structure of the text,
/// its language and its fonts inside. The same document gives the same bytes. Safe to use from many threads.
/// </summary>
public sealed class Typesetter(FontLibrary fonts)
{
    /// <summary>Sets a document.</summary>
    /// <exception cref="FontsMissingException">No font to set it with is installed.</exception>
    public byte[] Render(Document document) => new DocumentWriter(document, new Composer(document, fonts), seal: null).Write();

    /// <summary>Sets a document and seals the file.</summary>
    /// <exception cref="FontsMissingException">No font to set it with is installed.</exception>
    public byte[] RenderSealed(Document document, Seal seal, SealText text, DateTimeOffset time) =>
        new DocumentWriter(document, new Composer(document, fonts), new SealOrder(seal, text, time)).Write();
}
