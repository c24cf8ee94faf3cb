using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vrs.Grains.Interfaces.Telemetry;

/// <summary>
/// One trace for each call. A Session-ID (RFC 7989) has the form of a trace id, and so it is one; its first half is the
/// id of the root span. So whoever knows the session adds to the trace, in whatever process, and nothing need be handed
/// on.
/// </summary>
public static class CallTrace
{
    /// <summary>The name of the source of spans, for whoever listens.</summary>
    public const string SourceName = "Vrs.Calls";

    /// <summary>The name of the root span: the whole call.</summary>
    public const string RootName = "relay call";

    private const int TraceIdLetters = 32;
    private const int SpanIdLetters = 16;
    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span of the trace of a call; null when nobody listens, or the session is not known.</summary>
    /// <param name="name">What is done; from a closed set.</param>
    /// <param name="session">The call's Session-ID.</param>
    /// <param name="call">The call.</param>
    public static Activity? Start(string name, SessionId session, CallId call) =>
        Begin(name, ActivityKind.Internal, session, call, ActivitySpanId.CreateFromString, default);

    /// <summary>
    /// Tells the root of a call's trace, which is the whole call, when it is over. Told again, by a process that does
    /// not know whether the one before told it, it is the same span.
    /// </summary>
    /// <param name="session">The call's Session-ID.</param>
    /// <param name="call">The call.</param>
    /// <param name="began">When the call arrived.</param>
    /// <param name="ended">When it ended.</param>
    /// <param name="reason">Why; from a closed set.</param>
    public static void Ended(
        SessionId session, CallId call, DateTimeOffset began, DateTimeOffset ended, string reason)
    {
        // What has no parent is given the span that is under way, which is a part of the call.
        var underWay = Activity.Current;
        Activity.Current = null;
        using (var root = Begin(RootName, ActivityKind.Server, session, call, _ => default, began))
        {
            if (root is not null)
            {
                TakeRootId(root, session);
                root.SetTag("end_reason", reason).SetEndTime(ended.UtcDateTime);
            }
        }

        Activity.Current = underWay;
    }

    /// <summary>Whether a Session-ID can be the id of a trace.</summary>
    public static bool IsTraceId(string? session) => session is { Length: TraceIdLetters }
        && session.All(char.IsAsciiHexDigitLower)
        && session.AsSpan(0, SpanIdLetters).ContainsAnyExcept('0');

    private static Activity? Begin(
        string name,
        ActivityKind kind,
        SessionId session,
        CallId call,
        Func<ReadOnlySpan<char>, ActivitySpanId> parentOf,
        DateTimeOffset began)
    {
        if (!Source.HasListeners() || !IsTraceId(session.Value))
        {
            return null;
        }

        var parent = new ActivityContext(
            ActivityTraceId.CreateFromString(session.Value),
            parentOf(session.Value.AsSpan(0, SpanIdLetters)),
            ActivityTraceFlags.Recorded,
            isRemote: true);
        return Source.StartActivity(name, kind, parent, startTime: began)
            ?.SetTag("session_id", session.Value)
            .SetTag("correlation_id", call.Value);
    }

    /// <summary>
    /// The framework only draws ids of spans, and this one is known beforehand: whoever told of its parts named it. A
    /// framework that keeps it elsewhere leaves a trace without its root, and a test that fails.
    /// </summary>
    private static void TakeRootId(Activity root, SessionId session)
    {
        try
        {
            SpanIdOf(root) = session.Value[..SpanIdLetters];
        }
        catch (MissingFieldException)
        {
            root.SetTag("root", "unnamed");
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanIdOf(Activity span);
}
