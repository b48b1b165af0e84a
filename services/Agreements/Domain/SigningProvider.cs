using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

/// <summary>
/// A service that people sign with. This platform is one itself; another is added by registering it, and tells what
/// happens there through ReportSigningEvent. It is given the hash of the text and never the text. Source: law.md 2.9.
/// </summary>
public interface ISigningProvider
{
    /// <summary>What StartSigning calls it; empty for this platform.</summary>
    string Key { get; }

    /// <summary>The highest class of its signatures. Which one a signature has is told with it.</summary>
    SignatureClass Class { get; }

    /// <summary>Sets up a round there. Asked twice for the same round it sets it up once.</summary>
    /// <returns>The service's own reference to the round.</returns>
    Task<string> OpenAsync(SigningCase signing, CancellationToken cancellation);

    /// <summary>Takes a round back that has ended here.</summary>
    Task CloseAsync(string providerCase, CancellationToken cancellation);
}

/// <summary>What a signing service needs to know of a round.</summary>
public sealed record SigningCase(string Agreement, int Round, string TextHash, DateOnly ExpireDate, IReadOnlyList<Invitation> Invitations);

/// <summary>Signing with this platform: the caller's own identity, at the moment of the call.</summary>
public sealed class BuiltInSigning : ISigningProvider
{
    public string Key => "";

    /// <summary>Nobody but the issuer vouches for who signed, and nothing that the signatory alone controls made the signature: docs/decisions/0014.</summary>
    public SignatureClass Class => SignatureClass.Simple;

    public Task<string> OpenAsync(SigningCase signing, CancellationToken cancellation) => Task.FromResult("");

    public Task CloseAsync(string providerCase, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>The signing services of this installation.</summary>
public sealed class SigningProviders(IEnumerable<ISigningProvider> providers)
{
    /// <summary>By how much the clock of a signing service may differ from the platform's.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, ISigningProvider> _providers = providers.ToDictionary(provider => provider.Key);

    public ISigningProvider Get(string key) => _providers.GetValueOrDefault(key) ?? throw Refusal.Input(new FieldFault("provider", "SIGNING_PROVIDER_UNKNOWN"));

    /// <summary>Tells the service of a round that it has ended here. One that signed elsewhere and was only imported is told nothing.</summary>
    public Task CloseAsync(SigningRound? round, CancellationToken cancellation) =>
        round is { ProviderCase.Length: > 0 } && _providers.TryGetValue(round.Provider, out var provider) ? provider.CloseAsync(round.ProviderCase, cancellation) : Task.CompletedTask;
}

public sealed partial class Agreement
{
    /// <summary>Notes the reference of the service that the round is set up with.</summary>
    public void NoteProviderCase(string providerCase) => ReplaceRound(round => round with { ProviderCase = providerCase });

    /// <summary>Refuses an event of another round than the last.</summary>
    public void MustBeCaseOf(string provider, string providerCase)
    {
        if (Round is not { Provider.Length: > 0 } round || round.Provider != provider || round.ProviderCase != providerCase)
        {
            throw Refusal.Precondition("SIGNING_CASE_UNKNOWN", Name);
        }
    }

    /// <summary>Refuses what is told to have happened before the round was opened, or its text could be signed there.</summary>
    public void MustHaveBeenOpen(DateTimeOffset? happened)
    {
        if (Round is { } round && happened < round.OpenTime - SigningProviders.ClockDifference)
        {
            throw Refusal.Input(new FieldFault("event.event_time", "DATE_ORDER", ("after", $"{round.OpenTime.ToOffset(TimeSpan.Zero):yyyy-MM-dd HH:mm:ss} UTC")));
        }
    }

    /// <summary>Whether the service has told of a signature before: what it sends again has no effect.</summary>
    public bool HasBeenTold(string partyId, string personRef, string evidenceSha256) => Signatures.Any(signature =>
        !signature.Voided && signature.PartyId == partyId && signature.PersonRef == personRef && signature.EvidenceSha256 == evidenceSha256);

    /// <summary>The service has halted the round for now, or lets it go on.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool HaltSigning(bool halted)
    {
        MustBe(AgreementState.AwaitingSignatures);
        var changed = Round?.Halted != halted;
        ReplaceRound(round => round with { Halted = halted });
        return changed;
    }

    /// <summary>The service says that all have signed, which must be what is known here.</summary>
    public void MustHaveBeenSigned()
    {
        if (State == AgreementState.AwaitingSignatures)
        {
            MustBeAllThatIsNeeded([]);
        }
    }

    /// <summary>The service says that its last day has passed.</summary>
    public void EndSigningElsewhere(DateTimeOffset now)
    {
        MustBe(AgreementState.AwaitingSignatures);
        LeaveSigning(RoundOutcome.Expired, "", "", now);
        State = AgreementState.TextAgreed;
    }
}
