using System.Globalization;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Gateway.Legs;

/// <summary>
/// Watches that a device refreshes its session (RFC 4028). The device is always the refresher: browsers send an
/// UPDATE at
/// half of the interval, which is answered here and never reaches the other leg.
/// </summary>
/// <param name="scheduler">The flow's timers.</param>
/// <param name="longest">The longest interval granted.</param>
/// <param name="expired">Called when no refresh came in time.</param>
internal sealed class SessionTimer(IFlowScheduler scheduler, TimeSpan longest, Action expired) : IDisposable
{
    /// <summary>The shortest interval anybody may ask for, in seconds (RFC 4028 section 4).</summary>
    public const int MinSeconds = 90;

    private IDisposable? _due;
    private int _seconds;

    /// <summary>Whether a request asks for a shorter interval than is allowed: to be answered 422.</summary>
    public static bool IsTooShort(SipRequest request) => Asked(request) < MinSeconds;

    /// <summary>Offers a session timer in a request of ours, refreshed by the device.</summary>
    public void Offer(SipRequest request)
    {
        request.Headers.Add(HeaderNames.Supported, "timer");
        request.Headers.Add(HeaderNames.SessionExpires, Value((int)longest.TotalSeconds, "uas"));
        request.Headers.Add(HeaderNames.MinSE, MinSeconds);
    }

    /// <summary>Says the interval in our 2xx to an INVITE or UPDATE, and counts it as a refresh.</summary>
    public void Answer(SipRequest request, SipResponse response)
    {
        // A device that wants us to refresh gets no timer: liveness of its flow is watched anyway.
        if (!request.Headers.HasToken(HeaderNames.Supported, "timer") || RefresherOf(request) == "uas")
        {
            Restart(_seconds);
            return;
        }

        var seconds = Math.Min(Asked(request) ?? int.MaxValue, (int)longest.TotalSeconds);
        response.Headers.Add(HeaderNames.SessionExpires, Value(seconds, "uac"));
        response.Headers.Add(HeaderNames.Require, "timer");
        Restart(seconds);
    }

    /// <summary>Takes the interval from the device's 2xx to our INVITE.</summary>
    public void Take(SipResponse response)
    {
        if (Asked(response) is { } seconds && RefresherOf(response) == "uas")
        {
            Restart(seconds);
        }
    }

    public void Dispose() => _due?.Dispose();

    private void Restart(int seconds)
    {
        _due?.Dispose();
        _seconds = seconds;
        _due = seconds > 0 ? scheduler.Schedule(TimeSpan.FromSeconds(seconds), expired) : null;
    }

    private static string Value(int seconds, string refresher) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds};refresher={refresher}");

    private static int? Asked(SipMessage message) =>
        int.TryParse(
            message.Headers[HeaderNames.SessionExpires]?.Split(';')[0].Trim(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds)
            ? seconds
            : null;

    private static string? RefresherOf(SipMessage message)
    {
        const string Name = "refresher=";
        return message.Headers[HeaderNames.SessionExpires]?
            .Split(';', StringSplitOptions.TrimEntries)
            .FirstOrDefault(part => part.StartsWith(Name, StringComparison.OrdinalIgnoreCase))?[Name.Length..]
            .ToLowerInvariant();
    }
}
