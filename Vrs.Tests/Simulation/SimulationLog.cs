using System.Globalization;
using Microsoft.Extensions.Logging;
using Vrs.Grains.Domain.Machines;
using Vrs.Tests.Support;

namespace Vrs.Tests.Simulation;

/// <summary>
/// Everything that happens in a run, as lines: their hash tells whether two runs were the same. The lines themselves
/// are kept only when somebody is going to read them. Also notes which cells of the machines' tables were visited.
/// </summary>
internal sealed class SimulationLog(VirtualTime time, bool keep) : ILoggerProvider, ILogger
{
    private const ulong Prime = 1099511628211;

    private readonly List<string> _lines = [];
    private ulong _hash = 14695981039346656037;

    /// <summary>The hash of all lines so far.</summary>
    public string Hash => _hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The lines; empty unless they are kept.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Visited cells.</summary>
    public HashSet<Cell> Cells { get; } = [];

    /// <summary>Adds a line.</summary>
    public void Note(string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.Elapsed.TotalSeconds:0000.000000} {text}");
        foreach (var letter in line)
        {
            _hash = (_hash ^ letter) * Prime;
        }

        if (keep)
        {
            _lines.Add(line);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var fault = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
        Note(formatter(state, exception) + fault);
        if (state is IReadOnlyList<KeyValuePair<string, object?>> fields)
        {
            var name = fields.FirstOrDefault(field => field.Key == "event_name").Value;
            var from = fields.FirstOrDefault(field => field.Key == "state_from").Value;
            if (name is string happened && from is Enum phase)
            {
                Cells.Add(new Cell(phase, happened, eventId.Name?.EndsWith("_step", StringComparison.Ordinal) is true));
            }
        }
    }

    public void Dispose()
    {
    }
}
