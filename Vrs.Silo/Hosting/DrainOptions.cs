using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Silo.Hosting;

/// <summary>The section <c>Drain</c>: how a process that is told to stop comes to its end.</summary>
public sealed class DrainOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Drain";

    /// <summary>
    /// How long calls may go on here after SIGTERM; those that are left then are handed over to the next process.
    /// Supervisors must wait this long and 20 s more before they kill.
    /// </summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Finds everything that is wrong with <see cref="DrainOptions"/>.</summary>
public sealed class DrainOptionsValidator : IValidateOptions<DrainOptions>
{
    private static readonly TimeSpan LimitMax = TimeSpan.FromHours(1);

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
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }
}
