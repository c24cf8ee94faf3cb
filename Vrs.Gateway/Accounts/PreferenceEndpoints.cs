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
/// <param name="Interpreter">
/// The interpreter's account, or null. To change it, her name or her CA number will do.
/// </param>
/// <param name="WaitSeconds">How long nobody else is asked.</param>
/// <param name="Otherwise"><c>anyone</c>, or <c>wait</c> for nobody else: what she agreed to.</param>
/// <param name="InterpreterName">The interpreter's display name, as told by the service; null when not known.</param>
public sealed record PreferenceView(
    string? Gender, string? Interpreter, int WaitSeconds, string Otherwise, string? InterpreterName = null)
{
    internal static PreferenceView For(InterpreterPreference? preference) => new(
        preference?.Gender,
        preference?.Interpreter?.Value,
        (int)(preference?.WaitFor.TotalSeconds ?? 0),
        preference?.Fallback is PreferenceFallback.KeepWaiting ? "wait" : "anyone",
        preference?.Name);

    /// <summary>The preference; null when nobody is wished for.</summary>
    /// <param name="named">The interpreter wished for, or null.</param>
    internal InterpreterPreference? ToPreference(Account? named) => Gender is null && named is null
        ? null
        : new InterpreterPreference(
            Gender?.ToLowerInvariant(),
            named is null ? null : InterpreterId.From(named.User.Value),
            TimeSpan.FromSeconds(WaitSeconds),
            CallWishes.ReadFallback(Otherwise) ?? PreferenceFallback.Anyone,
            named?.DisplayName);

    /// <summary>What is wrong with it, as one sentence; null when nothing is.</summary>
    internal string? Fault() =>
        Gender is not null && !CallWishes.IsWord(Gender) ? "A gender is one word."
        : WaitSeconds is < 0 or > CallWishes.WaitMaxSeconds
            ? $"The wait must be from 0 to {CallWishes.WaitMaxSeconds} seconds."
        : CallWishes.ReadFallback(Otherwise) is null ? "Say what you agree to otherwise: anyone, or wait."
        : null;
}

/// <summary>A caller's standing preference: <c>GET</c> and <c>PUT /api/preference</c>. It holds from the next call
/// on.</summary>
/// <param name="grains">Reaches account grains.</param>
/// <param name="interpreters">Whom a name may mean.</param>
internal sealed class PreferenceEndpoints(IGrainFactory grains, KnownInterpreters interpreters)
{
    private const int NameLengthMax = 80;

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
        var account = Account(context);
        var (named, fault) = wished.Interpreter is { } text ? Find(text, await account.Get()) : (null, null);
        if ((wished.Fault() ?? fault) is { } sentence)
        {
            return Problems.BadRequest(sentence);
        }

        var preference = wished.ToPreference(named);
        await account.Prefer(preference);
        return TypedResults.Ok(PreferenceView.For(preference));
    }

    /// <summary>The interpreter whom a caller means; or why there is none, as one sentence.</summary>
    private (Account? Named, string? Fault) Find(string text, Account? caller)
    {
        if (text.Length > NameLengthMax)
        {
            return (null, "That name is too long.");
        }

        var meant = interpreters.Find(text);
        return meant switch
        {
            [] => (null, $"We know no interpreter “{text.Trim()}”. Check the spelling, or use the CA number."),
            [var one] when caller is { Pools: [var pool, ..] } && !one.Pools.Contains(pool) =>
                (null, $"{one.DisplayName} does not interpret between your languages."),
            [var one] => (one, null),
            _ => (null, $"Several interpreters are called “{text.Trim()}”. Use the CA number."),
        };
    }

    private IAccountGrain Account(HttpContext context) =>
        grains.GetGrain<IAccountGrain>(SignedInUser.From(context.User).User.Value);
}
