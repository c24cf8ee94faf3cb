using System.Diagnostics;

namespace Vrs.Grains.Interfaces.Telemetry;

/// <summary>
/// One trace for each call. A Session-ID (RFC 7989) has the form of a trace id, and so it is one: whoever knows the
/// session adds to the trace, in whatever process, and nothing need be handed on.
/// </summary>
public static class CallTrace
{
    /// <summary>The name of the source of spans, for whoever listens.</summary>
    public const string SourceName = "Vrs.Calls";

    private const int TraceIdLetters = 32;
    private const int SpanIdLetters = 16;
    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span of the trace of a call; null when nobody listens, or the session is not known.</summary>
    /// <param name="name">What is done; from a closed set.</param>
    /// <param name="session">The call's Session-ID.</param>
    /// <param name="call">The call.</param>
    public static Activity? Start(string name, SessionId session, CallId call)
    {
        if (!Source.HasListeners() || !IsTraceId(session.Value))
        {
            return null;
        }

        var parent = new ActivityContext(
            ActivityTraceId.CreateFromString(session.Value),
            ActivitySpanId.CreateFromString(session.Value.AsSpan(0, SpanIdLetters)),
            ActivityTraceFlags.Recorded,
            isRemote: true);
        return Source.StartActivity(name, ActivityKind.Internal, parent)
            ?.SetTag("session_id", session.Value)
            .SetTag("correlation_id", call.Value);
    }

    /// <summary>Whether a Session-ID can be the id of a trace.</summary>
    public static bool IsTraceId(string? session) => session is { Length: TraceIdLetters }
        && session.All(char.IsAsciiHexDigitLower)
        && session.AsSpan(0, SpanIdLetters).ContainsAnyExcept('0');
}
