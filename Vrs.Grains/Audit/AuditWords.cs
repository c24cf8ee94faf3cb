using System.Text.Json;

namespace Vrs.Grains.Audit;

/// <summary>Names of events as the trail has them.</summary>
internal static class AuditWords
{
    /// <summary>The name of an event's kind, e.g. <c>offer_accepted</c>.</summary>
    public static string Of(object @event) => JsonNamingPolicy.SnakeCaseLower.ConvertName(@event.GetType().Name);
}
