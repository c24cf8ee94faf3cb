using System.Collections.Immutable;
using Vrs.Bench.Headless;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Callflows;

/// <summary>What an interpreter does about her own work, in each of the worlds.</summary>
internal static class WorkDeeds
{
    private const string TakesBreak = "takes a break";
    private const string BecomesAvailable = "becomes available";
    private const string EndsWork = "ends her work";
    private const string ExtendsWrapUp = "extends her wrap-up";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [TakesBreak, BecomesAvailable, EndsWork, ExtendsWrapUp];

    /// <summary>As an event of her machine.</summary>
    public static InterpreterEvent EventOf(string deed, long deadline) => deed switch
    {
        TakesBreak => new InterpreterEvent.TakeBreak(BreakKind.Rest),
        BecomesAvailable => new InterpreterEvent.GoAvailable(),
        EndsWork => new InterpreterEvent.SignOut(),
        ExtendsWrapUp => new InterpreterEvent.ExtendWrapUp(deadline),
        _ => throw new ArgumentOutOfRangeException(nameof(deed)),
    };

    /// <summary>As a request to her grain.</summary>
    public static Task<Refusal?> Ask(IInterpreterGrain grain, string deed, long deadline) => deed switch
    {
        TakesBreak => grain.TakeBreak(BreakKind.Rest, ""),
        BecomesAvailable => grain.GoAvailable(),
        EndsWork => grain.SignOut(),
        ExtendsWrapUp => grain.ExtendWrapUp(deadline),
        _ => throw new ArgumentOutOfRangeException(nameof(deed)),
    };

    /// <summary>As a request of her page.</summary>
    public static Task<HubRefusal?> Ask(HeadlessConsole page, string deed, long deadline) => deed switch
    {
        TakesBreak => page.TakeBreak("rest"),
        BecomesAvailable => page.GoAvailable(),
        EndsWork => page.SignOut(),
        ExtendsWrapUp => page.ExtendWrapUp(deadline),
        _ => throw new ArgumentOutOfRangeException(nameof(deed)),
    };
}
