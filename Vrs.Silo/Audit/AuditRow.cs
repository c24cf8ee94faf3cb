using System.Diagnostics.CodeAnalysis;

namespace Vrs.Silo.Audit;

/// <summary>
/// A row of <c>audit_events</c> with its seal; the names are those of the columns, so that they match by themselves.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Dapper makes the rows.")]
[SuppressMessage("Style", "IDE1006", Justification = "Columns are named in SQL's way.")]
internal sealed class AuditRow
{
    public long id { get; init; }

    public required string subject { get; init; }

    public long number { get; init; }

    public required string at { get; init; }

    public required string actor { get; init; }

    public required string role { get; init; }

    public required string action { get; init; }

    public required string outcome { get; init; }

    public string? call_id { get; init; }

    public string? session_id { get; init; }

    public string? address { get; init; }

    public string? detail { get; init; }

    /// <summary>The UTC day whose chain it belongs to.</summary>
    public string Day() => at[.."yyyy-MM-dd".Length];

    /// <summary>Every field with its column's name, in the order in which they are sealed and exported.</summary>
    public IEnumerable<(string Name, object? Value)> Fields() =>
    [
        (nameof(id), id),
        (nameof(subject), subject),
        (nameof(number), number),
        (nameof(at), at),
        (nameof(actor), actor),
        (nameof(role), role),
        (nameof(action), action),
        (nameof(outcome), outcome),
        (nameof(call_id), call_id),
        (nameof(session_id), session_id),
        (nameof(address), address),
        (nameof(detail), detail),
    ];
}

/// <summary>A seal as stored, with its event; no event when that was erased, or taken away.</summary>
/// <param name="Position">From 1, without gaps.</param>
/// <param name="Day">The day whose chain it belongs to.</param>
/// <param name="Digest">The digest.</param>
/// <param name="Event">The event.</param>
internal sealed record SealedAudit(long Position, string Day, string Digest, AuditRow? Event);
