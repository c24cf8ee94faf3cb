using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Silo.Hosting;

/// <summary>The section <c>Drain</c>: how a process that is told to stop comes to its end.</summary>
public sealed class DrainOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Drain";

    /// <summary>
    /// How long it says after SIGTERM that it is not ready, and takes new calls all the same: as long as balancers take
    /// to notice. Comes before <see cref="Limit"/>.
    /// </summary>
    public TimeSpan Notice { get; set; }

    /// <summary>
    /// How long calls may go on here after SIGTERM; those that are left then are handed over to the next process.
    /// Supervisors must wait as long as both and 20 s more before they kill.
    /// </summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Finds everything that is wrong with <see cref="DrainOptions"/>.</summary>
public sealed class DrainOptionsValidator : IValidateOptions<DrainOptions>
{
    private static readonly TimeSpan LimitMax = TimeSpan.FromHours(1);
    private static readonly TimeSpan NoticeMax = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DrainOptions options)
    {
        var faults = new OptionFaults(DrainOptions.Section);
        faults.Require(
            options.Limit >= TimeSpan.Zero && options.Limit <= LimitMax,
            nameof(options.Limit),
            options.Limit,
            "must be from 00:00:00 to 01:00:00",
            "Leave it out for 00:00:20.");
        faults.Require(
            options.Notice >= TimeSpan.Zero && options.Notice <= NoticeMax,
            nameof(options.Notice),
            options.Notice,
            "must be from 00:00:00 to 00:05:00",
            "Leave it out when nothing balances; 00:00:05 suits a balancer that asks every two seconds.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }
}
