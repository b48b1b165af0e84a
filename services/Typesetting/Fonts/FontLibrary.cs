namespace Iop.Typesetting.Fonts;

/// <summary>No font to set text with is installed on this machine.</summary>
public sealed class FontsMissingException(string message) : Exception(message);

/// <summary>
/// The fonts of the machine that text is set with. They are taken from the system, never shipped with us: Liberation
/// Sans for text, DejaVu Sans for what that has no sign for.
/// </summary>
public sealed class FontLibrary
{
    private static readonly string[] Folders = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", @"C:\Windows\Fonts"];

    private readonly Lazy<(IReadOnlyList<Lazy<TrueTypeFont>> Regular, IReadOnlyList<Lazy<TrueTypeFont>> Bold)> _faces;

    public FontLibrary(params IReadOnlyList<string> folders) =>
        _faces = new(() => (Load(folders, "LiberationSans-Regular.ttf", "DejaVuSans.ttf"), Load(folders, "LiberationSans-Bold.ttf", "DejaVuSans-Bold.ttf")));

    /// <summary>The fonts installed on this machine. They are read when they are first needed, and then kept.</summary>
    public static FontLibrary OfSystem { get; } = new(Folders);

    internal IReadOnlyList<Lazy<TrueTypeFont>> Regular => _faces.Value.Regular;

    internal IReadOnlyList<Lazy<TrueTypeFont>> Bold => _faces.Value.Bold;

    // The second is some 700 kB that a Swedish text seldom needs: each is read when a sign is first looked for in it.
    private static List<Lazy<TrueTypeFont>> Load(IReadOnlyList<string> folders, params IReadOnlyList<string> files)
    {
        List<Lazy<TrueTypeFont>> found = [.. files.Select(file => Find(folders, file)).OfType<string>().Select(path => new Lazy<TrueTypeFont>(() => new TrueTypeFont(File.ReadAllBytes(path))))];
        return found.Count > 0
            ? found
            : throw new FontsMissingException(
                $"None of {string.Join(", ", files)} was found in {string.Join(", ", folders)}. Install Debian's fonts-liberation2 and fonts-dejavu-core, or the same fonts in another way.");
    }

    private static string? Find(IReadOnlyList<string> folders, string file) =>
        folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, file, SearchOption.AllDirectories)).FirstOrDefault();
}
