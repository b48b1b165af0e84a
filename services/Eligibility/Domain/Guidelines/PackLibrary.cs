using System.Collections.Concurrent;

namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>Packs as parsed, kept by name and hash: what is published never changes, so nothing here goes stale.</summary>
public sealed class PackLibrary
{
    private readonly ConcurrentDictionary<(string Name, string Sha256), GuidelinePack> _packs = new();

    /// <summary>The pack of a version. A draft is parsed each time, as it may change and is seldom read.</summary>
    public GuidelinePack Of(GuidelineVersion version) => version.State == GuidelineState.Draft
        ? Parse(version)
        : _packs.GetOrAdd((version.Name, version.Sha256), _ => Parse(version));

    /// <summary>The pack of a published name, where it has been read before.</summary>
    public GuidelinePack? Find(string name) => _packs.FirstOrDefault(pack => pack.Key.Name == name).Value;

    private static GuidelinePack Parse(GuidelineVersion version) => GuidelinePackReader.Read(version.Document).Pack
        ?? throw new InvalidOperationException($"{version.Name} was accepted by an earlier build, and this one cannot read it.");
}
