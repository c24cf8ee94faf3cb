using Vrs.Grains.Audit;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Grains.Calls;

public sealed partial class CallGrain
{
    /// <summary>What somebody did, and every change of phase; not what the call tells itself in between.</summary>
    private static AuditEvent? AuditOf(
        CallState before, CallEvent @event, Transition<CallState, CallEffect> transition, DateTimeOffset now)
    {
        var (next, role) = (transition.Next, ActorOf(@event));
        if (transition.Kind is not RowKind.Step || (role == AuditEvent.System && before.Phase == next.Phase))
        {
            return null;
        }

        var change = before.Phase == next.Phase ? $"{next.Phase}" : $"{before.Phase} to {next.Phase}";
        return new AuditEvent(
            $"call:{next.Call}",
            next.Version,
            now,
            UserOf(role, before, next),
            role,
            "call." + AuditWords.Of(@event),
            AuditEvent.Done,
            next.Call,
            next.Session,
            role == "caller" ? next.Caller?.Address : null,
            next.IsOver ? $"{change}, {next.EndReason}" : change);
    }

    private static string UserOf(string role, CallState before, CallState next) => role switch
    {
        "caller" => next.Caller?.User.Value,
        "interpreter" => (before.Interpreter ?? next.Interpreter)?.Interpreter.Value,
        "callee" => next.Facts.Callee?.Value,
        AuditEvent.System => AuditEvent.System,
        // Who of the staff it was, the page's own event says.
        _ => null,
    } ?? AuditEvent.Unknown;
}
