using Microsoft.Extensions.Logging;

namespace Vrs.Grains.Interpreters;

public sealed partial class InterpreterGrain
{
    [LoggerMessage(
        EventName = "interpreter_step",
        Level = LogLevel.Information,
        Message = "{event_name}: {machine} {interpreter} {state_from} -> {state_to}, call {correlation_id}, "
            + "version {version}; {actor_role}")]
    private static partial void LogStep(
        ILogger log,
        InterpreterId interpreter,
        CallId? correlation_id,
        string event_name,
        InterpreterStatus state_from,
        InterpreterStatus state_to,
        long version,
        string machine = "interpreter",
        string actor_role = "interpreter");

    [LoggerMessage(
        EventName = "restored",
        Level = LogLevel.Information,
        Message = "Goes on as {state_to}; {machine} {interpreter}, version {version}")]
    private static partial void LogRestored(
        ILogger log,
        InterpreterId interpreter,
        InterpreterStatus state_to,
        long version,
        string machine = "interpreter");

    [LoggerMessage(
        EventName = "interpreter_unmoved",
        Level = LogLevel.Debug,
        Message = "{event_name} of {actor_role} {interpreter} in {state_from} changes nothing: {because}; "
            + "{correlation_id}")]
    private static partial void LogUnmoved(
        ILogger log,
        InterpreterId interpreter,
        InterpreterId correlation_id,
        string event_name,
        InterpreterStatus state_from,
        string because,
        string actor_role = "interpreter");
}
