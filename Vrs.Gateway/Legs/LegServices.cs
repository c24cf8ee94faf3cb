using Microsoft.Extensions.Logging;
using Vrs.Gateway.Health;
using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip.Registrar;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Interfaces.Audit;
using Vrs.Grains.Interfaces.Gateways;

namespace Vrs.Gateway.Legs;

/// <summary>What the legs of all flows of this gateway share.</summary>
/// <param name="Gateway">This run of this gateway.</param>
/// <param name="Domain">The SIP domain.</param>
/// <param name="Grains">The grains.</param>
/// <param name="Authenticator">Checks tokens.</param>
/// <param name="Registrar">Answers REGISTER.</param>
/// <param name="Rules">Which media may pass.</param>
/// <param name="Options">Waits and bounds.</param>
/// <param name="Identifiers">New tags and Call-IDs.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where events go.</param>
public sealed record LegServices(
    GatewayId Gateway,
    string Domain,
    ILegGrains Grains,
    BearerAuthenticator Authenticator,
    Registrar Registrar,
    SessionRules Rules,
    LegOptions Options,
    ISipIdentifiers Identifiers,
    TimeProvider Time,
    ILogger Logger)
{
    /// <summary>Whether new calls can be taken.</summary>
    public IServiceState State { get; init; } = new NoOutage();

    /// <summary>Counts the legs of all flows.</summary>
    public LiveLegs Live { get; init; } = new();

    /// <summary>Told of refusals: who, what, the status, why, and from where.</summary>
    public Action<AuditEvent> Audit { get; init; } = static _ => { };

    /// <summary>Tries again with growing pauses what may fail for a while; see <see cref="Retry"/>.</summary>
    public Retry Retry { get; } = new(Options.ReportAttempts, Options.ReportPause, Time);

    /// <summary>
    /// The same for what must be told at last, though the service be away for long: that something is over. There is
    /// one for each leg and flow, so what waits is bounded.
    /// </summary>
    public Retry PatientRetry { get; } = new(PatientAttempts, Options.ReportPause, Time);

    /// <summary>The same for emergency calls, about as long as anybody waits for an answer.</summary>
    public Retry EmergencyRetry { get; } = new(EmergencyAttempts, Options.ReportPause, Time);

    /// <summary>With pauses of five seconds at last, an hour.</summary>
    private const int PatientAttempts = 720;

    private const int EmergencyAttempts = 20;

    /// <summary>Whether a session description may pass; refusals are counted.</summary>
    public Verdict Judge(string sdp, DescriptionKind kind)
    {
        var verdict = OfferPolicy.Check(sdp, kind, Rules);
        if (verdict is Verdict.Refuse refusal)
        {
            SipTelemetry.Refused(kind, refusal);
        }

        return verdict;
    }
}
