using Microsoft.Extensions.Options;
using Vrs.Grains.Domain.Interpreters;

namespace Vrs.Grains.Interpreters;

/// <summary>The section <c>Interpreters</c> of the configuration.</summary>
public sealed class InterpreterOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Interpreters";

    /// <summary>After a call, before she is available by herself.</summary>
    public TimeSpan WrapUp { get; set; } = InterpreterLimits.Default.WrapUp;

    /// <summary>How long a lost console may take to come back before she is signed out.</summary>
    public TimeSpan ConsoleGrace { get; set; } = InterpreterLimits.Default.Grace;

    /// <summary>A reservation that nobody lets go ends by itself after this time; longer than any offer.</summary>
    public TimeSpan HoldTimeout { get; set; } = InterpreterLimits.Default.Hold;

    /// <summary>Offers missed in a row before she is put on break.</summary>
    public int MaxMissedOffers { get; set; } = InterpreterLimits.Default.MaxMissedOffers;

    /// <summary>How much longer wrap-up lasts each time she asks for it.</summary>
    public TimeSpan WrapUpExtension { get; set; } = InterpreterLimits.Default.WrapUpExtension;

    /// <summary>The longest wrap-up with all extensions.</summary>
    public TimeSpan LongestWrapUp { get; set; } = InterpreterLimits.Default.LongestWrapUp;

    /// <summary>
    /// Work without a break before she and the operators are told that one is due; zero tells nobody.
    /// </summary>
    public TimeSpan BreakDueAfter { get; set; } = InterpreterLimits.Default.BreakDueAfter;

    /// <summary>The limits, as they hold from a sign-in to the next.</summary>
    public InterpreterLimits Limits() => new(WrapUp, ConsoleGrace, HoldTimeout, MaxMissedOffers)
    {
        WrapUpExtension = WrapUpExtension,
        LongestWrapUp = LongestWrapUp,
        BreakDueAfter = BreakDueAfter,
    };
}

/// <summary>Finds everything that is wrong with <see cref="InterpreterOptions"/>.</summary>
/// <param name="calls">A hold must outlast an offer.</param>
public sealed class InterpreterOptionsValidator(IOptions<Calls.CallOptions> calls)
    : IValidateOptions<InterpreterOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, InterpreterOptions options)
    {
        var faults = new OptionFaults(InterpreterOptions.Section);
        faults.Require(
            options.WrapUp >= TimeSpan.Zero && options.WrapUp <= TimeSpan.FromMinutes(30),
            nameof(options.WrapUp),
            options.WrapUp,
            "must be from 00:00:00 to 00:30:00",
            "Leave it out for 00:00:30.");
        faults.Require(
            options.ConsoleGrace >= TimeSpan.FromSeconds(1) && options.ConsoleGrace <= TimeSpan.FromMinutes(5),
            nameof(options.ConsoleGrace),
            options.ConsoleGrace,
            "must be from 00:00:01 to 00:05:00",
            "Leave it out for 00:00:20.");
        faults.Require(
            options.HoldTimeout > calls.Value.OfferTimeout && options.HoldTimeout <= TimeSpan.FromMinutes(10),
            nameof(options.HoldTimeout),
            options.HoldTimeout,
            $"must be longer than Calls:OfferTimeout ({calls.Value.OfferTimeout}) and at most 00:10:00",
            "Leave it out for 00:01:00.");
        faults.Require(
            options.MaxMissedOffers is >= 1 and <= 100,
            nameof(options.MaxMissedOffers),
            options.MaxMissedOffers,
            "must be from 1 to 100",
            "Leave it out for 3.");
        faults.Require(
            options.WrapUpExtension >= TimeSpan.FromSeconds(1) && options.WrapUpExtension <= TimeSpan.FromMinutes(30),
            nameof(options.WrapUpExtension),
            options.WrapUpExtension,
            "must be from 00:00:01 to 00:30:00",
            "Leave it out for 00:00:30.");
        faults.Require(
            options.LongestWrapUp >= options.WrapUp && options.LongestWrapUp <= TimeSpan.FromHours(1),
            nameof(options.LongestWrapUp),
            options.LongestWrapUp,
            $"must be from Interpreters:WrapUp ({options.WrapUp}) to 01:00:00",
            "Leave it out for 00:05:00.");
        faults.Require(
            options.BreakDueAfter == TimeSpan.Zero
                || (options.BreakDueAfter >= TimeSpan.FromMinutes(1) && options.BreakDueAfter <= TimeSpan.FromDays(1)),
            nameof(options.BreakDueAfter),
            options.BreakDueAfter,
            "must be 00:00:00 (nobody is told), or from 00:01:00 to 1.00:00:00",
            "Leave it out for 02:00:00.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }
}
