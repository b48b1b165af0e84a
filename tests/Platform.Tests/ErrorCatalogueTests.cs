using System.Reflection;
using Iop.Platform.Errors;

namespace Iop.Platform.Tests;

/// <summary>One reason says one thing, whichever service answers with it.</summary>
public sealed class ErrorCatalogueTests
{
    [Fact]
    public void A_reason_that_is_listed_twice_is_refused_when_the_service_starts() =>
        Assert.Throws<ArgumentException>(() => ErrorCatalogue.Load("repeating.iop", new Repeating()));

    // A service that lists what Platform has listed already.
    private sealed class Repeating : Assembly
    {
        public override AssemblyName[] GetReferencedAssemblies() => [];

        public override Stream? GetManifestResourceStream(string name) => typeof(ErrorCatalogue).Assembly.GetManifestResourceStream(name);
    }
}
