using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Consoles;

/// <summary>Says which roles may call a hub method. A method without it can be called by nobody.</summary>
/// <param name="roles">The roles.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ForRolesAttribute(params AccountRole[] roles) : Attribute
{
    /// <summary>The roles that may call the method.</summary>
    public IReadOnlyList<AccountRole> Roles { get; } = roles;
}

/// <summary>Refuses a hub method to roles it is not for, with a sentence the page can show.</summary>
internal sealed class RoleFilter : IHubFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var role = SignedInUser.From(invocationContext.Context.User).Role;
        var allowed = invocationContext.HubMethod.GetCustomAttribute<ForRolesAttribute>()?.Roles ?? [];
        return allowed.Contains(role)
            ? await next(invocationContext)
            : new Refusal(RefusalReason.Forbidden, $"A {RoleNames.ToName(role)} may not do this.");
    }
}
