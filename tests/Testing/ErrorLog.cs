using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Iop.Testing;

/// <summary>
/// Keeps what a service logs, so that an unexpected error fails the test and what must never be logged can be looked for.
/// </summary>
public sealed class ErrorLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private ConcurrentQueue<string> _errors = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>Errors logged and not taken.</summary>
    public IReadOnlyCollection<string> Entries => _errors;

    /// <summary>Every line logged at any level, scopes included.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Takes the errors that a test expected.</summary>
    public IReadOnlyCollection<string> Take() => Interlocked.Exchange(ref _errors, new ConcurrentQueue<string>());

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(ErrorLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{logLevel} {category} {eventId.Name} {formatter(state, exception)} {exception}";
            log._scopes.ForEachScope((scope, _) => line += $" {(scope is IEnumerable<KeyValuePair<string, object>> pairs ? string.Join(' ', pairs) : scope)}", 0);
            log._lines.Enqueue(line);
            if (logLevel >= LogLevel.Error)
            {
                log._errors.Enqueue(line);
            }
        }
    }
}
