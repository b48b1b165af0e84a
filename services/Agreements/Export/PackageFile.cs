namespace Iop.Agreements.Export;

/// <summary>A file of an archive package, as METS and PREMIS tell of it.</summary>
/// <param name="Path">From the root of the package.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record PackageFile(string Path, string MediaType, long Size, string Sha256, DateTimeOffset CreateTime)
{
    /// <summary>When it was sealed, where it is a sealed original.</summary>
    public DateTimeOffset? SealTime { get; init; }

    public string FormatName => MediaType switch
    {
        "application/pdf" when SealTime is not null => "PDF/A-3a",
        "application/pdf" => "PDF",
        "image/png" => "PNG",
        "image/jpeg" => "JPEG",
        "application/vnd.etsi.asic-e+zip" => "ASiC-E",
        "application/json" => "JSON",
        "application/xml" => "XML",
        _ => "Text",
    };
}
