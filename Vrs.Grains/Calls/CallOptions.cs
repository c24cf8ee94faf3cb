using Microsoft.Extensions.Options;
using Vrs.Grains.Domain.Calls;

namespace Vrs.Grains.Calls;

/// <summary>
/// The section <c>Calls</c> of the configuration: how long a call waits for what. Live calls keep their times.
/// </summary>
public sealed class CallOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Calls";

    /// <summary>Until the queue must have taken a new call.</summary>
    public TimeSpan AdmissionTimeout { get; set; } = CallDeadlines.Default.Admission;

    /// <summary>The longest wait for an interpreter; emergency calls wait on.</summary>
    public TimeSpan LongestWait { get; set; } = CallDeadlines.Default.Wait;

    /// <summary>How long the place of a caller is held whose connection was lost.</summary>
    public TimeSpan HoldPlace { get; set; } = CallDeadlines.Default.Hold;

    /// <summary>How long an interpreter is asked.</summary>
    public TimeSpan OfferTimeout { get; set; } = CallDeadlines.Default.Offer;

    /// <summary>How long the leg of an interpreter who accepted may take.</summary>
    public TimeSpan SetupTimeout { get; set; } = CallDeadlines.Default.Setup;

    /// <summary>How long caller and interpreter may be connected without dialing.</summary>
    public TimeSpan IdleTimeout { get; set; } = CallDeadlines.Default.Idle;

    /// <summary>How long they have to dial again after the other party hung up.</summary>
    public TimeSpan RedialTimeout { get; set; } = CallDeadlines.Default.Redial;

    /// <summary>How long the other party's device rings.</summary>
    public TimeSpan RingTimeout { get; set; } = CallDeadlines.Default.Ring;

    /// <summary>How long another interpreter is sought for a call that lost hers.</summary>
    public TimeSpan RecoveryTimeout { get; set; } = CallDeadlines.Default.Recovery;

    /// <summary>How long a lost connection may take to come back.</summary>
    public TimeSpan FlowGrace { get; set; } = CallDeadlines.Default.Grace;

    /// <summary>How long a second interpreter is sought, who relieves or supports the first.</summary>
    public TimeSpan ColleagueTimeout { get; set; } = CallDeadlines.Default.Colleague;

    /// <summary>
    /// How long an interpreter should stay after she reached the other party (47 CFR 64.604(a)(1)(v)): relief before
    /// then warns and is recorded. Zero for no such rule.
    /// </summary>
    public TimeSpan MinimumInterpreterStay { get; set; } = CallDeadlines.Default.MinimumStay;

    /// <summary>How long a caller who is to be called back keeps her place.</summary>
    public TimeSpan CallbackWithin { get; set; } = CallDeadlines.Default.Callback;

    /// <summary>How long one party may hold another before the interpreter is warned.</summary>
    public TimeSpan LongHold { get; set; } = CallDeadlines.Default.LongHold;

    /// <summary>
    /// Within what time an interpreter should have answered a call; metrics tell the share, beside that of the 120 s
    /// of 47 CFR 64.604(b)(2)(iii).
    /// </summary>
    public TimeSpan AnswerTarget { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Call centre or workstation that records name as where calls are handled.</summary>
    public string HandlingLocation { get; set; } = "main";

    /// <summary>The times, as a new call takes them along.</summary>
    public CallDeadlines Deadlines() => new(
        AdmissionTimeout,
        LongestWait,
        HoldPlace,
        OfferTimeout,
        SetupTimeout,
        IdleTimeout,
        RedialTimeout,
        RingTimeout,
        RecoveryTimeout,
        FlowGrace)
    {
        Colleague = ColleagueTimeout,
        MinimumStay = MinimumInterpreterStay,
        LongHold = LongHold,
        Callback = CallbackWithin,
    };
}

/// <summary>Finds everything that is wrong with <see cref="CallOptions"/>.</summary>
public sealed class CallOptionsValidator : IValidateOptions<CallOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, CallOptions options)
    {
        var faults = new OptionFaults(CallOptions.Section);
        Between(faults, nameof(options.AdmissionTimeout), options.AdmissionTimeout, Seconds(1), Seconds(60));
        Between(faults, nameof(options.LongestWait), options.LongestWait, Seconds(10), TimeSpan.FromHours(24));
        Between(faults, nameof(options.HoldPlace), options.HoldPlace, Seconds(1), TimeSpan.FromMinutes(10));
        Between(faults, nameof(options.OfferTimeout), options.OfferTimeout, Seconds(1), TimeSpan.FromMinutes(2));
        Between(faults, nameof(options.SetupTimeout), options.SetupTimeout, Seconds(1), TimeSpan.FromMinutes(2));
        Between(faults, nameof(options.IdleTimeout), options.IdleTimeout, Seconds(10), TimeSpan.FromHours(4));
        Between(faults, nameof(options.RedialTimeout), options.RedialTimeout, Seconds(1), TimeSpan.FromHours(1));
        Between(faults, nameof(options.RingTimeout), options.RingTimeout, Seconds(10), TimeSpan.FromMinutes(10));
        Between(faults, nameof(options.RecoveryTimeout), options.RecoveryTimeout, Seconds(5), TimeSpan.FromMinutes(10));
        Between(faults, nameof(options.FlowGrace), options.FlowGrace, Seconds(1), TimeSpan.FromMinutes(5));
        Between(
            faults, nameof(options.ColleagueTimeout), options.ColleagueTimeout, Seconds(5), TimeSpan.FromMinutes(30));
        Between(
            faults,
            nameof(options.MinimumInterpreterStay),
            options.MinimumInterpreterStay,
            TimeSpan.Zero,
            TimeSpan.FromHours(2));
        Between(faults, nameof(options.CallbackWithin), options.CallbackWithin, Seconds(60), TimeSpan.FromHours(24));
        Between(faults, nameof(options.AnswerTarget), options.AnswerTarget, Seconds(1), TimeSpan.FromHours(1));
        Between(faults, nameof(options.LongHold), options.LongHold, Seconds(10), TimeSpan.FromHours(1));
        faults.Require(
            options.RecoveryTimeout > options.OfferTimeout,
            nameof(options.RecoveryTimeout),
            options.RecoveryTimeout,
            $"must be longer than {nameof(options.OfferTimeout)} ({options.OfferTimeout})",
            "Otherwise no second interpreter can be asked; leave both out for 00:01:00 and 00:00:15.");
        faults.Require(
            !string.IsNullOrWhiteSpace(options.HandlingLocation),
            nameof(options.HandlingLocation),
            options.HandlingLocation,
            "must name where calls are handled",
            "Records need it; write the call centre's id.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static void Between(OptionFaults faults, string name, TimeSpan found, TimeSpan least, TimeSpan most) =>
        faults.Require(
            found >= least && found <= most,
            name,
            found,
            $"must be from {least} to {most}",
            "Leave it out for the default.");
}
