using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Iop.Eligibility.Domain.Guidelines.Reading;

/// <summary>
/// The YAML that a pack is written in. It comes from people whom we do not know, so what would let a short text fill the
/// memory (a part that is written once and stands in many places) or the stack (parts within parts) is refused as it is read.
/// </summary>
internal sealed class PlainYaml(IParser inner) : IParser
{
    // A condition of conditions lies some ten deep.
    private const int MostDeep = 32;

    private int depth;

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        if (!inner.MoveNext() || inner.Current is not { } read)
            return false;
        depth += read.NestingIncrease;
        if (read is AnchorAlias)
            throw new RefusedYamlException(FaultReason.AliasRefused, read.Start, read.End);
        return depth <= MostDeep ? true : throw new RefusedYamlException(FaultReason.TooDeep, read.Start, read.End);
    }
}

/// <summary>YAML that is well formed, and refused all the same.</summary>
internal sealed class RefusedYamlException(string reason, in Mark start, in Mark end) : YamlException(start, end, reason)
{
    public string Reason { get; } = reason;
}
