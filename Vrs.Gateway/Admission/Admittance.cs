using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Admission;

/// <summary>Who asks to be admitted.</summary>
/// <param name="Address">Whence.</param>
/// <param name="Account">Who is signed in there, or has been before in that browser; null for a stranger.</param>
public readonly record struct Asker(IPAddress Address, UserId? Account);

/// <summary>
/// Decides how much is taken from whom (flood control). Whoever is known by an account answers for that account only;
/// strangers answer for their address. So a flood from an address does not shut out the accounts behind it, and a
/// flood of strangers does not use up what accounts may do. Thread-safe.
/// </summary>
public sealed partial class Admittance
{
    private static readonly Rate LogRate = Rate.Of(perSecond: 0.2, burst: 10);
    private static readonly Rate StrangerLogRate = Rate.Of(perSecond: 20, burst: 500);

    private readonly Gate[] _gates;
    private readonly BucketTable<AdmissionKind> _logged;
    private readonly BucketTable<bool> _strangersLogged;
    private readonly ILogger _logger;

    /// <summary>With the configured rates.</summary>
    public Admittance(IOptions<AdmissionOptions> options, TimeProvider time, ILogger<Admittance> logger)
    {
        var kinds = Enum.GetValues<AdmissionKind>();
        _gates = Array.ConvertAll(
            kinds, kind => new Gate(options.Value.Of(kind), options.Value.MaxRemembered, time));
        _logged = new BucketTable<AdmissionKind>(LogRate, kinds.Length, time);
        _strangersLogged = new BucketTable<bool>(StrangerLogRate, most: 1, time);
        _logger = logger;
    }

    /// <summary>Whether one thing of a kind may be done now.</summary>
    /// <returns>Zero when it may; else after how long it might, for <c>Retry-After</c>.</returns>
    public TimeSpan Ask(AdmissionKind kind, Asker asker)
    {
        var wait = _gates[(int)kind].TryTake(asker);
        if (wait > TimeSpan.Zero)
        {
            Tell(kind, asker);
        }

        return wait;
    }

    /// <summary>Takes an amount of what is delayed rather than refused.</summary>
    /// <returns>How long to wait before going on; zero as a rule.</returns>
    public TimeSpan Draw(AdmissionKind kind, Asker asker, int amount)
    {
        var wait = _gates[(int)kind].Take(asker, amount);
        if (wait > TimeSpan.Zero)
        {
            Tell(kind, asker);
        }

        return wait;
    }

    /// <summary>
    /// Whether a line about somebody may be logged: always about accounts, and about strangers as long as there are
    /// not too many, since a flood must not become a flood of log lines.
    /// </summary>
    public bool MayLog(Asker asker) =>
        asker.Account is not null || _strangersLogged.TryTake(false) == TimeSpan.Zero;

    private void Tell(AdmissionKind kind, Asker asker)
    {
        GatewayInstruments.Limited.Add(
            1, new("kind", kind.ToString()), new("asker", asker.Account is null ? "stranger" : "account"));
        if (_logged.TryTake(kind) == TimeSpan.Zero)
        {
            LogLimited(_logger, kind, asker.Account?.Value ?? asker.Address.ToString());
        }
    }

    [LoggerMessage(EventId = 120, EventName = "admission_limited", Level = LogLevel.Warning,
        Message = "More of {kind} came from {asker} than is taken from one; further lines like this are left out.")]
    private static partial void LogLimited(ILogger logger, AdmissionKind kind, string asker);

    /// <summary>The buckets of one kind.</summary>
    private sealed class Gate(AdmissionRates rates, int most, TimeProvider time)
    {
        private readonly BucketTable<IPAddress> _addresses = new(rates.Address, most, time);
        private readonly BucketTable<UserId> _accounts = new(rates.Account, most, time);
        private readonly BucketTable<bool> _together = new(rates.Gateway, most: 2, time);

        public TimeSpan TryTake(Asker asker)
        {
            var own = asker.Account is { } account
                ? _accounts.TryTake(account)
                : _addresses.TryTake(Site.Of(asker.Address));
            return own > TimeSpan.Zero ? own : _together.TryTake(asker.Account is not null);
        }

        public TimeSpan Take(Asker asker, int amount)
        {
            var own = asker.Account is { } account
                ? _accounts.Take(account, amount)
                : _addresses.Take(Site.Of(asker.Address), amount);
            var together = _together.Take(asker.Account is not null, amount);
            return own > together ? own : together;
        }
    }
}
