using Vrs.Grains.Audit;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Grains.Interpreters;

public sealed partial class InterpreterGrain
{
    private AuditEvent AuditOf(
        InterpreterState before, InterpreterEvent @event, InterpreterState next, DateTimeOffset now)
    {
        var byHer = @event is InterpreterEvent.SignIn or InterpreterEvent.SignOut or InterpreterEvent.GoAvailable
            or InterpreterEvent.TakeBreak or InterpreterEvent.ExtendWrapUp or InterpreterEvent.Accept
            or InterpreterEvent.Decline;
        return new AuditEvent(
            $"interpreter:{Id}",
            next.Version,
            now,
            byHer ? Id.Value : AuditEvent.System,
            byHer ? "interpreter" : AuditEvent.System,
            "interpreter." + AuditWords.Of(@event),
            AuditEvent.Done,
            before.Held?.Call ?? next.Held?.Call,
            Detail: before.Status == next.Status ? $"{next.Status}" : $"{before.Status} to {next.Status}");
    }
}
