using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;
using Vrs.Gateway.Legs;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Gateway.Accounts;

/// <summary>Whom a caller would like to have as her interpreter, as her page shows and changes it.</summary>
/// <param name="Gender">The gender wished for, or null.</param>
/// <param name="Interpreter">The interpreter's account, or null.</param>
/// <param name="WaitSeconds">How long nobody else is asked.</param>
/// <param name="Otherwise"><c>anyone</c>, or <c>wait</c> for nobody else: what she agreed to.</param>
public sealed record PreferenceView(string? Gender, string? Interpreter, int WaitSeconds, string Otherwise)
{
    internal static PreferenceView For(InterpreterPreference? preference) => new(
        preference?.Gender,
        preference?.Interpreter?.Value,
        (int)(preference?.WaitFor.TotalSeconds ?? 0),
        preference?.Fallback is PreferenceFallback.KeepWaiting ? "wait" : "anyone");

    /// <summary>The preference; null when nobody is wished for.</summary>
    internal InterpreterPreference? ToPreference() => Gender is null && Interpreter is null
        ? null
        : new InterpreterPreference(
            Gender?.ToLowerInvariant(),
            Interpreter is null ? null : InterpreterId.From(Interpreter),
            TimeSpan.FromSeconds(WaitSeconds),
            CallWishes.ReadFallback(Otherwise) ?? PreferenceFallback.Anyone);

    /// <summary>What is wrong with it, as one sentence; null when nothing is.</summary>
    internal string? Fault() =>
        !new[] { Gender, Interpreter }.OfType<string>().All(CallWishes.IsWord)
            ? "A gender or an interpreter is one word."
            : WaitSeconds is < 0 or > CallWishes.WaitMaxSeconds
                ? $"The wait must be from 0 to {CallWishes.WaitMaxSeconds} seconds."
                : CallWishes.ReadFallback(Otherwise) is null
                    ? "Say what you agree to otherwise: anyone, or wait."
                    : null;
}

/// <summary>A caller's standing preference: <c>GET</c> and <c>PUT /api/preference</c>. It holds from the next call
/// on.</summary>
/// <param name="grains">Reaches account grains.</param>
internal sealed class PreferenceEndpoints(IGrainFactory grains)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var preference = routes.MapGroup($"{GatewayPaths.Api}/preference").RequireAuthorization(CallersOnly);
        preference.MapGet("", (Delegate)Get);
        preference.MapPut("", Put);
    }

    private static void CallersOnly(Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder policy) =>
        policy.RequireRole(RoleNames.Caller);

    private async Task<Ok<PreferenceView>> Get(HttpContext context) =>
        TypedResults.Ok(PreferenceView.For((await Account(context).Get())?.Wishes?.Preference));

    private async Task<Results<Ok<PreferenceView>, ProblemHttpResult>> Put(PreferenceView wished, HttpContext context)
    {
        if (wished.Fault() is { } fault)
        {
            return Problems.BadRequest(fault);
        }

        var preference = wished.ToPreference();
        await Account(context).Prefer(preference);
        return TypedResults.Ok(PreferenceView.For(preference));
    }

    private IAccountGrain Account(HttpContext context) =>
        grains.GetGrain<IAccountGrain>(SignedInUser.From(context.User).User.Value);
}
