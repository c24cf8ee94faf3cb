using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Domain.Machines;

namespace Vrs.Tests.Host;

/// <summary>
/// Replays what a server logs against the tables of the machines while it runs: the lines are those that an operator
/// would get, made by the same formatter.
/// </summary>
[ProviderAlias("Trace")]
public sealed class TraceRecorder : ILoggerProvider, ILogger
{
    private readonly EventLineFormatter _formatter = new(TimeProvider.System);
    private readonly TraceCheck _check = new();
    private readonly Lock _gate = new();
    private int _lines;

    /// <summary>How many steps were replayed.</summary>
    public int Steps
    {
        get
        {
            lock (_gate)
            {
                return _check.Steps;
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var line = new StringWriter();
        var entry = new LogEntry<TState>(logLevel, "Vrs.Grains", eventId, state, exception, formatter);
        _formatter.Write(entry, null, line);
        lock (_gate)
        {
            _check.Read($"log line {++_lines}", line.ToString());
        }
    }

    /// <summary>
    /// The server starts, perhaps again: as its program would say. What was logged and not stored before is excused.
    /// </summary>
    public void Starting() => Log(
        LogLevel.Information, new EventId(0, "service_starting"), "The service is starting.", null, (text, _) => text);

    /// <summary>Fails when the server took a step that no table has.</summary>
    public void AssertLegal()
    {
        lock (_gate)
        {
            Assert.True(_check.Faults.Count == 0, string.Join('\n', _check.Faults));
        }
    }

    public void Dispose()
    {
        // Nothing is held; a provider must be disposable.
    }
}
