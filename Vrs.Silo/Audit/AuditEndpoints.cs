using Microsoft.AspNetCore.Http.HttpResults;
using Vrs.Gateway;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Audit;
using Vrs.Grains.Audit;
using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Silo.Audit;

/// <summary>One page of the trail.</summary>
/// <param name="Events">The events, newest first.</param>
/// <param name="Before">Ask with this for the next page; null when there is none.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Events, long? Before);

/// <summary>An event as operators and auditors see it.</summary>
internal sealed record AuditEntry(
    long Id,
    string Subject,
    long Number,
    string At,
    string Actor,
    string Role,
    string Action,
    string Outcome,
    string? Call,
    string? Session,
    string? Address,
    string? Detail);

/// <summary>The audit trail, for operators and auditors.</summary>
internal static class AuditEndpoints
{
    private const int TakeDefault = 100;
    private const int TakeMax = 1000;

    /// <summary>Adds the store, who seals what is in it, and who erases what is too old.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services)
    {
        services.AddSingleton<IAuditTrail, SqlAuditTrail>();
        services.AddSingleton<AuditReader>();
        services.AddHostedService<AuditSealer>();
        services.AddHostedService<AuditEraser>();
        return services;
    }

    /// <summary>
    /// Adds <c>GET /api/audit</c> with <c>from</c>, <c>to</c>, <c>actor</c>, <c>action</c> (<c>call.*</c> for all that
    /// begin so), <c>call</c> (its id or its Session-ID), <c>take</c>, and <c>before</c> for the next page.
    /// </summary>
    public static void MapAuditTrail(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{GatewayPaths.Api}/audit", Find).RequireAuthorization(GatewayServices.AuditPolicy);

    private static async Task<Ok<AuditPage>> Find(
        HttpContext context,
        AuditReader reader,
        AuditLog audit,
        string? from = null,
        string? to = null,
        string? actor = null,
        string? action = null,
        string? call = null,
        long? before = null,
        int take = TakeDefault)
    {
        var who = SignedInUser.From(context.User);
        await audit.Note(AuditLog.By(who, "audit.read", AuditEvent.Done) with
        {
            Address = AuditLog.AddressOf(context),
            Detail = context.Request.QueryString.Value,
        });
        var count = Math.Clamp(take, 1, TakeMax);
        var rows = await reader.Find(new AuditQuestion(from, to, actor, action, call, before), count);
        return TypedResults.Ok(new AuditPage(
            [.. rows.Select(EntryOf)], rows.Count == count ? rows[^1].id : null));
    }

    private static AuditEntry EntryOf(AuditRow row) => new(
        row.id,
        row.subject,
        row.number,
        row.at,
        row.actor,
        row.role,
        row.action,
        row.outcome,
        row.call_id,
        row.session_id,
        row.address,
        row.detail);
}
