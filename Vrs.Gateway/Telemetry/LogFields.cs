using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Vrs.Grains.Interfaces.Telemetry;

namespace Vrs.Gateway.Telemetry;

/// <summary>Reads the fields of a log event from its message template and its scopes.</summary>
internal static class LogFields
{
    /// <summary>A message's own name for its event, for messages that tell of several.</summary>
    public const string EventNameField = "event_name";

    /// <summary>Fields that scopes contribute; others that a framework puts in scopes would only be noise.</summary>
    private static readonly HashSet<string> FromScopes =
        new(StringComparer.Ordinal) { "session_id", "correlation_id", "actor_role", "state_from", "state_to" };

    /// <summary>The level in one word.</summary>
    public static string LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };

    /// <summary>
    /// The event's name in snake_case: the one that the message gives as a field, that of the log method, or the last
    /// part of the category.
    /// </summary>
    public static string EventName(IReadOnlyDictionary<string, string> fields, EventId id, string category)
    {
        if (fields.TryGetValue(EventNameField, out var given))
        {
            return Snake(given);
        }

        var name = id.Name ?? category[(category.LastIndexOf('.') + 1)..];
        const string MethodPrefix = "Log";
        return Snake(name.StartsWith(MethodPrefix, StringComparison.Ordinal) && name.Length > 3 ? name[3..] : name);
    }

    /// <summary>The id of the trace that an event belongs to, or null; that of a call is its session.</summary>
    public static string? TraceOf(IReadOnlyDictionary<string, string> fields) =>
        fields.GetValueOrDefault("session_id") is { } session && CallTrace.IsTraceId(session)
            ? session
            : Activity.Current?.TraceId.ToHexString();

    /// <summary>The fields, each name once; a message's own fields win over those of its scopes.</summary>
    public static Dictionary<string, string> Of<TState>(TState state, IExternalScopeProvider? scopes)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        scopes?.ForEachScope((scope, found) => Collect(scope, found, FromScopes), fields);
        Collect(state, fields, null);
        return fields;
    }

    private static void Collect(object? source, Dictionary<string, string> fields, HashSet<string>? only)
    {
        if (source is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            return;
        }

        foreach (var (key, value) in pairs)
        {
            var name = Snake(key);
            if (key != "{OriginalFormat}" && value is not null && only?.Contains(name) != false)
            {
                fields[name] = Redactor.Redact(Text(value));
            }
        }
    }

    private static string Text(object value) => value is Enum
        ? JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
