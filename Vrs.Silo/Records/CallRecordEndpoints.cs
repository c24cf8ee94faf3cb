using Microsoft.Extensions.DependencyInjection.Extensions;
using Vrs.Gateway;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Records;

namespace Vrs.Silo.Records;

/// <summary>Call records, and why whom served, for operators.</summary>
internal static class CallRecordEndpoints
{
    private const int TakeDefault = 50;
    private const int TakeMax = 1000;

    /// <summary>Adds the store, who seals what is in it, and who erases what is too old.</summary>
    public static IServiceCollection AddCallRecords(this IServiceCollection services)
    {
        services.TryAddSingleton<ICallRecords, SqlCallRecords>();
        services.Replace(ServiceDescriptor.Singleton<IAllocationDecisions, SqlAllocationDecisions>());
        services.TryAddSingleton<RecordReader>();
        services.AddHostedService<RecordSealer>();
        services.AddHostedService<RecordEraser>();
        services.AddHostedService<CallStateEraser>();
        return services;
    }

    /// <summary>
    /// Adds <c>GET /api/operations/records?take=50</c>, the latest records, and
    /// <c>GET /api/operations/decisions?call=ID&amp;take=50</c>, why whom served; newest first.
    /// </summary>
    public static void MapCallRecords(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{GatewayPaths.Api}/operations/records", Recent)
            .RequireAuthorization(GatewayServices.OperatorPolicy);
        routes.MapGet($"{GatewayPaths.Api}/operations/decisions", Decisions)
            .RequireAuthorization(GatewayServices.OperatorPolicy);
    }

    private static async Task<IEnumerable<AllocationDecision>> Decisions(
        IAllocationDecisions decisions,
        CancellationToken stop,
        string? call = null,
        int take = TakeDefault) =>
        await decisions.Recent(
            string.IsNullOrEmpty(call) ? null : CallId.From(call), Math.Clamp(take, 1, TakeMax), stop);

    private static async Task<IEnumerable<CallRecord>> Recent(
        ICallRecords records,
        CancellationToken stop,
        int take = TakeDefault) =>
        await records.Recent(Math.Clamp(take, 1, TakeMax), stop);
}
