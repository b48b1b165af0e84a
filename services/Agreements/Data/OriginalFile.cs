using Iop.Platform.Persistence;

namespace Iop.Agreements.Data;

/// <summary>The original of one version: made once, and never anything else. The database lets no one alter or remove it.</summary>
public sealed class OriginalFile : ITenantOwned
{
    public required string Municipality { get; init; }

    public required Guid Agreement { get; init; }

    public required int Version { get; init; }

    public required string TextHash { get; init; }

    /// <summary>Of the whole file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>SHA-256 of the certificate that it is sealed with.</summary>
    public required string SealCertificate { get; init; }

    public required byte[] Content { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When a time-stamp authority says that the seal was there; null for one without a stamp.</summary>
    public DateTimeOffset? StampTime { get; init; }
}
