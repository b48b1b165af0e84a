using Iop.Platform.Errors;
using Iop.Testing;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Tests;

/// <summary>What operations read of what callers are refused.</summary>
public sealed class ErrorTranslatorTests
{
    [Theory]
    [InlineData("DEPENDENCY_UNAVAILABLE", "Call failed: issuer unavailable")]
    [InlineData("DATABASE_UNAVAILABLE", "Call refused: DATABASE_UNAVAILABLE")]
    public void What_cannot_be_had_just_now_is_logged_by_its_reason_and_the_issuer_blamed_only_for_its_keys(string reason, string logged)
    {
        using var log = new ErrorLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var translator = new ErrorTranslator(ErrorCatalogue.Load("notes.iop", typeof(NotesFixture).Assembly), loggers.CreateLogger<ErrorTranslator>());

        translator.Translate(Refusal.Unavailable(reason, TimeSpan.FromHours(1)), "a-request");

        Assert.Contains(logged, Assert.Single(log.Lines), StringComparison.Ordinal);
    }
}
