using System.Collections.Concurrent;
using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <summary>Another signing service: all that one needs to be plugged in.</summary>
public sealed class OtherSigningService : ISigningProvider
{
    /// <summary>The rounds that it was given, by its own reference.</summary>
    public ConcurrentDictionary<string, SigningCase> Cases { get; } = new();

    /// <summary>The rounds that it was told have ended.</summary>
    public ConcurrentBag<string> Closed { get; } = [];

    public string Key => "other-signing";

    public SignatureClass Class => SignatureClass.Qualified;

    public Task<string> OpenAsync(SigningCase signing, CancellationToken cancellation)
    {
        var reference = $"case-{signing.Agreement[^12..]}-{signing.Round}";
        Cases[reference] = signing;
        return Task.FromResult(reference);
    }

    public Task CloseAsync(string providerCase, CancellationToken cancellation)
    {
        Closed.Add(providerCase);
        return Task.CompletedTask;
    }
}
