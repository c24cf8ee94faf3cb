using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.Legs;

/// <summary>Every wait and bound of the legs, in one place.</summary>
public sealed record LegOptions
{
    /// <summary>The section's name in the configuration.</summary>
    public const string Section = "Gateway:Legs";

    /// <summary>Legs one flow may have at a time.</summary>
    public int MaxLegsPerFlow { get; set; } = 16;

    /// <summary>Requests of one leg that may wait for the other leg's answer.</summary>
    public int MaxRelayedRequests { get; set; } = 8;

    /// <summary>Longest body of a relayed INFO, in characters.</summary>
    public int MaxInfoLength { get; set; } = 16 * 1024;

    /// <summary>How long a relayed request waits for the other leg's answer.</summary>
    public TimeSpan RelayTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a device's offer in its 2xx waits for the call's answer (64 * T1 of RFC 3261, and no less): meanwhile a
    /// caller who is called back may let it ring.
    /// </summary>
    public TimeSpan AckTimeout { get; set; } = TimeSpan.FromSeconds(32);

    /// <summary>
    /// How long a leg whose place another of the same device has taken stays at most: until the device says that it
    /// shows the other one.
    /// </summary>
    public TimeSpan HandoverTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The session interval (RFC 4028): a device that does not refresh within it is gone. At least 90 s, which is also
    /// what browsers ask for.
    /// </summary>
    public TimeSpan SessionInterval { get; set; } = TimeSpan.FromSeconds(180);

    /// <summary>How often a report to a call is tried before it is given up.</summary>
    public int ReportAttempts { get; set; } = 10;

    /// <summary>The pause after the first failed attempt; it doubles with each, up to five seconds.</summary>
    public TimeSpan ReportPause { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a connection may stay without anybody having signed in on it (REGISTER or INVITE).</summary>
    public TimeSpan SignInWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Tokens this service never made, after which a connection is closed.</summary>
    public int MaxForgedTokens { get; set; } = 3;

    /// <summary>
    /// Numbers of emergency services where the service is offered, with commas between them: calls to them are ahead of
    /// all others.
    /// </summary>
    public string EmergencyNumbers { get; set; } = "911,112";

    /// <summary>
    /// Numbers at which emergency calling is tried out, with commas between them: 933 reads back the address that 911
    /// would see. They are dialed as they are written, and go ahead of nobody.
    /// </summary>
    public string TestNumbers { get; set; } = "933";

    /// <summary>The emergency numbers, one by one.</summary>
    public IReadOnlyCollection<string> EmergencyNumberList() => Split(EmergencyNumbers);

    /// <summary>All numbers that keep their form, one by one.</summary>
    public IReadOnlyCollection<string> ShortNumberList() => [.. EmergencyNumberList(), .. Split(TestNumbers)];

    /// <summary>How often this gateway tells the grains where it is called.</summary>
    public TimeSpan SubscribeEvery { get; set; } = TimeSpan.FromSeconds(15);

    private static string[] Split(string numbers) =>
        numbers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Finds every fault of <see cref="LegOptions"/> at once.</summary>
public sealed class LegOptionsValidator : IValidateOptions<LegOptions>
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(90);

    public ValidateOptionsResult Validate(string? name, LegOptions options)
    {
        var faults = new OptionFaults(LegOptions.Section);
        RequireCount(faults, nameof(options.MaxLegsPerFlow), options.MaxLegsPerFlow, 1000);
        RequireCount(faults, nameof(options.MaxRelayedRequests), options.MaxRelayedRequests, 100);
        RequireCount(faults, nameof(options.MaxInfoLength), options.MaxInfoLength, 64 * 1024);
        RequireCount(faults, nameof(options.MaxForgedTokens), options.MaxForgedTokens, 1000);
        RequireCount(faults, nameof(options.ReportAttempts), options.ReportAttempts, 100);
        RequireTime(faults, nameof(options.RelayTimeout), options.RelayTimeout);
        RequireTime(faults, nameof(options.AckTimeout), options.AckTimeout, least: TimeSpan.FromSeconds(32));
        RequireTime(faults, nameof(options.HandoverTimeout), options.HandoverTimeout);
        RequireTime(faults, nameof(options.ReportPause), options.ReportPause);
        RequireTime(faults, nameof(options.SignInWithin), options.SignInWithin);
        RequireTime(faults, nameof(options.SubscribeEvery), options.SubscribeEvery);
        faults.Require(
            options.EmergencyNumberList().All(IsDigits),
            nameof(options.EmergencyNumbers),
            options.EmergencyNumbers,
            "must be numbers of 2 to 15 digits with commas between them",
            "911,112 suits North America and Europe.");
        faults.Require(
            options.ShortNumberList().All(IsDigits)
                && options.ShortNumberList().Distinct().Count() == options.ShortNumberList().Count,
            nameof(options.TestNumbers),
            options.TestNumbers,
            "must be numbers of 2 to 15 digits with commas between them, none of them an emergency number",
            "933 suits North America.");
        faults.Require(
            options.SessionInterval >= ShortestInterval && options.SessionInterval <= TimeSpan.FromHours(1),
            nameof(options.SessionInterval),
            options.SessionInterval,
            "must be from 00:01:30 (the least that RFC 4028 allows) to 01:00:00",
            "00:03:00 suits most.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }

    private static bool IsDigits(string number) => number.Length is >= 2 and <= 15 && number.All(char.IsAsciiDigit);

    private static void RequireCount(OptionFaults faults, string option, int found, int most) =>
        faults.Require(
            found >= 1 && found <= most,
            option,
            found,
            $"must be from 1 to {most}",
            "Leave it out for the default.");

    private static void RequireTime(OptionFaults faults, string option, TimeSpan found, TimeSpan least = default) =>
        faults.Require(
            found > TimeSpan.Zero && found >= least && found <= TimeSpan.FromMinutes(5),
            option,
            found,
            least > TimeSpan.Zero
                ? $"must be from {least} to 00:05:00"
                : "must be more than nothing and at most 00:05:00",
            "Leave it out for the default.");
}
