using System.Security.Cryptography;
using System.Text;
using Iop.Platform.Persistence;

namespace Iop.Sight;

/// <summary>
/// What the register of organisations has told of a person and an organisation: the token opens, the register closes.
/// See docs/decisions/0009-representatives-two-words.md.
/// </summary>
public sealed class ClosedRepresentation : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    /// <summary>What <see cref="KeyOf"/> makes of the organisation and the person.</summary>
    public required string RepresentativeKey { get; init; }

    /// <summary>Whether the organisation is closed to the person.</summary>
    public required bool Closed { get; init; }

    /// <summary>Sequence of the event that said so.</summary>
    public required long Sequence { get; init; }

    /// <summary>
    /// Tells a person apart within one organisation and nowhere else, so that an event can say who without saying it to
    /// anyone who does not know the person's subject already.
    /// </summary>
    public static string KeyOf(string organisation, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{organisation}\n{subject}")));
}
