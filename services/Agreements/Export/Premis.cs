using System.Xml.Linq;

namespace Iop.Agreements.Export;

/// <summary>PREMIS 3 of a package: each file with its checksum, when originals were sealed and when the package was made.</summary>
internal static class Premis
{
    private const string Software = "IopPlatform";
    private static readonly XNamespace Ns = "http://www.loc.gov/premis/v3";
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public static XDocument Write(string id, IReadOnlyList<PackageFile> files, DateTimeOffset created) => new(
        new XDeclaration("1.0", "utf-8", standalone: null),
        new XElement(
            Ns + "premis",
            new XAttribute(XNamespace.Xmlns + "premis", Ns.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "xsi", Xsi.NamespaceName),
            new XAttribute("version", "3.0"),
            files.Select(Object),
            files.Where(file => file.SealTime is not null).Select((file, index) => Event($"seal-{index + 1}", "digital signature generation", file.SealTime!.Value, [file])),
            Event($"package-{id}", "creation", created, files),
            new XElement(
                Ns + "agent",
                Identifier("agent", Software),
                new XElement(Ns + "agentName", Software),
                new XElement(Ns + "agentType", "software"))));

    private static XElement Object(PackageFile file) => new(
        Ns + "object",
        new XAttribute(Xsi + "type", "premis:file"),
        Identifier("object", file.Path),
        new XElement(
            Ns + "objectCharacteristics",
            new XElement(Ns + "fixity", new XElement(Ns + "messageDigestAlgorithm", "SHA-256"), new XElement(Ns + "messageDigest", file.Sha256)),
            new XElement(Ns + "size", file.Size),
            new XElement(Ns + "format", new XElement(Ns + "formatDesignation", new XElement(Ns + "formatName", file.FormatName)))));

    private static XElement Event(string id, string type, DateTimeOffset time, IEnumerable<PackageFile> files) => new(
        Ns + "event",
        Identifier("event", id),
        new XElement(Ns + "eventType", type),
        new XElement(Ns + "eventDateTime", Mets.Time(time)),
        new XElement(
            Ns + "linkingAgentIdentifier",
            new XElement(Ns + "linkingAgentIdentifierType", "local"),
            new XElement(Ns + "linkingAgentIdentifierValue", Software)),
        files.Select(file => new XElement(
            Ns + "linkingObjectIdentifier",
            new XElement(Ns + "linkingObjectIdentifierType", "local"),
            new XElement(Ns + "linkingObjectIdentifierValue", file.Path))));

    private static XElement Identifier(string of, string value) => new(
        Ns + $"{of}Identifier", new XElement(Ns + $"{of}IdentifierType", "local"), new XElement(Ns + $"{of}IdentifierValue", value));
}

/// <summary>The package in fifteen words, for a catalogue.</summary>
internal static class DublinCore
{
    private static readonly XNamespace Ns = "http://purl.org/dc/elements/1.1/";

    public static XDocument Write(string id, PackageDescription description, DateTimeOffset created) => new(
        new XDeclaration("1.0", "utf-8", standalone: null),
        new XElement(
            "metadata",
            new XAttribute(XNamespace.Xmlns + "dc", Ns.NamespaceName),
            new XElement(Ns + "title", description.Title),
            new XElement(Ns + "creator", description.Creator),
            new XElement(Ns + "date", Mets.Time(created)),
            new XElement(Ns + "language", "sv"),
            new XElement(Ns + "type", "Text"),
            new XElement(Ns + "identifier", id),
            description.Identifiers.Select(identifier => new XElement(Ns + "identifier", identifier))));
}
