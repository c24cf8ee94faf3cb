using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Silo.Records;

/// <summary>
/// A row of <c>call_records</c>; the names are those of the columns, so that they match by themselves.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Dapper makes the rows.")]
[SuppressMessage("Style", "IDE1006", Justification = "Columns are named in SQL's way.")]
internal sealed class CallRecordRow
{
    /// <summary>The call record ID sequence: from 1, without gaps.</summary>
    public long sequence { get; init; }

    public required string call_id { get; init; }

    public required string session_id { get; init; }

    public required string ca_id { get; init; }

    public required string direction { get; init; }

    public required string priority { get; init; }

    public required string pool { get; init; }

    public required string end_reason { get; init; }

    public required string arrived_at { get; init; }

    public string? answered_at { get; init; }

    public required string ended_at { get; init; }

    public string? session_start { get; init; }

    public string? session_end { get; init; }

    public string? conversation_start { get; init; }

    public string? conversation_end { get; init; }

    public string? incoming_number { get; init; }

    public string? incoming_address { get; init; }

    public string? outbound_number { get; init; }

    public string? outbound_address { get; init; }

    public long session_seconds { get; init; }

    public long conversation_seconds { get; init; }

    public required string handling_location { get; init; }

    public required string url { get; init; }

    public long? reliefs { get; init; }

    public long? early_reliefs { get; init; }

    public long? early_relief_requests { get; init; }

    public string? preference { get; init; }

    public string? preference_consent { get; init; }

    public string? preference_outcome { get; init; }

    /// <summary>The seal; null until the record is sealed.</summary>
    public string? digest { get; init; }

    private static IReadOnlyList<(string Name, Func<CallRecordRow, object?> Value)> Columns { get; } =
    [
        (nameof(sequence), row => row.sequence),
        (nameof(call_id), row => row.call_id),
        (nameof(session_id), row => row.session_id),
        (nameof(ca_id), row => row.ca_id),
        (nameof(direction), row => row.direction),
        (nameof(priority), row => row.priority),
        (nameof(pool), row => row.pool),
        (nameof(end_reason), row => row.end_reason),
        (nameof(arrived_at), row => row.arrived_at),
        (nameof(answered_at), row => row.answered_at),
        (nameof(ended_at), row => row.ended_at),
        (nameof(session_start), row => row.session_start),
        (nameof(session_end), row => row.session_end),
        (nameof(conversation_start), row => row.conversation_start),
        (nameof(conversation_end), row => row.conversation_end),
        (nameof(incoming_number), row => row.incoming_number),
        (nameof(incoming_address), row => row.incoming_address),
        (nameof(outbound_number), row => row.outbound_number),
        (nameof(outbound_address), row => row.outbound_address),
        (nameof(session_seconds), row => row.session_seconds),
        (nameof(conversation_seconds), row => row.conversation_seconds),
        (nameof(handling_location), row => row.handling_location),
        (nameof(url), row => row.url),
        (nameof(reliefs), row => row.reliefs),
        (nameof(early_reliefs), row => row.early_reliefs),
        (nameof(early_relief_requests), row => row.early_relief_requests),
        (nameof(preference), row => row.preference),
        (nameof(preference_consent), row => row.preference_consent),
        (nameof(preference_outcome), row => row.preference_outcome),
    ];

    /// <summary>The columns, in the order in which they are exported and sealed.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Columns.Select(column => column.Name)];

    /// <summary>Every field with its column's name, in that order.</summary>
    public IEnumerable<(string Name, object? Value)> Fields() =>
        Columns.Select(column => (column.Name, column.Value(this)));

    /// <summary>The record this row keeps.</summary>
    public CallRecord ToRecord() => new()
    {
        Call = CallId.From(call_id),
        Session = SessionId.From(session_id),
        CaId = ca_id,
        Direction = Enum.Parse<CallDirection>(direction, ignoreCase: true),
        Priority = Enum.Parse<PriorityClass>(priority, ignoreCase: true),
        Pool = PoolId.From(pool),
        EndReason = Enum.Parse<EndReason>(end_reason, ignoreCase: true),
        ArrivedAt = Time(arrived_at),
        AnsweredAt = TimeOrNull(answered_at),
        EndedAt = Time(ended_at),
        SessionStart = TimeOrNull(session_start),
        SessionEnd = TimeOrNull(session_end),
        ConversationStart = TimeOrNull(conversation_start),
        ConversationEnd = TimeOrNull(conversation_end),
        IncomingNumber = incoming_number,
        IncomingAddress = incoming_address,
        OutboundNumber = outbound_number,
        OutboundAddress = outbound_address,
        SessionSeconds = session_seconds,
        ConversationSeconds = conversation_seconds,
        HandlingLocation = handling_location,
        Url = url,
        Reliefs = reliefs,
        EarlyReliefs = early_reliefs,
        EarlyReliefRequests = early_relief_requests,
        Preference = preference,
        PreferenceConsent = WordOrNull<PreferenceFallback>(preference_consent),
        PreferenceOutcome = WordOrNull<WishOutcome>(preference_outcome),
    };

    private static TEnum? WordOrNull<TEnum>(string? word)
        where TEnum : struct, Enum =>
        word is null ? null : Enum.Parse<TEnum>(word, ignoreCase: true);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset? TimeOrNull(string? text) => text is null ? null : Time(text);
}
