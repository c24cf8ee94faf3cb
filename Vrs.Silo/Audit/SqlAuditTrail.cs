using System.Collections.Immutable;
using System.Globalization;
using Vrs.Grains.Audit;
using Vrs.Grains.Interfaces.Audit;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Audit;

/// <summary>Audit events in the table <c>audit_events</c>.</summary>
/// <param name="writer">For writing.</param>
internal sealed class SqlAuditTrail(GroupCommitWriter writer) : IAuditTrail
{
    private const int TextMax = 200;

    private const string Insert =
        "INSERT INTO audit_events (subject, number, at, actor, role, action, outcome, call_id, session_id, address, "
        + "detail) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10) "
        + "ON CONFLICT (subject, number) DO NOTHING";

    /// <inheritdoc/>
    public Task Append(ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
        Task.WhenAll(events.Select(entry => writer.Write(new Statement(Insert, Values(entry)) { CanWait = true })))
            .WaitAsync(cancellationToken);

    /// <summary>A time as it stands in the table: text that sorts.</summary>
    internal static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static object?[] Values(AuditEvent entry) =>
    [
        entry.Subject,
        entry.Number,
        Time(entry.At),
        Short(entry.Actor),
        entry.Role,
        entry.Action,
        Short(entry.Outcome),
        entry.Call?.Value,
        entry.Session?.Value,
        entry.Address,
        Short(entry.Detail),
    ];

    private static string? Short(string? text) => text is { Length: > TextMax } ? text[..TextMax] : text;
}
