using System.Globalization;
using System.Xml.Linq;

namespace Iop.Agreements.Export;

/// <summary>The METS file of a package by E-ARK CSIP 2.1. The requirements that it meets stand in docs/original.md.</summary>
internal sealed class Mets(string id, string label, DateTimeOffset created)
{
    private static readonly XNamespace Ns = "http://www.loc.gov/METS/";
    private static readonly XNamespace Csip = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";
    private static readonly XNamespace Link = "http://www.w3.org/1999/xlink";

    public required IReadOnlyList<PackageFile> Data { get; init; }

    public required IReadOnlyList<PackageFile> Documentation { get; init; }

    public required PackageFile Descriptive { get; init; }

    public required PackageFile Preservation { get; init; }

    public XDocument Write() => new(
        new XDeclaration("1.0", "utf-8", standalone: null),
        new XElement(
            Ns + "mets",
            new XAttribute("xmlns", Ns.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "csip", Csip.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "xlink", Link.NamespaceName),
            new XAttribute("OBJID", id),
            new XAttribute("LABEL", label),
            new XAttribute("TYPE", "Textual works – Digital"),
            new XAttribute(Csip + "CONTENTINFORMATIONTYPE", "MIXED"),
            new XAttribute("PROFILE", "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"),
            Header(),
            new XElement(Ns + "dmdSec", new XAttribute("ID", "dmd-1"), new XAttribute("CREATED", Time(created)), new XAttribute("STATUS", "CURRENT"), Reference(Descriptive, "DC")),
            new XElement(
                Ns + "amdSec",
                new XAttribute("ID", "amd-1"),
                new XElement(Ns + "digiprovMD", new XAttribute("ID", "digiprov-1"), new XAttribute("STATUS", "CURRENT"), Reference(Preservation, "PREMIS"))),
            new XElement(
                Ns + "fileSec",
                new XAttribute("ID", "files"),
                Group("documentation", "Documentation", Documentation),
                Group("rep1", "Representations/rep1", Data)),
            Structure()));

    private XElement Header() => new(
        Ns + "metsHdr",
        new XAttribute("CREATEDATE", Time(created)),
        new XAttribute("RECORDSTATUS", "NEW"),
        new XAttribute(Csip + "OAISPACKAGETYPE", "SIP"),
        new XElement(
            Ns + "agent",
            new XAttribute("ROLE", "CREATOR"),
            new XAttribute("TYPE", "OTHER"),
            new XAttribute("OTHERTYPE", "SOFTWARE"),
            new XElement(Ns + "name", "IopPlatform"),
            new XElement(Ns + "note", new XAttribute(Csip + "NOTETYPE", "SOFTWARE VERSION"), typeof(Mets).Assembly.GetName().Version!.ToString(3))));

    private static XElement Group(string groupId, string use, IReadOnlyList<PackageFile> files) => new(
        Ns + "fileGrp",
        new XAttribute("ID", groupId),
        new XAttribute("USE", use),
        files.Select((file, index) => new XElement(
            Ns + "file",
            new XAttribute("ID", $"{groupId}-{index + 1}"),
            Facts(file),
            new XElement(Ns + "FLocat", new XAttribute("LOCTYPE", "URL"), new XAttribute(Link + "type", "simple"), new XAttribute(Link + "href", file.Path)))));

    private static XElement Reference(PackageFile file, string type) => new(
        Ns + "mdRef",
        new XAttribute("LOCTYPE", "URL"),
        new XAttribute(Link + "type", "simple"),
        new XAttribute(Link + "href", file.Path),
        new XAttribute("MDTYPE", type),
        Facts(file));

    private static IEnumerable<XAttribute> Facts(PackageFile file) =>
    [
        new("MIMETYPE", file.MediaType), new("SIZE", file.Size), new("CREATED", Time(file.CreateTime)), new("CHECKSUM", file.Sha256), new("CHECKSUMTYPE", "SHA-256"),
    ];

    private XElement Structure() => new(
        Ns + "structMap",
        new XAttribute("ID", "structure"),
        new XAttribute("TYPE", "PHYSICAL"),
        new XAttribute("LABEL", "CSIP"),
        new XElement(
            Ns + "div",
            new XAttribute("ID", "package"),
            new XAttribute("LABEL", id),
            new XElement(
                Ns + "div",
                new XAttribute("ID", "div-metadata"),
                new XAttribute("LABEL", "Metadata"),
                new XAttribute("DMDID", "dmd-1"),
                new XAttribute("ADMID", "digiprov-1")),
            Division("div-documentation", "Documentation", "documentation"),
            Division("div-rep1", "Representations/rep1", "rep1")));

    private static XElement Division(string divisionId, string name, string group) => new(
        Ns + "div", new XAttribute("ID", divisionId), new XAttribute("LABEL", name), new XElement(Ns + "fptr", new XAttribute("FILEID", group)));

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
