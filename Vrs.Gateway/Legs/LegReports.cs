using Microsoft.Extensions.Logging;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Telemetry;

namespace Vrs.Gateway.Legs;

/// <summary>
/// Tells a call what happens on one leg: in order, again and again until the call took it or the attempts are used
/// up. It
/// goes on when the flow is gone, since the call must still learn of a BYE that came just before.
/// </summary>
public sealed partial class LegReports(LegIdentity identity, LegServices services)
{
    private readonly ICallGrain _call = services.Grains.Call(identity.Leg.Call);
    private Task _last = Task.CompletedTask;

    /// <summary>Sends a report after those before it.</summary>
    /// <returns>
    /// The call's answer: null when it took it; unreachable when no attempt got through, which is logged here.
    /// </returns>
    public Task<Refusal?> Send(LegReport report)
    {
        var sent = SendAfter(_last, report);
        _last = sent;
        return sent;
    }

    private async Task<Refusal?> SendAfter(Task previous, LegReport report)
    {
        // Not on the flow's loop: that one may be gone before the call took the report.
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var (leg, kind) = (identity.Leg, report.GetType().Name);
        using var span = CallTrace.Start($"report {kind}", identity.Session, leg.Call);
        try
        {
            var retry = report is LegEnded ? services.PatientRetry : services.Retry;
            return await retry.Run(
                () => _call.Report(report),
                fault => LogRetry(services.Logger, fault, leg.Call, leg.Number, identity.Session, kind))
                .ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogLost(services.Logger, fault, leg.Call, leg.Number, identity.Session, kind);
            return new Refusal(RefusalReason.Unreachable, "The call could not be told.");
        }
    }

    [LoggerMessage(EventId = 200, EventName = "leg_report_retried", Level = LogLevel.Warning,
        Message = "Call {correlation_id} leg {leg} (session {session_id}) could not be told {report}; trying again.")]
    private static partial void LogRetry(
        ILogger logger, Exception fault, CallId correlation_id, int leg, SessionId session_id, string report);

    [LoggerMessage(EventId = 201, EventName = "leg_report_lost", Level = LogLevel.Error,
        Message = "Call {correlation_id} leg {leg} (session {session_id}) was never told {report}.")]
    private static partial void LogLost(
        ILogger logger, Exception fault, CallId correlation_id, int leg, SessionId session_id, string report);
}
