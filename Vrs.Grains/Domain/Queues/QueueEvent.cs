using Vrs.Grains.Domain.Machines;

namespace Vrs.Grains.Domain.Queues;

/// <summary>
/// Everything that can happen to a call's place in line. Closed: the nested records are all there are.
/// </summary>
/// <param name="Call">The call.</param>
public abstract record QueueEvent(CallId Call) : MachineEvent
{
    /// <summary>The call wants to stand in line.</summary>
    public sealed record Joined(
        CallId Call,
        PriorityClass Priority,
        ImmutableArray<string> RequiredSkills,
        UserId? Caller = null,
        InterpreterPreference? Preference = null,
        DateTimeOffset? Since = null,
        bool Moved = false) : QueueEvent(Call);

    /// <summary>The offer of this number came to nothing.</summary>
    public sealed record Returned(CallId Call, long Offer, InterpreterId Interpreter) : QueueEvent(Call);

    /// <summary>The caller's connection is lost.</summary>
    public sealed record WentAway(CallId Call) : QueueEvent(Call);

    /// <summary>The caller's connection is back.</summary>
    public sealed record CameBack(CallId Call) : QueueEvent(Call);

    /// <summary>The place was held for as long as it may be.</summary>
    public sealed record HoldElapsed(CallId Call) : QueueEvent(Call);

    /// <summary>Somebody may be asked again who let an offer pass.</summary>
    public sealed record PauseElapsed(CallId Call) : QueueEvent(Call);

    /// <summary>The interpreter whom the caller prefers was waited for as long as she wanted.</summary>
    public sealed record PreferenceElapsed(CallId Call) : QueueEvent(Call);

    /// <summary>The call has waited for so long that another pool may serve it.</summary>
    public sealed record OverflowElapsed(CallId Call) : QueueEvent(Call);

    /// <summary>The call is served, or over without having been.</summary>
    public sealed record Left(CallId Call, bool Served = false) : QueueEvent(Call);

    /// <summary>The interpreter took the reservation of this number.</summary>
    public sealed record Granted(CallId Call, long Offer, Reservation Reservation) : QueueEvent(Call);

    /// <summary>The interpreter was not free after all.</summary>
    public sealed record Denied(CallId Call, long Offer, InterpreterId Interpreter) : QueueEvent(Call);

    /// <summary>This call is first in order among those for whom a fit interpreter is free, and she is it.</summary>
    public sealed record Matched(CallId Call, Decision Decision) : QueueEvent(Call);
}
