using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Vrs.Gateway.Accounts;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Audit;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Audit;

/// <summary>Everything that somebody asks for on a page is on record, with what came of it.</summary>
/// <param name="audit">The way to the trail.</param>
internal sealed class AuditFilter(AuditLog audit) : IHubFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var outcome = "failed";
        try
        {
            var result = await next(invocationContext);
            outcome = result is Refusal refusal ? Word(refusal.Reason.ToString()) : AuditEvent.Done;
            return result;
        }
        finally
        {
            Tell(invocationContext, outcome);
        }
    }

    private static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private void Tell(HubInvocationContext invocation, string outcome)
    {
        var who = SignedInUser.From(invocation.Context.User);
        audit.Tell(AuditLog.By(who, "page." + Word(invocation.HubMethodName), outcome) with
        {
            Call = invocation.HubMethodArguments.OfType<CallId>().Select(call => (CallId?)call).FirstOrDefault(),
            Address = AuditLog.AddressOf(invocation.Context.GetHttpContext()),
        });
    }
}
