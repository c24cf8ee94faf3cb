using Microsoft.Extensions.Logging;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Telemetry;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Calls;

public sealed partial class CallGrain
{
    private void LogEvent(CallState before, CallEvent @event, Transition<CallState, CallEffect> transition)
    {
        var next = transition.Next;
        var name = @event.GetType().Name;
        if (transition.Kind is RowKind.Step)
        {
            LogStep(
                Log,
                next.Session,
                next.Call,
                ActorOf(@event),
                name,
                before.Phase,
                next.Phase,
                next.Version,
                next.EndReason,
                next.Priority);
            if (@event is HoldLasted held)
            {
                LogLongHold(Log, next.Session, next.Call, held.Leg, next.FindLeg(held.Leg)!.Role, next.Phase);
                GrainInstruments.LongHolds.Add(1);
            }
        }
        else
        {
            LogUnmoved(
                Log, next.Session, next.Call, ActorOf(@event), name, before.Phase, next.Phase, transition.Because!);
        }
    }

    /// <summary>47 CFR 64.604(a)(1)(v): an interpreter who does not stay her ten minutes is on record.</summary>
    private void LogEarly(CallState before, CallState next)
    {
        if (next.Facts.EarlyRequests > before.Facts.EarlyRequests)
        {
            LogEarlyRelief(
                Log, next.Session, next.Call, "early_relief_asked", before.Interpreter!.CaId, next.Limits.MinimumStay);
        }

        if (next.Facts.EarlyReliefs > before.Facts.EarlyReliefs)
        {
            LogEarlyRelief(
                Log, next.Session, next.Call, "early_relief", before.Interpreter!.CaId, next.Limits.MinimumStay);
        }
    }

    private static string ActorOf(CallEvent @event) => @event switch
    {
        CallerInvited or CallerReturned or CallerAway or CallerAnswered or CallerRejected
            or CallerHungUp or CallerLost or CallbackRequested => "caller",
        CallEvent.OfferAccepted or CallEvent.OfferDeclined or InterpreterAnswered or InterpreterRejected
            or InterpreterHungUp or InterpreterLost or DialRequested or DialEnded or ColleagueHungUp
            or ColleagueLost => "interpreter",
        ColleagueWanted or ColleagueDismissed => "staff",
        CalleeRinging or CalleeLocated or CalleeAnswered or CalleeRejected or CalleeHungUp => "callee",
        OperatorEnded => "operator",
        _ => "system",
    };

    [LoggerMessage(
        EventName = "call_step",
        Level = LogLevel.Information,
        Message = "{event_name}: {state_from} -> {state_to}, by {actor_role}, end reason {end_reason}, {priority}; "
            + "session {session_id}, {machine} {correlation_id}, version {version}")]
    private static partial void LogStep(
        ILogger log,
        SessionId session_id,
        CallId correlation_id,
        string actor_role,
        string event_name,
        CallPhase state_from,
        CallPhase state_to,
        long version,
        EndReason end_reason,
        PriorityClass priority,
        string machine = "call");

    [LoggerMessage(
        EventName = "restored",
        Level = LogLevel.Information,
        Message = "Goes on in {state_to}; session {session_id}, {machine} {correlation_id}, version {version}")]
    private static partial void LogRestored(
        ILogger log,
        SessionId session_id,
        CallId correlation_id,
        CallPhase state_to,
        long version,
        string machine = "call");

    [LoggerMessage(
        EventName = "call_early_relief",
        Level = LogLevel.Warning,
        Message = "{event_name}: interpreter {ca_id} has not stayed {minimum_stay}; "
            + "session {session_id}, call {correlation_id}")]
    private static partial void LogEarlyRelief(
        ILogger log,
        SessionId session_id,
        CallId correlation_id,
        string event_name,
        string ca_id,
        TimeSpan minimum_stay);

    [LoggerMessage(
        EventName = "call_held_long",
        Level = LogLevel.Warning,
        Message = "Leg {leg} ({actor_role}) holds the other side for longer than it should, in {state_to}; "
            + "session {session_id}, call {correlation_id}")]
    private static partial void LogLongHold(
        ILogger log,
        SessionId session_id,
        CallId correlation_id,
        int leg,
        LegRole actor_role,
        CallPhase state_to);

    [LoggerMessage(
        EventName = "call_unmoved",
        Level = LogLevel.Debug,
        Message = "{event_name} in {state_from} changes nothing: {because}; by {actor_role}, {state_to}; "
            + "session {session_id}, call {correlation_id}")]
    private static partial void LogUnmoved(
        ILogger log,
        SessionId session_id,
        CallId correlation_id,
        string actor_role,
        string event_name,
        CallPhase state_from,
        CallPhase state_to,
        string because);
}
