namespace Iop.Agreements.Domain;

/// <summary>
/// That the lead's own case and register have been asked whether a text may be signed, and who signs it for the organisations.
/// A municipality that has joined cannot ask them: it opens for signatures by what they answered when the lead approved the text.
/// </summary>
/// <param name="TextHash">The text that it is of.</param>
/// <param name="Organisations">What each organisation needs to have signed.</param>
public sealed record Readiness(string TextHash, IReadOnlyList<SignatureRequirement> Organisations);

public sealed partial class Agreement
{
    /// <summary>Null until the lead has approved with everything in place, and where no other municipality is a party.</summary>
    public Readiness? Readiness { get; private set; }

    public void NoteReadiness(IReadOnlyList<SignatureRequirement>? organisations) => Readiness = organisations is null ? null : new Readiness(TextHash, organisations);

    /// <summary>What the organisations need to have signed, as the lead's register said.</summary>
    /// <exception cref="Platform.Errors.Refusal"><c>LEAD_NOT_READY</c>.</exception>
    public IReadOnlyList<SignatureRequirement> MustBeReadyAtLead() => Readiness is { } ready && ready.TextHash == TextHash
        ? ready.Organisations
        : throw Platform.Errors.Refusal.Precondition("LEAD_NOT_READY", Name);
}
