using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Vrs.Gateway.Telemetry;

/// <summary>
/// One JSON object a line: timestamp, level, event name, message, and the message's fields in snake_case
/// (<c>session_id</c>, <c>correlation_id</c>, <c>actor_role</c>, <c>state_from</c>, <c>state_to</c>, …), so that a call
/// is followed through all its legs by searching for its session id.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class EventLineFormatter(TimeProvider time) : ConsoleFormatter(FormatName)
{
    /// <summary>The formatter's name.</summary>
    public const string FormatName = "vrs-json";

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>(512);
        var fields = LogFields.Of(logEntry.State, scopeProvider);
        using (var json = new Utf8JsonWriter(line, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow());
            json.WriteString("level", LogFields.LevelName(logEntry.LogLevel));
            json.WriteString("event_name", LogFields.EventName(fields, logEntry.EventId, logEntry.Category));
            foreach (var (name, value) in fields.Where(f => f.Key != LogFields.EventNameField))
            {
                json.WriteString(name, value);
            }

            if (LogFields.TraceOf(fields) is { } trace)
            {
                json.WriteString("trace_id", trace);
            }

            json.WriteString("category", logEntry.Category);
            json.WriteString("message", Redactor.Redact(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", Redactor.Redact(exception.ToString()));
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }
}

/// <summary>The same events for a person at a terminal: time, level, message; and what call they belong to.</summary>
/// <param name="time">The clock.</param>
public sealed class ReadableLineFormatter(TimeProvider time) : ConsoleFormatter(FormatName)
{
    /// <summary>The formatter's name.</summary>
    public const string FormatName = "vrs-readable";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter)
    {
        var message = Redactor.Redact(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var call = LogFields.Of(logEntry.State, scopeProvider).GetValueOrDefault("correlation_id");
        var tail = call is null || message.Contains(call, StringComparison.Ordinal) ? "" : $" [{call}]";
        var level = LogFields.LevelName(logEntry.LogLevel);
        textWriter.WriteLine($"{time.GetLocalNow():HH:mm:ss.fff} {level,-8} {message}{tail}");
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(Redactor.Redact(exception.ToString()));
        }
    }
}
